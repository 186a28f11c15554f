package web

import (
	"strconv"
	"strings"
	"time"

	"ruqsat/problem"
	"ruqsat/procedure"
)

// performLate does the acts that law later than 2017 adds.
func (s *Site) performLate(q request, a procedure.Act) (err error) {
	ctx, by, id, o := q.r.Context(), q.actor(), q.id(), s.Office
	switch a {
	case procedure.AskCorrection:
		var parts []procedure.Part
		for _, v := range q.r.PostForm["parts"] {
			parts = append(parts, procedure.Part(v))
		}
		_, err = o.AskCorrection(ctx, by, id, q.form("asked"), parts)
	case procedure.Correct:
		err = s.correct(q)
	case procedure.GoOn:
		_, err = o.GoOn(ctx, by, id)
	case procedure.Forewarn:
		err = s.forewarn(q)
	case procedure.Object:
		_, err = o.Object(ctx, by, id, lines(q.form("points")))
	case procedure.Waive:
		_, err = o.Waive(ctx, by, id, q.form("words"))
	case procedure.Hear:
		err = s.hear(q)
	case procedure.AskLater:
		_, err = o.AskLater(ctx, by, id, q.form("later"))
	case procedure.KeepHour:
		_, err = o.KeepHour(ctx, by, id, q.form("keep"))
	case procedure.Postpone:
		err = s.postpone(q)
	case procedure.Answer:
		err = s.answerObjections(q)
	default:
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	return err
}

// lines are the points of a text, one a line.
func lines(text string) []string { return strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") }

// typedMoment is the day of one field and the time of another, where the department of
// the case is; no moment if nothing was entered.
func (s *Site) typedMoment(q request, region, day, hour string) (time.Time, error) {
	d := date(q, day)
	if d.IsZero() {
		return time.Time{}, problem.New(problem.Invalid, "web.bad-typed-day").At(day)
	}
	t, err := time.Parse("15:04", strings.ReplaceAll(q.form(hour), ".", ":"))
	if err != nil {
		return time.Time{}, problem.New(problem.Invalid, "web.bad-typed-hour").At(hour)
	}
	cal, err := s.Office.CalendarFor(region)
	if err != nil {
		return time.Time{}, err
	}
	return d.At(t.Hour(), t.Minute(), cal.Zone()), nil
}

func (s *Site) forewarn(q request) error {
	c, err := s.Office.Case(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	at, err := s.typedMoment(q, c.Region, "on", "hour")
	if err != nil {
		return err
	}
	_, err = s.Office.Forewarn(q.r.Context(), q.actor(), c.ID, procedure.Hearing{
		Place: q.form("place"), At: at, Grounds: q.r.PostForm["grounds"], Reasons: q.form("words"),
	})
	return err
}

func (s *Site) postpone(q request) error {
	c, err := s.Office.Case(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	at, err := s.typedMoment(q, c.Region, "on", "hour")
	if err != nil {
		return err
	}
	_, err = s.Office.Postpone(q.r.Context(), q.actor(), c.ID, procedure.Hearing{Place: q.form("place"), At: at}, q.form("agreed"))
	return err
}

func (s *Site) hear(q request) error {
	c, err := s.Office.Case(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	began, err := s.typedMoment(q, c.Region, "began", "hour")
	if err != nil {
		return err
	}
	_, err = s.Office.Hear(q.r.Context(), q.actor(), c.ID, procedure.Protocol{
		Present: q.form("present"), Absent: q.form("absent") != "", Said: q.form("said"), Began: began,
	}, lines(q.form("points")))
	return err
}

// answerField is the field of the answer to an objection.
func answerField(i int) string { return "answer-" + strconv.Itoa(i) }

func (s *Site) answerObjections(q request) error {
	c, err := s.Office.Case(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	if c.Course.Hearing == nil {
		return problem.New(problem.Conflict, "problem.moved-on")
	}
	var answers []string
	for i := range c.Course.Hearing.Objections {
		a := q.form(answerField(i))
		if a == "" {
			return problem.New(problem.Invalid, "procedure.empty").At(answerField(i))
		}
		answers = append(answers, a)
	}
	_, err = s.Office.AnswerObjections(q.r.Context(), q.actor(), c.ID, answers)
	return err
}
