package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/quota"
	"ruqsat/store"
)

type quotaCmd struct {
	Show   quotaShowCmd   `cmd:"" help:"What is left of a year as of a day, by region and category."`
	Order  quotaOrderCmd  `cmd:"" help:"The orders of a year, or one of them with its lines."`
	Import quotaImportCmd `cmd:"" help:"Enter an order whose lines come as a table: all of it or nothing."`
}

type quotaShowCmd struct {
	data
	Year   int    `help:"The year; that of the day unless given."`
	On     string `help:"The day: 2025-09-01; today unless given."`
	Region string `help:"Only this region: two digits of KATO."`
	JSON   bool   `name:"json" help:"Print JSON."`
}

// A quotaLine is a line as the command prints it.
type quotaLine struct {
	Line     string        `json:"line"`
	Allotted quota.Permits `json:"allotted"`
	Held     quota.Permits `json:"held"`
	Used     quota.Permits `json:"used"`
	Free     quota.Permits `json:"free"`
}

// Run prints what is left of a year.
func (cmd quotaShowCmd) Run(ctx context.Context, out console) error {
	var on calendar.Date
	var err error
	if cmd.On != "" {
		if on, err = calendar.ParseDate(cmd.On); err != nil {
			return fmt.Errorf("--on: %w", err)
		}
	}
	var y office.QuotaYear
	err = cmd.with(ctx, func(db *store.DB, files *store.Files) error {
		o := office.Office{DB: db, Files: files, Now: time.Now}
		y, err = o.Quota(ctx, cmd.Year, on)
		return err
	})
	if err != nil {
		return err
	}
	lines, all := cmd.lines(y)
	if cmd.JSON {
		return out.print(struct {
			Year  int           `json:"year"`
			AsOf  calendar.Date `json:"as_of"`
			Plan  quota.Permits `json:"plan"`
			Lines []quotaLine   `json:"lines"`
		}{y.Year, y.On, y.Plan.Units, lines})
	}
	out.say(lang.M("ruqsat.quota-year", lang.Args{"year": fmt.Sprint(y.Year), "day": y.On, "plan": int(y.Plan.Units),
		"given": int(all.Allotted), "held": int(all.Held), "used": int(all.Used), "left": int(all.Available())}))
	for _, l := range lines {
		fmt.Fprintf(out, "%8d  %s\n", l.Free, l.Line)
	}
	return nil
}

func (cmd quotaShowCmd) lines(y office.QuotaYear) (list []quotaLine, all quota.Balance) {
	list = []quotaLine{}
	var in []quota.Balance
	for _, b := range y.Sorted() {
		if cmd.Region != "" && b.Line.Region != cmd.Region {
			continue
		}
		in = append(in, b)
		list = append(list, quotaLine{b.Line.String(), b.Allotted, b.Held, b.Used, b.Available()})
	}
	return list, quota.Total(quota.InRegions(in))
}

type quotaOrderCmd struct {
	data
	ID   string `arg:"" optional:"" help:"Number and date: 397-2025-12-12."`
	Year int    `help:"Only orders about this year."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// Run prints orders.
func (cmd quotaOrderCmd) Run(ctx context.Context, out console) error {
	list := []quota.Record{}
	err := cmd.with(ctx, func(db *store.DB, files *store.Files) error {
		return db.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
			if cmd.ID != "" {
				r, err := tx.QuotaOrder(ctx, cmd.ID)
				list = append(list, r)
				return err
			}
			found, err := tx.QuotaOrders(ctx, cmd.Year)
			list = append(list, found...)
			return err
		})
	})
	if err != nil {
		return err
	}
	if cmd.JSON {
		return out.print(list)
	}
	for _, r := range list {
		fmt.Fprintf(out, "%s  %d  %s  %s\n", r.ID(), r.Year, r.Kind().In(out.lang), r.Title)
		if cmd.ID == "" {
			continue
		}
		for _, g := range r.Gives {
			fmt.Fprintf(out, "%8d  %s\n", g.Permits, g.Line)
		}
		for _, s := range r.Shifts {
			fmt.Fprintf(out, "%8d  %s > %s\n", s.Permits, s.From, s.To)
		}
	}
	return nil
}

type quotaImportCmd struct {
	data
	File    string `arg:"" help:"CSV or XLSX; docs/quota-csv.md tells the columns." type:"existingfile"`
	Number  string `required:"" help:"Number of the order."`
	Date    string `required:"" help:"Its date: 2025-12-12."`
	Year    int    `required:"" help:"The year of the quota."`
	Title   string `required:"" help:"Its title."`
	Units   int    `help:"Permits of the whole year, if the order sets them."`
	Percent string `help:"Per cent of the labour force, like 0.25."`
	Try     bool   `help:"Only look it over."`
	JSON    bool   `name:"json" help:"Print the order as JSON."`
}

// Run enters an order for the ministry. Whoever may write the data may do so.
func (cmd quotaImportCmd) Run(ctx context.Context, out console) error {
	r, err := cmd.record()
	if err != nil {
		return err
	}
	ministry := party.Actor{Account: "operator", Role: party.Ministry}
	said := "ruqsat.quota-order-entered"
	err = cmd.with(ctx, func(db *store.DB, files *store.Files) error {
		o := office.Office{DB: db, Files: files, Now: time.Now}
		if cmd.Try {
			said = "ruqsat.quota-order-good"
			_, _, err := o.TryOrder(ctx, ministry, r)
			return err
		}
		r, err = o.EnterOrder(ctx, ministry, r)
		return err
	})
	if err != nil {
		return err
	}
	if cmd.JSON {
		return out.print(r)
	}
	out.say(lang.M(said, lang.Args{"order": r.Named(), "given": int(r.Given()), "moved": int(r.Moved())}))
	return nil
}

func (cmd quotaImportCmd) record() (quota.Record, error) {
	r := quota.Record{Number: cmd.Number, Year: cmd.Year, Title: cmd.Title, Units: quota.Permits(cmd.Units)}
	var err error
	if r.Date, err = calendar.ParseDate(cmd.Date); err != nil {
		return r, fmt.Errorf("--date: %w", err)
	}
	if r.Percent, err = quota.ParsePercent(cmd.Percent); err != nil {
		return r, err
	}
	info, err := os.Stat(cmd.File)
	if err != nil {
		return r, err
	}
	if info.Size() > office.MaxSheet {
		return r, problem.New(problem.TooLarge, "problem.too-large", lang.Args{"limit": "1 MB"})
	}
	raw, err := os.ReadFile(cmd.File)
	if err != nil {
		return r, err
	}
	sheet, err := office.ReadSheet(cmd.File, raw, cmd.Year)
	r.Gives, r.Shifts, r.Sums = sheet.Gives, sheet.Shifts, sheet.Sums
	return r, err
}
