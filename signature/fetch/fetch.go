// Package fetch asks the certification authority over the network: its OCSP
// service about a certificate, its time stamp service for a stamp, and for its lists
// of revoked certificates.
//
// It goes to the addresses an operator configured and to no other: not to one in a
// certificate, and not where a reply would send it. Each reply has a cap on its
// size and its time. The national authority turns away who does not say their
// name, so every request has a User-Agent.
package fetch

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/signature/pki"
)

const (
	userAgent   = "ruqsat"
	maxResponse = 64 << 10  // bytes of an answer of OCSP
	maxList     = 128 << 20 // bytes of a list; Kazakhstan's has some 21 MB
	responseIn  = 10 * time.Second
	listIn      = 5 * time.Minute
	nonceSize   = 16 // bytes; the authority echoes 8 to 32
)

// An Authority is where the services of a certification authority are.
type Authority struct {
	ocsp   string
	client *http.Client
}

// New returns an authority whose OCSP service is at an address.
func New(ocsp string) (*Authority, error) {
	if err := isAddress(ocsp); err != nil {
		return nil, fmt.Errorf("OCSP service %w", err)
	}
	return &Authority{ocsp, client()}, nil
}

func isAddress(s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("%q: no address of the form http://…", s)
	}
	return nil
}

// client goes nowhere a reply would send it.
func client() *http.Client {
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect }}
}

var errRedirect = errors.New("the service sends elsewhere")

// Ask asks about a certificate. It is a pki.Ask. The answer must be about our
// question, by its nonce; who signed it is seen where it is used.
func (a *Authority) Ask(ctx context.Context, c, issuer *pki.Certificate) ([]byte, error) {
	nonce := make([]byte, nonceSize)
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("ask OCSP: %w", err)
	}
	question, err := pki.Question(c, issuer, nonce)
	if err != nil {
		return nil, fmt.Errorf("ask OCSP: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, responseIn)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.ocsp, bytes.NewReader(question))
	if err != nil {
		return nil, fmt.Errorf("ask OCSP: %w", err)
	}
	req.Header.Set("Content-Type", "application/ocsp-request")
	raw, err := do(a.client, req, maxResponse)
	if err != nil {
		return nil, fmt.Errorf("ask OCSP: %w", err)
	}
	r, err := pki.ParseResponse(raw)
	if err != nil {
		return nil, fmt.Errorf("ask OCSP: %w", err)
	}
	if !echoes(r.Nonce, nonce) {
		return nil, errors.New("ask OCSP: the answer is to another question")
	}
	return raw, nil
}

// echoes reports whether the value of the extension holds our nonce.
func echoes(value, nonce []byte) bool {
	var inner cryptobyte.String
	s := cryptobyte.String(value)
	return s.ReadASN1(&inner, der.OCTET_STRING) && s.Empty() && bytes.Equal(inner, nonce)
}

func do(by *http.Client, req *http.Request, most int64) (raw []byte, err error) {
	req.Header.Set("User-Agent", userAgent)
	reply, err := by.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, reply.Body.Close()) }()
	if reply.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the service says %s", reply.Status)
	}
	raw, err = io.ReadAll(io.LimitReader(reply.Body, most+1))
	if err == nil && int64(len(raw)) > most {
		err = errors.New("the reply is too large")
	}
	return raw, err
}
