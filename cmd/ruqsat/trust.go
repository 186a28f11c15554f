package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/signature/pki"
)

type trustCmd struct {
	List  trustListCmd  `cmd:"" help:"The authorities that are believed, with fingerprints."`
	Add   trustAddCmd   `cmd:"" help:"Take a certificate or a list of the revoked into the folder."`
	Check trustCheckCmd `cmd:"" help:"What is missing, due or out of date."`
}

type trustListCmd struct {
	trusting
	JSON bool `name:"json" help:"Print JSON."`
}

// Run lists the authorities.
func (cmd trustListCmd) Run(out console) error {
	trust, err := cmd.load()
	if err != nil {
		return err
	}
	anchors := trust.Fingerprints()
	if cmd.JSON {
		return out.print(anchors)
	}
	for _, a := range anchors {
		kind := lang.M("ruqsat.trust-issuing")
		if a.Root {
			kind = lang.M("ruqsat.trust-root")
		}
		fmt.Fprintf(out, "%s (%s), %s\n", a.Name, kind.In(out.lang), a.Algorithm)
		fmt.Fprintf(out, "  SHA-256 %s\n", fingerprint(a.SHA256))
		fmt.Fprintf(out, "  %s\n", lang.M("ruqsat.trust-until", lang.Args{"day": a.Until.Format(time.DateOnly)}).In(out.lang))
		list := lang.M("ruqsat.trust-no-list")
		if !a.Listed.IsZero() {
			list = lang.M("ruqsat.trust-list", lang.Args{"made": a.Listed.Format(time.RFC3339), "due": a.ListDue.Format(time.RFC3339)})
		}
		fmt.Fprintf(out, "  %s\n", list.In(out.lang))
	}
	return nil
}

type trustCheckCmd struct {
	trusting
	At string `help:"The moment, like 2026-07-20T14:08:06+05:00; now if not given."`

	at time.Time
}

// Validate is asked by the parser of the command line.
func (cmd *trustCheckCmd) Validate() error {
	v := verifyCmd{At: cmd.At}
	err := v.Validate()
	cmd.at = v.at
	return err
}

// Run prints the gaps.
func (cmd *trustCheckCmd) Run(out console) error {
	trust, err := cmd.load()
	if err != nil {
		return err
	}
	gaps := trust.Gaps(cmd.at)
	if len(gaps) == 0 {
		out.say(lang.M("ruqsat.trust-whole"))
		return nil
	}
	for _, gap := range gaps {
		out.say(lang.M("ruqsat.trust-gap", lang.Args{"gap": gap.Error()}))
	}
	return errFound
}

type trustAddCmd struct {
	trusting
	File   string `arg:"" help:"Certificate or list, DER or PEM." type:"existingfile"`
	SHA256 string `name:"sha256" help:"Fingerprint of the certificate, compared by two persons."`
}

// Run takes a file into the folder. A certificate comes in only with its
// fingerprint, and only if the folder can be used with it afterwards.
func (cmd trustAddCmd) Run(out console) error {
	raw, err := readUpTo(cmd.File)
	if err != nil {
		return err
	}
	if der, ok := pki.DecodePEM(raw); ok {
		raw = der
	}
	name := pki.Sum(raw)[:16]
	if _, err := pki.ParseList(raw); err == nil {
		return cmd.keep(out, name+".crl", raw)
	}
	if _, err := pki.ParseCertificate(raw); err != nil {
		return refused("ruqsat.trust-refused", lang.Args{"why": err.Error()})
	}
	sum := lang.Args{"sha256": fingerprint(pki.Sum(raw))}
	given, isOne := plainFingerprint(cmd.SHA256)
	switch {
	case cmd.SHA256 == "":
		return refused("ruqsat.trust-compare", sum)
	case !isOne || given != pki.Sum(raw):
		return refused("ruqsat.trust-other-fingerprint", sum)
	}
	return cmd.keep(out, name+".cer", raw)
}

func refused(key string, args lang.Args) error {
	return &problem.Error{Kind: problem.Invalid, Say: lang.M(key, args)}
}

// keep writes the file and takes it away again if the folder cannot be used with
// it, or would leave it out.
func (cmd trustAddCmd) keep(out console, name string, raw []byte) error {
	before := 0
	if trust, err := cmd.load(); err == nil {
		before = len(trust.Problems())
	}
	if err := os.MkdirAll(cmd.folder(), 0o755); err != nil { //nolint:gosec // nothing secret stands in it
		return err
	}
	file := filepath.Join(cmd.folder(), name)
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644) //nolint:gosec // as above
	if errors.Is(err, fs.ErrExist) {
		return refused("ruqsat.trust-refused", lang.Args{"why": file + " is there already"})
	}
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	if err := errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	trust, err := cmd.load()
	if err == nil && len(trust.Problems()) > before {
		err = errors.Join(trust.Problems()...)
	}
	if err != nil {
		return errors.Join(refused("ruqsat.trust-refused", lang.Args{"why": err.Error()}), os.Remove(file))
	}
	out.say(lang.M("ruqsat.trust-added", lang.Args{"name": name}))
	return nil
}
