package main

import (
	"context"
	"os"
	"strings"
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
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// addfrom FILE FINGERPRINT FOLDER: trust add with a fingerprint from a file.
			"addfrom": func(ts *testscript.TestScript, neg bool, args []string) {
				err := ts.Exec("ruqsat", "trust", "add", args[0], "--trust", args[2], "--sha256", ts.ReadFile(args[1]))
				if (err != nil) != neg {
					ts.Fatalf("trust add %s: %v", args[0], err)
				}
			},
		},
		Setup: func(env *testscript.Env) error {
			if err := writeSigned(env.Getenv("WORK")); err != nil {
				return err
			}
			raw, err := os.ReadFile("../../demo/alacem.csv")
			if err != nil {
				return err
			}
			return os.WriteFile(env.Getenv("WORK")+"/alacem.csv", raw, 0o600)
		},
	})
}

// The picture of the README is drawn by the program.
func TestThePictureOfTheReadmeIsFresh(t *testing.T) {
	kept, err := os.ReadFile("../../docs/procedure.svg")
	if err != nil {
		t.Fatal(err)
	}
	var out, errs strings.Builder
	if code := run(t.Context(), []string{"procedure", "--edition", "wko-2017", "--operation", "issue", "--format", "svg"}, &out, &errs); code != 0 {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	if out.String() != string(kept) {
		t.Error("docs/procedure.svg is stale: go run ./cmd/ruqsat procedure --format svg > docs/procedure.svg")
	}
}

func TestTheCommandsOfTheRulesAnswer(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"law show issue --on 2017-07-03", 0, "8 working days"},
		{"--lang kk law show extension-ict --on 2025-09-01", 0, "Бас тарту негіздері"},
		{"law show issue --on 2017-07-03 --json", 0, `"WKO 142/2017 ¶ 7(3)"`},
		{"law diff issue --from 2020-06-18 --to 2020-06-19", 0, "7 working days"},
		{"law diff issue --from 2017-07-03 --to 2017-07-04", 0, "Nothing changed"},
		{"law diff issue --from 2017-07-03 --to 2017-07-04 --json", 0, "[]"},
		{"law show nothing --on 2017-07-03", 1, "is none of"},
		{"law show issue --on 1999-01-01", 1, "no law for this day"},
		{"ratio --on 2025-09-01 leaders=70/30 others=90/10", 0, "Kept"},
		{"ratio --on 2025-09-01 leaders=69/30", 1, "Not kept"},
		{"ratio --on 2025-09-01 --service issue-ict managers=10/6", 1, "Not kept"},
		{"ratio --on 2025-09-01 --claim small leaders=1/9", 0, "does not apply"},
		{"ratio --on 2025-09-01 leaders=many", 1, "leaders=70/30"},
		{"category driver --on 2025-09-01", 0, "category IV"},
		{"category водитель --on 2025-09-01 --json", 0, `"certain": true`},
		{"window --until 2025-12-01 --on 2025-10-10", 0, "31 October 2025"},
		{"window --until 2025-12-01 --category IV --on 2025-10-10", 1, "not extended"},
		{"procedure --operation reissue-ict --format bpmn --appendix 1", 0, "<sequenceFlow"},
		{"procedure --edition order-279 --format table", 0, "hand-over"},
	} {
		var out, errs strings.Builder
		code := run(t.Context(), strings.Fields(c.args), &out, &errs)
		if code != c.code || !strings.Contains(out.String()+errs.String(), c.says) {
			t.Errorf("ruqsat %s: exit code %d, want %d and %q:\n%s%s", c.args, code, c.code, c.says, out.String(), errs.String())
		}
	}
}
