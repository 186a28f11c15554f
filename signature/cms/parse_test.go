package cms

import (
	"crypto/rand"
	"encoding/asn1"
	"encoding/base64"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/signature/pki"
	"ruqsat/signature/training"
)

func TestBase64HasOneSpelling(t *testing.T) {
	t.Parallel()
	if _, err := unwrap([]byte("MAA=")); err != nil {
		t.Errorf("the spelling is refused: %v", err)
	}
	if _, err := unwrap([]byte("MAB=")); err == nil {
		t.Error("another spelling of the same bytes is taken")
	}
}

// A signature over attributes must say that what is signed is plain data; one
// that says otherwise was made for something else.
func TestTheAttributesMustSayThatDataIsSigned(t *testing.T) {
	t.Parallel()
	field := func(content asn1.ObjectIdentifier) cryptobyte.String {
		var b cryptobyte.Builder
		attribute := func(kind asn1.ObjectIdentifier, add func(*cryptobyte.Builder)) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(kind)
				b.AddASN1(der.SET, add)
			})
		}
		if content != nil {
			attribute(oidContentType, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(content) })
		}
		attribute(oidMessageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(make([]byte, 32)) })
		members := b.BytesOrPanic()
		var outer cryptobyte.Builder
		outer.AddASN1(tag0, func(b *cryptobyte.Builder) { b.AddBytes(members) })
		return outer.BytesOrPanic()
	}
	if _, err := readAttributes(field(oidData), oidData); err != nil {
		t.Errorf("data is refused: %v", err)
	}
	for what, content := range map[string]asn1.ObjectIdentifier{"signed data": oidSignedData, "nothing": nil} {
		if _, err := readAttributes(field(content), oidData); err == nil {
			t.Errorf("attributes that say %s are taken", what)
		}
	}
}

func TestTheSignerHasOneCertificate(t *testing.T) {
	t.Parallel()
	a, err := training.New(time.Date(2026, time.May, 4, 0, 0, 0, 0, time.UTC), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	certificates, _ := a.Trust()
	c, err := pki.ParseCertificate(certificates[1].Raw)
	if err != nil {
		t.Fatal(err)
	}
	root, err := pki.ParseCertificate(certificates[0].Raw)
	if err != nil {
		t.Fatal(err)
	}
	var b cryptobyte.Builder
	b.AddBytes(c.RawIssuer)
	b.AddASN1BigInt(c.SerialNumber)
	sid := b.BytesOrPanic()
	if got, err := findSigner(sid, []*pki.Certificate{root, c}); got != c {
		t.Errorf("found %v, %v; want the second", got, err)
	}
	if _, err := findSigner(sid, []*pki.Certificate{c, c}); err == nil {
		t.Error("one of two was taken")
	}
}

// What can be read has all that the checks rest on, and the forms of the same
// signature read the same.
func FuzzParse(f *testing.F) {
	at := time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)
	a, err := training.New(at, rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	k, err := a.Issue(training.Person{Name: "СЕЙТҚАЛИ АЙГҮЛ", IIN: "850213400125"}, a.Always())
	if err != nil {
		f.Fatal(err)
	}
	for _, sign := range []func([]byte, time.Time) ([]byte, error){k.Sign, k.SignAttached} {
		sig, err := sign([]byte("document"), at)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(sig)
		f.Add([]byte(base64.StdEncoding.EncodeToString(sig)))
	}
	f.Fuzz(func(t *testing.T, sig []byte) {
		raw, err := unwrap(sig)
		if err != nil {
			return
		}
		c, err := parse(raw, oidData)
		if err != nil {
			return
		}
		for _, s := range c.signers {
			if s.certificate == nil || len(s.attributes.digest) == 0 || len(s.attributes.signed) == 0 || s.digest == nil || s.algorithm == nil {
				t.Errorf("%x was read with something missing: %+v", sig, s)
			}
		}
		if len(c.signers) == 0 {
			t.Errorf("%x was read without a signer", sig)
		}
		again, err := unwrap([]byte(base64.StdEncoding.EncodeToString(raw)))
		if err != nil || string(again) != string(raw) {
			t.Errorf("%x reads otherwise in base64: %x, %v", raw, again, err)
		}
	})
}
