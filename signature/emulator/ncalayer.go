// Package emulator stands in for the programs of people who sign: NCALayer on
// their computer, and the application on their telephone. They sign with keys of a
// training authority, and do wrong when they are told to.
//
// Tests and `ruqsat demo --ncalayer` use it; nothing it signs is worth anything.
// Start at [NCALayer].
package emulator

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/coder/websocket"

	"ruqsat/party"
	"ruqsat/signature/practice"
	"ruqsat/signature/training"
)

// An Answer is what NCALayer, or who sits before it, does at a request to sign.
type Answer string

// The answers.
const (
	Sign       Answer = "sign"       // with the key asked for, with a time stamp if one is asked for
	Cancel     Answer = "cancel"     // the window is closed
	WrongIIN   Answer = "wrong-iin"  // with a key of somebody else
	Expired    Answer = "expired"    // with a key out of date
	Revoked    Answer = "revoked"    // with a revoked key
	Employee   Answer = "employee"   // with a key of the same person that gives no right to sign
	Foreign    Answer = "foreign"    // with a key of an authority nobody trusts
	NoStamp    Answer = "no-stamp"   // without the time stamp
	Attached   Answer = "attached"   // with the document inside, whatever was asked
	Base64     Answer = "base64"     // CMS as bare base64 in place of PEM
	Single     Answer = "single"     // a string in place of an array of one
	Changed    Answer = "changed"    // over other bytes than those given
	Slow       Answer = "slow"       // after a while
	Disconnect Answer = "disconnect" // the program ends
	NoModule   Answer = "no-module"  // the program is too old to have the module
)

// choices are the keys that answers sign with; others sign with the right one.
var choices = map[Answer]practice.Choice{
	WrongIIN: practice.Another, Expired: practice.Expired, Revoked: practice.Revoked, Employee: practice.Other, Foreign: practice.Foreign,
}

// slow is how long a Slow answer takes.
const slow = 700 * time.Millisecond

// An NCALayer answers on a websocket as the program of the national authority
// does. It is safe for use by several goroutines.
type NCALayer struct {
	Signer *practice.Signer
	// Person is whose key to take where a page asks for a number; nil makes one up.
	Person func(iin, bin string) (training.Person, bool)
	Now    func() time.Time

	mu      sync.Mutex
	answers []Answer
	asked   []Request
}

// A Request is what a page asks of the module basics.
type Request struct {
	Module string `json:"module"`
	Method string `json:"method"`
	Args   struct {
		Storages []string  `json:"allowedStorages"`
		Format   string    `json:"format"`
		Data     documents `json:"data"`
		Signing  struct {
			Decode      bool             `json:"decode"`
			Encapsulate bool             `json:"encapsulate"`
			Digested    bool             `json:"digested"`
			Stamp       *json.RawMessage `json:"tsaProfile"`
		} `json:"signingParams"`
		Signer struct {
			Usages []string        `json:"extKeyUsageOids"`
			IIN    string          `json:"iin"`
			BIN    string          `json:"bin"`
			Chain  json.RawMessage `json:"chain"`
		} `json:"signerParams"`
		Locale string `json:"locale"`
	} `json:"args"`
}

// documents are one document in base64, or several.
type documents [][]byte

// UnmarshalJSON takes a string or an array of them.
func (d *documents) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		var one []byte
		err := json.Unmarshal(raw, &one)
		*d = documents{one}
		return err
	}
	return json.Unmarshal(raw, (*[][]byte)(d))
}

// Then scripts the answers to the next requests to sign. After them NCALayer
// signs.
func (n *NCALayer) Then(answers ...Answer) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.answers = append(n.answers, answers...)
}

// Asked are the requests to sign so far.
func (n *NCALayer) Asked() []Request {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.asked)
}

func (n *NCALayer) next(r Request) Answer {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked = append(n.asked, r)
	if len(n.answers) == 0 {
		return Sign
	}
	first := n.answers[0]
	n.answers = n.answers[1:]
	return first
}

