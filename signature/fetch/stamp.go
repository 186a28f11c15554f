package fetch

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"time"

	"ruqsat/signature/cms"
)

// stampIn is how long a stamp is waited for: somebody stands before the page.
const stampIn = 5 * time.Second

// A Stamper is where the time stamp service of a certification authority is.
type Stamper struct {
	address string
	client  *http.Client
}

// NewStamper returns the time stamp service at an address.
func NewStamper(address string) (*Stamper, error) {
	if err := isAddress(address); err != nil {
		return nil, fmt.Errorf("time stamp service %w", err)
	}
	return &Stamper{address, client()}, nil
}

// Stamp returns a signature of one signer with a time stamp beside it (CAdES-T).
// The stamp answers our question, by its nonce; whether it is over this signature,
// and of whom, is found when the signature is examined with it.
func (s *Stamper) Stamp(ctx context.Context, sig []byte) ([]byte, error) {
	nonce := make([]byte, nonceSize)
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("ask for a time stamp: %w", err)
	}
	question, err := cms.StampQuestion(sig, nonce)
	if err != nil {
		return nil, fmt.Errorf("ask for a time stamp: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, stampIn)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.address, bytes.NewReader(question))
	if err != nil {
		return nil, fmt.Errorf("ask for a time stamp: %w", err)
	}
	req.Header.Set("Content-Type", "application/timestamp-query")
	raw, err := do(s.client, req, maxResponse)
	if err != nil {
		return nil, fmt.Errorf("ask for a time stamp: %w", err)
	}
	token, err := cms.Token(raw, nonce)
	if err != nil {
		return nil, fmt.Errorf("ask for a time stamp: %w", err)
	}
	return cms.WithStamp(sig, token)
}
