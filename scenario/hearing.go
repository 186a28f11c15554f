package scenario

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// lateAct does the acts that law later than 2017 adds.
func (p *Player) lateAct(ctx context.Context, by party.Actor, verb string, c procedure.Case, words string) (err error) {
	o, id := p.office, c.ID
	switch procedure.Act(verb) {
	case procedure.AskCorrection:
		what, reasons, _ := strings.Cut(words, " ")
		var parts []procedure.Part
		for _, s := range strings.Split(what, ",") {
			parts = append(parts, procedure.Part(s))
		}
		_, err = o.AskCorrection(ctx, by, id, reasons, parts)
	case procedure.Correct:
		err = p.correct(ctx, by, c, words)
	case procedure.Agree:
		_, err = o.Agree(ctx, by, id)
	case procedure.Disagree:
		_, err = o.Disagree(ctx, by, id, words)
	case procedure.GoOn:
		_, err = o.GoOn(ctx, by, id)
	case procedure.Forewarn:
		err = p.forewarn(ctx, by, id, words)
	case procedure.Object:
		_, err = o.Object(ctx, by, id, strings.Split(words, "|"))
	case procedure.AskLater:
		_, err = o.AskLater(ctx, by, id, words)
	case procedure.KeepHour:
		_, err = o.KeepHour(ctx, by, id, words)
	case procedure.Postpone:
		err = p.postpone(ctx, by, id, words)
	case procedure.Waive:
		_, err = o.Waive(ctx, by, id, words)
	case procedure.Hear:
		said, points, _ := strings.Cut(words, "|")
		_, err = o.Hear(ctx, by, id, procedure.Protocol{Present: "представитель работодателя, исполнитель", Said: said}, strings.Split(points, "|"))
	case "hear-nobody":
		_, err = o.Hear(ctx, by, id, procedure.Protocol{Absent: true, Said: words}, nil)
	case procedure.Answer:
		_, err = o.AnswerObjections(ctx, by, id, strings.Split(words, "|"))
	case "attach":
		err = o.Attach(ctx, by, id, words, words+".pdf", onePage)
	case "retype":
		err = o.Edit(ctx, by, id, func(a *procedure.Application) { a.Workers[0].Education = words })
	case "ask-one-more":
		err = o.Edit(ctx, by, id, func(a *procedure.Application) {
			w := a.Workers[0]
			w.Passport = "T9999999"
			a.Workers = append(a.Workers, w)
		})
	default:
		return fmt.Errorf("there is no act %q", verb)
	}
	return err
}

// correct hands a correction in: on the portal it is read and signed anew, "with
// revoked" at its end for a key that must be refused; on paper it is entered.
func (p *Player) correct(ctx context.Context, by party.Actor, c procedure.Case, words string) error {
	if by.Role.Authority() {
		_, err := p.office.CorrectOnPaper(ctx, by, c.ID, words)
		return err
	}
	rest, with := signedWith(strings.Fields(words))
	if err := p.office.MakeCorrection(ctx, by, c.ID, strings.Join(rest, " "), lang.RU); err != nil {
		return err
	}
	sigs, err := p.signatures(ctx, by, c.ID, with)
	if err != nil {
		return err
	}
	_, err = p.office.Correct(ctx, by, c.ID, sigs)
	return err
}

// forewarn reads "2021-07-20 11:00 qualification,ratio and why".
func (p *Player) forewarn(ctx context.Context, by party.Actor, id, words string) error {
	w := strings.SplitN(words, " ", 4)
	if len(w) < 4 {
		return errors.New("forewarn wants a day, a time, grounds and words")
	}
	at, err := p.moment(w[0], w[1])
	if err != nil {
		return err
	}
	_, err = p.office.Forewarn(ctx, by, id, procedure.Hearing{Place: "кабинет 12", At: at, Grounds: strings.Split(w[2], ","), Reasons: w[3]})
	return err
}

