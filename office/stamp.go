package office

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ruqsat/calendar"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/signature"
	"ruqsat/store"
)

// A Stamper puts a time stamp beside a signature of one signer (CAdES-T). It is
// asked when a signature has come without one.
type Stamper func(ctx context.Context, sig []byte) ([]byte, error)

// errNoUse is what a stamp comes to with which the signature is not valid.
var errNoUse = errors.New("with the stamp the signature is not valid")

// beside has a time stamp put beside a signature that was found valid without, and
// examines the two together, by the moment it is now. What was received stays as it
// was: the stamp is kept apart.
func (o *Office) beside(ctx context.Context, p store.Paper, sig []byte, want signature.Want) (store.Stamp, *signature.Stamp, error) {
	with, err := o.Stamp(ctx, sig)
	if err != nil {
		return store.Stamp{}, nil, err
	}
	want.At = o.Now()
	r := o.verify(ctx, p, with, want)
	switch {
	case r.Outcome == signature.Invalid:
		return store.Stamp{}, nil, errors.Join(errNoUse, r.Err())
	case r.Outcome != signature.Valid || r.Stamp == nil:
		return store.Stamp{}, nil, fmt.Errorf("the stamp cannot be judged yet: %w", r.Err())
	}
	report, err := json.Marshal(r)
	if err != nil {
		return store.Stamp{}, nil, err
	}
	made := store.Stamp{Paper: p.ID, At: r.Stamp.At, Token: base64.StdEncoding.EncodeToString(r.Stamp.Token), Report: string(report)}
	return made, r.Stamp, nil
}

// A stamping has stamps put beside the signatures of one act. Where the service has
// failed once it is not asked again: the act does not wait for it.
type stamping struct {
	o    *Office
	down error
}

// stamp returns what was done about a stamp for a signature, and notes in s what is
// to be kept.
func (t *stamping) stamp(ctx context.Context, s *signed, r signature.Report, sig []byte, want signature.Want) signature.OwnStamp {
	if t.o.Stamp == nil || r.Outcome != signature.Valid || r.Stamp != nil {
		return signature.OwnStamp{}
	}
	if t.down == nil {
		made, stamp, err := t.o.beside(ctx, s.paper, sig, want)
		if err == nil {
			s.stamp = &made
			return signature.OwnStamp{Stamp: stamp}
		}
		t.down = err
	}
	s.unstamped = t.down.Error()
	return signature.OwnStamp{Awaited: true}
}

// keepStamp keeps the stamp of a signed paper, or that it is still wanted.
func (o *Office) keepStamp(ctx context.Context, tx store.Tx, s signed) error {
	switch {
	case s.stamp != nil:
		return tx.AddStamp(ctx, *s.stamp)
	case s.unstamped != "":
		now := o.Now()
		return tx.WantStamp(ctx, store.WantedStamp{Paper: s.paper.ID, Since: now, NextTry: now.Add(firstPause), Why: s.unstamped})
	}
	return nil
}

// StampSignatures asks for the time stamps again that were not to be had when their
// signatures came, and returns how many were settled: with a stamp, or without one
// for good. It may run on several nodes at once, and stop at any moment.
func (o *Office) StampSignatures(ctx context.Context) (int, error) {
	if o.Stamp == nil {
		return 0, nil
	}
	var due []store.WantedStamp
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		due, err = tx.DueStamps(ctx, o.Now(), retryBatch)
		return err
	})
	if err != nil {
		return 0, err
	}
	settled := 0
	for _, w := range due {
		done, err := o.stampAgain(ctx, w)
		if err != nil {
			return settled, err
		}
		if done {
			settled++
		}
	}
	return settled, nil
}

// stampAgain tries once more; it reports whether the signature is settled.
func (o *Office) stampAgain(ctx context.Context, w store.WantedStamp) (bool, error) {
	var p store.Paper
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		p, err = tx.Paper(ctx, w.Paper)
		return err
	})
	if err != nil {
		return false, err
	}
	sig, r, err := Signed(p)
	if err != nil {
		return false, err
	}
	// It is the signature that was found good: of the same signer.
	want := signature.Want{IIN: party.IIN(r.Signer.IIN), BIN: party.BIN(r.Signer.BIN)}
	made, _, failed := o.beside(ctx, p, sig, want)
	now := o.Now()
	switch {
	case failed == nil:
		w.State = store.StampMade
	case errors.Is(failed, errNoUse) || now.Sub(w.Since) >= waitNoMore:
		w.State, w.Why = store.StampGivenUp, failed.Error()
	default:
		w.NextTry, w.Why = now.Add(min(firstPause<<min(w.Tries+1, 10), lastPause)), failed.Error()
	}
	w.Tries++
	err = o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		ours, err := tx.SaveWantedStamp(ctx, w)
		if err != nil || !ours || failed != nil {
			return err
		}
		return tx.AddStamp(ctx, made)
	})
	return w.State != store.StampWanted, err
}

// A PaperStamp is what there is of a time stamp of ours beside a signature.
type PaperStamp struct {
	Stamp  *signature.Stamp // nil while there is none
	Report signature.Report // of the signature with it
	// Wanted is when the service is asked again; zero where it is not. Missed says
	// that it was asked for days, in vain.
	Wanted time.Time
	Missed bool
	Why    string // for the operator
}

// StampOf returns what there is of a time stamp of ours beside the signature of a
// paper; the zero PaperStamp where none was ever asked for.
func (o *Office) StampOf(ctx context.Context, p store.Paper) (PaperStamp, error) {
	var made store.Stamp
	var found bool
	var w store.WantedStamp
	var out PaperStamp
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		if made, found, err = tx.StampOf(ctx, p.ID); err == nil {
			w, _, err = tx.WantedStampOf(ctx, p.ID)
		}
		return err
	})
	switch {
	case err != nil:
		return out, err
	case found:
		if err := json.Unmarshal([]byte(made.Report), &out.Report); err != nil {
			return out, fmt.Errorf("stamp of paper %s: %w", p.ID, err)
		}
		out.Stamp = out.Report.Stamp
	case w.State == store.StampWanted:
		out.Wanted, out.Why = w.NextTry, w.Why
	case w.State == store.StampGivenUp:
		out.Missed, out.Why = true, w.Why
	}
	return out, nil
}

// occasion is the rule for what an actor signs at a moment. An office may ask for a
// time stamp from a day on.
func (o *Office) occasion(by party.Actor, at time.Time) (signature.Rule, error) {
	day := calendar.DateOf(at.Date())
	if by.Region != "" {
		cal, err := o.CalendarFor(by.Region)
		if err != nil {
			return signature.Rule{}, said(err)
		}
		day = cal.Day(at)
	}
	to := signature.ToSign
	if by.Role == party.Applicant {
		to = signature.ToSubmit
	}
	rule := signature.RuleOn(to, day)
	if !o.StampsFrom.IsZero() && !day.Before(o.StampsFrom) {
		rule.Stamp = signature.StampAsked
	}
	return rule, nil
}

// CheckStamps is an error where time stamps are asked for from a day on and nobody
// is there to give them: whoever signs without would be turned away for good.
func (o *Office) CheckStamps() error {
	if !o.StampsFrom.IsZero() && o.Stamp == nil {
		return problem.New(problem.Invalid, "office.stamps-without-service")
	}
	return nil
}
