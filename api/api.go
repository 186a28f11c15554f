// Package api is what programs of others ask: the status of permits, many at once,
// and figures of the register as of a day. It describes itself as OpenAPI 3.1, and
// says what is wrong as RFC 9457 does, in the language asked for.
//
// What may be asked with a token, package partner decides; what is answered, the
// office. Start at [New], then operations.go.
package api

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ruqsat/lang"
	"ruqsat/office"
)

// Prefix is where everything stands.
const Prefix = "/api/v1"

// mostBytes is how large a question may be: a thousand numbers with room to spare.
const mostBytes = 256 << 10

// A Service answers programs.
type Service struct {
	office *office.Office
	log    *slog.Logger
	limits *limits
	api    huma.API
	mux    *http.ServeMux
}

// New returns the service of an office.
func New(o *office.Office, log *slog.Logger) *Service {
	s := &Service{office: o, log: log, limits: newLimits(), mux: http.NewServeMux()}
	c := huma.DefaultConfig("ruqsat", "1.0.0")
	c.Info.Description = "Permits to attract foreign labour: their status, and figures of the register as of any day."
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = Prefix+"/openapi", "", ""
	c.CreateHooks = nil // they add the address of a schema to each answer
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "A token that an administrator of the authority has issued."},
	}
	s.api = humago.New(s.mux, c)
	s.register()
	return s
}

// Handler answers everything below [Prefix].
func (s *Service) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil {
			host = r.RemoteAddr
		}
		secret, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		a := asker{lang: language(r.Header.Get("Accept-Language")), secret: strings.TrimSpace(secret), host: host}
		r = r.WithContext(context.WithValue(r.Context(), askerKey{}, a))
		r.Body = http.MaxBytesReader(w, r.Body, mostBytes)
		w.Header().Set("Content-Language", string(a.lang))
		w.Header().Add("Vary", "Accept-Language, Authorization")
		if _, pattern := s.mux.Handler(r); pattern == "" {
			s.noSuch(w, a.lang)
			return
		}
		tagged(s.mux).ServeHTTP(w, r)
	})
}

// An asker is who asks: by which secret, from where, in which language.
type asker struct {
	lang   lang.Tag
	secret string
	host   string
}

type askerKey struct{}

func askerOf(ctx context.Context) asker {
	a, _ := ctx.Value(askerKey{}).(asker)
	if a.lang == "" {
		a.lang = lang.RU
	}
	return a
}

// language returns the first language of a header that we speak; Russian if none.
func language(header string) lang.Tag {
	for part := range strings.SplitSeq(header, ",") {
		if part = strings.TrimSpace(part); len(part) >= 2 {
			if t, ok := lang.ParseTag(strings.ToLower(part[:2])); ok {
				return t
			}
		}
	}
	return lang.RU
}
