package gost

import (
	"encoding/binary"
	"math/big"
	"math/bits"
)

//go:generate sh -c "go run gen_field.go | gofmt > field_limbs.go"

// An element is a number modulo p = 2⁵¹² − 569, least limb first. Any value below
// 2⁵¹² may stand in it, so that p itself is a second zero; [element.canonical]
// makes it one.
type element [8]uint64

// fold is what 2⁵¹² is modulo p.
const fold = 569

var one = element{1}

// neg sets z to −x.
func (z *element) neg(x *element) {
	var zero element
	z.sub(&zero, x)
}

// canonical returns x below p.
func (x *element) canonical() element {
	var t element
	c := uint64(0)
	t[0], c = bits.Add64(x[0], fold, 0)
	for i := 1; i < len(t); i++ {
		t[i], c = bits.Add64(x[i], 0, c)
	}
	if c == 0 { // x + 569 stays below 2⁵¹², so x is below p
		return *x
	}
	return t
}

// isZero reports whether x is 0 or p, which has only ones in its highest limb.
func (x *element) isZero() bool {
	if x[7] != 0 && x[7] != ^uint64(0) {
		return false
	}
	return x.canonical() == element{}
}

func (x *element) equal(y *element) bool {
	var t element
	t.sub(x, y)
	return t.isZero()
}

// inverse sets z to 1/x, for x that is not zero.
func (z *element) inverse(x *element) {
	n := x.big()
	*z = elementOf(n.ModInverse(n, Curve512A.p))
}

// elementOf returns n, which is below 2⁵¹².
func elementOf(n *big.Int) (z element) {
	var b [64]byte
	n.FillBytes(b[:])
	for i := range z {
		z[i] = binary.BigEndian.Uint64(b[56-8*i:])
	}
	return z
}

func (x *element) big() *big.Int {
	t := x.canonical()
	var b [64]byte
	for i := range t {
		binary.BigEndian.PutUint64(b[56-8*i:], t[i])
	}
	return new(big.Int).SetBytes(b[:])
}
