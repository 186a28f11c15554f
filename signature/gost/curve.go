package gost

import "math/big"

// A Curve is y² = x³ + ax + b modulo p, with a base point of the prime order q.
type Curve struct {
	name             string
	size             int // bytes of a coordinate, of a factor and of a digest
	p, q, a, b, x, y *big.Int
}

// The curves of Kazakhstan's profile.
var (
	// Curve512A is id-tc26-gost-3410-12-512-paramSetA (RFC 7836 ¶ A.1), in
	// Kazakhstan 1.2.398.3.10.1.1.2.2.1.
	Curve512A = &Curve{
		name: "GOST 34.10-2015-512", size: 64,
		p: below(512, 569), a: below(512, 572), x: big.NewInt(3),
		b: hexadecimal("E8C2505DEDFC86DDC1BD0B2B6667F1DA34B82574761CB0E879BD081CFD0B6265EE3CB090F30D27614CB4574010DA90DD862EF9D4EBEE4761503190785A71C760"),
		q: hexadecimal("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF27E69532F48D89116FF22B8D4E0560609B4B38ABFAD2B85DCACDB1411F10B275"),
		y: hexadecimal("7503CFE87A836AE3A61B8816E25450E6CE5E1C93ACF1ABC1778064FDCBEFA921DF1626BE4FD036E93D75E6A50E3A41E98028FE5FC235F5B889A589CB5215F2A4"),
	}
	// Curve256A is id-tc26-gost-3410-2012-256-paramSetA (RFC 7836 ¶ A.2), in
	// Kazakhstan 1.2.398.3.10.1.1.2.1.1. It has cofactor 4.
	Curve256A = &Curve{
		name: "GOST 34.10-2015-256", size: 32, p: below(256, 617),
		a: hexadecimal("C2173F1513981673AF4892C23035A27CE25E2013BF95AA33B22C656F277E7335"),
		b: hexadecimal("295F9BAE7428ED9CCC20E7C359A9D41A22FCCD9108E17BF7BA9337A6F8AE9513"),
		q: hexadecimal("400000000000000000000000000000000FD8CDDFC87B6635C115AF556C360C67"),
		x: hexadecimal("91E38443A5E82C0D880923425712B2BB658B9196932E02C78B2582FE742DAA28"),
		y: hexadecimal("32879423AB1A0375895786C4BB46E9565FDE0B5344766740AF268ADB32322E5C"),
	}
	// CurveCryptoProA is id-GostR3410-2001-CryptoPro-A-ParamSet (RFC 4357 ¶ 11.4),
	// of GOST 34.310-2004, in Kazakhstan 1.2.398.3.10.1.1.1.1.1.
	CurveCryptoProA = &Curve{
		name: "GOST 34.310-2004", size: 32,
		p: below(256, 617), a: below(256, 620), b: big.NewInt(166), x: big.NewInt(1),
		q: hexadecimal("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF6C611070995AD10045841B09B761B893"),
		y: hexadecimal("8D91E471E0989CDA27DF505A453F2B7635294F2DDF23E3B122ACC99C9E9F1E14"),
	}
)

// String names the algorithm of the curve's keys.
func (c *Curve) String() string { return c.name }

// Size returns the bytes of a coordinate; a signature has twice as many.
func (c *Curve) Size() int { return c.size }

// Order returns the order of the base point.
func (c *Curve) Order() *big.Int { return new(big.Int).Set(c.q) }

// Base returns the key whose private number is n modulo the order, which must
// not be zero.
func (c *Curve) Base(n *big.Int) *PublicKey {
	if c == Curve512A {
		p := baseByTables(new(big.Int).Mod(n, c.q))
		return &PublicKey{curve: c, x: p.x.big(), y: p.y.big(), point: p}
	}
	x, y := c.affine(c.multiply(n, &point{c.x, c.y, big.NewInt(1)}))
	return &PublicKey{curve: c, x: x, y: y}
}

// X returns the first coordinate of the key as a number.
func (k *PublicKey) X() *big.Int { return new(big.Int).Set(k.x) }

func below(power uint, n int64) *big.Int {
	return new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), power), big.NewInt(n))
}

func hexadecimal(s string) *big.Int {
	n, ok := new(big.Int).SetString(s, 16)
	if !ok {
		panic("gost: constant " + s)
	}
	return n
}

// has reports whether (x, y) satisfies the equation, and on a curve with a
// cofactor also lies in the group of the base point: q times it is infinity.
func (c *Curve) has(x, y *big.Int) bool {
	if x.Cmp(c.p) >= 0 || y.Cmp(c.p) >= 0 {
		return false
	}
	right := new(big.Int).Mul(x, x)
	right.Add(right, c.a).Mul(right, x).Add(right, c.b)
	left := new(big.Int).Mul(y, y)
	if right.Sub(left, right).Mod(right, c.p).Sign() != 0 {
		return false
	}
	if c != Curve256A {
		return true
	}
	return c.multiply(c.q, &point{x, y, big.NewInt(1)}).z.Sign() == 0
}
