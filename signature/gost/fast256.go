package gost

import (
	"math/big"
	"sync"
)

// The arithmetic of the two curves of 256 bits, on the pattern of that of 512. The
// coefficient a is any number here.

type affine256 struct{ x, y element256 }

type jacobian256 struct{ x, y, z element256 }

var infinity256 = jacobian256{one256, one256, element256{}}

// double sets r to 2p (dbl-2007-bl).
func (r *jacobian256) double(p *jacobian256, a *element256) {
	var xx, yy, zz, s, m, t, yyyy element256
	xx.sqr(&p.x)
	yy.sqr(&p.y)
	yyyy.sqr(&yy)
	zz.sqr(&p.z)
	s.mul(&p.x, &yy) // 4xy²
	s.add(&s, &s)
	s.add(&s, &s)
	m.sqr(&zz) // 3x² + az⁴
	m.mul(&m, a)
	m.add(&m, &xx)
	xx.add(&xx, &xx)
	m.add(&m, &xx)
	t.add(&p.y, &p.z) // z = (y+z)² − y² − z²
	t.sqr(&t)
	t.sub(&t, &yy)
	r.z.sub(&t, &zz)
	t.sqr(&m) // x = m² − 2s
	t.sub(&t, &s)
	r.x.sub(&t, &s)
	s.sub(&s, &r.x) // y = m(s − x) − 8y⁴
	s.mul(&s, &m)
	yyyy.add(&yyyy, &yyyy)
	yyyy.add(&yyyy, &yyyy)
	yyyy.add(&yyyy, &yyyy)
	r.y.sub(&s, &yyyy)
}

// add sets r to p + q (madd-2004-hmv), whatever the two are.
func (r *jacobian256) add(p *jacobian256, q *affine256, a *element256) {
	if p.z.isZero() {
		*r = jacobian256{q.x, q.y, one256}
		return
	}
	var zz, h, s, hh, hhh, v, x element256
	zz.sqr(&p.z)
	h.mul(&q.x, &zz)
	h.sub(&h, &p.x)
	s.mul(&q.y, &p.z)
	s.mul(&s, &zz)
	s.sub(&s, &p.y)
	if h.isZero() {
		if s.isZero() {
			r.double(p, a)
			return
		}
		*r = infinity256
		return
	}
	hh.sqr(&h)
	hhh.mul(&hh, &h)
	v.mul(&p.x, &hh)
	x.sqr(&s) // x = s² − h³ − 2v
	x.sub(&x, &hhh)
	x.sub(&x, &v)
	x.sub(&x, &v)
	v.sub(&v, &x) // y = s(v − x) − yh³
	v.mul(&v, &s)
	hhh.mul(&hhh, &p.y)
	r.y.sub(&v, &hhh)
	r.z.mul(&p.z, &h)
	r.x = x
}

// odd256 returns p, 3p, 5p … (2n−1)p.
func odd256(p affine256, n int, a *element256) []affine256 {
	all := make([]jacobian256, n)
	all[0] = jacobian256{p.x, p.y, one256}
	var twice jacobian256
	twice.double(&all[0], a)
	step := affines256([]jacobian256{twice})[0]
	for i := 1; i < n; i++ {
		all[i].add(&all[i-1], &step, a)
	}
	return affines256(all)
}

// affines256 returns points that are not at infinity in affine form, with one
// inversion for all.
func affines256(in []jacobian256) []affine256 {
	out := make([]affine256, len(in))
	before := make([]element256, len(in)) // product of all z before this one
	product := one256
	for i := range in {
		before[i] = product
		product.mul(&product, &in[i].z)
	}
	product.inverse(&product)
	for i := len(in) - 1; i >= 0; i-- {
		var z, zz element256
		z.mul(&product, &before[i])
		product.mul(&product, &in[i].z)
		zz.sqr(&z)
		out[i].x.mul(&in[i].x, &zz)
		zz.mul(&zz, &z)
		out[i].y.mul(&in[i].y, &zz)
	}
	return out
}

func (r *jacobian256) addDigit(table []affine256, d int16, a *element256) {
	switch {
	case d > 0:
		r.add(r, &table[d/2], a)
	case d < 0:
		minus := affine256{x: table[-d/2].x}
		minus.y.neg(&table[-d/2].y)
		r.add(r, &minus, a)
	}
}

// oddBases are the tables of the base points.
var oddBases = map[*Curve]func() []affine256{
	Curve256A:       sync.OnceValue(func() []affine256 { return baseOf(Curve256A) }),
	CurveCryptoProA: sync.OnceValue(func() []affine256 { return baseOf(CurveCryptoProA) }),
}

func baseOf(c *Curve) []affine256 {
	a := element256Of(c.a)
	return odd256(affine256{element256Of(c.x), element256Of(c.y)}, 1<<(widthBase-2), &a)
}

// verify256 reports whether u·base + v·key has the first coordinate r modulo q.
func (k *PublicKey) verify256(r, u, v *big.Int) bool {
	var du, dv digits
	a := element256Of(k.curve.a)
	base := oddBases[k.curve]()
	own := odd256(affine256{element256Of(k.x), element256Of(k.y)}, 1<<(widthKey-2), &a)
	sum := infinity256
	for i := max(du.write(u, widthBase), dv.write(v, widthKey)) - 1; i >= 0; i-- {
		sum.double(&sum, &a)
		sum.addDigit(base, du[i], &a)
		sum.addDigit(own, dv[i], &a)
	}
	return sum.matches(r, k.curve)
}

// matches reports whether the first coordinate of p, modulo q, is r: it is r, or r
// and as many q as go into p.
func (p *jacobian256) matches(r *big.Int, c *Curve) bool {
	if p.z.isZero() {
		return false
	}
	var zz, t element256
	zz.sqr(&p.z)
	for ; r.Cmp(c.p) < 0; r = new(big.Int).Add(r, c.q) {
		x := element256Of(r)
		t.mul(&x, &zz)
		t.sub(&t, &p.x)
		if t.isZero() {
			return true
		}
	}
	return false
}
