package gosttest_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"math/big"
	"testing"

	"ruqsat/signature/gost"
	"ruqsat/signature/gost/gosttest"
)

var curves = []*gost.Curve{gost.Curve512A, gost.Curve256A, gost.CurveCryptoProA}

func newKey(t testing.TB, c *gost.Curve) (*gosttest.PrivateKey, *gost.PublicKey) {
	t.Helper()
	k, err := gosttest.GenerateKey(c, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k, k.Public().(*gost.PublicKey)
}

func digestOf(t testing.TB, c *gost.Curve) []byte {
	t.Helper()
	d := make([]byte, c.Size())
	if _, err := rand.Read(d); err != nil {
		t.Fatal(err)
	}
	return d
}

func sign(t testing.TB, k *gosttest.PrivateKey, digest []byte) []byte {
	t.Helper()
	sig, err := k.Sign(rand.Reader, digest, nil)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

func TestWhatAKeySignsIsItsOwnAndNothingElseIs(t *testing.T) {
	for _, c := range curves {
		k, public := newKey(t, c)
		_, other := newKey(t, c)
		tabled, err := gost.ParsePublicKey(c, public.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		tabled.Precompute()
		if !tabled.Equal(public) || other.Equal(public) {
			t.Errorf("%s: a key read back is another", c)
		}
		digest := digestOf(t, c)
		sig := sign(t, k, digest)
		if other.Verify(digest, sig) {
			t.Errorf("%s: another key's", c)
		}
		for _, p := range []*gost.PublicKey{public, tabled} {
			if !p.Verify(digest, sig) {
				t.Errorf("%s: its own signature is refused", c)
			}
			for _, bytes := range [][]byte{sig, digest} {
				for i := range bytes {
					bytes[i] ^= 1
					if p.Verify(digest, sig) {
						t.Errorf("%s: byte %d changed", c, i)
					}
					bytes[i] ^= 1
				}
			}
		}
	}
}

func TestNumbersOutOfRangeAreRefused(t *testing.T) {
	for _, c := range curves {
		k, public := newKey(t, c)
		digest := digestOf(t, c)
		sig := sign(t, k, digest)
		n := c.Size()
		zero, order := make([]byte, n), octets(c.Order(), n)
		s := new(big.Int).Add(number(sig[n:]), c.Order())
		for what, bad := range map[string][]byte{
			"r of 0": append(bytes.Clone(zero), sig[n:]...), "s of 0": append(bytes.Clone(sig[:n]), zero...),
			"r of q": append(bytes.Clone(order), sig[n:]...), "s of q": append(bytes.Clone(sig[:n]), order...),
			"nothing": nil, "too short": sig[:2*n-1], "too long": append(bytes.Clone(sig), 0),
		} {
			if public.Verify(digest, bad) {
				t.Errorf("%s: %s is taken", c, what)
			}
		}
		if s.BitLen() <= 8*n && public.Verify(digest, append(bytes.Clone(sig[:n]), octets(s, n)...)) {
			t.Errorf("%s: the same signature in another spelling, s + q", c)
		}
		if public.Verify(digest[:n-1], sig) || public.Verify(append(digest, 0), sig) {
			t.Errorf("%s: a digest of another length is taken", c)
		}
	}
}

// A digest of nothing but zeros stands for 1 (RFC 7091 ¶ 6.1).
func TestADigestOfZerosIsSignedToo(t *testing.T) {
	for _, c := range curves {
		k, public := newKey(t, c)
		for what, digest := range map[string][]byte{"zero": make([]byte, c.Size()), "the order": octets(c.Order(), c.Size())} {
			if !public.Verify(digest, sign(t, k, digest)) {
				t.Errorf("%s: a digest of %s is refused", c, what)
			}
		}
	}
}

func TestOnlyPointsOfTheGroupAreKeys(t *testing.T) {
	for _, c := range curves {
		_, public := newKey(t, c)
		raw := public.Bytes()
		big := bytes.Clone(raw)
		for i := range big[:c.Size()] {
			big[i] = 0xff
		}
		changed := bytes.Clone(raw)
		changed[0] ^= 1
		for what, bad := range map[string][]byte{
			"not on the curve": changed, "x beyond the modulus": big, "zeros": make([]byte, len(raw)),
			"too short": raw[1:], "nothing": nil,
		} {
			if _, err := gost.ParsePublicKey(c, bad); err == nil {
				t.Errorf("%s: %s is a key", c, what)
			}
		}
	}
}

func TestAPrivateKeyIsReadBack(t *testing.T) {
	for _, c := range curves {
		k, public := newKey(t, c)
		back, err := gosttest.ParsePrivateKey(c, k.Bytes())
		if err != nil || !public.Equal(back.Public()) {
			t.Errorf("%s: %v", c, err)
		}
		for _, bad := range [][]byte{nil, make([]byte, c.Size()), octets(c.Order(), c.Size())} {
			if _, err := gosttest.ParsePrivateKey(c, bad); err == nil {
				t.Errorf("%s: %x is a private key", c, bad)
			}
		}
	}
}

func FuzzVerify(f *testing.F) {
	k, public := newKey(f, gost.Curve512A)
	digest := digestOf(f, gost.Curve512A)
	tabled, err := gost.ParsePublicKey(gost.Curve512A, public.Bytes())
	if err != nil {
		f.Fatal(err)
	}
	tabled.Precompute()
	f.Add(digest, sign(f, k, digest))
	f.Fuzz(func(t *testing.T, digest, sig []byte) {
		if public.Verify(digest, sig) != tabled.Verify(digest, sig) {
			t.Errorf("with a table otherwise: %x %x", digest, sig)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	for _, c := range curves {
		k, public := newKey(b, c)
		digest := digestOf(b, c)
		sig := sign(b, k, digest)
		tabled, err := gost.ParsePublicKey(c, public.Bytes())
		if err != nil {
			b.Fatal(err)
		}
		tabled.Precompute()
		tabled.Verify(digest, sig)
		for what, p := range map[string]*gost.PublicKey{"any key": public, "with table": tabled} {
			b.Run(fmt.Sprintf("%s/%s", c, what), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if !p.Verify(digest, sig) {
						b.Fatal("refused")
					}
				}
			})
		}
	}
}

func octets(n *big.Int, size int) []byte {
	b := n.FillBytes(make([]byte, size))
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return b
}

func number(b []byte) *big.Int {
	r := make([]byte, len(b))
	for i := range b {
		r[len(b)-1-i] = b[i]
	}
	return new(big.Int).SetBytes(r)
}
