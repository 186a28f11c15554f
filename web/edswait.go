package web

import (
	"time"

	"github.com/a-h/templ"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/procedure"
	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/store"
	"ruqsat/web/component"
)

// An edsWait is what became of a signature that could not be judged when it came;
// empty where none waits or was refused after it had.
type edsWait struct{ Say, Why, Again string }

func (s *Site) waiting(q request, p component.Page, c procedure.Case) (edsWait, error) {
	w, found, err := s.Office.Waiting(q.r.Context(), q.actor(), c.ID)
	if err != nil || !found {
		return edsWait{}, err
	}
	return s.waitOf(p, c.Region, w), nil
}

// waitOf says in words what became of a signature.
func (s *Site) waitOf(p component.Page, region string, w office.Wait) edsWait {
	received := momentIn(p.Lang, region, w.Received)
	switch w.State {
	case store.WaitOpen:
		return edsWait{
			Say: p.T("web.eds-waits", "at", received), Why: w.Why.In(p.Lang),
			Again: p.T("web.eds-waits-again", "at", momentIn(p.Lang, region, w.NextTry)),
		}
	case store.WaitRejected:
		return edsWait{Say: p.T("web.eds-wait-rejected", "at", received), Why: w.Why.In(p.Lang)}
	}
	return edsWait{}
}

// waitingIn is waiting for the page of a case: what was done to the case since the
// signature came says more than that it was refused.
func (s *Site) waitingIn(q request, p component.Page, c procedure.Case, events []procedure.Event) (edsWait, error) {
	w, found, err := s.Office.Waiting(q.r.Context(), q.actor(), c.ID)
	if err != nil || !found {
		return edsWait{}, err
	}
	for _, e := range events {
		if w.State == store.WaitRejected && e.At.After(w.Received) {
			return edsWait{}, nil
		}
	}
	return s.waitOf(p, c.Region, w), nil
}

// letterWaiting is waitingIn for a request.
func (s *Site) letterWaiting(q request, p component.Page, v office.LetterView) (edsWait, error) {
	w, found, err := s.Office.LetterWaiting(q.r.Context(), q.actor(), v.File.ID)
	if err != nil || !found {
		return edsWait{}, err
	}
	for _, e := range v.Events {
		if w.State == store.WaitRejected && e.At.After(w.Received) {
			return edsWait{}, nil
		}
	}
	return s.waitOf(p, v.File.Region, w), nil
}

// rulingWaiting is waiting for a ruling.
func (s *Site) rulingWaiting(q request, p component.Page, r store.Ruling) (edsWait, error) {
	w, found, err := s.Office.RulingWaiting(q.r.Context(), q.actor(), r.ID)
	if err != nil || !found {
		return edsWait{}, err
	}
	return s.waitOf(p, r.Region, w), nil
}

// awaiting are those of some cases whose signatures are being checked. An applicant
// is not told that the authority is about to sign.
func (s *Site) awaiting(q request, list []procedure.Case) (map[string]bool, error) {
	var ids []string
	for _, c := range list {
		if c.State == procedure.Preparing || c.State == procedure.Drafted && q.user.Role.Authority() {
			ids = append(ids, c.ID)
		}
	}
	return s.Office.Awaiting(q.r.Context(), ids)
}

// stateTags are the mark of a case's state, and of a signature that is being
// checked.
func stateTags(p component.Page, c procedure.Case, waits bool) templ.Component {
	return withWait(p, component.Tag(colour(c.State), c.State.In(p.Lang)), waits)
}

func withWait(p component.Page, state templ.Component, waits bool) templ.Component {
	if !waits {
		return state
	}
	return templ.Join(state, waitTag(p))
}

// momentIn writes a moment in the zone of a region.
func momentIn(t lang.Tag, region string, at time.Time) string {
	if cal, err := law.CalendarFor(region); err == nil {
		at = at.In(cal.Zone())
	}
	return calendar.Moment{Time: at}.In(t)
}

// stampRow tells of the time stamp of a signature: its own, or the one that we had
// put beside it, or when that is asked for again.
func (s *Site) stampRow(q request, p component.Page, paper store.Paper, r signature.Report) (component.Row, error) {
	row := component.Row{Key: p.T("signature.check-stamp")}
	stamped := func(stamp *signature.Stamp) string {
		return stamp.At.In(r.At.Location()).Format("02.01.2006 15:04:05")
	}
	if r.Stamp != nil {
		row.Value, row.Lines = stamped(r.Stamp), []string{r.Stamp.Issuer, p.T("web.stamp-own")}
		return row, nil
	}
	ours, err := s.Office.StampOf(q.r.Context(), paper)
	switch {
	case err != nil:
		return row, err
	case ours.Stamp != nil:
		row.Value, row.Lines = stamped(ours.Stamp), []string{ours.Stamp.Issuer, p.T("web.stamp-ours")}
	case !ours.Wanted.IsZero():
		again := ours.Wanted.In(r.At.Location()).Format("02.01.2006 15:04")
		row.Value, row.Lines = p.T("web.stamp-none"), []string{p.T("web.stamp-wanted", "at", again)}
	case ours.Missed:
		row.Value, row.Lines = p.T("web.stamp-none"), []string{p.T("web.stamp-missed")}
	default:
		row.Value, row.Lines = p.T("web.stamp-none"), []string{p.T("web.stamp-by-receipt")}
	}
	return row, nil
}

// withStamp is the detached signature of a paper with the time stamp of ours beside
// it, where there is one; else as it was received.
func (s *Site) withStamp(q request, paper store.Paper) ([]byte, error) {
	sig, _, err := office.Signed(paper)
	if err != nil {
		return nil, err
	}
	ours, err := s.Office.StampOf(q.r.Context(), paper)
	if err != nil || ours.Stamp == nil {
		return sig, err
	}
	return cms.WithStamp(sig, ours.Stamp.Token)
}
