package office

import (
	"context"

	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/quota"
	"ruqsat/registry"
	"ruqsat/store"
)

// Import takes permits of an old register in: all of them, or none.
func (o *Office) Import(ctx context.Context, permits []registry.Permit) error {
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		for _, p := range permits {
			p.Entered = o.Now()
			if _, err := tx.AddPermit(ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// Permit returns a permit by its number, as people type it.
func (o *Office) Permit(ctx context.Context, number string) (registry.Permit, error) {
	n, err := registry.ParseNumber(number)
	if err != nil {
		return registry.Permit{}, err
	}
	var p registry.Permit
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		p, err = tx.Permit(ctx, n)
		return err
	})
	return p, err
}

// Ask answers a question about an employer from the register: of a day that has come.
func (o *Office) Ask(ctx context.Context, q registry.Question) (registry.Answer, error) {
	var a registry.Answer
	if err := o.askable(q.AsOf, "as-of"); err != nil {
		return a, err
	}
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		permits, err := tx.PermitsFor(ctx, q)
		a = registry.Count(q, permits)
		return err
	})
	return a, err
}

// Check recounts what must agree, and returns what does not: the ledger of the
// quota with its balances, the figures of the register with its permits, cases with what they hold, cases and requests with
// their events, letters with their signatures.
func (o *Office) Check(ctx context.Context) ([]lang.Message, error) {
	var wrong []lang.Message
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		entries, err := tx.QuotaEntries(ctx, "")
		if err != nil {
			return err
		}
		wrong = checkLedger(entries)
		gaps, err := tx.EntryGaps(ctx, 10)
		if err != nil {
			return err
		}
		for _, seq := range gaps {
			wrong = append(wrong, lang.M("office.register-gap", lang.Args{"seq": seq}))
		}
		days, err := tx.StockWrong(ctx, 10)
		if err != nil {
			return err
		}
		for _, day := range days {
			wrong = append(wrong, lang.M("statistics.stock-differs", lang.Args{"day": day}))
		}
		more, err := checkTotals(ctx, tx, entries)
		wrong = append(wrong, more...)
		if err != nil {
			return err
		}
		more, err = checkCases(ctx, tx, entries)
		wrong = append(wrong, more...)
		if err != nil {
			return err
		}
		more, err = o.checkLetters(ctx, tx)
		wrong = append(wrong, more...)
		return err
	})
	return wrong, err
}

// checkLedger replays the ledger: no line may ever have given out more than it
// had when a case took it.
func checkLedger(entries []quota.Entry) []lang.Message {
	var wrong []lang.Message
	for i, e := range entries {
		if e.Seq != int64(i+1) {
			return append(wrong, lang.M("office.ledger-gap", lang.Args{"seq": i + 1}))
		}
	}
	seen := map[quota.Line]bool{}
	for _, e := range entries {
		if seen[e.Line] {
			continue
		}
		seen[e.Line] = true
		if b := quota.Count(e.Line, entries); b.Held < 0 || b.Used < 0 || b.Available() < 0 {
			wrong = append(wrong, lang.M("office.oversold", lang.Args{"line": e.Line}))
		}
	}
	return wrong
}

func checkCases(ctx context.Context, tx store.ReadTx, entries []quota.Entry) ([]lang.Message, error) {
	const page = 500
	var wrong []lang.Message
	for after := 0; ; after += page {
		cases, err := tx.Cases(ctx, store.Queue{Limit: page, After: after})
		if err != nil || len(cases) == 0 {
			return wrong, err
		}
		for _, c := range cases {
			events, err := tx.Events(ctx, c.ID)
			if problem.Of(err) != nil {
				return wrong, err
			}
			if n := len(events); n != c.Version || n > 0 && events[n-1].To != c.State {
				wrong = append(wrong, lang.M("office.events-differ", lang.Args{"case": c.ID}))
			}
			for _, e := range entries {
				if e.Case == c.ID && !c.State.Open() && quota.Count(e.Line, only(entries, c.ID)).Held != 0 {
					wrong = append(wrong, lang.M("office.holds-still", lang.Args{"case": c.Number, "line": e.Line}))
					break
				}
			}
		}
	}
}

func only(entries []quota.Entry, id string) []quota.Entry {
	var list []quota.Entry
	for _, e := range entries {
		if e.Case == id {
			list = append(list, e)
		}
	}
	return list
}
