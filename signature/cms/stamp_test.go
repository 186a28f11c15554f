package cms

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"ruqsat/signature/pki"
	"ruqsat/signature/training"
)

func TestATimeMayHaveAFractionInOneSpelling(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"20260720140806Z": true, "20260720140806.5Z": true, "20260720140806.123Z": true,
		"20260720140806.50Z": false, "20260720140806.Z": false, "20260720140806": false, "20260720140806+0500": false, "202607201408Z": false, "20261320140806Z": false,
	} {
		var b cryptobyte.Builder
		b.AddASN1(der.GeneralizedTime, func(b *cryptobyte.Builder) { b.AddBytes([]byte(text)) })
		s := cryptobyte.String(b.BytesOrPanic())
		var at time.Time
		if got := readFineTime(&s, &at); got != want {
			t.Errorf("%s: read %t as %s, want %t", text, got, at, want)
		}
	}
}

// The stamp of the test service of 2022, by GOST 34.310-2004, alone and in the
// service's response, whose first field says that it was granted.
func TestAStampOfTheTestServiceIsRead(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "..", "shared", "eds-data", "tsp")
	token, err := os.ReadFile(filepath.Join(dir, "tsp_token.bin"))
	if err != nil {
		t.Skipf("SKIPPED, not checked against the samples of the national authority: %v", err)
	}
	response, err := os.ReadFile(filepath.Join(dir, "tsp_response.bin"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasSuffix(response, token) {
		t.Error("the token of the response is another")
	}
	c, err := parse(token, oidStampInfo)
	if err != nil {
		t.Fatal(err)
	}
	s := c.signers[0]
	scheme := pki.SchemeOf(s.algorithm, s.digest)
	if scheme == nil {
		t.Fatalf("algorithm %s with %s", s.algorithm, s.digest)
	}
	if err := scheme.Check(s.certificate.Key, s.attributes.signed, s.signature); err != nil {
		t.Error(err)
	}
	if err := s.attributes.names(s.certificate); err != nil {
		t.Error(err)
	}
	info, err := readStampInfo(c.attached)
	if err != nil || info.at.Year() != 2022 {
		t.Errorf("%+v, %v", info, err)
	}
	// It was asked for over a SHA-1, which we would not take.
	if pki.DigestOf(info.by) != nil || !info.by.Equal(oidSHA1) {
		t.Errorf("a stamp over %s", info.by)
	}
}

func TestAStampOverADocumentIsNoSignatureOfIt(t *testing.T) {
	t.Parallel()
	a, err := training.NewNational(time.Date(2026, time.May, 4, 0, 0, 0, 0, time.UTC), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	token, err := a.Stamp([]byte("x"), time.Date(2026, time.May, 4, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parse(token, oidData); err == nil {
		t.Error("it was read as one")
	}
	if _, err := parse(token, oidStampInfo); err != nil {
		t.Errorf("it is no stamp: %v", err)
	}
}

func FuzzStamp(f *testing.F) {
	at := time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)
	a, err := training.New(at, rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	token, err := a.Stamp([]byte("x"), at)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(token)
	f.Fuzz(func(t *testing.T, token []byte) {
		c, err := parse(token, oidStampInfo)
		if err != nil {
			return
		}
		info, err := readStampInfo(c.attached)
		if err == nil && (info.at.IsZero() || info.serial == nil || len(info.policy) == 0 || len(info.by) == 0) {
			t.Errorf("%x was read with something missing: %+v", token, info)
		}
	})
}
