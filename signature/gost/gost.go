// Package gost verifies signatures of Kazakhstan's national algorithms: GOST
// 34.10-2015 (GOST R 34.10-2012, RFC 7091) with 512 and 256 bits and GOST
// 34.310-2004 (GOST R 34.10-2001, RFC 5832), with the digests Streebog (RFC 6986)
// and GOST 34.311-95 (RFC 5831).
//
// Numbers stand as the National Certification Authority writes them: keys are
// x ‖ y and signatures r ‖ s, each little-endian, and so is a digest read as a
// number. Other programs for GOST write s ‖ r, big-endian.
//
// Nothing here is secret, so nothing takes constant time: it verifies and cannot
// sign. Emulators sign by the package gosttest.
//
// Start at [ParsePublicKey] and [PublicKey.Verify].
package gost

import (
	"bytes"
	"crypto"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"sync"
)

// A PublicKey is a point of a curve that is not the point at infinity.
type PublicKey struct {
	curve *Curve
	x, y  *big.Int
	point affine // of Curve512A
	table func() *comb
}

var errPoint = errors.New("gost: the key is no point of its curve")

// ParsePublicKey reads x ‖ y, each little-endian, and sees that it lies in the
// group of the base point: on the curve, and of Curve256A, the one curve with
// points of small order, not one of those.
func ParsePublicKey(c *Curve, raw []byte) (*PublicKey, error) {
	if len(raw) != 2*c.size {
		return nil, fmt.Errorf("gost: a key of %d bytes, want %d", len(raw), 2*c.size)
	}
	k := &PublicKey{curve: c, x: number(raw[:c.size]), y: number(raw[c.size:])}
	if !c.has(k.x, k.y) {
		return nil, errPoint
	}
	if c == Curve512A {
		k.point = affine{elementOf(k.x), elementOf(k.y)}
	}
	return k, nil
}

// Curve returns the curve of the key.
func (k *PublicKey) Curve() *Curve { return k.curve }

// Bytes returns the key as [ParsePublicKey] reads it.
func (k *PublicKey) Bytes() []byte {
	return append(octets(k.x, k.curve.size), octets(k.y, k.curve.size)...)
}

// Equal reports whether x is the same key.
func (k *PublicKey) Equal(x crypto.PublicKey) bool {
	other, ok := x.(*PublicKey)
	return ok && other.curve == k.curve && bytes.Equal(other.Bytes(), k.Bytes())
}

// Precompute gives a key of 512 bits that signs much, such as an authority's, a
// table of 1.8 MiB: it then verifies some four and a half times as fast. The table is
// made at the first signature, in some 20 ms. Call it before the key is shared.
func (k *PublicKey) Precompute() {
	if k.curve == Curve512A && k.table == nil {
		k.table = sync.OnceValue(func() *comb { return newComb(k.point, widthCombKey) })
	}
}

// Verify reports whether sig, r ‖ s, is the key's over a digest.
func (k *PublicKey) Verify(digest, sig []byte) bool {
	r, u, v, ok := k.curve.equation(digest, sig)
	switch {
	case !ok:
		return false
	case oddBases[k.curve] != nil:
		return k.verify256(r, u, v)
	case k.curve != Curve512A: // an example of a standard
		x := k.curve.combination(u, v, k.x, k.y)
		return x != nil && x.Mod(x, k.curve.q).Cmp(r) == 0
	case k.table != nil:
		return verifyByTables(k.table(), r, u, v)
	}
	return verifyFast(k.point, r, u, v)
}

// equation returns r and the factors of the base point and of the key in the
// point whose x must be r: s/e and −r/e (RFC 7091 ¶ 6.2).
func (c *Curve) equation(digest, sig []byte) (r, u, v *big.Int, ok bool) {
	if len(sig) != 2*c.size || len(digest) != c.size {
		return nil, nil, nil, false
	}
	r, s := number(sig[:c.size]), number(sig[c.size:])
	if r.Sign() == 0 || s.Sign() == 0 || r.Cmp(c.q) >= 0 || s.Cmp(c.q) >= 0 {
		return nil, nil, nil, false
	}
	inverse := c.Digest(digest)
	inverse.ModInverse(inverse, c.q)
	u = s.Mul(s, inverse)
	u.Mod(u, c.q)
	v = inverse.Mul(inverse, r)
	v.Mod(v, c.q)
	v.Sub(c.q, v) // r is not zero modulo q, so neither is v
	return r, u, v, true
}

// Digest returns a digest as the number that is signed: modulo q, and 1 in place
// of 0.
func (c *Curve) Digest(digest []byte) *big.Int {
	e := number(digest)
	if e.Mod(e, c.q).Sign() == 0 {
		e.SetInt64(1)
	}
	return e
}

// number reads a little-endian number.
func number(b []byte) *big.Int {
	r := slices.Clone(b)
	slices.Reverse(r)
	return new(big.Int).SetBytes(r)
}

// octets writes a number of at most size bytes, little-endian.
func octets(n *big.Int, size int) []byte {
	b := n.FillBytes(make([]byte, size))
	slices.Reverse(b)
	return b
}
