package scenario

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ruqsat/calendar"
	"ruqsat/office"
	"ruqsat/quota"
)

// order has the ministry enter an order:
//
//	order 397 2025-12-12 of 2026 plan 18146 at 0.25 give 5 2026/33/I give 7 2026/33/II total 12
//	order 12 2026-04-01 of 2026 move 3 2026/33/III 2026/27/III total 3
//	order 7 2026-01-05 of 2026 table annex.csv
func (p *Player) order(ctx context.Context, words []string) error {
	r, err := p.record(words)
	if err != nil {
		return err
	}
	_, err = p.office.EnterOrder(ctx, p.actors["ministry"], r)
	return err
}

func (p *Player) record(words []string) (r quota.Record, err error) {
	if len(words) < 4 || words[2] != "of" {
		return r, errors.New("order wants a number, a date and the year: order 397 2025-12-12 of 2026 …")
	}
	r.Number, r.Title = words[0], "О квоте на привлечение иностранной рабочей силы"
	if r.Date, err = calendar.ParseDate(words[1]); err != nil {
		return r, err
	}
	if r.Year, err = strconv.Atoi(words[3]); err != nil {
		return r, err
	}
	stated := false
	for rest := words[4:]; len(rest) > 0; {
		n, err := p.clause(&r, rest)
		if err != nil {
			return r, err
		}
		stated = stated || rest[0] == "total"
		rest = rest[n:]
	}
	if !stated && r.Sums.Total == 0 {
		r.Sums.Total = r.Total()
	}
	return r, nil
}

// clause reads one clause of an order, and returns how many words it took.
func (p *Player) clause(r *quota.Record, words []string) (int, error) {
	want := map[string]int{"plan": 2, "at": 2, "total": 2, "table": 2, "give": 3, "move": 4}[words[0]]
	if want == 0 || len(words) < want {
		return 0, fmt.Errorf("nobody knows what %q means in an order", strings.Join(words, " "))
	}
	switch words[0] {
	case "at":
		percent, err := quota.ParsePercent(words[1])
		r.Percent = percent
		return want, err
	case "table":
		return want, p.table(r, words[1])
	}
	n, err := strconv.Atoi(words[1])
	if err != nil {
		return 0, err
	}
	switch words[0] {
	case "plan":
		r.Units = quota.Permits(n)
	case "total":
		r.Sums.Total = quota.Permits(n)
	case "give":
		l, err := quota.ParseLine(words[2])
		r.Gives = append(r.Gives, quota.Give{Line: l, Permits: quota.Permits(n)})
		return want, err
	case "move":
		from, err := quota.ParseLine(words[2])
		to, err2 := quota.ParseLine(words[3])
		r.Shifts = append(r.Shifts, quota.Shift{From: from, To: to, Permits: quota.Permits(n)})
		return want, errors.Join(err, err2)
	}
	return want, nil
}

// table reads the annex of an order from a file.
func (p *Player) table(r *quota.Record, name string) error {
	raw, err := p.file(name)
	if err != nil {
		return err
	}
	s, err := office.ReadSheet(name, raw, r.Year)
	if err != nil {
		return err
	}
	r.Gives, r.Shifts, r.Sums = s.Gives, s.Shifts, s.Sums
	return nil
}

// orders says how a year stands: "2025 plan 19400, in regions 19400, orders 3".
func (p *Player) orders(ctx context.Context, year string) (string, error) {
	n, err := strconv.Atoi(year)
	if err != nil {
		return "", err
	}
	y, err := p.office.Quota(ctx, n, calendar.Date{})
	if err != nil {
		return "", err
	}
	var list []quota.Balance
	for _, b := range y.Lines {
		list = append(list, b)
	}
	given := quota.Total(quota.InRegions(list)).Allotted
	return fmt.Sprintf("%d plan %d, in regions %d, orders %d", n, y.Plan.Units, given, len(y.Orders)), nil
}
