package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"ruqsat/office"
)

// sessionLife is how long one stays signed in: a working day.
const sessionLife = 12 * time.Hour

// sessionStore keeps sessions in the store of the office, so that any node knows
// them. Tokens are kept hashed: who reads the table cannot sign in with it.
type sessionStore struct{ office *office.Office }

func (s *Site) newSessions() *scs.SessionManager {
	m := scs.New()
	m.Store = sessionStore{s.Office}
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

func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Find returns what a session holds.
func (s sessionStore) Find(token string) ([]byte, bool, error) {
	text, ok, err := s.office.Session(context.Background(), hashed(token))
	if err != nil || !ok {
		return nil, false, err
	}
	b, err := base64.StdEncoding.DecodeString(text)
	return b, err == nil, err
}

// Commit keeps what a session holds.
func (s sessionStore) Commit(token string, b []byte, _ time.Time) error {
	return s.office.PutSession(context.Background(), hashed(token), base64.StdEncoding.EncodeToString(b), sessionLife)
}

// Delete forgets a session.
func (s sessionStore) Delete(token string) error {
	return s.office.DropSession(context.Background(), hashed(token))
}
