package gost

// An affine is a point of Curve512A that is not at infinity.
type affine struct{ x, y element }

// A jacobian is the point (x/z², y/z³) of Curve512A; z is zero at infinity.
type jacobian struct{ x, y, z element }

var infinity512 = jacobian{one, one, element{}}

// double sets r to 2p (dbl-2001-b, for a = −3).
func (r *jacobian) double(p *jacobian) {
	var delta, gamma, beta, alpha, t, u element
	delta.sqr(&p.z)
	gamma.sqr(&p.y)
	beta.mul(&p.x, &gamma)
	t.sub(&p.x, &delta)
	u.add(&p.x, &delta)
	alpha.mul(&t, &u)
	t.add(&alpha, &alpha)
	alpha.add(&t, &alpha)
	t.add(&p.y, &p.z) // z = (y+z)² − gamma − delta
	t.sqr(&t)
	t.sub(&t, &gamma)
	r.z.sub(&t, &delta)
	t.add(&beta, &beta)
	t.add(&t, &t) // 4 beta
	u.add(&t, &t)
	beta.sqr(&alpha)
	r.x.sub(&beta, &u)
	t.sub(&t, &r.x) // y = alpha(4 beta − x) − 8 gamma²
	t.mul(&t, &alpha)
	u.sqr(&gamma)
	u.add(&u, &u)
	u.add(&u, &u)
	u.add(&u, &u)
	r.y.sub(&t, &u)
}

// add sets r to p + q (madd-2007-bl), whatever the two are.
func (r *jacobian) add(p *jacobian, q *affine) {
	if p.z.isZero() {
		*r = jacobian{q.x, q.y, one}
		return
	}
	var zz, h, s, hh, i, j, v, t element
	zz.sqr(&p.z)
	h.mul(&q.x, &zz)
	h.sub(&h, &p.x)
	s.mul(&q.y, &p.z)
	s.mul(&s, &zz)
	s.sub(&s, &p.y)
	if h.isZero() {
		if s.isZero() {
			r.double(p)
			return
		}
		*r = infinity512
		return
	}
	s.add(&s, &s)
	hh.sqr(&h)
	i.add(&hh, &hh)
	i.add(&i, &i)
	j.mul(&h, &i)
	v.mul(&p.x, &i)
	t.add(&p.z, &h) // z = (z+h)² − zz − hh
	t.sqr(&t)
	t.sub(&t, &zz)
	t.sub(&t, &hh)
	i.sqr(&s) // x = s² − j − 2v
	i.sub(&i, &j)
	i.sub(&i, &v)
	i.sub(&i, &v)
	v.sub(&v, &i) // y = s(v − x) − 2yj
	v.mul(&v, &s)
	j.mul(&j, &p.y)
	j.add(&j, &j)
	r.y.sub(&v, &j)
	r.x, r.z = i, t
}

// subtract sets r to p − q.
func (r *jacobian) subtract(p *jacobian, q *affine) {
	minus := affine{x: q.x}
	minus.y.neg(&q.y)
	r.add(p, &minus)
}

// affines returns points that are not at infinity in affine form, with one
// inversion for all.
func affines(in []jacobian) []affine {
	out := make([]affine, len(in))
	before := make([]element, len(in)) // product of all z before this one
	product := one
	for i := range in {
		before[i] = product
		product.mul(&product, &in[i].z)
	}
	product.inverse(&product)
	for i := len(in) - 1; i >= 0; i-- {
		var z, zz element
		z.mul(&product, &before[i])
		product.mul(&product, &in[i].z)
		zz.sqr(&z)
		out[i].x.mul(&in[i].x, &zz)
		zz.mul(&zz, &z)
		out[i].y.mul(&in[i].y, &zz)
	}
	return out
}
