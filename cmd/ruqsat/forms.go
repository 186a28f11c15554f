package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ruqsat/demo"
	"ruqsat/lang"
	"ruqsat/signature/practice"
	"ruqsat/store"
)

type formsCmd struct {
	Out string `help:"Folder to write them to." default:"forms"`
}

// Run writes every printed form, of each operation and category, as PDF: for who
// has to approve them.
func (cmd formsCmd) Run(ctx context.Context, out console) error {
	dir, err := os.MkdirTemp("", "ruqsat-forms-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	signer, err := practice.New(time.Now())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(cmd.Out, 0o755); err != nil {
		return err
	}
	return data{Data: dir}.with(ctx, func(db *store.DB, files *store.Files) error {
		forms, err := demo.Forms(ctx, db, files, signer)
		if err != nil {
			return err
		}
		for _, f := range forms {
			name := strings.Join([]string{f.Case, f.Kind, f.Name}, "_")
			if err := os.WriteFile(filepath.Join(cmd.Out, strings.TrimSuffix(name, "_")+".pdf"), f.PDF, 0o644); err != nil {
				return err
			}
		}
		out.say(lang.M("ruqsat.forms", lang.Args{"n": len(forms), "folder": cmd.Out}))
		return nil
	})
}
