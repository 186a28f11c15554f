package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ruqsat/partner"
)

// An Operation is one question that can be asked, for the page that lists them.
type Operation struct {
	Method, Path string
	Key          string        // of its words: api.KEY
	Scope        partner.Scope // empty where everybody may ask
}

// Operations are all questions, in the order of the page.
var Operations = []Operation{
	{http.MethodPost, Prefix + "/permits/check", "check-permits", partner.Check},
	{http.MethodGet, Prefix + "/register/stats", "register-stats", partner.Figures},
	{http.MethodGet, Prefix + "/employers/{bin}/in-force", "in-force", partner.Figures},
	{http.MethodGet, Prefix + "/employers/{bin}/issued", "issued", partner.Figures},
	{http.MethodGet, Prefix + "/statistics", "statistics", ""},
}

func (s *Service) register() {
	add(s, Operations[0], "The status of up to a thousand permits on a day, without personal data.", s.checkPermits)
	add(s, Operations[1], "What is in force in the country on a day, by region, category and citizenship; small figures too.", s.registerStats)
	add(s, Operations[2], "What an employer has in force on a day, by region, category and citizenship.", s.inForce)
	add(s, Operations[3], "What an employer was issued in a year, by category, position and term.", s.issued)
	add(s, Operations[4], "The published figures of a day; small ones are hidden.", s.statistics)
}

// add adds an operation. What is asked is checked by us, who say what is wrong in
// three languages; the library only describes it.
func add[In, Out any](s *Service, x Operation, summary string, answer func(context.Context, *In) (*Out, error)) {
	op := huma.Operation{
		OperationID: x.Key, Method: x.Method, Path: x.Path, Summary: summary,
		SkipValidateBody: true, SkipValidateParams: true, MaxBodyBytes: mostBytes,
		Errors: []int{http.StatusUnprocessableEntity, http.StatusTooManyRequests},
	}
	if x.Scope != "" {
		op.Security = []map[string][]string{{"token": {string(x.Scope)}}}
		op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	huma.Register(s.api, op, func(ctx context.Context, in *In) (*Out, error) {
		allowed := s.allowAll(ctx)
		if x.Scope != "" {
			allowed = s.allow(ctx, x.Scope)
		}
		if allowed != nil {
			return nil, allowed
		}
		out, err := answer(ctx, in)
		return out, s.said(ctx, err)
	})
}
