package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"ruqsat/dossier"
	"ruqsat/lang"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
)

type packageCmd struct {
	data
	Case   string `arg:"" optional:"" help:"Number of the case."`
	Output string `short:"o" help:"Where to write the package; NUMBER.zip unless given." type:"path"`
	Check  string `help:"Check this package in place of making one; no database is needed." type:"existingfile"`
	Key    string `help:"Verifier key of the log as known from elsewhere, for --check."`
}

// Run makes a case package, or checks one.
func (cmd packageCmd) Run(ctx context.Context, out console) error {
	if cmd.Check != "" {
		return checkPackage(ctx, cmd.Check, cmd.Key, filepath.Join(cmd.Data, "trust"), out)
	}
	if cmd.Case == "" {
		return problem.New(problem.Invalid, "dossier.no-case")
	}
	return cmd.signing(ctx, func(o *office.Office) error {
		c, err := o.CaseByNumber(ctx, cmd.Case)
		if err != nil {
			return err
		}
		// Whoever has the data folder has the whole case.
		_, pkg, err := o.Package(ctx, party.Actor{Role: party.Head, Region: c.Region}, c.ID)
		if err != nil {
			return err
		}
		name := cmd.Output
		if name == "" {
			name = c.Number + ".zip"
		}
		if err := os.WriteFile(name, pkg, 0o600); err != nil {
			return err
		}
		out.say(lang.M("dossier.written", lang.Args{"case": c.Number, "file": name}))
		return nil
	})
}

// checkPackage says whether a case package agrees with itself and with the log, and
// whether the signatures in it are good.
func checkPackage(ctx context.Context, file, key, trust string, out console) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	if info.Size() > dossier.MaxSize {
		return problem.New(problem.TooLarge, "problem.too-large", lang.Args{"limit": fmt.Sprintf("%d MB", dossier.MaxSize>>20)})
	}
	pkg, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	r := dossier.Check(pkg, key)
	for _, m := range r.Wrong {
		out.say(m)
	}
	if !r.OK() {
		return errFound
	}
	out.say(lang.M("dossier.agrees", lang.Args{"case": r.Case, "files": r.Files, "rows": r.Rows, "withheld": r.Withheld}))
	out.say(lang.M("dossier.key", lang.Args{"size": r.Checkpoint.Size, "key": r.Key}))
	if r.Own {
		out.say(lang.M("dossier.own-key"))
	}
	return checkSigned(ctx, trust, pkg, out)
}