// postpone reads "2025-07-20 11:00", and behind it how the applicant agreed to a day
// so near.
func (p *Player) postpone(ctx context.Context, by party.Actor, id, words string) error {
	w := strings.SplitN(words, " ", 3)
	if len(w) < 2 {
		return errors.New("postpone wants a day and a time")
	}
	at, err := p.moment(w[0], w[1])
	if err != nil {
		return err
	}
	agreed := ""
	if len(w) == 3 {
		agreed = w[2]
	}
	_, err = p.office.Postpone(ctx, by, id, procedure.Hearing{Place: "кабинет 7", At: at}, agreed)
	return err
}

// moment reads a day and a time of the department's zone; "+5" stands for the
// fifth working day from now.
func (p *Player) moment(day, hour string) (time.Time, error) {
	var n int
	if _, err := fmt.Sscanf(day, "+%d", &n); err == nil {
		d := p.cal.Day(p.clock)
		for range n {
			if d, err = p.cal.NextWorking(d); err != nil {
				return time.Time{}, err
			}
		}
		day = d.String()
	}
	return time.ParseInLocation("2006-01-02 15:04", day+" "+hour, p.cal.Zone())
}

// admin enters what the administrator does: an outage, a day off given, taken or
// moved.
func (p *Player) admin(ctx context.Context, words []string) error {
	by := party.Actor{Account: "admin", Role: party.Admin}
	if len(words) > 5 && words[0] == "outage" {
		from, err := p.moment(words[1], words[2])
		if err != nil {
			return err
		}
		until, err := p.moment(words[3], words[4])
		if err != nil {
			return err
		}
		act := strings.Join(words[5:], " ")
		return p.office.RecordOutage(ctx, by, procedure.Outage{From: from, Until: until, Cause: "отказ канала связи", Act: act})
	}
	if len(words) < 3 {
		return errors.New("admin wants: outage FROM UNTIL ACT, day-off DAY ACT, worked DAY ACT, or move WORKED OFF ACT")
	}
	day, err := calendar.ParseDate(words[1])
	if err != nil {
		return err
	}
	x := law.DayChange{Act: strings.Join(words[2:], " ")}
	switch words[0] {
	case "day-off":
		x.Off = day
	case "worked":
		x.Worked = day
	case "move":
		x.Worked, x.Act = day, strings.Join(words[3:], " ")
		if x.Off, err = calendar.ParseDate(words[2]); err != nil {
			return err
		}
	default:
		return fmt.Errorf("the administrator has no act %q", words[0])
	}
	if err := p.office.ChangeDays(ctx, by, x); err != nil {
		return err
	}
	p.cal, err = p.office.CalendarFor(p.region)
	return err
}

// still says which terms stand still: "A answer return", or "A nothing".
func still(name string, c procedure.Case) string {
	s := name
	for _, x := range c.Course.Paused {
		s += " " + string(x.Name)
	}
	if len(c.Course.Paused) == 0 {
		s += " nothing"
	}
	return s
}

// moved says what was done last to the end of a term: "A answer for the outage,
// from 2025-09-11 to 2025-09-12".
func moved(name string, term law.TermName, c procedure.Case) (string, error) {
	r, ok := c.Term(term)
	if !ok || len(r.Changes) == 0 {
		return fmt.Sprintf("%s %s not", name, term), nil
	}
	x := r.Changes[len(r.Changes)-1]
	for _, t := range lang.Tags {
		if x.In(t) == "" {
			return "", fmt.Errorf("the change says nothing in %s", t)
		}
	}
	return fmt.Sprintf("%s %s for the %s, from %s to %s", name, term, x.Why, x.Before, x.After), nil
}

// consents says how further regions stand to a case: "A 27 waiting by 2023-07-05".
func (p *Player) consents(name string, c procedure.Case) string {
	s := name
	for _, x := range c.Course.Consents {
		s += " " + x.Region + " " + x.Status(p.clock) + " by " + x.End.Last.String()
	}
	return s
}
