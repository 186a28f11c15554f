package demo

import (
	"bytes"
	"context"
	_ "embed" // the scenario of the forms

	"ruqsat/scenario"
	"ruqsat/signature/practice"
	"ruqsat/store"
)

//go:embed forms.txt
var everyForm []byte

// Forms plays a case of every operation and category on an empty store, and
// returns the printed forms they led to.
func Forms(ctx context.Context, db *store.DB, files *store.Files, signer *practice.Signer) ([]scenario.Form, error) {
	p := scenario.New(db, files, signer)
	if err := p.Play(ctx, "forms.txt", bytes.NewReader(everyForm)); err != nil {
		return nil, err
	}
	return p.Forms(ctx)
}
