package web

import (
	"net/url"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/store"
	"ruqsat/web/component"
)

// permitPath is where the page of a permit stands. Numbers of old registers may
// have strokes in them.
func permitPath(number string) string { return "/permits/" + url.PathEscape(number) }

// permitColour is the mark of a status.
func permitColour(s registry.Status) component.Colour {
	switch s {
	case registry.InForce:
		return component.Green
	case registry.NotYet:
		return component.Blue
	case registry.Suspended:
		return component.Amber
	case registry.Revoked:
		return component.Red
	}
	return component.Grey
}

// A permitFile is what the page of a permit shows.
type permitFile struct {
	office.PermitView
	Identity   component.Identity
	Facts      []component.Row
	Chain      component.Grid
	Events     []component.Event
	Complaints component.Grid
	Rulings    []rulingCard
	Staff      bool
	CanExtend  string // why it cannot be extended now; empty where it can
	CanReissue string
	Value      func(string) string
}

// permitPage shows a permit with its whole history and what it came of, to its
// employer and to the departments of its regions.
func (s *Site) permitPage(q request) error {
	return s.showPermit(q, s.page(q, "web.permit"), func(string) string { return "" })
}

// showPermit shows the permit, or where the address names an act, its form.
func (s *Site) showPermit(q request, p component.Page, value func(string) string) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	v, err := s.Office.LookPermit(q.r.Context(), q.actor(), q.r.PathValue("number"))
	if err != nil {
		return err
	}
	f := permitFile{PermitView: v, Staff: q.user.Role.Authority(), Value: value}
	s.fillPermit(p, &f)
	list, err := s.Office.Complaints(q.r.Context(), q.actor(), store.Complaints{Permit: v.Permit.Number})
	if err != nil {
		return err
	}
	f.Complaints = s.complaintGrid(p, list)
	if f.Rulings, err = s.rulingCards(q, p, store.AboutPermit, v.Permit.Number); err != nil {
		return err
	}
	p.Title, p.Path = f.Identity.Number, permitPath(v.Permit.Number)
	if f.Staff {
		if err := s.desk(q, &p); err != nil {
			return err
		}
	} else {
		p.Back = &component.Link{Text: p.T("web.own-permits"), Href: "/cabinet/permits"}
		chain := append(v.Before[:len(v.Before):len(v.Before)], v.Permit)
		f.CanExtend = why(q.lang, registry.MayExtend(chain, q.user.BIN, 0, v.Today))
		f.CanReissue = why(q.lang, registry.MayReissue(v.Permit, q.user.BIN, v.Today))
	}
	act := registry.Act(q.r.PathValue("act"))
	if act == "" {
		s.render(q, permitPage(p, f))
		return nil
	}
	for _, w := range f.Ways {
		if w.Act == act {
			p.Title = act.In(q.lang)
			s.render(q, permitActPage(p, f, w))
			return nil
		}
	}
	return problem.New(problem.NotFound, "problem.not-found")
}

// why says what stands in the way, or nothing.
func why(t lang.Tag, err error) string {
	if err == nil {
		return ""
	}
	return problem.Of(err).Say.In(t)
}

// chainGrid shows what the permit came of and what came of it. It is empty for one
// that stands alone.
// entry is one line of the register about a permit, with both its times: from when
// it is true, and when it was entered. Names of officials are for officials.
// actOf is the act that makes an entry.
// actPermit answers the button of an act on a permit.
func (s *Site) actPermit(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	d := registry.Deed{
		Act: registry.Act(q.r.PathValue("act")), On: date(q, "on"), Grounds: q.r.PostForm["grounds"], Words: q.form("words"),
		Hearing: registry.Hearing{Told: date(q, "told"), On: date(q, "heard"), Protocol: q.form("protocol"), Waived: q.form("waived")},
	}
	if d.Act == registry.Correct {
		for _, f := range registry.Fields {
			d.Changes = append(d.Changes, registry.Change{Field: f, Is: q.form(string(f))})
		}
	}
	number := q.r.PathValue("number")
	err := badDate(q, "on")
	var r store.Ruling
	switch {
	case err != nil:
	case d.Act == registry.Surrender:
		if _, err = s.Office.SurrenderPermit(q.r.Context(), q.actor(), number, d); err == nil {
			return s.redirect(q, permitPath(number))
		}
	default:
		if r, err = s.Office.DraftOnPermit(q.r.Context(), q.actor(), number, d); err == nil {
			return s.drafted(q, r)
		}
	}
	p := s.page(q, "web.permit")
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	return s.showPermit(q, p, func(name string) string { return q.r.PostFormValue(name) })
}

// badDate returns an error if the three fields of a day hold something that is
// none: an empty day may stand for today, a wrong one for nothing.
func badDate(q request, name string) error {
	if q.form(name+"-day")+q.form(name+"-month")+q.form(name+"-year") == "" || !date(q, name).IsZero() {
		return nil
	}
	return problem.New(problem.Invalid, "web.life-no-such-day").At(name)
}

// permitKind says how much the button of an act asks to be pressed.
func permitKind(a registry.Act) component.ButtonKind {
	switch a {
	case registry.Revoke, registry.Surrender, registry.Suspend:
		return component.Warning
	}
	return component.Secondary
}

// needsHearing reports whether the form of a step asks how the employer was heard.
func needsHearing(st registry.Step, on calendar.Date) bool {
	_, ok := law.LimitOn(law.HearingNotice, on)
	return st.Heard && ok
}

// searchPermits lists what a search of the register finds.
// publicChain links what a permit extends or reissues, and what does so to it.
