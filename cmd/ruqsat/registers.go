package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"ruqsat/demo"
	"ruqsat/examination"
	"ruqsat/external"
	"ruqsat/external/standin"
	"ruqsat/lang"
)

// registerFlags say where the registers of other bodies are. One without an
// address is down, and the manual way is open.
type registerFlags struct {
	Registers map[string]string `env:"RUQSAT_REGISTERS" help:"Addresses of registers of other bodies: entities=https://…;offences=https://… (entities, persons, vacancies, offences, treasury)."`
	Patience  time.Duration     `default:"4s" env:"RUQSAT_REGISTERS_PATIENCE" help:"How long to wait for a register."`
}

func (f registerFlags) client() (*external.Client, error) {
	addresses := map[examination.Register]string{}
	for name, address := range f.Registers {
		addresses[examination.Register(name)] = address
	}
	return external.New(addresses, f.Patience)
}

type standInCmd struct {
	Addr  string   `default:"127.0.0.1:8090" help:"Where to answer; on this machine only."`
	Slow  []string `help:"Registers that never answer in time."`
	Wrong []string `help:"Registers that answer something else."`
	Down  []string `help:"Registers that answer with an error."`
}

// Run stands in for the registers of other bodies, for trials.
func (cmd standInCmd) Run(ctx context.Context, out console) error {
	server := demo.Registers(time.Now())
	for mode, names := range map[standin.Mode][]string{standin.Slow: cmd.Slow, standin.Wrong: cmd.Wrong, standin.Down: cmd.Down} {
		for _, name := range names {
			if err := server.Behave(examination.Register(name), mode); err != nil {
				return err
			}
		}
	}
	address, stop, err := standIn(server, cmd.Addr)
	if err != nil {
		return err
	}
	defer stop()
	out.say(lang.M("ruqsat.stand-in", lang.Args{"address": address}))
	<-ctx.Done()
	return nil
}

// standIn serves a stand-in on this machine, and on no other address.
func standIn(server *standin.Server, addr string) (address string, stop func(), err error) {
	host, _, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(strings.Trim(host, "[]")); err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", nil, errors.New("the stand-in answers on this machine only: " + addr)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return "", nil, fmt.Errorf("stand-in: %w", err)
	}
	s := &http.Server{Handler: server.Handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.Serve(listener) }()
	return "http://" + listener.Addr().String(), func() { _ = s.Close() }, nil
}
