package web

import (
	"strconv"
	"strings"

	"ruqsat/correspondence"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/web/component"
)

// letterAct answers the button of an act, and shows the request again. What was
// typed is not lost when something is wrong, or somebody else was quicker.
func (s *Site) letterAct(q request) error {
	if err := signedIn(q, party.Clerk, party.Executor, party.Head); err != nil {
		return err
	}
	err := s.doLetter(q, correspondence.Act(q.r.PathValue("act")))
	if err == nil || office.Waits(err) {
		return s.redirect(q, "/office/letters/"+q.id())
	}
	p := s.page(q, "web.letter")
	if err := s.wrongLetter(q, &p, err); err != nil {
		return err
	}
	if q.r.PathValue("act") == string(correspondence.Sign) && problem.IsKind(err, problem.Invalid) {
		return s.showLetterSign(q, p)
	}
	return s.showLetter(q, p, q.r.PostForm)
}

func (s *Site) doLetter(q request, a correspondence.Act) (err error) {
	ctx, id, o := q.r.Context(), q.id(), s.Office
	version, err := strconv.Atoi(q.form("version"))
	if err != nil {
		return problem.New(problem.Invalid, "web.bad-form").Because(err)
	}
	d := correspondence.Deed{By: q.actor(), Version: version}
	switch a {
	case correspondence.Assign:
		_, err = o.AssignRequest(ctx, d, id, q.form("executor"), q.form("resolution"))
	case correspondence.Prolong:
		_, err = o.ProlongRequest(ctx, d, id, date(q, "until"), q.form("why"))
	case correspondence.Write:
		_, err = o.DraftLetter(ctx, d, id, typedLetter(q.r.PostForm).wish())
	case correspondence.Sign:
		err = s.signLetter(q, d)
	case correspondence.SendBack:
		_, err = o.SendLetterBack(ctx, d, id, q.form("remarks"))
	case correspondence.Dispatch:
		_, err = o.DispatchLetter(ctx, d, id)
	case correspondence.Publish:
		_, err = o.PublishLetter(ctx, d, id, correspondence.Naming(q.form("naming")))
	default:
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	return err
}

// wrongLetter shows a form again with what is wrong with it, a conflict too: the
// words of a letter are too much to be typed twice.
func (s *Site) wrongLetter(q request, p *component.Page, err error) error {
	e := problem.Of(err)
	if e.Kind != problem.Invalid && e.Kind != problem.Conflict {
		return err
	}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, component.FieldError{Name: letterField(f.Name), Text: f.Say.In(q.lang)})
	}
	if len(e.Fields) == 0 {
		p.Errors = append(p.Errors, component.FieldError{Text: e.Say.In(q.lang)})
	}
	q.w.WriteHeader(statuses[e.Kind])
	return nil
}

// letterField is the field of a form that an error of the letter is about; none
// where it is about the letter as a whole.
func letterField(name string) string {
	part, rest, _ := strings.Cut(name, ".")
	n, what, _ := strings.Cut(rest, ".")
	switch part {
	case "asked":
		if what == "category" {
			return "asked-" + n + "-category"
		}
		return "asked-" + n + "-ru"
	case "free":
		if n != "" {
			return "free-" + n + "-ru"
		}
		return ""
	case "from":
		return map[string]string{"name": "from_ru", "address": "address_ru"}[rest]
	case "employer":
		return map[string]string{"name": "employer_ru", "bin": "bin"}[rest]
	case "answer", "body", "letterhead", "office", "to":
		return ""
	}
	return name
}
