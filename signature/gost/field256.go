package gost

import (
	"encoding/binary"
	"math/big"
	"math/bits"
)

// An element256 is a number modulo p = 2²⁵⁶ − 617, of both curves of 256 bits, as
// an [element] is modulo 2⁵¹² − 569.
type element256 [4]uint64

const fold256 = 617

var one256 = element256{1}

func (z *element256) neg(x *element256) {
	var zero element256
	z.sub(&zero, x)
}

// canonical returns x below p.
func (x *element256) canonical() element256 {
	var t element256
	c := uint64(0)
	t[0], c = bits.Add64(x[0], fold256, 0)
	for i := 1; i < len(t); i++ {
		t[i], c = bits.Add64(x[i], 0, c)
	}
	if c == 0 {
		return *x
	}
	return t
}

func (x *element256) isZero() bool { return x.canonical() == element256{} }

// inverse sets z to 1/x, for x that is not zero.
func (z *element256) inverse(x *element256) {
	n := x.big()
	*z = element256Of(n.ModInverse(n, Curve256A.p))
}

// element256Of returns n, which is below 2²⁵⁶.
func element256Of(n *big.Int) (z element256) {
	var b [32]byte
	n.FillBytes(b[:])
	for i := range z {
		z[i] = binary.BigEndian.Uint64(b[24-8*i:])
	}
	return z
}

func (x *element256) big() *big.Int {
	t := x.canonical()
	var b [32]byte
	for i := range t {
		binary.BigEndian.PutUint64(b[24-8*i:], t[i])
	}
	return new(big.Int).SetBytes(b[:])
}
