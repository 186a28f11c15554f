package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"time"

	"ruqsat/dossier"
	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/signature"
	"ruqsat/signature/fetch"
	"ruqsat/signature/inspect"
	"ruqsat/signature/pki"
)

type verifyCmd struct {
	trusting
	File     string   `arg:"" help:"CMS (DER, PEM or base64), signed XML, the authority's ZIP, a case package, a receipt, or an answer of OCSP." type:"existingfile"`
	Detached string   `help:"The document, where it is not inside the signature." type:"existingfile"`
	At       string   `help:"When the signature was received: 2026-07-20T14:08:06+05:00; now if not given."`
	Answer   []string `help:"Answer of OCSP kept with the signature, DER." type:"existingfile"`
	Key      string   `help:"Verifier key of the log as known from elsewhere, for a case package or a receipt."`
	Ask      string   `help:"Address of the OCSP service to ask where the lists do not tell."`
	JSON     bool     `name:"json" help:"Print JSON."`

	at time.Time
}

// maxVerify is how large a file may be: a container with its documents.
const maxVerify = 256 << 20

// Validate is asked by the parser of the command line.
func (cmd *verifyCmd) Validate() error {
	cmd.at = time.Now()
	if cmd.At == "" {
		return nil
	}
	at, err := time.Parse(time.RFC3339, cmd.At)
	if err != nil {
		return fmt.Errorf("--at: %q is no moment like 2026-07-20T14:08:06+05:00", cmd.At)
	}
	cmd.at = at
	return nil
}

// Run says of each signature in a file whether it is good, whose it is, and why.
func (cmd *verifyCmd) Run(ctx context.Context, out console) error {
	sig, err := readUpTo(cmd.File)
	if err != nil {
		return err
	}
	if dossier.Is(sig) {
		return checkPackage(ctx, cmd.File, cmd.Key, cmd.Trust, out)
	}
	if _, is := dossier.ParseReceipt(sig); is {
		return cmd.receipt(sig, out)
	}
	trust, err := cmd.load()
	if err != nil {
		return err
	}
	var document []byte
	if cmd.Detached != "" {
		if document, err = readUpTo(cmd.Detached); err != nil {
			return err
		}
	}
	var answers [][]byte
	for _, name := range cmd.Answer {
		raw, err := readUpTo(name)
		if err != nil {
			return err
		}
		answers = append(answers, raw)
	}
	if _, err := pki.ParseResponse(sig); err == nil {
		return cmd.answer(trust, sig, out)
	}
	reports, err := cmd.examine(ctx, trust, document, sig, answers)
	if err != nil {
		return err
	}
	if cmd.JSON {
		err = out.print(reports)
	} else {
		out.reports(reports)
	}
	for _, r := range reports {
		if r.Outcome != signature.Valid && err == nil {
			err = errFound
		}
	}
	return err
}

// answer says what an answer of OCSP says, of which the certificate is not there.
func (cmd *verifyCmd) answer(trust *pki.Trust, raw []byte, out console) error {
	said, err := trust.Said(raw)
	if err != nil {
		out.say(lang.M("ruqsat.answer-unusable", lang.Args{"why": err.Error()}))
		return errFound
	}
	if cmd.JSON {
		return out.print(said)
	}
	for _, s := range said {
		out.say(lang.M("ruqsat.answer-says", lang.Args{"authority": s.Authority, "serial": s.Serial, "says": s.Says, "at": s.Produced.Format(time.RFC3339)}))
	}
	return nil
}

// examine has the file examined, whatever its form.
func (cmd *verifyCmd) examine(ctx context.Context, trust *pki.Trust, document, sig []byte, answers [][]byte) ([]signature.Report, error) {
	g := inspect.Given{File: sig, Document: document, Answers: answers, At: cmd.at}
	if cmd.Ask != "" {
		authority, err := fetch.New(cmd.Ask)
		if err != nil {
			return nil, err
		}
		g.Ask = authority.Ask
	}
	return inspect.File(ctx, trust, g), nil
}

func readUpTo(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxVerify {
		return nil, problem.New(problem.TooLarge, "problem.too-large", lang.Args{"limit": "256 MB"})
	}
	return os.ReadFile(name)
}

// marks are how the outcome of a check is shown.
var marks = map[signature.Outcome]string{signature.Valid: "+", signature.Invalid: "-", signature.Undetermined: "?"}

// reports prints what was found out.
func (c console) reports(all []signature.Report) {
	for i, r := range all {
		if i > 0 {
			fmt.Fprintln(c)
		}
		c.say(lang.M("ruqsat.verify-signer", lang.Args{"n": i + 1, "all": len(all)}))
		fmt.Fprintf(c, "%s %s\n", marks[r.Outcome], r.Outcome.In(c.lang))
		c.signer(r)
		for _, check := range r.Checks {
			fmt.Fprintf(c, "  %s %s\n", marks[check.Outcome], check.Name.In(c.lang))
			if check.Outcome == signature.Valid {
				continue
			}
			fmt.Fprintf(c, "      %s\n", check.Say.In(c.lang))
			if check.Evidence != "" {
				fmt.Fprintf(c, "      %s\n", lang.M("ruqsat.verify-evidence", lang.Args{"evidence": check.Evidence}).In(c.lang))
			}
		}
	}
}

// signer prints who signed, and when.
func (c console) signer(r signature.Report) {
	line := func(value, key string, args lang.Args) {
		if value != "" {
			fmt.Fprintf(c, "  %s\n", lang.M(key, args).In(c.lang))
		}
	}
	s := r.Signer
	line(s.Name, "ruqsat.verify-name", lang.Args{"name": s.Name})
	line(s.IIN, "ruqsat.verify-iin", lang.Args{"iin": s.IIN})
	line(s.BIN, "ruqsat.verify-firm", lang.Args{"name": s.Organisation, "bin": s.BIN})
	var roles []string
	for _, role := range signature.RolesOf(s) {
		roles = append(roles, role.In(c.lang))
	}
	line(strings.Join(roles, ""), "ruqsat.verify-roles", lang.Args{"roles": strings.Join(roles, ", ")})
	line(r.Algorithm, "ruqsat.verify-algorithm", lang.Args{"algorithm": r.Algorithm})
	if !r.SignedAt.IsZero() {
		line("+", "ruqsat.verify-signed-at", lang.Args{"time": r.SignedAt.In(r.At.Location()).Format(time.RFC3339)})
	}
	if r.Stamp != nil {
		line("+", "ruqsat.verify-stamp", lang.Args{"time": r.At.Format(time.RFC3339), "issuer": r.Stamp.Issuer})
	}
	line("+", "ruqsat.verify-at", lang.Args{"time": r.At.Format(time.RFC3339)})
	if r.Training {
		line("+", "ruqsat.verify-training", nil)
	}
	if r.Test {
		line("+", "ruqsat.verify-test", nil)
	}
}

// fingerprint writes a digest in groups that two persons can read to each other.
func fingerprint(hexadecimal string) string {
	var groups []string
	for i := 0; i+8 <= len(hexadecimal); i += 8 {
		groups = append(groups, hexadecimal[i:i+8])
	}
	return strings.Join(groups, " ")
}

// plainFingerprint takes out what people write between the digits; it reports
// false if what is left is no SHA-256.
func plainFingerprint(s string) (string, bool) {
	plain := strings.ToLower(strings.NewReplacer(" ", "", ":", "", "-", "").Replace(s))
	raw, err := hex.DecodeString(plain)
	return plain, err == nil && len(raw) == 32
}
