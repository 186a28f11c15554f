package office

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"time"

	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/signature"
	"ruqsat/store"
)

// Signatures that wait are tried again after half a minute, and then after twice
// as long each time, up to an hour. After three days whoever signed is asked to
// sign again. The law has nothing about this: ¶ 10(7) of WKO 142/2017 knows a
// signature that is confirmed and one that is not.
const (
	firstPause = 30 * time.Second
	lastPause  = time.Hour
	waitNoMore = 72 * time.Hour
	retryBatch = 50 // signatures in one look of the worker
)

// What signatures wait for.
const (
	waitSubmit  = "submit"
	waitSign    = "sign"
	waitCorrect = "correct"
	waitLetter  = "letter" // the sign of a letter
	waitRuling  = "ruling" // the sign of an act on a permit or a complaint
)

// errWaits is what an act comes to whose signatures were received and kept, but
// cannot be judged yet.
type errWaits struct{ say *problem.Error }

func (e errWaits) Error() string { return e.say.Error() }
func (e errWaits) Unwrap() error { return e.say }

// Waits reports whether an act was not done because its signatures, which are
// kept, cannot be judged yet: it is done, or rejected, by [Office.RetrySignatures].
func Waits(err error) bool {
	_, waits := errors.AsType[errWaits](err)
	return waits
}

// orWait keeps signatures that are neither valid nor invalid, and returns the
// error that says so; any other error it returns as it is. Signatures over some of
// the papers only do not wait.
func (o *Office) orWait(ctx context.Context, act string, by party.Actor, id string, sigs Signatures, list []signed, err error) error {
	if err == nil || o.Verifier == nil || !open(list) {
		return err
	}
	now := o.Now()
	w := store.WaitingSignature{
		ID: newID(), Case: id, Act: act, Received: now, NextTry: now.Add(firstPause), By: by, Sigs: maps.Clone(sigs), Why: sayOf(err),
	}
	if err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.KeepWaiting(ctx, w) }); err != nil {
		return err
	}
	return errWaits{problem.New(problem.Unavailable, "office.signature-waits").Because(err)}
}

// open reports whether all of the signatures could be read, none is invalid, and
// one is undetermined.
func open(list []signed) bool {
	found := false
	for _, s := range list {
		switch s.outcome {
		case signature.Invalid:
			return false
		case signature.Undetermined:
			found = true
		}
		if s.signature == "" {
			return false
		}
	}
	return found
}

// sayOf is what an error says, to be kept.
func sayOf(err error) json.RawMessage {
	e := problem.Of(err)
	say := e.Say
	if len(e.Fields) > 0 {
		say = e.Fields[0].Say
	}
	raw, err := json.Marshal(say)
	if err != nil {
		return nil
	}
	return raw
}

// A Wait is what became of signatures that could not be judged when they came.
type Wait struct {
	State    store.WaitState
	Received time.Time
	NextTry  time.Time
	Why      lang.Message // what the last try found
}

// Waiting returns what became of the signatures of a case that came last to wait;
// it reports false if none ever did. The applicant sees their own, and officials
// the head's.
func (o *Office) Waiting(ctx context.Context, by party.Actor, id string) (Wait, bool, error) {
	return o.lastWaiting(ctx, by, id, func(ctx context.Context, tx store.ReadTx) error {
		c, err := tx.Case(ctx, id)
		if err == nil && !MaySee(by, c) {
			err = problem.New(problem.NotFound, "problem.not-found")
		}
		return err
	})
}

// LetterWaiting is [Office.Waiting] of a request.
func (o *Office) LetterWaiting(ctx context.Context, by party.Actor, id string) (Wait, bool, error) {
	return o.lastWaiting(ctx, by, id, func(ctx context.Context, tx store.ReadTx) error {
		_, err := seen(ctx, tx, by, id)
		return err
	})
}

// RulingWaiting is [Office.Waiting] of a ruling.
func (o *Office) RulingWaiting(ctx context.Context, by party.Actor, id string) (Wait, bool, error) {
	return o.lastWaiting(ctx, by, id, func(ctx context.Context, tx store.ReadTx) error {
		r, err := tx.Ruling(ctx, id)
		if err != nil {
			return err
		}
		return maySignRuling(by, r)
	})
}

