package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/office"
	"ruqsat/problem"
	"ruqsat/signature/cms"
	"ruqsat/signature/fetch"
	"ruqsat/signature/pki"
)

// trusting says where the authorities that are believed are.
type trusting struct {
	Trust string `env:"RUQSAT_TRUST" help:"Folder of authorities and lists; DATA/trust unless given." type:"path"`
	Data  string `default:"./data" env:"RUQSAT_DATA" help:"Folder of the data." type:"path"`
}

// folder is where the operator puts the authorities that are believed.
func (t trusting) folder() string {
	if t.Trust != "" {
		return t.Trust
	}
	return filepath.Join(t.Data, "trust")
}

// fetched is where the program keeps the lists that it fetches.
func (t trusting) fetched() string { return filepath.Join(t.Data, "lists") }

func (t trusting) load() (*pki.Trust, error) { return pki.LoadTrust(t.folder(), t.fetched()) }

// gaps are what an operator should mend at a moment. Where no folder was named and
// there is none, nothing is signed, and nothing is missing.
func (t trusting) gaps(at time.Time) ([]error, error) {
	if _, err := os.Stat(t.folder()); errors.Is(err, fs.ErrNotExist) {
		if t.Trust == "" {
			return nil, nil
		}
		return []error{fmt.Errorf("folder %s: there is none", t.Trust)}, nil
	}
	trust, err := t.load()
	if err != nil {
		return []error{err}, nil
	}
	return trust.Gaps(at), nil
}

// believing is what a real system needs to know of the certification authority.
type believing struct {
	Trust      string   `env:"RUQSAT_TRUST" help:"Folder of the certificates and lists of the authorities whose signatures are believed; DATA/trust unless given." type:"path"`
	OCSP       string   `name:"ocsp" env:"RUQSAT_OCSP" help:"Address of the OCSP service to ask where the lists do not tell, like http://ocsp.pki.gov.kz/."`
	TSP        string   `name:"tsp" env:"RUQSAT_TSP" help:"Address of the time stamp service, for signatures that come without a stamp, like http://tsp.pki.gov.kz/."`
	List       []string `name:"list" env:"RUQSAT_LISTS" help:"Addresses of lists of the revoked and of changes to fetch, like http://crl.pki.gov.kz/nca_gost_2022.crl."`
	StampsFrom string   `name:"stamps-from" env:"RUQSAT_STAMPS_FROM" help:"First day on which no signature is taken without a time stamp, like 2027-01-01."`
	Training   bool     `name:"training" env:"RUQSAT_TRAINING" help:"This system is for training: roots of the test centre and of demonstrations may be believed, and those of real documents may not."`
}

// reload is how often the folder of trust is read anew: lists of revoked
// certificates come every few hours.
const reload = 5 * time.Minute

// believe gives an office who examines signatures and who stamps them, and keeps
// the trust fresh until ctx is done. Where there is no folder the pages work, and no
// act that wants a signature is done.
func (b believing) believe(ctx context.Context, o *office.Office, data string, out console) error {
	t := trusting{b.Trust, data}
	lists, err := fetch.NewLists(t.fetched(), b.List...)
	if err != nil {
		return err
	}
	if err := b.stamp(o); err != nil {
		return err
	}
	if _, err := os.Stat(t.folder()); errors.Is(err, fs.ErrNotExist) {
		out.say(lang.M("ruqsat.no-trust", lang.Args{"folder": t.folder()}))
		return nil
	}
	trust, err := b.load(t)
	if err != nil {
		return err
	}
	log := logger()
	for _, problem := range trust.Problems() {
		log.Warn("trust", "problem", problem)
	}
	v := cms.New(trust)
	if b.OCSP != "" {
		authority, err := fetch.New(b.OCSP)
		if err != nil {
			return err
		}
		v.AskBy(authority.Ask)
	}
	o.Verifier = v
	go func() {
		for {
			_, failures := lists.Refresh(ctx, time.Now())
			for _, failure := range failures {
				log.Warn("list is not fetched", "error", failure)
			}
			if trust, err := b.load(t); err != nil {
				log.Error("trust is not read anew", "error", err)
			} else {
				v.Use(trust)
			}
			select {
			case <-ctx.Done():
				return
			case <-time.After(reload):
			}
		}
	}()
	return nil
}

// stamp gives an office its time stamp service, and the day from which it wants
// stamps.
func (b believing) stamp(o *office.Office) (err error) {
	if b.TSP != "" {
		service, err := fetch.NewStamper(b.TSP)
		if err != nil {
			return err
		}
		o.Stamp = service.Stamp
	}
	if b.StampsFrom != "" {
		if o.StampsFrom, err = calendar.ParseDate(b.StampsFrom); err != nil {
			return fmt.Errorf("--stamps-from: %w", err)
		}
	}
	return o.CheckStamps()
}

// load reads the trust, and sees that it is of the world the system is in.
func (b believing) load(t trusting) (*pki.Trust, error) {
	trust, err := t.load()
	if err != nil {
		return nil, err
	}
	training := trust.Training() || trust.Test()
	switch {
	case training && !b.Training:
		return nil, problem.New(problem.Invalid, "ruqsat.trust-training", lang.Args{"folder": t.folder()})
	case !training && b.Training:
		return nil, problem.New(problem.Invalid, "ruqsat.trust-real", lang.Args{"folder": t.folder()})
	}
	return trust, nil
}
