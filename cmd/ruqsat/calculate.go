package main

import (
	"encoding/json"
	"fmt"
	"time"

	"ruqsat/calendar"
	"ruqsat/fee"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// say prints a line in the language of the console.
func (c console) say(s lang.Speaker) { fmt.Fprintln(c, s.In(c.lang)) }

// print writes a value as JSON.
func (c console) print(v any) error {
	out := json.NewEncoder(c)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(v)
}

type termCmd struct {
	From   string `required:"" help:"When it begins, local time: 2025-05-08T15:00."`
	For    string `required:"" help:"How long: '8 working days', '1 working hour', '20 working minutes'."`
	Region string `default:"33" help:"Whose office hours and zone: two digits of KATO."`
	JSON   bool   `name:"json" help:"Print JSON."`
}

// Run prints the end of a term.
func (cmd termCmd) Run(out console) error {
	cal, err := law.CalendarFor(cmd.Region)
	if err != nil {
		return err
	}
	from, err := time.ParseInLocation("2006-01-02T15:04", cmd.From, cal.Zone())
	if err != nil {
		return fmt.Errorf("--from: %q is no moment like 2025-05-08T15:00", cmd.From)
	}
	term, err := calendar.ParseTerm(cmd.For)
	if err != nil {
		return fmt.Errorf("--for: %w", err)
	}
	end, err := cal.End(from, term)
	if err != nil {
		return err
	}
	if cmd.JSON {
		return out.print(struct {
			calendar.End
			Explained []lang.Message `json:"explained"`
		}{end, end.Explain()})
	}
	for _, line := range end.Explain() {
		out.say(line)
	}
	return nil
}

type feeCmd struct {
	Category string `required:"" help:"I, II, III, IV or seasonal."`
	Sector   string `default:"F" help:"Letter of the OKED section."`
	On       string `required:"" help:"Day of payment: 2025-06-01."`
	Months   int    `default:"12" help:"Term of the permit."`
	Permits  int    `default:"1" help:"How many."`
	JSON     bool   `name:"json" help:"Print JSON."`
}

// Run prints what a permit costs.
func (cmd feeCmd) Run(out console) error {
	on, err := calendar.ParseDate(cmd.On)
	if err != nil {
		return fmt.Errorf("--on: %w", err)
	}
	a, err := fee.Due(fee.Asked{
		Category: law.Category(cmd.Category), Section: cmd.Sector, Months: cmd.Months, Permits: cmd.Permits, PaidOn: on,
	})
	if err != nil {
		return err
	}
	if cmd.JSON {
		return out.print(struct {
			PerPermit fee.Tenge      `json:"per_permit"`
			Total     fee.Tenge      `json:"total"`
			Explained []lang.Message `json:"explained"`
		}{a.PerPermit, a.Total, a.Explain()})
	}
	out.say(a.Total)
	for _, line := range a.Explain() {
		out.say(line)
	}
	return nil
}

type idCmd struct {
	Number string `arg:"" help:"Twelve digits."`
}

// Run says whether a number is right.
func (cmd idCmd) Run(out console) error {
	bin, err := party.ParseBIN(cmd.Number)
	if err == nil {
		out.say(lang.M("ruqsat.bin", lang.Args{"number": string(bin)}))
		return nil
	}
	if party.IsBIN(cmd.Number) {
		return err
	}
	iin, err := party.ParseIIN(cmd.Number)
	if err != nil {
		return err
	}
	out.say(lang.M("ruqsat.iin", lang.Args{"number": string(iin)}))
	return nil
}

type lawCmd struct {
	Doubts doubtsCmd   `cmd:"" help:"Every value that was not read in its act."`
	Show   showCmd     `cmd:"" help:"The rules of an operation in force on a day."`
	Diff   diffCmd     `cmd:"" help:"What changed in the rules between two days."`
	Cover  coverageCmd `cmd:"" name:"coverage" help:"Where each item of the documents and each act is carried out."`
}

type doubtsCmd struct {
	JSON bool `name:"json" help:"Print JSON."`
}

// Run lists the values and steps that are not sure.
func (cmd doubtsCmd) Run(out console) error {
	doubts := law.Doubts()
	for _, s := range procedure.Steps {
		if s.Sure != law.Text {
			what := fmt.Sprintf("step %s: %s after %s", s.Edition, s.Act, s.From)
			doubts = append(doubts, law.Value{What: what, Is: string(s.To), Sourced: law.Sourced{Cite: s.Cite, Sure: s.Sure}})
		}
	}
	if cmd.JSON {
		return out.print(doubts)
	}
	for _, v := range doubts {
		operator := ""
		if v.Operator {
			operator = "  " + lang.M("ruqsat.operators-value").In(out.lang)
		}
		fmt.Fprintf(out, "%-9s  %s = %s  (%s)%s\n", v.Sure, v.What, v.Is, v.Cite, operator)
	}
	return nil
}
