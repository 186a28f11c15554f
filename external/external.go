// Package external asks the registers of other bodies: legal entities, persons,
// vacancies, administrative proceedings, the treasury. It speaks JSON over HTTP
// with the addresses it was given and with no others, waits for so long, and takes
// so much.
//
// It judges no answer: package examination does. What cannot be understood is an
// answer that is down, with the reason, and never an error that stops a case. Our
// own server for trials is external/standin. Start at [Client.Ask].
package external

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"ruqsat/examination"
	"ruqsat/party"
)

// Limits of one answer.
const (
	Timeout  = 4 * time.Second // an official waits before a page
	MaxReply = 256 << 10       // bytes; some thousand payments
	Agent    = "ruqsat/1"
)

// Reasons why a register is down.
const (
	Slow    = "slow"    // no answer in time
	Closed  = "closed"  // nobody at the address, or an error of theirs
	Wrong   = "wrong"   // an answer that cannot be read, or to another question
	Unnamed = "unnamed" // no address is configured
)

// A Client asks registers. Its zero value knows no address, and every register is
// down.
type Client struct {
	addresses map[examination.Register]*url.URL
	http      *http.Client
}

// New returns a client for registers at their base addresses, such as
// https://registers.example/api; a question goes to the name of the register below
// it. Longest is how long to wait; [Timeout] if nought.
func New(addresses map[examination.Register]string, longest time.Duration) (*Client, error) {
	c := &Client{addresses: map[examination.Register]*url.URL{}}
	for r, a := range addresses {
		u, err := url.Parse(a)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
			return nil, fmt.Errorf("register %s: %q is no address like https://registers.example/api", r, a)
		}
		c.addresses[r] = u.JoinPath(string(r))
	}
	if longest == 0 {
		longest = Timeout
	}
	c.http = &http.Client{
		Timeout:   longest,
		Transport: &http.Transport{Proxy: nil, MaxIdleConnsPerHost: 8, IdleConnTimeout: time.Minute, DisableCompression: true},
		// Who moves must be configured anew: an answer from elsewhere is not theirs.
		CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("redirected") },
	}
	return c, nil
}

// All returns the same address for every register.
func All(address string) map[examination.Register]string {
	all := map[examination.Register]string{}
	for _, r := range examination.Registers {
		all[r] = address
	}
	return all
}

// A reply is what a register sends.
type reply struct {
	Subject string          `json:"subject"`
	Found   *bool           `json:"found"`
	Record  json.RawMessage `json:"record"`
}

// Ask asks a question, in the name of an official or applicant, at a moment.
func (c *Client) Ask(ctx context.Context, q examination.Question, by party.Actor, at time.Time) examination.Answer {
	a := examination.Answer{Question: q, Status: examination.Down, At: at, By: by}
	if c == nil || c.addresses[q.Register] == nil {
		a.Why = Unnamed
		return a
	}
	got, why := c.send(ctx, q)
	switch {
	case why != "":
		a.Why = why
	case !*got.Found:
		a.Status = examination.None
	default:
		a.Status, a.Reply = examination.Found, got.Record
	}
	return a
}

// AskAll asks several questions at once, and answers in their order.
func (c *Client) AskAll(ctx context.Context, qs []examination.Question, by party.Actor, at time.Time) []examination.Answer {
	const atOnce = 8
	answers := make([]examination.Answer, len(qs))
	places := make(chan struct{}, atOnce)
	var wg sync.WaitGroup
	for i, q := range qs {
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			answers[i] = c.Ask(ctx, q, by, at)
		})
	}
	wg.Wait()
	return answers
}

// send sends a question in the body, since addresses are logged and persons are in
// it, and returns the reply or why there is none.
func (c *Client) send(ctx context.Context, q examination.Question) (reply, string) {
	body, err := json.Marshal(map[string]string{"subject": q.Subject})
	if err != nil {
		return reply{}, Wrong
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.addresses[q.Register].String(), bytes.NewReader(body))
	if err != nil {
		return reply{}, Wrong
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", Agent)
	resp, err := c.http.Do(req)
	if err != nil {
		return reply{}, reason(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, MaxReply+1))
	switch {
	case err != nil:
		return reply{}, reason(err)
	case resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests:
		return reply{}, Closed
	case resp.StatusCode != http.StatusOK || len(raw) > MaxReply || !isJSON(resp.Header):
		return reply{}, Wrong
	}
	return read(raw, q)
}

func isJSON(h http.Header) bool {
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && media == "application/json"
}

// read reads a reply. One about another subject, or whose record is none, is wrong.
func read(raw []byte, q examination.Question) (reply, string) {
	var r reply
	if json.Unmarshal(raw, &r) != nil || r.Found == nil || r.Subject != q.Subject {
		return reply{}, Wrong
	}
	if *r.Found && !understood(examination.Answer{Question: q, Status: examination.Found, Reply: r.Record}) {
		return reply{}, Wrong
	}
	return r, ""
}

// understood reports whether the record is one of its register, about the subject.
func understood(a examination.Answer) bool {
	switch a.Register {
	case examination.Entities:
		x, ok := examination.Read[examination.Entity](a)
		return ok && string(x.BIN) == a.Subject
	case examination.Persons:
		x, ok := examination.Read[examination.Person](a)
		return ok && examination.PersonKey(x.Citizenship, x.Passport) == a.Subject
	case examination.Vacancies:
		x, ok := examination.Read[examination.Vacancy](a)
		return ok && x.Code == a.Subject && !x.Posted.IsZero()
	case examination.Offences:
		x, ok := examination.Read[examination.Proceedings](a)
		return ok && string(x.BIN) == a.Subject
	case examination.Treasury:
		x, ok := examination.Read[examination.Payments](a)
		return ok && strings.HasPrefix(a.Subject, string(x.BIN)+" ") && strings.HasSuffix(a.Subject, " "+x.Case)
	}
	return false
}

func reason(err error) string {
	if late, ok := errors.AsType[net.Error](err); ok && late.Timeout() || errors.Is(err, context.DeadlineExceeded) {
		return Slow
	}
	if strings.Contains(err.Error(), "redirected") {
		return Wrong
	}
	return Closed
}
