package pki

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"encoding/asn1"
	"math/big"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
	"golang.org/x/crypto/ocsp"

	"ruqsat/signature/gost"
	"ruqsat/signature/gost/gosttest"
	"ruqsat/signature/training"
)

// Lists are made by hand here, since no authority of ours makes the quirks they must
// be read with; whole signatures are judged in signature/cms.

var now = time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)

// an entry of a list: serial number, and reason unless 0.
type revoked struct {
	serial int64
	reason int
}

// shape is what a list is made like.
type shape struct {
	outer, inner bool // NULL in the two identifiers
	empty        bool // an empty sequence where nobody is revoked
	number, base int64
	from         time.Time
	entries      []revoked
	critical     bool // an extension nobody knows
}

func addScheme(b *cryptobyte.Builder, null bool) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(asn1.ObjectIdentifier{1, 2, 398, 3, 10, 1, 1, 2, 3, 2})
		if null {
			b.AddASN1NULL()
		}
	})
}

func addExtension(b *cryptobyte.Builder, oid asn1.ObjectIdentifier, critical bool, value func(*cryptobyte.Builder)) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oid)
		if critical {
			b.AddASN1Boolean(true)
		}
		b.AddASN1(der.OCTET_STRING, value)
	})
}

func newGOST(t testing.TB) *gosttest.PrivateKey {
	t.Helper()
	k, err := gosttest.GenerateKey(gost.Curve512A, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// authorityOf is a certificate that may sign lists with a key.
func authorityOf(k *gosttest.PrivateKey) *Certificate {
	return &Certificate{
		Certificate: &x509.Certificate{KeyUsage: x509.KeyUsageCRLSign},
		Key:         Key{k.Public(), "GOST", true, kindGOST512},
	}
}

func makeList(t testing.TB, k *gosttest.PrivateKey, s shape) []byte {
	t.Helper()
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		addScheme(b, s.inner)
		b.AddASN1(der.SEQUENCE, func(*cryptobyte.Builder) {})
		b.AddASN1UTCTime(s.from)
		b.AddASN1UTCTime(s.from.Add(27 * time.Hour))
		if len(s.entries) > 0 || s.empty {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				for _, e := range s.entries {
					addEntry(b, e, s.from)
				}
			})
		}
		b.AddASN1(tag0, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				addExtension(b, oidNumber, false, func(b *cryptobyte.Builder) { b.AddASN1Int64(s.number) })
				if s.base > 0 {
					addExtension(b, oidChanges, true, func(b *cryptobyte.Builder) { b.AddASN1Int64(s.base) })
				}
				if s.critical {
					addExtension(b, asn1.ObjectIdentifier{2, 5, 29, 28}, true, func(*cryptobyte.Builder) {})
				}
			})
		})
	})
	part := b.BytesOrPanic()
	sig, err := k.Sign(rand.Reader, digests["1.2.398.3.10.1.3.3"].Sum(part), nil)
	if err != nil {
		t.Fatal(err)
	}
	var whole cryptobyte.Builder
	whole.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(part)
		addScheme(b, s.outer)
		b.AddASN1BitString(sig)
	})
	return whole.BytesOrPanic()
}

func addEntry(b *cryptobyte.Builder, e revoked, at time.Time) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(e.serial)
		b.AddASN1UTCTime(at)
		if e.reason > 0 {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				addExtension(b, oidReason, false, func(b *cryptobyte.Builder) { b.AddASN1Enum(int64(e.reason)) })
			})
		}
	})
}

