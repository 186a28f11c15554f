// Package standin stands in for the registers of other bodies, for trials, the
// demo and tests. It speaks as package external expects, knows what it was told,
// and can be told to be slow, wrong or down, register by register.
//
// It must never be reachable from outside: `ruqsat stand-in` listens on the
// machine itself only. Start at [Server.Handler].
package standin

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/party"
)

// A Mode is how a register behaves.
type Mode string

// The modes.
const (
	Up    Mode = "up"
	Slow  Mode = "slow"  // never answers in time
	Wrong Mode = "wrong" // answers something else
	Down  Mode = "down"  // answers with an error
)

// Modes are all modes.
var Modes = []Mode{Up, Slow, Wrong, Down}

// A Server stands in for all registers. Its zero value knows nothing, and every
// register is up.
type Server struct {
	mu      sync.Mutex
	modes   map[examination.Register]Mode
	records map[examination.Question]any
}

// Behave sets how a register behaves from now on.
func (s *Server) Behave(r examination.Register, m Mode) error {
	if !slices.Contains(examination.Registers, r) || !slices.Contains(Modes, m) {
		return fmt.Errorf("no register %q, or it cannot be %q", r, m)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.modes == nil {
		s.modes = map[examination.Register]Mode{}
	}
	s.modes[r] = m
	return nil
}

// Put has a register know a record from now on.
func (s *Server) Put(r examination.Register, subject string, record any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.records == nil {
		s.records = map[examination.Question]any{}
	}
	s.records[examination.Question{Register: r, Subject: subject}] = record
}

// Offend has the register of proceedings know an offence.
func (s *Server) Offend(bin party.BIN, o examination.Offence) {
	p, _ := s.record(examination.Offences, string(bin)).(examination.Proceedings)
	p.BIN, p.Offences = bin, append(slices.Clone(p.Offences), o)
	s.Put(examination.Offences, string(bin), p)
}

// Pay has the treasury know a payment for a case.
func (s *Server) Pay(bin party.BIN, number string, sum int64, on calendar.Date) {
	subject := examination.PaymentSubject(bin, number)
	p, _ := s.record(examination.Treasury, subject).(examination.Payments)
	ref := fmt.Sprintf("T-%s-%d", number, len(p.Payments)+1)
	p.BIN, p.Case = bin, number
	p.Payments = append(slices.Clone(p.Payments), examination.Payment{Reference: ref, On: on, Sum: sum})
	s.Put(examination.Treasury, subject, p)
}

func (s *Server) record(r examination.Register, subject string) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.records[examination.Question{Register: r, Subject: subject}]
}

func (s *Server) mode(r examination.Register) Mode {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m, ok := s.modes[r]; ok {
		return m
	}
	return Up
}

// Handler answers questions: POST /offences {"subject": "940140000385"}. Three
// more are for who tries things out: POST /mode/offences with "slow", "wrong",
// "down" or "up" as the body; PUT /records/offences/940140000385 with a record;
// GET / says how each register behaves.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range examination.Registers {
		mux.HandleFunc("POST /"+string(r), func(w http.ResponseWriter, req *http.Request) { s.answer(w, req, r) })
		mux.HandleFunc("POST /mode/"+string(r), func(w http.ResponseWriter, req *http.Request) { s.turn(w, req, r) })
		mux.HandleFunc("PUT /records/"+string(r)+"/{subject}", func(w http.ResponseWriter, req *http.Request) { s.learn(w, req, r) })
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		for _, r := range examination.Registers {
			fmt.Fprintln(w, r, s.mode(r))
		}
	})
	return mux
}

// maxBody is how much a question or a record may be, in bytes.
const maxBody = 64 << 10

func (s *Server) answer(w http.ResponseWriter, req *http.Request, r examination.Register) {
	var q struct {
		Subject string `json:"subject"`
	}
	if json.NewDecoder(http.MaxBytesReader(w, req.Body, maxBody)).Decode(&q) != nil {
		http.Error(w, "no question", http.StatusBadRequest)
		return
	}
	switch s.mode(r) {
	case Slow:
		<-req.Context().Done()
		return
	case Down:
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	case Wrong:
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintln(w, `{"subject": "somebody else", "found": true, "record": {}}`)
		return
	}
	record := s.record(r, q.Subject)
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"subject": q.Subject, "found": record != nil, "record": record})
}

func (s *Server) turn(w http.ResponseWriter, req *http.Request, r examination.Register) {
	word := make([]byte, 8)
	n, _ := req.Body.Read(word)
	if err := s.Behave(r, Mode(word[:n])); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

func (s *Server) learn(w http.ResponseWriter, req *http.Request, r examination.Register) {
	var record json.RawMessage
	if json.NewDecoder(http.MaxBytesReader(w, req.Body, maxBody)).Decode(&record) != nil {
		http.Error(w, "no record", http.StatusBadRequest)
		return
	}
	s.Put(r, req.PathValue("subject"), record)
}
