package cms

import (
	"crypto/rand"
	"encoding/base64"
	"testing"
	"time"

	"ruqsat/signature/training"
)

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
		der, err := unwrap(sig)
		if err != nil {
			return
		}
		c, err := parse(der)
		if err != nil {
			return
		}
		if c.certificate == nil || len(c.attributes.digest) == 0 || len(c.attributes.signed) == 0 || c.digest == nil || c.algorithm == nil {
			t.Errorf("%x was read with something missing: %+v", sig, c)
		}
		again, err := unwrap([]byte(base64.StdEncoding.EncodeToString(der)))
		if err != nil || string(again) != string(der) {
			t.Errorf("%x reads otherwise in base64: %x, %v", der, again, err)
		}
	})
}