func readList(t *testing.T, raw []byte) *List {
	t.Helper()
	l, err := ParseList(raw)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The list of August 2026 had NULL in the outer identifier alone, and that of the
// root an empty sequence.
func TestListsOfTheNationalAuthorityAreReadWithTheirQuirks(t *testing.T) {
	k := newGOST(t)
	by := authorityOf(k)
	for _, s := range []shape{
		{outer: true, inner: true}, {outer: true}, {inner: true}, {},
		{outer: true, empty: true}, {entries: []revoked{{5, 0}, {3, 1}}},
	} {
		s.number, s.from = 166, now
		raw := makeList(t, k, s)
		l := readList(t, raw)
		if err := l.by(by); err != nil {
			t.Errorf("%+v: %v", s, err)
		}
		if _, found := l.revoked(big.NewInt(5)); found != (len(s.entries) > 0) || l.number != "166" {
			t.Errorf("%+v: read as %+v", s, l)
		}
		if err := readList(t, raw).by(authorityOf(newGOST(t))); err == nil {
			t.Errorf("%+v: taken as another authority's", s)
		}
	}
	other := authorityOf(k)
	other.KeyUsage = x509.KeyUsageDigitalSignature
	if err := readList(t, makeList(t, k, shape{number: 1, from: now})).by(other); err == nil {
		t.Error("a key that may sign no list has signed one")
	}
	if _, err := ParseList(makeList(t, k, shape{number: 1, from: now, critical: true})); err == nil {
		t.Error("a list of a part was taken for all of it")
	}
}

func TestAChangeTakesThePlaceOfWhatStoodInTheList(t *testing.T) {
	k := newGOST(t)
	whole := readList(t, makeList(t, k, shape{number: 14, from: now, entries: []revoked{{3, 1}, {5, int(held)}, {7, int(held)}}}))
	changes := readList(t, makeList(t, k, shape{number: 10, base: 14, from: now.Add(time.Hour), entries: []revoked{{5, int(released)}, {7, 1}, {9, 1}}}))
	made, err := whole.with(changes)
	if err != nil {
		t.Fatal(err)
	}
	for serial, want := range map[int64]bool{3: true, 5: false, 7: true, 9: true, 11: false} {
		if _, found := made.revoked(big.NewInt(serial)); found != want {
			t.Errorf("%d is revoked: %t, want %t", serial, found, want)
		}
	}
	if !made.until.Equal(changes.until) || !made.from.Equal(whole.from) {
		t.Errorf("of %s until %s", made.from, made.until)
	}
	for what, bad := range map[string]shape{
		"of a later list":     {number: 11, base: 15, from: now.Add(time.Hour)},
		"older than the list": {number: 9, base: 14, from: now.Add(-time.Hour)},
	} {
		if _, err := whole.with(readList(t, makeList(t, k, bad))); err == nil {
			t.Errorf("changes %s are taken", what)
		}
	}
}

func TestNoByteOfAListCanBeChanged(t *testing.T) {
	k := newGOST(t)
	by := authorityOf(k)
	raw := makeList(t, k, shape{outer: true, number: 1, from: now, entries: []revoked{{3, 1}}})
	for i := range raw {
		raw[i] ^= 1 << (i % 8)
		if l, err := ParseList(raw); err == nil && l.by(by) == nil {
			t.Errorf("byte %d of %d changed", i, len(raw))
		}
		raw[i] ^= 1 << (i % 8)
	}
}

func TestANationalKeyNamesItsCurveAndItsDigest(t *testing.T) {
	public := newGOST(t).Public().(*gost.PublicKey)
	type oid = asn1.ObjectIdentifier
	key := oid{1, 2, 398, 3, 10, 1, 1, 2, 2}
	curve, digest := oid{1, 2, 398, 3, 10, 1, 1, 2, 2, 1}, oid{1, 2, 398, 3, 10, 1, 3, 3}
	info := func(algorithm oid, parameters []oid, point []byte, wrapped bool) []byte {
		var b cryptobyte.Builder
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(algorithm)
				b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
					for _, p := range parameters {
						b.AddASN1ObjectIdentifier(p)
					}
				})
			})
			if wrapped {
				var inner cryptobyte.Builder
				inner.AddASN1OctetString(point)
				point = inner.BytesOrPanic()
			}
			b.AddASN1BitString(point)
		})
		return b.BytesOrPanic()
	}
	point := public.Bytes()
	for _, parameters := range [][]oid{{curve, digest}, {curve}} {
		k, err := ParseKey(info(key, parameters, point, true))
		if err != nil || !k.Allowed || !public.Equal(k.Public) || k.Name != "GOST 34.10-2015-512" {
			t.Errorf("%v: %+v, %v", parameters, k, err)
		}
	}
	if k, err := ParseKey(info(oid{1, 2, 398, 3, 10, 1, 1, 9}, []oid{curve}, point, true)); err != nil || k.Allowed {
		t.Errorf("an algorithm to come: %+v, %v; want one that is not allowed", k, err)
	}
	for what, bad := range map[string][]byte{
		"another curve":     info(key, []oid{{1, 2, 398, 3, 10, 1, 1, 2, 2, 2}, digest}, point, true),
		"another digest":    info(key, []oid{curve, {1, 2, 398, 3, 10, 1, 3, 2}}, point, true),
		"no curve":          info(key, nil, point, true),
		"three parameters":  info(key, []oid{curve, digest, digest}, point, true),
		"a bare point":      info(key, []oid{curve, digest}, point, false),
		"no point of it":    info(key, []oid{curve, digest}, make([]byte, 128), true),
		"a point too short": info(key, []oid{curve, digest}, point[:64], true),
		"nothing":           nil,
	} {
		if k, err := ParseKey(bad); err == nil {
			t.Errorf("%s: %+v", what, k)
		}
	}
}