// ServeHTTP talks to a page on this machine.
func (n *NCALayer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{"127.0.0.1:*", "localhost:*"}})
	if err != nil {
		return // it has answered already
	}
	defer func() { _ = c.CloseNow() }()
	const most = 256 << 20 // bytes of a request: papers of many cases in base64
	c.SetReadLimit(most)
	ctx := r.Context()
	if c.Write(ctx, websocket.MessageText, []byte(`{"result":{"version":"1.4"}}`)) != nil {
		return
	}
	for {
		_, text, err := c.Read(ctx)
		if err != nil {
			return
		}
		reply, end := n.reply(ctx, text)
		if end || c.Write(ctx, websocket.MessageText, reply) != nil {
			return
		}
	}
}

const heartbeat = "--heartbeat--"

// reply returns what NCALayer says to a message, or that it ends.
func (n *NCALayer) reply(ctx context.Context, text []byte) (reply []byte, end bool) {
	if string(text) == heartbeat {
		return text, false
	}
	var r Request
	if err := json.Unmarshal(text, &r); err != nil {
		return failure("500", err.Error()), false
	}
	if r.Module != "kz.gov.pki.knca.basics" || r.Method != "sign" {
		return failure("500", "MODULE_NOT_FOUND"), false
	}
	a := n.next(r)
	switch a {
	case Cancel:
		return encode(map[string]any{"status": true, "code": "200", "body": struct{}{}}), false
	case NoModule:
		return failure("500", "MODULE_NOT_FOUND"), false
	case Disconnect:
		return nil, true
	case Slow:
		select {
		case <-ctx.Done():
			return nil, true
		case <-time.After(slow):
		}
	}
	result, err := n.sign(r, a)
	if err != nil {
		return failure("500", err.Error()), false
	}
	return encode(map[string]any{"status": true, "code": "200", "body": map[string]any{"result": result}}), false
}

func failure(code, message string) []byte {
	return encode(map[string]any{"status": false, "code": code, "message": message, "details": ""})
}

func encode(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // of strings and maps only
	}
	return raw
}

// sign returns the signatures over the documents of a request in the shape of an
// answer.
func (n *NCALayer) sign(r Request, a Answer) (any, error) {
	if r.Args.Format != "cms" || !r.Args.Signing.Decode || r.Args.Signing.Digested {
		return nil, fmt.Errorf("only CMS over documents in base64")
	}
	key, err := n.Signer.Key(n.person(r), or(choices[a], practice.Own), n.Now())
	if err != nil {
		return nil, err
	}
	var all []string
	for _, document := range r.Args.Data {
		if a == Changed {
			document = append(slices.Clone(document), '\n')
		}
		sig, err := n.one(r, a, key, document)
		if err != nil {
			return nil, err
		}
		if a == Base64 {
			all = append(all, base64.StdEncoding.EncodeToString(sig))
			continue
		}
		all = append(all, string(pem.EncodeToMemory(&pem.Block{Type: "CMS", Bytes: sig})))
	}
	if a == Single && len(all) == 1 {
		return all[0], nil
	}
	return all, nil
}

func (n *NCALayer) one(r Request, a Answer, key training.Key, document []byte) ([]byte, error) {
	now := n.Now()
	switch {
	case a == Attached || r.Args.Signing.Encapsulate:
		return training.SignTogetherAttached(document, now, n.Signer.Authority(), key)
	case a == NoStamp || r.Args.Signing.Stamp == nil:
		return key.Sign(document, now)
	}
	return key.SignStamped(document, now, n.Signer.Authority(), now)
}

// clientAuth is the usage of certificates for signing in.
const clientAuth = "1.3.6.1.5.5.7.3.2"

// person is whose key is asked for.
func (n *NCALayer) person(r Request) training.Person {
	p, known := training.Person{}, false
	if n.Person != nil {
		p, known = n.Person(r.Args.Signer.IIN, r.Args.Signer.BIN)
	}
	if !known {
		p = training.Person{Name: "СЫНАҚОВ СЫНАҚ", Organisation: "СЫНАҚ", IIN: r.Args.Signer.IIN, BIN: r.Args.Signer.BIN, Head: true}
		if p.IIN == "" {
			p.IIN, _ = party.Complete("99070760007")
		}
		if p.BIN == "" {
			p.Organisation = ""
		}
	}
	if slices.Contains(r.Args.Signer.Usages, clientAuth) {
		p.For = training.Authentication
	}
	return p
}

func or(first, second practice.Choice) practice.Choice {
	if first != "" {
		return first
	}
	return second
}
