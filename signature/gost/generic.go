package gost

import "math/big"

// The arithmetic of any curve by math/big: to read keys, for the examples of the
// standards, and to check the fast one against.

// A point is (x/z², y/z³) (Jacobian); z is zero at infinity.
type point struct{ x, y, z *big.Int }

func infinity() *point { return &point{big.NewInt(1), big.NewInt(1), new(big.Int)} }

func (c *Curve) times(a, b *big.Int) *big.Int {
	t := new(big.Int).Mul(a, b)
	return t.Mod(t, c.p)
}

func (c *Curve) double(p *point) *point {
	if p.z.Sign() == 0 || p.y.Sign() == 0 {
		return infinity()
	}
	yy, zz := c.times(p.y, p.y), c.times(p.z, p.z)
	s := c.times(p.x, yy)
	s.Lsh(s, 2)
	m := c.times(p.x, p.x)
	m.Mul(m, big.NewInt(3)).Add(m, c.times(c.a, c.times(zz, zz)))
	m.Mod(m, c.p)
	x := c.times(m, m)
	x.Sub(x, new(big.Int).Lsh(s, 1)).Mod(x, c.p)
	y := new(big.Int).Sub(s, x)
	y.Mul(y, m).Sub(y, new(big.Int).Lsh(c.times(yy, yy), 3)).Mod(y, c.p)
	z := c.times(p.y, p.z)
	return &point{x, y, z.Lsh(z, 1).Mod(z, c.p)}
}

func (c *Curve) add(p, q *point) *point {
	switch {
	case p.z.Sign() == 0:
		return q
	case q.z.Sign() == 0:
		return p
	}
	pzz, qzz := c.times(p.z, p.z), c.times(q.z, q.z)
	u, s := c.times(p.x, qzz), c.times(c.times(p.y, qzz), q.z)
	h := new(big.Int).Sub(c.times(q.x, pzz), u)
	r := new(big.Int).Sub(c.times(c.times(q.y, pzz), p.z), s)
	if h.Sign() == 0 {
		if r.Sign() == 0 {
			return c.double(p)
		}
		return infinity()
	}
	hh := c.times(h, h)
	hhh, v := c.times(hh, h), c.times(u, hh)
	x := c.times(r, r)
	x.Sub(x, hhh).Sub(x, v).Sub(x, v).Mod(x, c.p)
	y := new(big.Int).Sub(v, x)
	y.Mul(y, r).Sub(y, c.times(s, hhh)).Mod(y, c.p)
	return &point{x, y, c.times(c.times(p.z, q.z), h)}
}

// multiply returns n·p.
func (c *Curve) multiply(n *big.Int, p *point) *point {
	sum := infinity()
	for i := n.BitLen() - 1; i >= 0; i-- {
		sum = c.double(sum)
		if n.Bit(i) == 1 {
			sum = c.add(sum, p)
		}
	}
	return sum
}

// affine returns the coordinates of a point that is not at infinity.
func (c *Curve) affine(p *point) (x, y *big.Int) {
	inverse := new(big.Int).ModInverse(p.z, c.p)
	zz := c.times(inverse, inverse)
	return c.times(p.x, zz), c.times(p.y, c.times(zz, inverse))
}

// combination returns the first coordinate of u·base + v·(x, y), both at once; nil
// at infinity.
func (c *Curve) combination(u, v, x, y *big.Int) *big.Int {
	base, key := &point{c.x, c.y, big.NewInt(1)}, &point{x, y, big.NewInt(1)}
	by := [4]*point{nil, base, key, c.add(base, key)}
	sum := infinity()
	for i := max(u.BitLen(), v.BitLen()) - 1; i >= 0; i-- {
		sum = c.double(sum)
		if p := by[u.Bit(i)+2*v.Bit(i)]; p != nil {
			sum = c.add(sum, p)
		}
	}
	if sum.z.Sign() == 0 {
		return nil
	}
	first, _ := c.affine(sum)
	return first
}
