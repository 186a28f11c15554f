package gost

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// numbers draws numbers below 2⁵¹², often those near 0, p and 2⁵¹², where carries
// go wrong.
var numbers = rapid.Custom(func(t *rapid.T) *big.Int {
	n := new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 64, 64).Draw(t, "bytes"))
	near := big.NewInt(rapid.Int64Range(0, 2*fold).Draw(t, "near"))
	switch rapid.IntRange(0, 3).Draw(t, "where") {
	case 0:
		return near
	case 1:
		return new(big.Int).Sub(below(512, 1), near)
	case 2: // long runs of ones and zeros
		width := uint(rapid.IntRange(1, 511).Draw(t, "width"))
		return new(big.Int).Lsh(below(width, 1), 512-width)
	}
	return n
})

func TestTheFieldAgreesWithMathBig(t *testing.T) {
	p := Curve512A.p
	rapid.Check(t, func(t *rapid.T) {
		x, y := numbers.Draw(t, "x"), numbers.Draw(t, "y")
		a, b := elementOf(x), elementOf(y)
		var z element
		agrees := func(what string, want *big.Int) {
			t.Helper()
			if want.Mod(want, p); z.big().Cmp(want) != 0 {
				t.Fatalf("%s of %x and %x is %x, want %x", what, x, y, z.big(), want)
			}
		}
		z.add(&a, &b)
		agrees("sum", new(big.Int).Add(x, y))
		z.sub(&a, &b)
		agrees("difference", new(big.Int).Sub(x, y))
		z.neg(&a)
		agrees("opposite", new(big.Int).Neg(x))
		z.mul(&a, &b)
		agrees("product", new(big.Int).Mul(x, y))
		z.sqr(&a)
		agrees("square", new(big.Int).Mul(x, x))
		if want := new(big.Int).Mod(new(big.Int).Sub(x, y), p).Sign() == 0; a.equal(&b) != want {
			t.Fatalf("%x equals %x: %t, want %t", x, y, !want, want)
		}
		if !a.isZero() {
			z.inverse(&a)
			z.mul(&z, &a)
			agrees("x times its inverse", big.NewInt(1))
		}
		// A result may be its own argument.
		z = a
		z.mul(&z, &z)
		agrees("square in place", new(big.Int).Mul(x, x))
	})
}

// small draws multiples of the base point, often the same or opposite ones.
var small = rapid.Custom(func(t *rapid.T) *big.Int {
	n := big.NewInt(rapid.Int64Range(1, 5).Draw(t, "n"))
	if rapid.Bool().Draw(t, "opposite") {
		n.Sub(Curve512A.q, n)
	}
	return n
})

func TestTheFastCurveAgreesWithTheGenericOne(t *testing.T) {
	c := Curve512A
	rapid.Check(t, func(t *rapid.T) {
		n, m := small.Draw(t, "n"), small.Draw(t, "m")
		a, b := c.Base(n).point, c.Base(m).point
		p := jacobian{a.x, a.y, one}
		var sum jacobian
		sum.add(&p, &b)
		want := c.multiply(new(big.Int).Mod(new(big.Int).Add(n, m), c.q), &point{c.x, c.y, big.NewInt(1)})
		if !same(&sum, want) {
			t.Fatalf("%d·base + %d·base is wrong", n, m)
		}
		sum.double(&p)
		if !same(&sum, c.double(&point{a.x.big(), a.y.big(), big.NewInt(1)})) {
			t.Fatalf("2·%d·base is wrong", n)
		}
		sum.subtract(&p, &a)
		if !sum.z.isZero() {
			t.Fatalf("%d·base − itself is not at infinity", n)
		}
		sum.add(&sum, &b)
		if !same(&sum, &point{b.x.big(), b.y.big(), big.NewInt(1)}) {
			t.Fatal("infinity + a point is another point")
		}
	})
}

// The two ways of writing a factor are for any factor, not only such as come up.
func TestTheFastSumsAgreeWithTheGenericOne(t *testing.T) {
	c := Curve512A
	key := c.Base(big.NewInt(1234567))
	tables := newComb(key.point, widthCombKey)
	rapid.Check(t, func(t *rapid.T) {
		u := new(big.Int).Mod(numbers.Draw(t, "u"), c.q)
		v := new(big.Int).Mod(numbers.Draw(t, "v"), c.q)
		if u.Sign() == 0 || v.Sign() == 0 {
			return
		}
		x := c.combination(u, v, key.x, key.y)
		if x == nil {
			x = new(big.Int)
		}
		r := new(big.Int).Mod(x, c.q)
		if r.Sign() == 0 {
			return
		}
		wrong := new(big.Int).Xor(r, big.NewInt(1))
		if !verifyFast(key.point, r, u, v) || verifyFast(key.point, wrong, u, v) {
			t.Fatalf("%x·base + %x·key: wrong in digits", u, v)
		}
		if !verifyByTables(tables, r, u, v) || verifyByTables(tables, wrong, u, v) {
			t.Fatalf("%x·base + %x·key: wrong by tables", u, v)
		}
	})
}

