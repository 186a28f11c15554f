package gost

import (
	"encoding/binary"
	"math/big"
	"sync"
)

// Widths of the digits a factor is written in: the base point has its table for
// ever, that of a key is made for each signature.
const (
	widthBase = 12
	widthKey  = 5
)

// odd returns p, 3p, 5p … (2n−1)p, with one inversion for all: on the curve that is
// this one scaled by the z of 2p, the point 2p is affine. Adding knows nothing of
// the coefficients that differ there.
func odd(p affine, n int) []affine {
	all := make([]jacobian, n)
	var twice jacobian
	twice.double(&jacobian{p.x, p.y, one})
	step := affine{twice.x, twice.y}
	var zz element
	zz.sqr(&twice.z)
	all[0].x.mul(&p.x, &zz)
	zz.mul(&zz, &twice.z)
	all[0].y.mul(&p.y, &zz)
	all[0].z = one
	for i := 1; i < n; i++ {
		all[i].add(&all[i-1], &step)
	}
	for i := range all {
		all[i].z.mul(&all[i].z, &twice.z)
	}
	return affines(all)
}

func base512() affine { return affine{elementOf(Curve512A.x), elementOf(Curve512A.y)} }

var oddBase = sync.OnceValue(func() []affine { return odd(base512(), 1<<(widthBase-2)) })

// A digits is a factor in signed digits (non-adjacent form), least first: zero or
// odd, and after each odd one width−1 zeros.
type digits [513]int16

// limbsOf returns n, which is below 2⁵¹², in limbs, least first; the last is zero.
func limbsOf(n *big.Int) (limb [9]uint64) {
	var b [64]byte
	n.FillBytes(b[:])
	for i := range 8 {
		limb[i] = binary.BigEndian.Uint64(b[56-8*i:])
	}
	return limb
}

// write writes n in digits of a width and returns how many there are.
func (d *digits) write(n *big.Int, width uint) int {
	limb := limbsOf(n)
	count, carry := 0, 0
	for i := 0; i < len(d); {
		at, shift := i/64, uint(i%64)
		v := limb[at] >> shift
		if shift+width > 64 && at < 8 {
			v |= limb[at+1] << (64 - shift)
		}
		if int(v&1) == carry { // an even digit is left for the next place
			i++
			continue
		}
		digit := int(v&(1<<width-1)) + carry
		carry = 0
		if digit >= 1<<(width-1) {
			digit, carry = digit-1<<width, 1
		}
		d[i] = int16(digit)
		count = i + 1
		i += int(width)
	}
	return count
}

func (r *jacobian) addDigit(table []affine, d int16) {
	switch {
	case d > 0:
		r.add(r, &table[d/2])
	case d < 0:
		r.subtract(r, &table[-d/2])
	}
}

// verifyFast reports whether u·base + v·key has the first coordinate r modulo q.
func verifyFast(key affine, r, u, v *big.Int) bool {
	var du, dv digits
	base, own := oddBase(), odd(key, 1<<(widthKey-2))
	sum := infinity512
	for i := max(du.write(u, widthBase), dv.write(v, widthKey)) - 1; i >= 0; i-- {
		sum.double(&sum)
		sum.addDigit(base, du[i])
		sum.addDigit(own, dv[i])
	}
	return sum.matches(r)
}

// matches reports whether the first coordinate of p, modulo q, is r. As p is below
// 2q, the coordinate is r or r + q; neither needs an inversion.
func (p *jacobian) matches(r *big.Int) bool {
	if p.z.isZero() {
		return false
	}
	var zz, t element
	zz.sqr(&p.z)
	for ; r.Cmp(Curve512A.p) < 0; r = new(big.Int).Add(r, Curve512A.q) {
		x := elementOf(r)
		t.mul(&x, &zz)
		if t.equal(&p.x) {
			return true
		}
	}
	return false
}

// Widths of the digits of a comb, in bits: the one of the base point serves every
// signature, those of keys lie beside one another.
const (
	widthCombBase = 10 // 52 additions, 3.3 MiB
	widthCombKey  = 9  // 57 additions, 1.8 MiB
)

// A comb is j·2ʷⁱ·p for each place i and each j from 1 to 2ʷ⁻¹: n·p is then one
// addition for each place, with signed digits. The last place has room for the
// carry.
type comb struct {
	width uint
	rows  [][]affine
}

func newComb(p affine, width uint) *comb {
	c := &comb{width, make([][]affine, 512/width+1)}
	half := 1 << (width - 1)
	for i := range c.rows {
		row := make([]jacobian, half+1)
		row[0] = jacobian{p.x, p.y, one}
		row[1].double(&row[0])
		for j := 2; j < half; j++ {
			row[j].add(&row[j-1], &p)
		}
		row[half].double(&row[half-1]) // 2ʷ p, the next place
		all := affines(row)
		c.rows[i], p = all[:half:half], all[half]
	}
	return c
}

// addTo adds n·p to r, for n below 2⁵¹².
func (c *comb) addTo(r *jacobian, n *big.Int) {
	limb := limbsOf(n)
	half, mask := 1<<(c.width-1), uint64(1)<<c.width-1
	carry := 0
	for i := range c.rows {
		bit := uint(i) * c.width
		at, shift := bit/64, bit%64
		v := limb[at] >> shift
		if shift+c.width > 64 {
			v |= limb[at+1] << (64 - shift)
		}
		d := carry + int(v&mask)
		carry = 0
		if d > half {
			d, carry = d-2*half, 1
		}
		switch {
		case d > 0:
			r.add(r, &c.rows[i][d-1])
		case d < 0:
			r.subtract(r, &c.rows[i][-d-1])
		}
	}
}

var combBase = sync.OnceValue(func() *comb { return newComb(base512(), widthCombBase) })

// verifyByTables is verifyFast with a table for the key.
func verifyByTables(key *comb, r, u, v *big.Int) bool {
	sum := infinity512
	combBase().addTo(&sum, u)
	key.addTo(&sum, v)
	return sum.matches(r)
}

// baseByTables returns n times the base point, for n from 1 to the order less one.
func baseByTables(n *big.Int) affine {
	sum := infinity512
	combBase().addTo(&sum, n)
	return affines([]jacobian{sum})[0]
}
