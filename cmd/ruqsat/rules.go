package main

import (
	"fmt"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/rulebook"
)

type showCmd struct {
	Service string `arg:"" optional:"" default:"issue" help:"issue, extension, reissue; with -ict for a transfer."`
	On      string `required:"" help:"Day: 2025-06-01."`
	JSON    bool   `name:"json" help:"Print JSON."`
}

// Run prints the rules of a service on a day.
func (cmd showCmd) Run(out console) error {
	b, err := bookOf(cmd.Service, "--on", cmd.On)
	if err != nil {
		return err
	}
	if cmd.JSON {
		return out.print(b)
	}
	out.say(b.Service)
	for _, s := range rulebook.Sections {
		if len(b.Of(s)) == 0 {
			continue
		}
		fmt.Fprintln(out)
		out.say(s)
		for _, l := range b.Of(s) {
			fmt.Fprintf(out, "  %s\n", out.line(l))
		}
	}
	return nil
}

type diffCmd struct {
	Service string `arg:"" optional:"" default:"issue" help:"issue, extension, reissue; with -ict for a transfer."`
	From    string `required:"" help:"Day: 2020-04-30."`
	To      string `required:"" help:"Day: 2020-05-01."`
	JSON    bool   `name:"json" help:"Print JSON."`
}

// Run prints what changed in the rules of a service between two days.
func (cmd diffCmd) Run(out console) error {
	before, err := bookOf(cmd.Service, "--from", cmd.From)
	if err != nil {
		return err
	}
	after, err := bookOf(cmd.Service, "--to", cmd.To)
	if err != nil {
		return err
	}
	changes := rulebook.Compare(before, after)
	if cmd.JSON {
		if changes == nil {
			changes = []rulebook.Change{}
		}
		return out.print(changes)
	}
	if len(changes) == 0 {
		out.say(lang.M("rulebook.no-change"))
	}
	for _, c := range changes {
		fmt.Fprintf(out, "%s, %s\n", c.Section.In(out.lang), c.Kind.In(out.lang))
		if c.Before != nil {
			fmt.Fprintf(out, "  - %s\n", out.line(*c.Before))
		}
		if c.After != nil {
			fmt.Fprintf(out, "  + %s\n", out.line(*c.After))
		}
	}
	return nil
}

// bookOf reads the rules of a service on a day given as an option.
func bookOf(code, option, day string) (rulebook.Book, error) {
	s, ok := law.ServiceBy(code)
	if !ok {
		return rulebook.Book{}, fmt.Errorf("service %q is none of issue, extension, reissue, issue-ict, extension-ict, reissue-ict", code)
	}
	on, err := calendar.ParseDate(day)
	if err != nil {
		return rulebook.Book{}, fmt.Errorf("%s: %w", option, err)
	}
	b, err := rulebook.On(s, on)
	if o, outside := err.(law.OutsideLaw); outside {
		return b, &problem.Error{Kind: problem.Invalid, Say: o.Say(), Err: err}
	}
	return b, err
}

// line is a rule in one line: what it is, what it says, since when, by what, and
// how sure it is.
func (c console) line(l rulebook.Line) string {
	text := l.Name.In(c.lang)
	for _, is := range l.Is {
		text += "; " + strings.ReplaceAll(is.In(c.lang), "\n", " ")
	}
	return fmt.Sprintf("%s  [%s, %s, %s]", text, l.From, l.Cite, l.Sure)
}
