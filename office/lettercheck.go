package office

import (
	"context"

	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/store"
)

// checkLetters returns the requests that do not agree with their events, and the
// replies that count as signed though no good signature is kept with them.
func (o *Office) checkLetters(ctx context.Context, tx store.ReadTx) ([]lang.Message, error) {
	const page = 200
	var wrong []lang.Message
	for after := 0; ; after += page {
		files, err := tx.Requests(ctx, store.Letters{Limit: page, After: after})
		if err != nil || len(files) == 0 {
			return wrong, err
		}
		for _, f := range files {
			events, err := tx.RequestEvents(ctx, f.ID)
			if err != nil {
				return wrong, err
			}
			if n := len(events); n != f.Version || n > 0 && events[n-1].To != f.State {
				wrong = append(wrong, lang.M("office.letter-events-differ", lang.Args{"number": f.Request.Number}))
			}
			papers, err := tx.Papers(ctx, f.ID)
			if err != nil {
				return wrong, err
			}
			if needsSignature(f) && !hasSignature(papers) {
				wrong = append(wrong, lang.M("office.letter-not-signed", lang.Args{"number": f.Request.Number}))
			}
		}
	}
}

func needsSignature(f correspondence.File) bool {
	return f.State == correspondence.Signed || f.State == correspondence.Dispatched
}

func hasSignature(papers []store.Paper) bool {
	for _, p := range papers {
		if _, r, err := Signed(p); err == nil && p.Form == LetterForm && r.Err() == nil {
			return true
		}
	}
	return false
}
