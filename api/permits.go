package api

import (
	"context"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/problem"
)

// A CheckIn asks about permits.
type CheckIn struct {
	Body struct {
		On      string   `json:"on,omitempty" format:"date" doc:"The day; today if it is left out."`
		Numbers []string `json:"numbers" minItems:"1" maxItems:"1000" doc:"Numbers of permits, as people type them." example:"[\"KZ27IRS00000001\"]"`
	}
}

// A CheckOut says what they are.
type CheckOut struct {
	Body struct {
		On      calendar.Date `json:"on" format:"date"`
		Permits []PermitState `json:"permits" doc:"In the order of the question."`
	}
}

// A PermitState is what a permit is on a day. It says nothing of the worker, and
// nothing of the employer, who may be a person too.
type PermitState struct {
	Asked      string         `json:"asked" doc:"The number as it was sent."`
	Number     string         `json:"number,omitempty" doc:"The number as the register writes it."`
	Status     string         `json:"status" enum:"not-yet,in-force,suspended,expired,ended,revoked,surrendered,reissued,unknown,malformed"`
	StatusText string         `json:"status_text" doc:"The status in the language asked for."`
	Since      *calendar.Date `json:"since,omitempty" format:"date" doc:"The first day of the status."`
	Region     string         `json:"region,omitempty" doc:"Two digits of KATO."`
	Category   law.Category   `json:"category,omitempty"`
	From       *calendar.Date `json:"valid_from,omitempty" format:"date"`
	Until      *calendar.Date `json:"valid_until,omitempty" format:"date"`
	Successor  string         `json:"successor,omitempty" doc:"The permit that extends or reissues it."`
}

func (s *Service) checkPermits(ctx context.Context, in *CheckIn) (*CheckOut, error) {
	on, err := day(in.Body.On, "on")
	if err != nil {
		return nil, err
	}
	list, on, err := s.office.CheckPermits(ctx, in.Body.Numbers, on)
	if err != nil {
		return nil, err
	}
	out := &CheckOut{}
	out.Body.On, out.Body.Permits = on, make([]PermitState, len(list))
	for i, c := range list {
		out.Body.Permits[i] = stateOf(ctx, c, on)
	}
	return out, nil
}

func stateOf(ctx context.Context, c office.Checked, on calendar.Date) PermitState {
	t := askerOf(ctx).lang
	switch p := c.Permit; {
	case c.Wrong != nil:
		return PermitState{Asked: c.Asked, Status: "malformed", StatusText: problem.Of(c.Wrong).Say.In(t)}
	case p == nil, p.Issued.After(on): // on that day nobody could have known of it
		return PermitState{Asked: c.Asked, Status: "unknown", StatusText: problem.New(problem.NotFound, "partner.unknown-permit").Say.In(t)}
	default:
		status, since := p.Status(on), p.Since(on)
		next, _ := p.Successor()
		return PermitState{
			Asked: c.Asked, Number: p.Number, Status: string(status), StatusText: status.In(t), Since: &since,
			Region: p.Region, Category: p.Category, From: &p.From, Until: &p.Until, Successor: next,
		}
	}
}

// day reads a day; none is the zero day.
func day(text, field string) (calendar.Date, error) {
	if text == "" {
		return calendar.Date{}, nil
	}
	d, err := calendar.ParseDate(text)
	if err != nil {
		return d, problem.New(problem.Invalid, "partner.bad-day").At(field)
	}
	return d, nil
}
