package main

import (
	"context"
	"fmt"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/store"
)

type calendarCmd struct {
	Add    addDayCmd    `cmd:"" help:"Enter an act that changed the days off, and count running terms anew."`
	List   listDaysCmd  `cmd:"" help:"What was entered of days off and outages."`
	Outage addOutageCmd `cmd:"" help:"Enter a time in which the system did not work, and give it back to running terms."`
}

// operator is who types a command on the machine itself.
var operator = party.Actor{Account: "operator", Role: party.Admin}

// enter has an office enter something, and the clock act on it.
func (d data) enter(ctx context.Context, out console, add func(*office.Office) error) error {
	return d.with(ctx, func(db *store.DB, files *store.Files) error {
		o := &office.Office{DB: db, Files: files, Now: time.Now}
		if err := add(o); err != nil {
			return err
		}
		n, err := o.Retime(ctx)
		if err == nil {
			out.say(lang.M("ruqsat.day-entered", lang.Args{"n": n}))
		}
		return err
	})
}

type addDayCmd struct {
	data
	Off    string `help:"The day that is off now: 2025-09-15."`
	Worked string `help:"The day that is worked now: 2025-09-20."`
	Act    string `required:"" help:"Number and day of the act."`
	Note   string `help:"Name of the holiday, or the reason."`
}

// Run enters an act that changed the days off.
func (cmd addDayCmd) Run(ctx context.Context, out console) error {
	x := law.DayChange{Act: cmd.Act, Note: cmd.Note}
	for _, f := range []struct {
		flag, text string
		into       *calendar.Date
	}{{"--off", cmd.Off, &x.Off}, {"--worked", cmd.Worked, &x.Worked}} {
		if f.text == "" {
			continue
		}
		d, err := calendar.ParseDate(f.text)
		if err != nil {
			return fmt.Errorf("%s: %w", f.flag, err)
		}
		*f.into = d
	}
	return cmd.enter(ctx, out, func(o *office.Office) error { return o.ChangeDays(ctx, operator, x) })
}

type addOutageCmd struct {
	data
	From   string `required:"" help:"When it stopped, local time: 2025-09-08T10:30."`
	Until  string `required:"" help:"When it worked again."`
	Cause  string `required:"" help:"Why."`
	Act    string `required:"" help:"Number and day of the record."`
	Region string `default:"33" help:"Whose zone the times are in: two digits of KATO."`
}

// Run enters an outage.
func (cmd addOutageCmd) Run(ctx context.Context, out console) error {
	cal, err := law.CalendarFor(cmd.Region)
	if err != nil {
		return err
	}
	x := procedure.Outage{Cause: cmd.Cause, Act: cmd.Act}
	if x.From, err = time.ParseInLocation("2006-01-02T15:04", cmd.From, cal.Zone()); err != nil {
		return fmt.Errorf("--from: %q is no moment like 2025-09-08T10:30", cmd.From)
	}
	if x.Until, err = time.ParseInLocation("2006-01-02T15:04", cmd.Until, cal.Zone()); err != nil {
		return fmt.Errorf("--until: %q is no moment like 2025-09-08T14:40", cmd.Until)
	}
	return cmd.enter(ctx, out, func(o *office.Office) error { return o.RecordOutage(ctx, operator, x) })
}

type listDaysCmd struct {
	data
	JSON bool `name:"json" help:"Print JSON."`
}

// Run lists what was entered, the oldest first.
func (cmd listDaysCmd) Run(ctx context.Context, out console) error {
	return cmd.with(ctx, func(db *store.DB, files *store.Files) error {
		o := &office.Office{DB: db, Files: files, Now: time.Now}
		list, err := o.TimeChanges(ctx, operator)
		if err != nil {
			return err
		}
		if cmd.JSON {
			return out.print(list)
		}
		for _, x := range list {
			if d := x.Days; d != nil {
				fmt.Fprintf(out, "%s  off %-10s  worked %-10s  %s\n", x.At.Format(time.DateOnly), day(d.Off), day(d.Worked), d.Act)
			}
			if u := x.Outage; u != nil {
				fmt.Fprintf(out, "%s  outage %s to %s  %s  %s\n", x.At.Format(time.DateOnly), u.From.Format("2006-01-02T15:04Z07:00"), u.Until.Format("2006-01-02T15:04Z07:00"), u.Act, u.Cause)
			}
		}
		return nil
	})
}

// day writes a day, or a dash for none.
func day(d calendar.Date) string {
	if d.IsZero() {
		return "-"
	}
	return d.String()
}