func TestASchemeGoesWithItsDigestAndItsKey(t *testing.T) {
	type oid = asn1.ObjectIdentifier
	rsaKey, sha1, sha256 := oid{1, 2, 840, 113549, 1, 1, 1}, oid{1, 3, 14, 3, 2, 26}, oid{2, 16, 840, 1, 101, 3, 4, 2, 1}
	gost512, streebog512, streebog256 := oid{1, 2, 398, 3, 10, 1, 1, 2, 3, 2}, oid{1, 2, 398, 3, 10, 1, 3, 3}, oid{1, 2, 398, 3, 10, 1, 3, 2}
	key2004, hash95 := oid{1, 2, 398, 3, 10, 1, 1, 1, 1}, oid{1, 2, 398, 3, 10, 1, 3, 1}
	for _, c := range []struct {
		algorithm, digest oid
		want              kind
	}{
		{rsaKey, sha256, kindRSA}, {gost512, streebog512, kindGOST512}, {gost512, nil, kindGOST512}, {key2004, hash95, kindGOST2004},
		{rsaKey, nil, ""}, {rsaKey, sha1, ""}, {rsaKey, streebog512, ""}, {gost512, streebog256, ""}, {gost512, sha256, ""}, {oid{1, 2, 3}, sha256, ""},
		{oid{1, 2, 840, 113549, 1, 1, 5}, sha1, ""},
	} {
		got := SchemeOf(c.algorithm, c.digest)
		if (got == nil) != (c.want == "") || got != nil && got.kind != c.want {
			t.Errorf("%s with %s: %+v, want %q", c.algorithm, c.digest, got, c.want)
		}
	}
	k := newGOST(t)
	scheme := SchemeOf(gost512, nil)
	message := []byte("x")
	sig, err := k.Sign(rand.Reader, scheme.Digest.Sum(message), nil)
	if err != nil {
		t.Fatal(err)
	}
	own := authorityOf(k).Key
	if err := scheme.Check(own, message, sig); err != nil {
		t.Error(err)
	}
	own.kind = kindGOST256
	if err := scheme.Check(own, message, sig); err == nil {
		t.Error("a key of another kind")
	}
}

func FuzzParseList(f *testing.F) {
	k := newGOST(f)
	f.Add(makeList(f, k, shape{outer: true, number: 166, from: now, entries: []revoked{{3, 1}, {5, 6}}}))
	f.Add(makeList(f, k, shape{number: 10, base: 14, from: now, empty: true}))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := ParseList(raw)
		if err != nil {
			return
		}
		for i, e := range l.entries {
			if since, found := l.revoked(new(big.Int).SetBytes(e.serial[:])); !found || since.Unix() > e.at {
				t.Errorf("entry %d, %x of %d, is not found", i, e.serial, e.at)
			}
		}
		if again, err := ParseList(bytes.Clone(raw)); err != nil || again.sha256 != l.sha256 || again.number != l.number {
			t.Errorf("%x reads otherwise the second time", raw)
		}
	})
}

func FuzzParseResponse(f *testing.F) {
	f.Add([]byte{0x30, 3, 0x0a, 1, 3})
	a, _ := newTraining(f)
	raw, err := a.Answer(big.NewInt(5), now, []byte("12345678"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := ParseResponse(raw)
		if err == nil && (r.byName == nil) == (r.byKey == nil) {
			t.Errorf("%x: signed by nobody, or by two", raw)
		}
	})
}

func FuzzParseCertificate(f *testing.F) {
	f.Add([]byte{0x30, 0})
	_, c := newTraining(f)
	f.Add(c.Raw)
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := ParseCertificate(raw)
		if err == nil && (c.Key.Allowed && c.Key.Public == nil || len(c.signed.part) == 0) {
			t.Errorf("%x: read with something missing", raw)
		}
	})
}

// newTraining returns an authority with GOST keys, and the certificate of one it
// issued to.
func newTraining(t testing.TB) (*training.Authority, *x509.Certificate) {
	t.Helper()
	a, err := training.NewNational(now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := a.Issue(training.Person{Name: "АХМЕТОВ ЕРЛАН", IIN: "850213400125"}, a.Always())
	if err != nil {
		t.Fatal(err)
	}
	return a, k.Certificate
}

func TestAQuestionToTheServiceIsOfTheFormOthersRead(t *testing.T) {
	a, c := newTraining(t)
	certificates, _ := a.Trust()
	issuer, err := certificateOf(certificates[1])
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := certificateOf(c)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := Question(leaf, issuer, []byte("0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	q, err := ocsp.ParseRequest(raw)
	if err != nil {
		t.Fatal(err)
	}
	name := digests[SHA256].Sum(issuer.RawSubject)
	if q.SerialNumber.Cmp(c.SerialNumber) != 0 || !bytes.Equal(q.IssuerNameHash, name) || !bytes.Contains(raw, []byte("0123456789abcdef")) {
		t.Errorf("read as %+v", q)
	}
}

// BenchmarkParseList is the national authority's list in size: 422 000 entries.
func BenchmarkParseList(b *testing.B) {
	s := shape{number: 1, from: now}
	for i := range int64(422_000) {
		s.entries = append(s.entries, revoked{1<<62 - i*7919, 1})
	}
	raw := makeList(b, newGOST(b), s)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseList(raw); err != nil {
			b.Fatal(err)
		}
	}
}
