// Package gosttest signs by the national algorithms, for emulators and tests.
//
// It is not constant-time: how long a signature takes tells of the private key,
// and of the number drawn for it. It must never hold a key that is worth anything,
// a system's seal least of all.
package gosttest

import (
	"crypto"
	"crypto/rand"
	"fmt"
	"io"
	"math/big"
	"slices"

	"ruqsat/signature/gost"
)

// A PrivateKey signs digests. It is a crypto.Signer.
type PrivateKey struct {
	public *gost.PublicKey
	d      *big.Int
}

var _ crypto.Signer = (*PrivateKey)(nil)

// GenerateKey makes a key of a curve with numbers from source.
func GenerateKey(c *gost.Curve, source io.Reader) (*PrivateKey, error) {
	d, err := draw(c, source)
	if err != nil {
		return nil, fmt.Errorf("generate key: %w", err)
	}
	return &PrivateKey{c.Base(d), d}, nil
}

// ParsePrivateKey reads a private number, little-endian, as Kazakhstan's key files
// hold it.
func ParsePrivateKey(c *gost.Curve, raw []byte) (*PrivateKey, error) {
	b := slices.Clone(raw)
	slices.Reverse(b)
	d := new(big.Int).SetBytes(b)
	if len(raw) != c.Size() || d.Sign() == 0 || d.Cmp(c.Order()) >= 0 {
		return nil, fmt.Errorf("no private key of %s", c)
	}
	return &PrivateKey{c.Base(d), d}, nil
}

// Bytes returns the private number as [ParsePrivateKey] reads it.
func (k *PrivateKey) Bytes() []byte { return octets(k.d, k.public.Curve().Size()) }

// Public returns the *gost.PublicKey.
func (k *PrivateKey) Public() crypto.PublicKey { return k.public }

// Sign signs a digest and returns r ‖ s. Numbers are drawn from source; opts says
// nothing, since the curve says which digest it is.
func (k *PrivateKey) Sign(source io.Reader, digest []byte, _ crypto.SignerOpts) ([]byte, error) {
	c := k.public.Curve()
	if len(digest) != c.Size() {
		return nil, fmt.Errorf("sign: a digest of %d bytes, want %d", len(digest), c.Size())
	}
	for {
		n, err := draw(c, source)
		if err != nil {
			return nil, fmt.Errorf("sign: %w", err)
		}
		if sig, ok := k.SignWith(n, digest); ok {
			return sig, nil
		}
	}
}

// SignWith signs with a given number, as examples in standards do. It reports
// false for the few numbers that give no signature.
func (k *PrivateKey) SignWith(n *big.Int, digest []byte) ([]byte, bool) {
	c := k.public.Curve()
	q := c.Order()
	r := c.Base(n).X()
	r.Mod(r, q)
	s := new(big.Int).Mul(r, k.d)
	s.Add(s, new(big.Int).Mul(n, c.Digest(digest))).Mod(s, q)
	if r.Sign() == 0 || s.Sign() == 0 {
		return nil, false
	}
	return append(octets(r, c.Size()), octets(s, c.Size())...), true
}

// draw returns a number from 1 to the order less one.
func draw(c *gost.Curve, source io.Reader) (*big.Int, error) {
	most := c.Order()
	n, err := rand.Int(source, most.Sub(most, big.NewInt(1)))
	if err != nil {
		return nil, err
	}
	return n.Add(n, big.NewInt(1)), nil
}

func octets(n *big.Int, size int) []byte {
	b := n.FillBytes(make([]byte, size))
	slices.Reverse(b)
	return b
}
