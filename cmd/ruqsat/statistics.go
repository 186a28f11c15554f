package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"strconv"
	"time"

	"ruqsat/calendar"
	"ruqsat/demo"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/problem"
	"ruqsat/statistics"
	"ruqsat/store"
)

// fillCountry adds the country to a demo, and says how long that took.
func fillCountry(ctx context.Context, o *office.Office, out console) error {
	today, err := o.Today(law.Capital)
	if err != nil {
		return err
	}
	began := time.Now()
	n, err := demo.Country(ctx, o, today)
	if err == nil && n > 0 {
		out.say(lang.M("ruqsat.country", lang.Args{"n": n, "seconds": int(time.Since(began).Seconds())}))
	}
	return err
}

// asOf reads the day of a figure.
func asOf(text string) (calendar.Date, error) {
	day, err := calendar.ParseDate(text)
	if err != nil {
		return day, problem.New(problem.Invalid, "registry.bad-day", lang.Args{"value": text}).At("as-of")
	}
	return day, nil
}

type releaseCmd struct {
	data
	AsOf string `required:"" help:"The day: 2025-12-01."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// Run prints the release of a day.
func (cmd releaseCmd) Run(ctx context.Context, out console) error {
	on, err := asOf(cmd.AsOf)
	if err != nil {
		return err
	}
	return cmd.with(ctx, func(db *store.DB, files *store.Files) error {
		o := office.Office{DB: db, Files: files, Now: time.Now}
		r, err := o.Release(ctx, on)
		if err != nil {
			return err
		}
		if cmd.JSON {
			return out.print(struct {
				statistics.Release
				Notes []string `json:"notes"`
			}{r, r.Said(out.lang)})
		}
		out.say(lang.M("statistics.release-title", lang.Args{"day": r.AsOf}))
		out.say(lang.M("statistics.release-total", lang.Args{"n": r.Total}))
		for _, l := range r.Parts {
			fmt.Fprintf(out, "%7d  %s\n", l.Permits, l.Part.In(out.lang))
		}
		out.say(lang.M("statistics.release-employers", lang.Args{"n": r.Employers}))
		for _, c := range r.Countries {
			fmt.Fprintf(out, "%7d  %s\n", c.Permits, c.In(out.lang))
		}
		for _, note := range r.Said(out.lang) {
			fmt.Fprintln(out, "*", note)
		}
		return nil
	})
}

type figuresCmd struct {
	data
	AsOf   string `required:"" help:"The day: 2025-12-01."`
	Region string `help:"Two digits of KATO; the whole country if not given."`
	JSON   bool   `name:"json" help:"Print JSON." xor:"form"`
	CSV    bool   `name:"csv" help:"Print the whole breakdown as CSV (region, category, citizenship, permits)." xor:"form"`
}

// Run prints figures of a day. They are those of the authority: small numbers are
// shown. What is published hides them.
func (cmd figuresCmd) Run(ctx context.Context, out console) error {
	on, err := asOf(cmd.AsOf)
	if err != nil {
		return err
	}
	return cmd.with(ctx, func(db *store.DB, files *store.Files) error {
		o := office.Office{DB: db, Files: files, Now: time.Now}
		f, err := o.Figures(ctx, on, cmd.Region)
		if err != nil {
			return err
		}
		cells := f.Stock.Only(statistics.InRegion(cmd.Region))
		switch {
		case cmd.JSON:
			return out.print(struct {
				AsOf       calendar.Date      `json:"as_of"`
				Definition string             `json:"definition"`
				Total      int                `json:"in_force"`
				Year       statistics.Figure  `json:"issued_in_year"`
				Cells      statistics.Cells   `json:"cells"`
				InForce    []statistics.Point `json:"in_force_by_month"`
				Issued     []statistics.Point `json:"issued_by_month"`
			}{on, statistics.InForce.Definition(out.lang), cells.Total(), f.Year, cells, f.Months, f.Issued})
		case cmd.CSV:
			return writeCells(out, cells)
		}
		out.say(lang.M("ruqsat.in-force", lang.Args{"day": on, "n": cells.Total()}))
		for _, r := range law.Regions() {
			if n := cells.ByRegion()[r.KATO]; n > 0 {
				fmt.Fprintf(out, "%7d  %s\n", n, r.Name.In(out.lang))
			}
		}
		out.say(lang.M("ruqsat.issued", lang.Args{"year": on.Year, "n": f.Year.Permits}))
		fmt.Fprintln(out, statistics.InForce.Definition(out.lang))
		fmt.Fprintln(out, statistics.Issued.Definition(out.lang))
		return nil
	})
}

func writeCells(out console, cells statistics.Cells) error {
	w := csv.NewWriter(out)
	_ = w.Write([]string{"region_kato", "category", "citizenship", "permits"}) // Error says it
	for _, c := range cells {
		_ = w.Write([]string{c.Region, string(c.Category), c.Citizenship, strconv.Itoa(c.Permits)})
	}
	w.Flush()
	return w.Error()
}
