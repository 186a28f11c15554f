// Package web is the pages: for the public, for applicants, and for the people of
// the authority. They are made on the server and work without a script.
//
// A handler returns an error and leaves it to [Site.serve] to show it. What may
// be done with a case comes from procedure.Ways; no page lists acts, and no page
// decides who may do one. Start at routes.go.
package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/signature/practice"
	"ruqsat/web/asset"
	"ruqsat/web/component"
)

// A Login is an account that a training system tells everybody of.
type Login struct {
	Account  party.Account
	Password string
}

// A Site is the pages of an office.
type Site struct {
	Office *office.Office
	Log    *slog.Logger
	Secure bool    // cookies only over TLS
	Logins []Login // of a training system; none in a real one
	// Training signs for the people of a training system; nil in a real one.
	Training *practice.Signer
	// NCALayer is where the program that signs listens on people's own computers;
	// NCALayerAddress unless given.
	NCALayer string

	sessions *scs.SessionManager
	drawings drawings
}

// maxBody is how much a form may send: a few files.
const maxBody = 5 * office.MaxFile

// statuses are how kinds of problems are told to browsers.
var statuses = map[problem.Kind]int{
	problem.Invalid: http.StatusUnprocessableEntity, problem.NotFound: http.StatusNotFound,
	problem.NotAllowed: http.StatusForbidden, problem.SignedOut: http.StatusUnauthorized,
	problem.Conflict: http.StatusConflict, problem.OutOfTime: http.StatusConflict,
	problem.TooLarge: http.StatusRequestEntityTooLarge, problem.TooMany: http.StatusTooManyRequests,
	problem.Unavailable: http.StatusServiceUnavailable, problem.Internal: http.StatusInternalServerError,
}

// A request is what a handler is given: what came, and who sent it.
type request struct {
	w    *answer
	r    *http.Request
	lang lang.Tag
	user party.Account // zero if nobody is signed in
}

func (q request) actor() party.Actor      { return q.user.Actor() }
func (q request) form(name string) string { return strings.TrimSpace(q.r.PostFormValue(name)) }
func (q request) id() string              { return q.r.PathValue("id") }

// serve makes a handler of a function: it finds the language and the user, reads
// the form, and shows the error, if one comes back.
func (s *Site) serve(f func(q request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t, ok := lang.ParseTag(r.PathValue("lang"))
		if !ok {
			to := url.URL{Path: "/" + string(preferred(r)) + r.URL.Path, RawQuery: r.URL.RawQuery}
			http.Redirect(w, r, to.String(), http.StatusSeeOther)
			return
		}
		q := request{w: &answer{ResponseWriter: w}, r: r, lang: t}
		err := s.read(&q)
		if err == nil {
			err = f(q)
		}
		if err != nil {
			s.fail(q, err)
		}
	})
}

// read reads the form, and who is signed in.
func (s *Site) read(q *request) error {
	q.r.Body = http.MaxBytesReader(q.w, q.r.Body, maxBody)
	if q.r.Method == http.MethodPost {
		err := q.r.ParseMultipartForm(office.MaxFile)
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return problem.New(problem.TooLarge, "problem.too-large", lang.Args{"limit": "50 MB"})
		}
		if err != nil && !errors.Is(err, http.ErrNotMultipart) {
			return problem.New(problem.Invalid, "web.bad-form").Because(err)
		}
	}
	var err error
	q.user, err = s.user(q.r.Context())
	return err
}

// preferred returns the language a browser asks for.
func preferred(r *http.Request) lang.Tag {
	for _, part := range strings.Split(r.Header.Get("Accept-Language"), ",") {
		if len(part) >= 2 {
			if t, ok := lang.ParseTag(strings.ToLower(strings.TrimSpace(part)[:2])); ok {
				return t
			}
		}
	}
	return lang.RU
}

// fail shows an error. Who is not signed in is led to where they can, and back.
func (s *Site) fail(q request, err error) {
	e := problem.Of(err)
	if e.Kind == problem.SignedOut {
		http.Redirect(q.w, q.r, "/"+string(q.lang)+"/sign-in?to="+url.QueryEscape(q.r.URL.Path), http.StatusSeeOther)
		return
	}
	if e.Kind == problem.Internal {
		s.Log.Error("request failed", "method", q.r.Method, "path", q.r.URL.Path, "error", err)
	}
	p := s.page(q, "web.trouble")
	p.Title = e.Say.In(q.lang)
	q.w.WriteHeader(statuses[e.Kind])
	s.render(q, troublePage(p, s.trouble(q, e)))
}

