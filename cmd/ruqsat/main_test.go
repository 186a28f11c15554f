package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts in testdata read like a manual: each shows what a command prints.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"ruqsat": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

func TestTheCommandLineDoesWhatTheScriptsShow(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			raw, err := os.ReadFile("../../demo/alacem.csv")
			if err != nil {
				return err
			}
			return os.WriteFile(env.Getenv("WORK")+"/alacem.csv", raw, 0o600)
		},
	})
}
