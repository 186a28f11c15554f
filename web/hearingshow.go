package web

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

func (f caseFile) hearingRows(p component.Page) []component.Row {
	return hearingRows(p, f.Case, f.zone())
}

// hearingRows tell all of a hearing: place and time, grounds, what was objected and
// answered, the protocol.
func hearingRows(p component.Page, c procedure.Case, zone *time.Location) []component.Row {
	h := c.Course.Hearing
	rows := []component.Row{
		{Key: p.T("web.hearing-when"), Value: calendar.Moment{Time: h.At.In(zone)}.In(p.Lang)},
		{Key: p.T("web.hearing-place"), Value: h.Place},
		{Key: p.T("web.grounds"), Lines: groundNames(p.Lang, c, h.Grounds)},
		{Key: p.T("web.preliminary"), Value: h.Reasons},
	}
	var objections []string
	for i, o := range h.Objections {
		objections = append(objections, strconv.Itoa(i+1)+". "+o.Text)
		if o.Answer != "" {
			objections = append(objections, "– "+o.Answer)
		}
	}
	if len(objections) > 0 {
		rows = append(rows, component.Row{Key: p.T("web.objections"), Lines: objections})
	}
	if cal, err := law.CalendarFor(c.Region); err == nil && len(h.Moves) > 0 {
		var moves []string
		for _, m := range h.Moves {
			moves = append(moves, m.Say(cal).In(p.Lang))
		}
		rows = append(rows, component.Row{Key: p.T("web.hearing-moves"), Lines: moves})
	}
	switch {
	case h.Waived:
		rows = append(rows, component.Row{Key: p.T("web.protocol"), Value: p.T("web.waived")})
	case h.Held:
		present := h.Protocol.Present
		if h.Protocol.Absent {
			present = strings.TrimPrefix(present+"; "+p.T("web.absent-yes"), "; ")
		}
		began := calendar.Moment{Time: h.Protocol.Began.In(zone)}.In(p.Lang)
		rows = append(rows, component.Row{Key: p.T("web.protocol"), Value: h.Protocol.Said, Lines: []string{present, began}})
	}
	return rows
}

func groundNames(t lang.Tag, c procedure.Case, keys []string) []string {
	var names []string
	for _, r := range law.GroundsFor(c.Application.Operation, c.Application.Scheme, c.LawOn) {
		if slices.Contains(keys, r.Key) {
			names = append(names, r.Name.In(t)+" ("+r.Cite.In(t)+")")
		}
	}
	return names
}

// trackedCourse is what the public page of a case says of a correction or hearing,
// to who has the slip: until when, where and when; not why.
func trackedCourse(p component.Page, c procedure.Case) []component.Row {
	var rows []component.Row
	if r, ok := c.Term(law.Correction); ok {
		rows = append(rows, component.Row{Key: upper(law.Correction.In(p.Lang)), Value: p.T("web.by", "day", r.End.Last)})
	}
	if h := c.Course.Hearing; h != nil && c.State == procedure.Forewarned {
		rows = append(rows,
			component.Row{Key: p.T("web.hearing-when"), Value: calendar.Moment{Time: h.At.In(zoneOf(c.Region))}.In(p.Lang)},
			component.Row{Key: p.T("web.hearing-place"), Value: h.Place})
	}
	if len(c.Course.Paused) > 0 {
		rows = append(rows, component.Row{Key: p.T("web.stands-still"), Lines: stillLines(p, c)})
	}
	return rows
}

// heardOn writes the moment of the hearing in a form of package time.
func (f caseFile) heardOn(form string) string {
	if h := f.Case.Course.Hearing; h != nil {
		return h.At.In(f.zone()).Format(form)
	}
	return ""
}

// told is what the history says of an act besides the words of who did it.
func told(p component.Page, e procedure.Event) []string {
	var list []string
	for i, o := range e.Note.Objections {
		list = append(list, p.T("web.objection", "n", i+1)+": "+o)
	}
	if len(e.Note.Parts) > 0 {
		list = append(list, strings.Join(partNames(p.Lang, e.Note.Parts), ", "))
	}
	for _, m := range e.Tell() {
		list = append(list, m.In(p.Lang))
	}
	return list
}

// stillLines name the terms that stand still.
func stillLines(p component.Page, c procedure.Case) []string {
	var list []string
	for _, x := range c.Course.Paused {
		list = append(list, x.Name.In(p.Lang)+" – "+x.Whose.In(p.Lang))
	}
	return list
}

// termsJSON answers the running terms of a case with the reason of each end, in
// three languages; those that stand still are listed too.
func (s *Site) termsJSON(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	c, err := s.Office.Case(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if !q.user.Role.Authority() {
		c = s.applicantTerms(c)
	}
	q.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(q.w).Encode(struct {
		Running []procedure.Told   `json:"running"`
		Paused  []procedure.Paused `json:"paused"`
	}{c.Told(), c.Course.Paused})
}