// trouble is what the page of an error says.
func (s *Site) trouble(q request, e *problem.Error) trouble {
	t := trouble{What: "web.trouble", Say: e.Say.In(q.lang), Back: q.r.Referer()}
	if e.Kind == problem.NotFound {
		t.What = "web.trouble-not-found"
	}
	for _, f := range e.Fields {
		t.Fields = append(t.Fields, inPart(q, f))
	}
	if e.Cite != "" {
		t.Cite = e.Cite.In(q.lang)
	}
	return t
}

// wrong shows a form again with what is wrong with it; other errors it returns.
func (s *Site) wrong(q request, p *component.Page, err error) error {
	e := problem.Of(err)
	if e == nil || len(e.Fields) == 0 || e.Kind == problem.Internal {
		return err
	}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, component.FieldError{Name: f.Name, Text: f.Say.In(q.lang)})
	}
	q.w.unlessLed = statuses[e.Kind]
	return nil
}

// An answer is what a handler writes to. A form that is shown again has a status of
// its own, unless the handler leads elsewhere or fails after all.
type answer struct {
	http.ResponseWriter
	unlessLed int
}

// WriteHeader sends a status, in the place of any that was only meant.
func (a *answer) WriteHeader(status int) {
	a.unlessLed = 0
	a.ResponseWriter.WriteHeader(status)
}

// Write sends what was meant before the first byte.
func (a *answer) Write(b []byte) (int, error) {
	if a.unlessLed != 0 {
		a.WriteHeader(a.unlessLed)
	}
	return a.ResponseWriter.Write(b)
}

// Unwrap lets an [http.ResponseController] through.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func (s *Site) render(q request, c templ.Component) {
	q.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := c.Render(q.r.Context(), q.w); err != nil {
		s.Log.Warn("page was not sent", "path", q.r.URL.Path, "error", err)
	}
}

// redirect leads on after a form was taken.
func (s *Site) redirect(q request, path string) error {
	http.Redirect(q.w, q.r, "/"+string(q.lang)+path, http.StatusSeeOther)
	return nil
}

// page is the frame of a page whose title has a key.
func (s *Site) page(q request, title string, args ...lang.Args) component.Page {
	path := strings.TrimPrefix(q.r.URL.Path, "/"+string(q.lang))
	p := component.Page{Lang: q.lang, Path: path, Query: q.r.URL.RawQuery, Title: lang.M(title, args...).In(q.lang)}
	if len(s.Logins) > 0 {
		p.Clock = calendar.Moment{Time: s.Office.Now().In(almaty())}.In(q.lang)
	}
	if q.user.ID == "" {
		p.Menu = []component.Link{
			{Text: p.T("web.home"), Href: "/"}, {Text: p.T("web.check"), Href: "/verify"}, {Text: p.T("web.track"), Href: "/track"},
			{Text: p.T("web.services"), Href: "/services"}, {Text: p.T("web.sign-in"), Href: "/sign-in"},
		}
		return p
	}
	p.User = &component.User{Name: q.user.Name.Initials(), Role: q.user.Role.In(q.lang)}
	if q.user.Role == party.Applicant {
		p.Menu = []component.Link{
			{Text: p.T("web.cabinet"), Href: "/cabinet"}, {Text: p.T("web.own-permits"), Href: "/cabinet/permits"},
			{Text: p.T("web.quota-demand-own"), Href: "/cabinet/demand"},
			{Text: p.T("web.complaints"), Href: "/complaints"}, {Text: p.T("web.viewings"), Href: "/views"}, {Text: p.T("web.check"), Href: "/verify"},
			{Text: p.T("web.services"), Href: "/services"},
		}
	}
	return p
}

// almaty is the time of the country since 2024, for pages of no region.
func almaty() *time.Location {
	c, err := law.CalendarFor("71")
	if err != nil {
		return time.UTC
	}
	return c.Zone()
}

// secure sets the headers every answer bears.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", asset.Policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
