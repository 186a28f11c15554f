package emulator

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"ruqsat/signature/practice"
	"ruqsat/signature/training"
)

// A Phone is the application on somebody's telephone: it reads a code, gets the
// documents, signs them and puts them back.
type Phone struct {
	Signer *practice.Signer
	Holder training.Person
	Now    func() time.Time
	// Reach turns the address in a code into one where the test's server is.
	Reach func(address string) string
}

// signing is the exchange of documents, of which the telephone keeps what it does
// not know.
type signing struct {
	Method    string           `json:"signMethod"`
	Documents []map[string]any `json:"documentsToSign"`
}

// A Scanned is what a telephone has got by a code, before it puts anything back.
type Scanned struct {
	phone   *Phone
	address string
	signing signing
}

// Scan reads the text of a code: GET the description, GET the documents.
func (p *Phone) Scan(text string) (*Scanned, error) {
	address, ok := strings.CutPrefix(text, "mobileSign:")
	if !ok {
		return nil, fmt.Errorf("%q is no code to sign by", text)
	}
	var description struct {
		Document struct {
			URI  string `json:"uri"`
			Auth string `json:"auth_type"`
		} `json:"document"`
	}
	if _, err := p.exchange(http.MethodGet, address, nil, &description); err != nil {
		return nil, err
	}
	if description.Document.Auth != "None" {
		return nil, fmt.Errorf("the telephone does not know how to sign in by %q", description.Document.Auth)
	}
	s := &Scanned{phone: p, address: description.Document.URI}
	_, err := p.exchange(http.MethodGet, s.address, nil, &s.signing)
	return s, err
}

// Send signs and puts the signatures back. It returns the status, which is good
// where it is 200.
func (s *Scanned) Send(a Answer) (int, error) {
	key, err := s.phone.Signer.Key(s.phone.Holder, or(choices[a], practice.Own), s.phone.Now())
	if err != nil {
		return 0, err
	}
	signed := signing{Method: s.signing.Method}
	for _, d := range s.signing.Documents {
		held, ok := d["document"].(map[string]any)
		if !ok {
			return 0, fmt.Errorf("a document without its bytes: %v", d)
		}
		file, ok := held["file"].(map[string]any)
		if !ok {
			return 0, fmt.Errorf("a document without its file: %v", d)
		}
		content, err := base64.StdEncoding.DecodeString(fmt.Sprint(file["data"]))
		if err != nil {
			return 0, err
		}
		if a == Changed {
			content = append(slices.Clone(content), '\n')
		}
		sig, err := key.SignStamped(content, s.phone.Now(), s.phone.Signer.Authority(), s.phone.Now())
		if err != nil {
			return 0, err
		}
		back := map[string]any{"id": d["id"], "document": map[string]any{"file": map[string]any{
			"mime": "", "data": base64.StdEncoding.EncodeToString(sig),
		}}}
		signed.Documents = append(signed.Documents, back)
	}
	raw, err := json.Marshal(signed)
	if err != nil {
		return 0, err
	}
	return s.phone.exchange(http.MethodPut, s.address, raw, nil)
}

// exchange asks the portal, and reads what it answers into a value.
func (p *Phone) exchange(method, address string, body []byte, into any) (int, error) {
	req, err := http.NewRequest(method, p.Reach(address), bytes.NewReader(body)) //nolint:noctx // a telephone in a test
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	reply, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = reply.Body.Close() }()
	if into == nil {
		return reply.StatusCode, nil
	}
	if reply.StatusCode != http.StatusOK {
		return reply.StatusCode, fmt.Errorf("%s %s: %s", method, address, reply.Status)
	}
	return reply.StatusCode, json.NewDecoder(reply.Body).Decode(into)
}
