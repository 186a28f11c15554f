package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/scenario"
	"ruqsat/signature/practice"
	"ruqsat/store"
)

// data says where a command finds the store.
type data struct {
	Data     string `default:"./data" env:"RUQSAT_DATA" help:"Folder of the data." type:"path"`
	Database string `env:"RUQSAT_DATABASE" help:"postgres://… in place of the folder's own database."`
}

// open opens the store, with its tables up to date.
func (d data) open(ctx context.Context) (*store.DB, *store.Files, error) {
	if err := os.MkdirAll(d.Data, 0o700); err != nil {
		return nil, nil, err
	}
	dsn := d.Database
	if dsn == "" {
		dsn = "sqlite:" + filepath.Join(d.Data, "ruqsat.db")
	}
	db, err := store.Open(ctx, dsn)
	if err != nil {
		return nil, nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	files, err := store.OpenFiles(filepath.Join(d.Data, "files"))
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, files, nil
}

// with opens the store for as long as use runs.
func (d data) with(ctx context.Context, use func(*store.DB, *store.Files) error) error {
	db, files, err := d.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(use(db, files), files.Close(), db.Close())
}

type migrateCmd struct{ data }

// Run brings the tables up to this program.
func (cmd migrateCmd) Run(ctx context.Context, out console) error {
	return cmd.with(ctx, func(db *store.DB, _ *store.Files) error {
		s, err := db.Schema(ctx)
		if err == nil {
			out.say(lang.M("ruqsat.migrated", lang.Args{"version": s.Has}))
		}
		return err
	})
}

type registerCmd struct {
	Import  importCmd  `cmd:"" help:"Take a register file in: all of it or nothing."`
	Export  exportCmd  `cmd:"" help:"Write the register as a file."`
	Stats   statsCmd   `cmd:"" help:"What an employer has in force on a day."`
	Release releaseCmd `cmd:"" help:"The monthly release of a day, with its sum check."`
	Issued  issuedCmd  `cmd:"" help:"What an employer was issued in a year."`
}

type importCmd struct {
	data
	File string `arg:"" help:"CSV; docs/register-csv.md tells the columns." type:"existingfile"`
}

// maxImport is how large a register file may be: a million rows of it.
const maxImport = 400 << 20

// Run takes a register file in.
func (cmd importCmd) Run(ctx context.Context, out console) error {
	info, err := os.Stat(cmd.File)
	if err != nil {
		return err
	}
	if info.Size() > maxImport {
		return problem.New(problem.TooLarge, "problem.too-large", lang.Args{"limit": "400 MB"})
	}
	raw, err := os.ReadFile(cmd.File)
	if err != nil {
		return err
	}
	permits, err := registry.ReadCSV(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	return cmd.with(ctx, func(db *store.DB, files *store.Files) error {
		o := office.Office{DB: db, Files: files, Now: time.Now}
		if err := o.Import(ctx, permits); err != nil {
			return err
		}
		out.say(lang.M("ruqsat.imported", lang.Args{"n": len(permits)}))
		return nil
	})
}

type exportCmd struct{ data }

// theConsole is who gives commands: whoever may read and write the data folder.
var theConsole = party.Actor{Account: "console", Role: party.Admin, Name: party.Name{Surname: "ruqsat register export"}}

// Run writes the register to the console. /views shows that it was done.
func (cmd exportCmd) Run(ctx context.Context, out console) error {
	return cmd.with(ctx, func(db *store.DB, files *store.Files) error {
		o := office.Office{DB: db, Files: files, Now: time.Now}
		permits, err := o.TakeOut(ctx, theConsole)
		if err != nil {
			return err
		}
		return registry.WriteCSV(out, permits)
	})
}

// count answers a question about an employer.
func (d data) count(ctx context.Context, employer string, q registry.Question) (registry.Answer, error) {
	var a registry.Answer
	bin, err := party.ParseBIN(employer)
	if err != nil {
		return a, err
	}
	q.Employer = bin
	err = d.with(ctx, func(db *store.DB, files *store.Files) (err error) {
		o := office.Office{DB: db, Files: files, Now: time.Now}
		a, err = o.Ask(ctx, q)
		return err
	})
	return a, err
}

type statsCmd struct {
	data
	Employer string `required:"" help:"BIN."`
	AsOf     string `required:"" help:"The day: 2025-09-01."`
	Known    int64  `help:"As the register knew it at this entry; all of it if not given."`
	JSON     bool   `name:"json" help:"Print JSON."`
}

// Run prints what an employer has in force on a day.
func (cmd statsCmd) Run(ctx context.Context, out console) error {
	day, err := calendar.ParseDate(cmd.AsOf)
	if err != nil {
		return fmt.Errorf("--as-of: %w", err)
	}
	a, err := cmd.count(ctx, cmd.Employer, registry.Question{AsOf: day, Year: day.Year, Known: cmd.Known})
	if err != nil {
		return err
	}
	if cmd.JSON {
		return out.print(a)
	}
	out.say(lang.M("ruqsat.in-force", lang.Args{"day": a.AsOf, "n": a.Total}))
	for _, c := range law.Categories {
		if n := a.InForce[c]; n > 0 {
			fmt.Fprintf(out, "%6d  %s\n", n, c.In(out.lang))
		}
	}
	for _, c := range law.Countries() {
		if n := a.Citizenship[c.Code]; n > 0 {
			fmt.Fprintf(out, "%6d  %s\n", n, c.Name.In(out.lang))
		}
	}
	return nil
}

type issuedCmd struct {
	data
	Employer string `required:"" help:"BIN."`
	Year     int    `required:"" help:"The year: 2025."`
	JSON     bool   `name:"json" help:"Print JSON."`
}

// Run prints what an employer was issued in a year.
func (cmd issuedCmd) Run(ctx context.Context, out console) error {
	bin, err := party.ParseBIN(cmd.Employer)
	if err != nil {
		return err
	}
	var a registry.Answer
	err = cmd.with(ctx, func(db *store.DB, files *store.Files) (err error) {
		o := office.Office{DB: db, Files: files, Now: time.Now}
		a, err = o.IssuedTo(ctx, bin, cmd.Year)
		return err
	})
	if err != nil {
		return err
	}
	if cmd.JSON {
		return out.print(a)
	}
	out.say(lang.M("ruqsat.issued", lang.Args{"year": a.Year, "n": a.IssuedTotal}))
	for _, p := range a.Positions {
		fmt.Fprintf(out, "%6d  %s\n", p.Permits, p.Position.In(out.lang))
	}
	return nil
}

type playCmd struct {
	Files []string `arg:"" help:"Scenario files." type:"existingfile"`
}

// Run plays each scenario on an empty store of its own.
func (cmd playCmd) Run(ctx context.Context, out console) error {
	var failed error
	for _, name := range cmd.Files {
		if err := playOne(ctx, name); err != nil {
			fmt.Fprintln(out, "FAIL", err)
			failed = errFound
			continue
		}
		fmt.Fprintln(out, "ok  ", name)
	}
	return failed
}

func playOne(ctx context.Context, name string) error {
	dir, err := os.MkdirTemp("", "ruqsat-play-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	signer, err := practice.New(time.Now())
	if err != nil {
		return err
	}
	return data{Data: dir}.with(ctx, func(db *store.DB, files *store.Files) error {
		return scenario.New(db, files, signer).Play(ctx, name, bytes.NewReader(text))
	})
}

type checkCmd struct {
	data
	Trust string `env:"RUQSAT_TRUST" help:"Folder of the authorities that are believed; DATA/trust unless given." type:"path"`
}

// Run recounts everything, and lists what does not agree.
func (cmd checkCmd) Run(ctx context.Context, out console) error {
	return cmd.office(ctx, func(o *office.Office) error {
		wrong, err := o.Check(ctx)
		if err != nil {
			return err
		}
		verifier := ""
		if o.Log != nil {
			verifier = o.Log.Verifier()
		}
		audit, err := o.Audit(ctx, verifier, "")
		if err != nil {
			return err
		}
		wrong = append(wrong, audit.Wrong...)
		for _, m := range wrong {
			out.say(m)
		}
		gaps, err := trusting{cmd.Trust, cmd.Data}.gaps(o.Now())
		if err != nil {
			return err
		}
		for _, gap := range gaps {
			out.say(lang.M("ruqsat.trust-gap", lang.Args{"gap": gap.Error()}))
		}
		if len(wrong)+len(gaps) > 0 {
			return errFound
		}
		out.say(lang.M("ruqsat.checked"))
		return nil
	})
}

type userCmd struct {
	Add addUserCmd `cmd:"" help:"Add somebody who can sign in."`
}

type addUserCmd struct {
	data
	Login    string `required:"" help:"IIN."`
	Role     string `required:"" enum:"clerk,executor,head,ministry,admin" help:"clerk, executor, head, ministry or admin."`
	Region   string `help:"Two digits of KATO; not for the ministry."`
	Surname  string `required:""`
	Given    string `required:""`
	Password string `required:"" env:"RUQSAT_PASSWORD" help:"At least 10 characters; best given in the environment."`
}

// Run adds an account of the authority.
func (cmd addUserCmd) Run(ctx context.Context, out console) error {
	iin, err := party.ParseIIN(cmd.Login)
	if err != nil {
		return err
	}
	if len([]rune(cmd.Password)) < office.MinPassword {
		return problem.New(problem.Invalid, "office.short-password", lang.Args{"n": office.MinPassword})
	}
	role := party.Role(cmd.Role)
	if _, err := law.CalendarFor(cmd.Region); err != nil && role.Authority() {
		return err
	}
	a := party.Account{
		ID: string(iin), Login: string(iin), IIN: iin, Role: role, Region: cmd.Region, Active: true,
		Name: party.Name{Surname: strings.TrimSpace(cmd.Surname), Given: strings.TrimSpace(cmd.Given)},
	}
	return cmd.with(ctx, func(db *store.DB, files *store.Files) error {
		o := office.Office{DB: db, Files: files, Now: time.Now}
		if err := o.AddAccount(ctx, a, cmd.Password); err != nil {
			return err
		}
		out.say(lang.M("ruqsat.user-added", lang.Args{"name": a.Name.String(), "role": a.Role}))
		return nil
	})
}
