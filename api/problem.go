package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"ruqsat/lang"
	"ruqsat/problem"
)

// A Problem is what went wrong, as RFC 9457 writes it.
type Problem struct {
	Type   string  `json:"type" doc:"What kind of trouble it is; the same in every language." example:"/problems/invalid"`
	Title  string  `json:"title" doc:"What is wrong, in the language asked for."`
	Status int     `json:"status" doc:"The status of the answer."`
	Ground string  `json:"ground,omitempty" doc:"The act and paragraph a refusal rests on."`
	Errors []Wrong `json:"errors,omitempty" doc:"What is wrong with each part of the question."`

	retry time.Duration // when to ask again
}

// A Wrong is what is wrong with one part of a question.
type Wrong struct {
	Location string `json:"location"`
	Message  string `json:"message"`
}

// Error is for the log.
func (p *Problem) Error() string { return p.Title }

// GetStatus is the status of the answer.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders says when to ask again, where that is known.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(int((p.retry+time.Second-1)/time.Second)))
	}
	return h
}

// statuses are how kinds of problems are told to programs.
var statuses = map[problem.Kind]int{
	problem.Invalid: http.StatusUnprocessableEntity, problem.NotFound: http.StatusNotFound,
	problem.NotAllowed: http.StatusForbidden, problem.SignedOut: http.StatusUnauthorized,
	problem.Conflict: http.StatusConflict, problem.OutOfTime: http.StatusConflict,
	problem.TooLarge: http.StatusRequestEntityTooLarge, problem.TooMany: http.StatusTooManyRequests,
	problem.Unavailable: http.StatusServiceUnavailable, problem.Internal: http.StatusInternalServerError,
}

// said makes a problem of an error, in the language of who asks.
func (s *Service) said(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	e := problem.Of(err)
	if e.Kind == problem.Internal {
		s.log.Error("api", "error", err)
	}
	p := problemOf(e, askerOf(ctx).lang)
	return huma.ErrorWithHeaders(p, p.GetHeaders())
}

func problemOf(e *problem.Error, t lang.Tag) *Problem {
	p := &Problem{Type: "/problems/" + string(e.Kind), Title: e.Say.In(t), Status: statuses[e.Kind], Ground: string(e.Cite)}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, Wrong{f.Name, f.Say.In(t)})
	}
	return p
}

// What the library itself finds wrong comes before there is anybody of ours to say
// it: a body that is no JSON, or too large. It is said in the language asked for.
func init() {
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		t := askerOf(ctx.Context()).lang
		e := problem.New(problem.Invalid, "partner.bad-body")
		switch {
		case status == http.StatusRequestEntityTooLarge:
			e = problem.New(problem.TooLarge, "problem.too-large", lang.Args{"limit": "256 KB"})
		case status == http.StatusNotAcceptable, status == http.StatusUnsupportedMediaType:
			e = problem.New(problem.Invalid, "partner.json-only")
		case status >= http.StatusInternalServerError:
			e = problem.New(problem.Internal, "problem.internal")
		}
		p := problemOf(e, t)
		p.Status = status
		for _, err := range errs {
			if d, ok := err.(huma.ErrorDetailer); ok && d.ErrorDetail().Location != "" {
				p.Errors = append(p.Errors, Wrong{d.ErrorDetail().Location, e.Say.In(t)})
			}
		}
		return p
	}
}

// noSuch answers where nothing stands.
func (s *Service) noSuch(w http.ResponseWriter, t lang.Tag) {
	p := problemOf(problem.New(problem.NotFound, "problem.not-found"), t)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // nobody is left to tell
}
