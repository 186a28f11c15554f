package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"ruqsat/correspondence"
	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/store"
)

type letterCmd struct {
	data
	Request string `required:"" help:"JSON; docs/letter-request.md tells the fields." type:"existingfile"`
	Out     string `required:"" help:"The PDF to write." type:"path"`
	JSON    bool   `name:"json" help:"Print the figures of the letter with their permits as JSON."`
}

// Run composes the reply to a request from the register, looks it over and writes
// it. Nothing is written if anything is wrong.
func (cmd letterCmd) Run(ctx context.Context, out console) error {
	f, err := os.Open(cmd.Request)
	if err != nil {
		return err
	}
	defer f.Close()
	q, err := correspondence.ReadRequest(f)
	if err != nil {
		return err
	}
	cal, err := law.CalendarFor("71") // a request may name no region; the country has one time
	if err != nil {
		return err
	}
	if today := cal.Day(time.Now()); q.AsOf.After(today) {
		return problem.New(problem.Invalid, "correspondence.future", lang.Args{"day": q.AsOf}).At("as_of")
	}
	var l correspondence.Letter
	err = cmd.with(ctx, func(db *store.DB, files *store.Files) (err error) {
		o := office.Office{DB: db, Files: files, Now: time.Now}
		l, err = o.Reply(ctx, q)
		return err
	})
	if err != nil {
		return err
	}
	pdf, err := document.Letter(l.Paper)
	if err != nil {
		return err
	}
	if err := os.WriteFile(cmd.Out, pdf, 0o600); err != nil {
		return err
	}
	if cmd.JSON {
		return out.print(l.Figures)
	}
	for _, x := range l.Figures {
		fmt.Fprintf(out, "%6d  %s\n", x.Permits, x.What.In(out.lang))
	}
	out.say(lang.M("ruqsat.letter", lang.Args{"number": l.Request.Number, "file": cmd.Out}))
	return nil
}

type letterheadCmd struct {
	data
	File   string `arg:"" help:"JSON; docs/letter-request.md tells the fields." type:"existingfile"`
	Region string `required:"" help:"Two digits of KATO."`
}

// Run enters the letterhead of a department.
func (cmd letterheadCmd) Run(ctx context.Context, out console) error {
	f, err := os.Open(cmd.File)
	if err != nil {
		return err
	}
	defer f.Close()
	paper, err := correspondence.ReadOffice(f)
	if err != nil {
		return err
	}
	return cmd.with(ctx, func(db *store.DB, files *store.Files) error {
		o := office.Office{DB: db, Files: files, Now: time.Now}
		if err := o.SetLetterhead(ctx, party.Actor{Account: "operator", Role: party.Admin}, cmd.Region, paper); err != nil {
			return err
		}
		out.say(lang.M("ruqsat.letterhead", lang.Args{"region": law.RegionName(cmd.Region)}))
		return nil
	})
}