// As for 512 bits: the two curves, one of them with a cofactor and any a.
func TestTheFastCurvesOf256BitsAgreeWithTheGenericOne(t *testing.T) {
	p := Curve256A.p
	rapid.Check(t, func(t *rapid.T) {
		draw := func(what string) *big.Int { return new(big.Int).Rsh(numbers.Draw(t, what), 256) }
		x, y := draw("x"), draw("y")
		if rapid.Bool().Draw(t, "near the end") {
			x.Sub(below(256, 1), big.NewInt(rapid.Int64Range(0, 2*fold256).Draw(t, "near")))
		}
		a, b := element256Of(x), element256Of(y)
		var sum, difference, product, square element256
		sum.add(&a, &b)
		difference.sub(&a, &b)
		product.mul(&a, &b)
		square.sqr(&a)
		for got, want := range map[*element256]*big.Int{
			&sum: new(big.Int).Add(x, y), &difference: new(big.Int).Sub(x, y), &product: new(big.Int).Mul(x, y), &square: new(big.Int).Mul(x, x),
		} {
			if want.Mod(want, p); got.big().Cmp(want) != 0 {
				t.Fatalf("of %x and %x: %x, want %x", x, y, got.big(), want)
			}
		}
		for _, c := range []*Curve{Curve256A, CurveCryptoProA} {
			key := c.Base(big.NewInt(rapid.Int64Range(1, 9).Draw(t, "key")))
			u, v := new(big.Int).Mod(x, c.q), new(big.Int).Mod(y, c.q)
			if rapid.Bool().Draw(t, "small") { // where points meet
				u.SetInt64(rapid.Int64Range(1, 9).Draw(t, "u"))
				v.SetInt64(rapid.Int64Range(1, 9).Draw(t, "v"))
			}
			if u.Sign() == 0 || v.Sign() == 0 {
				return
			}
			first := c.combination(u, v, key.x, key.y)
			if first == nil {
				return
			}
			r := first.Mod(first, c.q)
			if !key.verify256(r, u, v) || key.verify256(new(big.Int).Xor(r, big.NewInt(1)), u, v) {
				t.Fatalf("%s: %x·base + %x·key is wrong", c, u, v)
			}
		}
	})
}

func TestAFactorIsItsDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := numbers.Draw(t, "n")
		width := uint(rapid.IntRange(2, widthBase).Draw(t, "width"))
		var d digits
		count := d.write(n, width)
		sum, last := new(big.Int), -int(width)
		for i := len(d) - 1; i >= 0; i-- {
			sum.Lsh(sum, 1).Add(sum, big.NewInt(int64(d[i])))
		}
		for i, digit := range d {
			if digit == 0 {
				continue
			}
			if digit%2 == 0 || i-last < int(width) || i >= count {
				t.Fatalf("digit %d at %d after one at %d, of %d", digit, i, last, count)
			}
			last = i
		}
		if sum.Cmp(n) != 0 {
			t.Fatalf("the digits of %x make %x", n, sum)
		}
	})
}

func same(p *jacobian, want *point) bool {
	if p.z.isZero() || want.z.Sign() == 0 {
		return p.z.isZero() == (want.z.Sign() == 0)
	}
	got := affines([]jacobian{*p})[0]
	x, y := Curve512A.affine(want)
	return got.x.big().Cmp(x) == 0 && got.y.big().Cmp(y) == 0
}

// Digits of a comb carry into the next place; the factors here have the longest
// carries and the highest places.
func TestACombAddsFactorsWithTheLongestCarries(t *testing.T) {
	c := Curve512A
	key := c.Base(big.NewInt(7654321))
	last := new(big.Int).Sub(c.q, big.NewInt(1))
	for _, width := range []uint{widthCombKey, widthCombBase} {
		table := newComb(key.point, width)
		half := new(big.Int).Lsh(big.NewInt(1), width-1)
		every := new(big.Int) // the half in each place, and one more in the lowest
		for shift := uint(0); shift+width < 511; shift += width {
			every.Or(every, new(big.Int).Lsh(half, shift))
		}
		for _, n := range []*big.Int{big.NewInt(1), half, new(big.Int).Add(half, big.NewInt(1)), every, new(big.Int).Add(every, big.NewInt(1)), last} {
			sum := infinity512
			table.addTo(&sum, n)
			want := c.combination(new(big.Int).Sub(c.q, big.NewInt(1)), n, key.x, key.y) // −base + n·key
			minus := affine{base512().x, base512().y}
			sum.subtract(&sum, &minus)
			if want == nil || !sum.matches(want.Mod(want, c.q)) {
				t.Errorf("width %d: %x·p is wrong", width, n)
			}
		}
	}
}
