package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"ruqsat/internal/remember"
	"ruqsat/office"
	"ruqsat/party"
)

// sessionLife is how long one stays signed in: a working day.
const sessionLife = 12 * time.Hour

// sessionStore keeps sessions in the store of the office, so that any node knows
// them. Tokens are kept hashed: who reads the table cannot sign in with it.
type sessionStore struct{ office *office.Office }

func (s *Site) newSessions() *scs.SessionManager {
	m := scs.New()
	m.Store = sessionStore{s.Office}
	m.Codec = newSessionCodec()
	m.Lifetime = sessionLife
	m.Cookie.Name = "ruqsat"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = s.Secure
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		s.Log.Error("session", "path", r.URL.Path, "error", err)
		http.Error(w, "Service unavailable. Қызмет уақытша қолжетімсіз. Сервис временно недоступен.", http.StatusServiceUnavailable)
	}
	return m
}

// A sessionCodec writes and reads what sessions hold as scs does, and remembers
// what was read: a session is asked for with every request and seldom changes.
type sessionCodec struct {
	scs.GobCodec
	read *remember.Memory[sessionContent]
}

// A sessionContent is what a session holds, until when.
type sessionContent struct {
	until  time.Time
	values map[string]any // texts, numbers and the like, which nobody can change
}

func newSessionCodec() sessionCodec {
	read := func(text string) (c sessionContent, err error) {
		c.until, c.values, err = scs.GobCodec{}.Decode([]byte(text))
		return c, err
	}
	return sessionCodec{read: remember.New(read, func(c sessionContent) sessionContent {
		return sessionContent{c.until, maps.Clone(c.values)}
	})}
}

func (c sessionCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	content, err := c.read.Read(string(b))
	return content.until, content.values, err
}

func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// accountKey is what a session holds the id of the account under.
const accountKey = "account"

// A visitor is who sends a request, once their session has been found.
type visitor struct{ account party.Account }

// visitorOf is the key under which the context of a request holds its visitor.
type visitorOf struct{}

// remembered makes room in a request for whom its session will name.
func remembered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), visitorOf{}, &visitor{})))
	})
}

// user returns who is signed in; a zero account if nobody is who may act.
func (s *Site) user(ctx context.Context) (party.Account, error) {
	id := s.sessions.GetString(ctx, accountKey)
	if id == "" {
		return party.Account{}, nil
	}
	if v, ok := ctx.Value(visitorOf{}).(*visitor); ok && v.account.ID == id {
		return v.account, nil
	}
	return s.Office.Account(ctx, id) // signed in by this request
}

// FindCtx returns what a session holds, and notes whose it is.
func (s sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	found, ok, err := s.office.Session(ctx, hashed(token))
	if err != nil || !ok {
		return nil, false, err
	}
	if v, ok := ctx.Value(visitorOf{}).(*visitor); ok {
		v.account = found.Account
	}
	b, err := base64.StdEncoding.DecodeString(found.Data)
	return b, err == nil, err
}

// CommitCtx keeps what a session holds.
func (s sessionStore) CommitCtx(ctx context.Context, token string, b []byte, _ time.Time) error {
	_, values, err := scs.GobCodec{}.Decode(b)
	if err != nil {
		return err
	}
	account, _ := values[accountKey].(string)
	return s.office.PutSession(ctx, hashed(token), base64.StdEncoding.EncodeToString(b), account, sessionLife)
}

// DeleteCtx forgets a session.
func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.office.DropSession(ctx, hashed(token))
}

// Find, Commit and Delete are what scs asks for where there is no request.
func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a request.
func (s sessionStore) Commit(token string, b []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expires)
}

// Delete is DeleteCtx without a request.
func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
