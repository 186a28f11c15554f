package main

import (
	"fmt"

	"ruqsat/calendar"
	"ruqsat/category"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/ratio"
	"ruqsat/window"
)

type ratioCmd struct {
	On      string   `required:"" help:"Whose law: 2025-06-01."`
	Service string   `default:"issue" help:"issue, extension, or issue-ict, extension-ict for a transfer."`
	Staff   []string `arg:"" help:"Citizens and foreigners of a group: leaders=70/30, others=90/10, managers=10/5, specialists=20/10."`
	Claim   []string `help:"Exemptions claimed: small, state, foreign-branch, self-employment, treaty."`
	Workers int      `help:"All workers of a branch, for foreign-branch."`
	JSON    bool     `name:"json" help:"Print JSON."`
}

// Run says whether local content is kept; exit code 1 says that it is not.
func (cmd ratioCmd) Run(out console) error {
	on, err := calendar.ParseDate(cmd.On)
	if err != nil {
		return fmt.Errorf("--on: %w", err)
	}
	s, ok := law.ServiceBy(cmd.Service)
	if !ok {
		return fmt.Errorf("--service: %q is no service", cmd.Service)
	}
	asked := ratio.Asked{Operation: s.Operation, Scheme: s.Scheme, On: on, Staff: map[law.Group]ratio.Count{}, Claims: cmd.Claim, Workers: cmd.Workers}
	for _, text := range cmd.Staff {
		g, n, err := groupOf(text)
		if err != nil {
			return err
		}
		asked.Staff[g] = n
	}
	a, err := ratio.Check(asked)
	if err != nil {
		return err
	}
	if cmd.JSON {
		err = out.print(struct {
			Kept      bool           `json:"kept"`
			Sure      law.Sure       `json:"sure"`
			Explained []lang.Message `json:"explained"`
		}{a.Kept(), a.Sure(), a.Explain()})
	} else {
		for _, line := range a.Explain() {
			out.say(line)
		}
	}
	if err == nil && !a.Kept() {
		return errFound
	}
	return err
}

// groupOf reads leaders=70/30.
func groupOf(text string) (law.Group, ratio.Count, error) {
	for _, g := range law.Groups {
		var c ratio.Count
		var rest string
		n, _ := fmt.Sscanf(text, string(g)+"=%d/%d%s", &c.Citizens, &c.Foreigners, &rest)
		if n == 2 {
			return g, c, nil
		}
	}
	return "", ratio.Count{}, fmt.Errorf("%q is not like leaders=70/30; the groups are %v", text, law.Groups)
}

type categoryCmd struct {
	Position string `arg:"" help:"The position, in Russian, Kazakh or English."`
	On       string `required:"" help:"Whose law: 2025-06-01."`
	JSON     bool   `name:"json" help:"Print JSON."`
}

// Run proposes a category for a position.
func (cmd categoryCmd) Run(out console) error {
	on, err := calendar.ParseDate(cmd.On)
	if err != nil {
		return fmt.Errorf("--on: %w", err)
	}
	s := category.Suggest(cmd.Position, on)
	if cmd.JSON {
		return out.print(struct {
			Category law.Category   `json:"category"`
			Or       []law.Category `json:"or,omitempty"`
			Certain  bool           `json:"certain"`
			Cite     law.Cite       `json:"cite,omitempty"`
			Sure     law.Sure       `json:"sure,omitempty"`
			Says     []lang.Message `json:"explained"`
		}{s.Category, s.Or, s.Certain(), s.Cite, s.Sure, s.Explain()})
	}
	for _, line := range s.Explain() {
		out.say(line)
	}
	return nil
}

type windowCmd struct {
	Until    string `required:"" help:"Last day of the permit: 2025-12-01."`
	Category string `default:"III" help:"I, II, III, ict-head, ict-manager or ict-specialist."`
	On       string `required:"" help:"Today, whose law counts: 2025-10-10."`
	Region   string `default:"33" help:"Whose department: two digits of KATO."`
	JSON     bool   `name:"json" help:"Print JSON."`
}

// Run says when an extension may be filed, and which is the last safe day.
func (cmd windowCmd) Run(out console) error {
	until, err := calendar.ParseDate(cmd.Until)
	if err != nil {
		return fmt.Errorf("--until: %w", err)
	}
	on, err := calendar.ParseDate(cmd.On)
	if err != nil {
		return fmt.Errorf("--on: %w", err)
	}
	cal, err := law.CalendarFor(cmd.Region)
	if err != nil {
		return fmt.Errorf("--region: %w", err)
	}
	w, err := window.Of(law.Category(cmd.Category), until, on, cal)
	if err != nil {
		return err
	}
	if cmd.JSON {
		return out.print(struct {
			First     calendar.Date  `json:"first,omitzero"`
			Safe      calendar.Date  `json:"safe"`
			Last      calendar.Date  `json:"last"`
			Stands    window.Stand   `json:"stands"`
			Explained []lang.Message `json:"explained"`
		}{w.First, w.Safe, w.Last, w.Stands(on), w.Explain()})
	}
	for _, line := range w.Explain() {
		out.say(line)
	}
	out.say(w.Stands(on))
	return nil
}