func (o *Office) lastWaiting(ctx context.Context, by party.Actor, id string, maySee func(context.Context, store.ReadTx) error) (Wait, bool, error) {
	var w store.WaitingSignature
	var found bool
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		err := maySee(ctx, tx)
		if err == nil {
			w, found, err = tx.LastWaiting(ctx, id)
		}
		return err
	})
	if err != nil || !found || (w.By.Role == party.Applicant) != (by.Role == party.Applicant) {
		return Wait{}, false, err
	}
	out := Wait{State: w.State, Received: w.Received, NextTry: w.NextTry}
	if len(w.Why) > 0 {
		err = json.Unmarshal(w.Why, &out.Why)
	}
	return out, true, err
}

// Awaiting returns which of some cases or requests, which an actor may see, have
// signatures that wait.
func (o *Office) Awaiting(ctx context.Context, ids []string) (map[string]bool, error) {
	var found map[string]bool
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		found, err = tx.Awaiting(ctx, ids)
		return err
	})
	return found, err
}

// RetrySignatures tries signatures again whose time has come, and returns how many
// were settled. It may run on several nodes at once, and stop at any moment: the
// act and the end of the waiting are kept together.
func (o *Office) RetrySignatures(ctx context.Context) (int, error) {
	var due []store.WaitingSignature
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		due, err = tx.DueWaiting(ctx, o.Now(), retryBatch)
		return err
	})
	if err != nil {
		return 0, err
	}
	settled := 0
	var wrong error
	for _, w := range due {
		done, err := o.retry(ctx, w)
		if done {
			settled++
		}
		wrong = errors.Join(wrong, err)
	}
	return settled, wrong
}

// retry tries once more; it reports whether the signatures are settled.
func (o *Office) retry(ctx context.Context, w store.WaitingSignature) (bool, error) {
	// Whoever may not act any more has not signed for the firm or the authority.
	a, err := o.Account(ctx, w.By.Account)
	if err != nil {
		return false, err
	}
	if a.ID == "" {
		return true, o.endWaiting(ctx, w, problem.New(problem.NotAllowed, "office.nobody-to-sign"))
	}
	received := w.Received
	list, err := o.actAgain(ctx, w)
	switch {
	case err == nil:
		return true, nil
	case open(list) && o.Now().Sub(received) < waitNoMore:
		return false, o.putOff(ctx, w, err)
	case open(list):
		return true, o.endWaiting(ctx, w, problem.New(problem.Unavailable, "office.waited-too-long"))
	case problem.IsKind(err, problem.Internal), len(list) == 0 && problem.IsKind(err, problem.Unavailable):
		return false, errors.Join(err, o.putOff(ctx, w, err))
	}
	return true, o.endWaiting(ctx, w, err)
}

// actAgain does the act that signatures wait for, and ends the waiting with it.
func (o *Office) actAgain(ctx context.Context, w store.WaitingSignature) (list []signed, err error) {
	end := func(ctx context.Context, tx store.Tx) error { return tx.EndWaiting(ctx, w, store.WaitDone) }
	ofCase := func(ctx context.Context, tx store.Tx, _ *procedure.Case, _ *procedure.Event) error {
		return end(ctx, tx)
	}
	switch w.Act {
	case waitSubmit:
		_, list, err = o.submit(ctx, w.By, w.Case, w.Sigs, w.Received, ofCase)
	case waitCorrect:
		_, list, err = o.correct(ctx, w.By, w.Case, w.Sigs, w.Received, ofCase)
	case waitSign:
		_, list, err = o.sign(ctx, w.By, w.Case, w.Sigs, w.Received, ofCase)
	case waitRuling:
		_, list, err = o.signRuling(ctx, w.By, w.Case, w.Sigs, w.Received, end)
	case waitLetter:
		_, list, err = o.signLetter(ctx, correspondence.Deed{By: w.By}, w.Case, w.Sigs, w.Received, end)
	}
	return list, err
}

func (o *Office) putOff(ctx context.Context, w store.WaitingSignature, because error) error {
	pause := min(firstPause<<min(w.Tries+1, 10), lastPause)
	w.Tries++
	w.NextTry, w.Why = o.Now().Add(pause), sayOf(because)
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.PutOffWaiting(ctx, w) })
}

// endWaiting rejects signatures. Another node may have settled them meanwhile.
func (o *Office) endWaiting(ctx context.Context, w store.WaitingSignature, because error) error {
	w.Why = sayOf(because)
	err := o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.EndWaiting(ctx, w, store.WaitRejected) })
	if problem.IsKind(err, problem.Conflict) {
		return nil
	}
	return err
}
