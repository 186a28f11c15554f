package main

import (
	"context"
	"errors"
	"io/fs"

	"ruqsat/dossier"
	"ruqsat/lang"
	"ruqsat/signature"
	"ruqsat/signature/inspect"
	"ruqsat/signature/pki"
)

// checkSigned examines every signature in a package anew, offline: over the bytes of
// the paper in it, at the moment it was judged by, with the answers kept beside it.
// Where the folder of authorities is not there, those kept in the package are taken,
// and it is said that this proves nothing about them.
func checkSigned(ctx context.Context, folder string, pkg []byte, out console) error {
	papers, err := dossier.Signed(pkg)
	if err != nil {
		return err
	}
	trust, err := pki.LoadTrust(folder)
	own := errors.Is(err, fs.ErrNotExist)
	if err != nil && !own {
		return err
	}
	var failed error
	for _, s := range papers {
		believed := trust
		if own {
			if believed, err = pki.TrustIn(s.Found.Issuers); err != nil {
				return err
			}
		}
		for _, r := range inspect.File(ctx, believed, inspect.Given{File: s.Signature, Document: s.Document, Answers: s.Found.Answers, At: s.Found.At}) {
			who := r.Signer.Name
			if who == "" {
				who = s.Found.Signer.Name
			}
			args := lang.Args{"file": s.Name, "who": who}
			switch r.Outcome {
			case signature.Valid:
				out.say(lang.M("dossier.signature-valid", args))
			case signature.Undetermined:
				args["why"] = unsettled(r).In(out.lang)
				out.say(lang.M("dossier.signature-undetermined", args))
			default:
				out.say(lang.M("dossier.signature-invalid", args))
				out.reports([]signature.Report{r})
				failed = errFound
			}
		}
	}
	if own && len(papers) > 0 {
		out.say(lang.M("dossier.own-authorities"))
	}
	return failed
}

// unsettled returns what a report could not settle.
func unsettled(r signature.Report) lang.Message {
	for _, c := range r.Checks {
		if c.Outcome == signature.Undetermined {
			return c.Say
		}
	}
	return lang.M("dossier.own-authorities")
}
