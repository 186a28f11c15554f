package procedure

import (
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

// A Consent is what the department of a further region says to a permit that is to
// let work there as well: since 1 July 2023 a permit may name several regions, if
// the body of each further one agrees (Order 279 of 2023-06-30, secondary). How it
// is asked, and until when, was not read (docs/deviations.md).
type Consent struct {
	Region string       `json:"region"`
	Asked  time.Time    `json:"asked"`
	End    calendar.End `json:"end"` // who is silent until then agrees
	Cite   law.Cite     `json:"cite"`
	Sure   law.Sure     `json:"sure"`
	Answer Reply        `json:"answer,omitempty"`
	At     time.Time    `json:"at,omitzero"` // of the answer
	By     party.Actor  `json:"by,omitzero"`
	Words  string       `json:"words,omitempty"` // why not
}

// A Reply is what a department answered.
type Reply string

// The replies. None is empty.
const (
	Agreed   Reply = "agreed"
	Objected Reply = "objected"
)

// Status says how a consent stands at a moment: agreed, objected, silent or waiting.
func (x Consent) Status(now time.Time) string {
	switch {
	case x.Answer != "":
		return string(x.Answer)
	case now.Before(x.End.At):
		return "waiting"
	}
	return "silent"
}

// consents are the two acts of another region's department.
var consents = []Act{Agree, Disagree}

// consentsIn are the steps of further regions' departments. They leave the case where
// it stands; what is granted waits for them.
func consentsIn(in law.Edition) []Step {
	var list []Step
	for _, s := range []State{Examined, Forewarned, Heard} {
		for _, a := range consents {
			list = append(list, Step{in, s, a, party.Head, s, Always, "Order 279 of 2023-06-30", law.Assumed})
		}
	}
	return list
}

// askConsents asks the department of every further region, when the package is
// accepted or its refusal was cancelled.
func (c *Case) askConsents(at time.Time, cal calendar.Calendar) error {
	limit, ok := law.LimitOn(law.ConsentTerm, c.LawOn)
	if !ok {
		return nil
	}
	c.Course.Consents = nil
	for _, r := range c.Application.MoreRegions {
		end, err := cal.End(at, limit.Term())
		if err != nil {
			return err
		}
		c.Course.Consents = append(c.Course.Consents, Consent{Region: r, Asked: at, End: end, Cite: limit.Cite, Sure: limit.Sure})
	}
	return nil
}

// Consulted reports whether the department of a region was asked for its consent.
func (c Case) Consulted(region string) bool { return c.consent(region) >= 0 }

func (c Case) consent(region string) int {
	return slices.IndexFunc(c.Course.Consents, func(x Consent) bool { return x.Region == region })
}

// reply notes what a department answers. An objection has a reason and comes within
// the term, for others rely on silence after it; it can be withdrawn, a consent not.
func (c *Case) reply(d Deed) error {
	x := &c.Course.Consents[c.consent(d.By.Region)]
	switch {
	case x.Answer == Agreed:
		return problem.New(problem.Conflict, "procedure.agreed-already")
	case d.Act == Disagree && x.Answer == Objected:
		return problem.New(problem.Conflict, "procedure.objected-already")
	case d.Act == Disagree && d.Words == "":
		return problem.New(problem.Invalid, "procedure.empty").At("words")
	case d.Act == Disagree && !d.At.Before(x.End.At):
		return problem.New(problem.OutOfTime, "procedure.consent-late", lang.Args{"last": x.End.Last}).Under(x.Cite)
	}
	x.Answer, x.At, x.By, x.Words = Agreed, d.At, d.By, d.Words
	if d.Act == Disagree {
		x.Answer = Objected
	}
	return nil
}

// agreed returns an error if d drafts a grant on which another region has not
// agreed, or may still object to.
func (c Case) agreed(d Deed) error {
	if d.Act != Draft || d.Verdict != Grant || c.Paid {
		return nil
	}
	for _, x := range c.Course.Consents {
		args := lang.Args{"region": law.RegionName(x.Region), "last": x.End.Last}
		switch x.Status(d.At) {
		case "objected":
			return problem.New(problem.Conflict, "procedure.consent-refused", args).Under(x.Cite)
		case "waiting":
			return problem.New(problem.Conflict, "procedure.consent-awaited", args).Under(x.Cite)
		}
	}
	return nil
}
