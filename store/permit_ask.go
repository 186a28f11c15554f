package store

import (
	"context"

	"ruqsat/calendar"
	"ruqsat/party"
	"ruqsat/registry"
)

// PermitsFor returns the permits of an employer that may count in the answer to a
// question, with their histories: those whose term has the day, and those issued in
// the year. What else an employer ever had is not read.
func (t ReadTx) PermitsFor(ctx context.Context, q registry.Question) ([]registry.Permit, error) {
	w := &where{}
	bin, on := w.arg(string(q.Employer)), w.arg(q.AsOf.String())
	first, last := yearOf(w, q.Year)
	// Two branches, so that each has its index.
	w.and("seq IN (SELECT seq FROM permit WHERE bin = " + bin + " AND valid_until >= " + on + " AND valid_from <= " + on +
		" UNION SELECT seq FROM permit WHERE bin = " + bin + " AND issued_on >= " + first + " AND issued_on <= " + last + ")")
	return t.permits(ctx, w)
}

// IssuedTo returns the permits an employer was issued in a year.
func (t ReadTx) IssuedTo(ctx context.Context, bin party.BIN, year int) ([]registry.Permit, error) {
	w := &where{}
	w.and("bin = " + w.arg(string(bin)))
	first, last := yearOf(w, year)
	w.and("issued_on >= " + first + " AND issued_on <= " + last)
	return t.permits(ctx, w)
}

// yearOf binds the first and the last day of a year.
func yearOf(w *where, year int) (first, last string) {
	return w.arg(calendar.DateOf(year, 1, 1).String()), w.arg(calendar.DateOf(year, 12, 31).String())
}
