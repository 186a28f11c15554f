package emulator

import (
	"crypto/x509"
	"io"
	"net/http"
	"sync"
	"time"

	"ruqsat/signature/training"
)

// A Source is a service of a certification authority.
type Source string

// The services, by their path.
const (
	OCSP   Source = "/ocsp"
	Stamps Source = "/tsp"
	Root   Source = "/root.crl"
	Lists  Source = "/issuing.crl"
	Delta  Source = "/delta.crl"
)

// An Authority answers as the services of a certification authority do: OCSP, time
// stamps, the lists of the revoked and the list of changes. It turns away who does
// not say their name, as the national one does. It is safe for use by several
// goroutines.
type Authority struct {
	Authority *training.Authority
	Now       func() time.Time

	mu    sync.Mutex
	down  map[Source]bool
	asked map[Source]int
	lists []*x509.RevocationList // published last; nil: those of the authority as they are
}

// Down takes services away: each answers 503 until [Authority.Up].
func (a *Authority) Down(services ...Source) { a.set(true, services) }

// Up has services answer again.
func (a *Authority) Up(services ...Source) { a.set(false, services) }

func (a *Authority) set(down bool, services []Source) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.down == nil {
		a.down = map[Source]bool{}
	}
	for _, s := range services {
		a.down[s] = down
	}
}

// Asked is how often a service was asked, whether it answered or not.
func (a *Authority) Asked(s Source) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.asked[s]
}

// note counts a question, and reports whether the service is down.
func (a *Authority) note(s Source) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.asked == nil {
		a.asked = map[Source]int{}
	}
	a.asked[s]++
	return a.down[s]
}

// Publish makes the whole lists anew, whose next are due at a moment. What is
// revoked after that stands in the list of changes alone.
func (a *Authority) Publish(due time.Time) error {
	_, lists, err := a.Authority.TrustDue(due)
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lists = lists
	return nil
}

func (a *Authority) published() []*x509.RevocationList {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.lists != nil {
		return a.lists
	}
	_, lists := a.Authority.Trust()
	return lists
}

// maxQuestion is how large a question may be, in bytes.
const maxQuestion = 64 << 10

// ServeHTTP answers for all of the services.
func (a *Authority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s := Source(r.URL.Path)
	if a.note(s) {
		http.Error(w, "try later", http.StatusServiceUnavailable)
		return
	}
	if r.UserAgent() == "" {
		http.Error(w, "who are you", http.StatusForbidden)
		return
	}
	question, err := io.ReadAll(io.LimitReader(r.Body, maxQuestion))
	var answer []byte
	switch {
	case err != nil:
	case s == OCSP && r.Header.Get("Content-Type") == "application/ocsp-request":
		answer, err = a.Authority.AnswerQuestion(question, a.Now())
	case s == Stamps && r.Header.Get("Content-Type") == "application/timestamp-query":
		answer, err = a.Authority.AnswerStamp(question, a.Now())
	case s == Root || s == Lists:
		lists := a.published()
		answer = lists[0].Raw
		if s == Lists {
			answer = lists[1].Raw
		}
	case s == Delta:
		answer, err = a.changes()
	default:
		http.NotFound(w, r)
		return
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	_, _ = w.Write(answer) // whoever asked may have gone
}

// changes is a list of changes made now, due in six hours.
func (a *Authority) changes() ([]byte, error) {
	l, err := a.Authority.Changes(a.published()[1], a.Now(), a.Now().Add(6*time.Hour))
	if err != nil {
		return nil, err
	}
	return l.Raw, nil
}
