package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"ruqsat/demo"
	"ruqsat/external"
	"ruqsat/lang"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/signature/emulator"
	"ruqsat/signature/fetch"
	"ruqsat/signature/practice"
	"ruqsat/signature/training"
	"ruqsat/store"
	"ruqsat/web"
	"ruqsat/web/gallery"
	"ruqsat/worker"
)

type demoCmd struct {
	Data string `default:"./data" env:"RUQSAT_DATA" help:"Folder of the data; filled if it is empty." type:"path"`
	Addr string `default:"127.0.0.1:8080" help:"Where to answer."`

	StandIn  string `default:"127.0.0.1:0" help:"Where the stand-in for registers of other bodies answers; on this machine only."`
	NCALayer bool   `name:"ncalayer" help:"Stand in for NCALayer too, so that the browser signs without any other program."`
	Country  bool   `help:"Add a synthetic register of the whole country since 2019, with the figures published of 1 December 2025."`
}

// Run fills an empty folder with a department at work, and serves it.
func (cmd demoCmd) Run(ctx context.Context, out console) error {
	return data{Data: cmd.Data}.with(ctx, func(db *store.DB, files *store.Files) error {
		// The clock runs, but begins in a year whose law is known.
		shift := time.Until(demo.Today(time.Now())).Round(time.Second)
		now := func() time.Time { return time.Now().Add(shift) }
		signer, err := practice.Open(filepath.Join(cmd.Data, "training"), now())
		if err != nil {
			return err
		}
		key, err := data{Data: cmd.Data}.makeLogKey("demo.ruqsat/log")
		if err != nil {
			return err
		}
		o := &office.Office{DB: db, Files: files, Now: now, Verifier: signer.Verifier(), Address: "http://" + cmd.Addr, Log: key}
		if err := demo.Fill(ctx, o, signer); err != nil {
			return err
		}
		if err := o.Refresh(ctx); err != nil {
			return err
		}
		if cmd.Country {
			if err := fillCountry(ctx, o, out); err != nil {
				return err
			}
		}
		bodies := demo.Registers(o.Now())
		registers, stop, err := standIn(bodies, cmd.StandIn)
		if err != nil {
			return err
		}
		defer stop()
		if err := demo.Treasury(ctx, o, bodies); err != nil {
			return err
		}
		if o.Registers, err = external.New(external.All(registers), 0); err != nil {
			return err
		}
		accounts, err := demo.Accounts()
		if err != nil {
			return err
		}
		out.say(lang.M("ruqsat.stand-in", lang.Args{"address": registers}))
		var logins []web.Login
		out.say(lang.M("ruqsat.demo", lang.Args{"address": "http://" + cmd.Addr + "/"}))
		for _, a := range accounts {
			logins = append(logins, web.Login{Account: a, Password: demo.Password})
			fmt.Fprintf(out, "  %s / %s  %s, %s\n", a.Login, demo.Password, a.Role.In(out.lang), a.Name)
		}
		if o.Stamp, err = emulateAuthority(ctx, o, signer); err != nil {
			return err
		}
		site := &web.Site{Office: o, Log: logger(), Logins: logins, Training: signer}
		if cmd.NCALayer {
			if site.NCALayer, err = emulate(ctx, o, signer, accounts); err != nil {
				return err
			}
			out.say(lang.M("ruqsat.ncalayer", lang.Args{"address": site.NCALayer}))
		}
		return serve(ctx, cmd.Addr, site)
	})
}

// emulate answers in place of NCALayer until ctx is done, with the keys of the
// people of the demo, and returns where.
func emulate(ctx context.Context, o *office.Office, signer *practice.Signer, people []party.Account) (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	program := &emulator.NCALayer{Signer: signer, Now: o.Now, Person: func(iin, bin string) (training.Person, bool) {
		for _, a := range people {
			if want := office.Signer(a.Actor()); string(want.IIN) == iin && string(want.BIN) == bin {
				return practice.PersonOf(a), true
			}
		}
		return training.Person{}, false
	}}
	server := &http.Server{Handler: program, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()
	return "ws://" + listener.Addr().String(), nil
}

// emulateAuthority answers in place of the certification authority's services until
// ctx is done, and returns how to ask for time stamps.
func emulateAuthority(ctx context.Context, o *office.Office, signer *practice.Signer) (office.Stamper, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: &emulator.Authority{Authority: signer.Authority(), Now: o.Now}, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()
	service, err := fetch.NewStamper("http://" + listener.Addr().String() + string(emulator.Stamps))
	if err != nil {
		return nil, err
	}
	return service.Stamp, nil
}

type serveCmd struct {
	data
	registerFlags
	Addr    string `default:"127.0.0.1:8080" env:"RUQSAT_ADDR" help:"Where to answer."`
	Address string `env:"RUQSAT_ADDRESS" help:"Where people find the pages, like https://permits.example.kz; the codes on papers lead there."`
	believing
	Insecure bool `env:"RUQSAT_INSECURE" help:"Cookies without TLS, for a trial on one machine."`
}

// Run serves the pages of a real system.
func (cmd serveCmd) Run(ctx context.Context, out console) error {
	return cmd.with(ctx, func(db *store.DB, files *store.Files) error {
		registers, err := cmd.client()
		if err != nil {
			return err
		}
		key, err := cmd.logKey()
		if err != nil {
			return err
		}
		if key == nil {
			out.say(lang.M("transparency.no-key"))
		}
		o := &office.Office{DB: db, Files: files, Now: time.Now, Address: cmd.Address, Registers: registers, Log: key}
		if o.Address == "" {
			o.Address = "http://" + cmd.Addr
		}
		if err := cmd.believe(ctx, o, cmd.Data, out); err != nil {
			return err
		}
		if err := o.Refresh(ctx); err != nil {
			return err
		}
		out.say(lang.M("ruqsat.serving", lang.Args{"address": "http://" + cmd.Addr + "/"}))
		return serve(ctx, cmd.Addr, &web.Site{Office: o, Log: logger(), Secure: !cmd.Insecure})
	})
}

type pagesCmd struct {
	Addr string `default:"127.0.0.1:8081" help:"Where to answer."`
}

// Run serves the page set.
func (cmd pagesCmd) Run(ctx context.Context, out console) error {
	listener, err := net.Listen("tcp", cmd.Addr)
	if err != nil {
		return err
	}
	out.say(lang.M("ruqsat.serving", lang.Args{"address": "http://" + cmd.Addr + "/kk/pages"}))
	server := &http.Server{Handler: gallery.Handler(), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func logger() *slog.Logger { return slog.New(slog.NewJSONHandler(os.Stderr, nil)) }

// serve answers until ctx is done, and then lets what is under way finish.
func serve(ctx context.Context, addr string, site *web.Site) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: site.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute,
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		worker.Run(ctx, site.Office, site.Log)
	}()
	stop := context.AfterFunc(ctx, func() {
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer cancel()
		_ = server.Shutdown(late)
	})
	defer stop()
	err = server.Serve(listener)
	<-done
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
