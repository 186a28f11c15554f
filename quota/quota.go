// Package quota keeps the ledger of the quota: how many permits each region may
// give for each category in a year, and what became of them.
//
// Entries are only added. A balance is what they come to; the store keeps running
// totals beside them, which can be counted again at any time ([Count]). The moves
// are those of two-phase transfers: a hold is pending, a use posts it, a
// release voids it. Intra-corporate transfer is not in it at all.
//
// It decides, it does not save: see package store. Start at [Balance.Enter].
package quota

import (
	"fmt"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
)

// Permits is a number of permits, each for one worker.
//
// The quota is announced as a per cent of the labour force, but the per cent is
// a ceiling; what the ministry distributes, and what runs out, are whole permits
// (29 292 in 2020 at 0.32 %). So we count permits and never a share. The largest
// year known to us had some 63 000 (2016).
type Permits int

// A Line is one line of the distribution: "2025/33/III" is category III in
// Zhetysu (KATO 33) in 2025.
type Line struct {
	Year     int
	Region   string // two digits of KATO
	Category law.Category
}

// LineOf returns the line a category of a region draws on in a year. Categories
// of intra-corporate transfer have none (Order 279 of 2023-06-30 ¶ 5(6)): it
// reports false for them.
func LineOf(year int, region string, c law.Category) (Line, bool) {
	return Line{year, region, c}, c.Quota()
}

// String returns the line as the ledger writes it.
func (l Line) String() string { return fmt.Sprintf("%d/%s/%s", l.Year, l.Region, l.Category) }

// In says the line in words: the year, the region and the category.
func (l Line) In(t lang.Tag) string {
	return lang.M("quota.line", lang.Args{"year": l.Year, "region": RegionName(l.Region), "category": l.Category}).In(t)
}

// ParseLine reads what String wrote.
func ParseLine(s string) (Line, error) {
	parts := strings.Split(s, "/")
	if len(parts) != 3 {
		return Line{}, problem.New(problem.Invalid, "quota.bad-line", lang.Args{"line": s})
	}
	year, err := strconv.Atoi(parts[0])
	l, ok := LineOf(year, parts[1], law.Category(parts[2]))
	if err != nil || !ok || len(parts[1]) != 2 {
		return Line{}, problem.New(problem.Invalid, "quota.bad-line", lang.Args{"line": s})
	}
	return l, nil
}

// A Kind is what an entry does to its line.
type Kind string

// The kinds of entries.
const (
	Allot   Kind = "allot"   // an order of the ministry gives permits to the line
	Move    Kind = "move"    // an order takes free ones to another line
	Hold    Kind = "hold"    // a case was registered, in this order
	Use     Kind = "use"     // what was held became permits
	Release Kind = "release" // what was held is free again
)

// In names the kind.
func (k Kind) In(t lang.Tag) string { return lang.M("quota.kind-" + string(k)).In(t) }

// An Entry is one line of the ledger. It is never changed.
type Entry struct {
	Seq     int64 // its place in the ledger; 0 until it is kept
	Line    Line
	To      Line // where a move takes them; zero otherwise
	Kind    Kind
	Permits Permits
	Case    string // whose hold, use or release it is; empty for orders
	On      calendar.Date
	Cite    law.Cite
}

// A Balance is where a line stands.
type Balance struct {
	Line     Line
	Allotted Permits // given to the line, less what was moved away
	Held     Permits // held by cases that are not decided
	Used     Permits // became permits
}

// Available is what a case can still hold. Less than nothing says that an order
// took what cases already held.
func (b Balance) Available() Permits { return b.Allotted - b.Held - b.Used }

// Plus returns where the line stands after a difference.
func (b Balance) Plus(d Balance) Balance {
	return Balance{b.Line, b.Allotted + d.Allotted, b.Held + d.Held, b.Used + d.Used}
}

// orderBase is why a case draws on the quota; the paragraph has not been read.
const orderBase law.Cite = "Order 559 of 2016-06-27"

// Enter returns the entry of a kind for a case. To hold more than is left is a
// Conflict; to use or release more than is held is a fault of ours.
func (b Balance) Enter(k Kind, n Permits, forCase string, on calendar.Date) (Entry, error) {
	switch {
	case n <= 0 || forCase == "" || k != Hold && k != Use && k != Release:
		return Entry{}, fmt.Errorf("quota %s: cannot %s %d for case %q", b.Line, k, n, forCase)
	case k == Hold && n > b.Available():
		return Entry{}, problem.New(problem.Conflict, "quota.insufficient",
			lang.Args{"line": b.Line, "asked": int(n), "available": max(0, int(b.Available()))}).Under(orderBase)
	case k != Hold && n > b.Held:
		return Entry{}, fmt.Errorf("quota %s: cannot %s %d of %d held", b.Line, k, n, b.Held)
	}
	return Entry{Line: b.Line, Kind: k, Permits: n, Case: forCase, On: on, Cite: orderBase}, nil
}

// Order returns the entry by which the ministry gives n permits to the line.
// Every order is cited with its number and day.
func Order(l Line, n Permits, on calendar.Date, cite law.Cite) (Entry, error) {
	if n <= 0 {
		return Entry{}, problem.New(problem.Invalid, "quota.nothing-allotted", lang.Args{"asked": int(n)})
	}
	if strings.TrimSpace(string(cite)) == "" {
		return Entry{}, problem.New(problem.Invalid, "quota.no-order")
	}
	return Entry{Line: l, Kind: Allot, Permits: n, On: on, Cite: cite}, nil
}

// MoveTo returns the entry by which an order takes n free permits of the line to
// another.
func (b Balance) MoveTo(to Line, n Permits, on calendar.Date, cite law.Cite) (Entry, error) {
	e, err := Order(b.Line, n, on, cite)
	switch {
	case err != nil:
		return Entry{}, err
	case to == b.Line || to.Year != b.Line.Year:
		return Entry{}, problem.New(problem.Invalid, "quota.bad-move", lang.Args{"from": b.Line, "to": to})
	case n > b.Available():
		return Entry{}, problem.New(problem.Conflict, "quota.insufficient",
			lang.Args{"line": b.Line, "asked": int(n), "available": max(0, int(b.Available()))})
	}
	e.Kind, e.To = Move, to
	return e, nil
}

// Count returns where a line stands after entries, those of other lines
// included. The store counts the same in SQL; a promise compares them.
func Count(l Line, entries []Entry) Balance {
	b := Balance{Line: l}
	for _, e := range entries {
		if e.Kind == Move && e.To == l {
			b.Allotted += e.Permits
		}
		if e.Line != l {
			continue
		}
		switch e.Kind {
		case Allot:
			b.Allotted += e.Permits
		case Move:
			b.Allotted -= e.Permits
		case Hold:
			b.Held += e.Permits
		case Use:
			b.Held -= e.Permits
			b.Used += e.Permits
		case Release:
			b.Held -= e.Permits
		}
	}
	return b
}
