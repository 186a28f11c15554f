package office

import (
	"context"

	"ruqsat/examination"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/registry"
	"ruqsat/store"
)

// A Sketch is an application nobody has filed and nobody is named in: what
// somebody wants to know of before they begin.
type Sketch struct {
	Region      string // two digits of KATO
	Application procedure.Application
	Old         []registry.Permit // to be extended, as far as they were told of
}

// Preview looks at a sketch by the law of today, as the executor would look at an
// application. Anybody may ask. The quota is what is left now, all documents are
// taken to be there, no register of another body is asked, and nothing is kept.
func (o *Office) Preview(ctx context.Context, s Sketch) (Examination, error) {
	today, err := o.Today(s.Region)
	if err != nil {
		return Examination{}, err
	}
	f := examination.File{
		Application: s.Application, Region: s.Region, Channel: procedure.Portal, On: today, Now: o.Now(),
		Permits: s.Old, Quota: map[quota.Line]quota.Balance{}, Asking: party.Applicant,
	}
	for _, d := range law.DocumentsFor(s.Application.Operation, s.Application.Scheme, today) {
		f.Documents = append(f.Documents, examination.Document{Kind: d.Key})
	}
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		for _, l := range s.Application.Lines(today.Year, s.Region) {
			if f.Quota[l], err = tx.QuotaBalance(ctx, l); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Examination{}, err
	}
	return Examination{On: today, Lines: examination.Examine(f), Asked: examination.Questions(f)}, nil
}
