package cms_test

import (
	"path/filepath"
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/cms"
)

// A signature made with a real key of the authority's test centre passes every
// check up to its term: the key had expired eight months before it was used.
func TestASignatureOfTheNationalAuthorityIsReadAsItIs(t *testing.T) {
	t.Parallel()
	trusted, err := cms.LoadTrust(filepath.Join("testdata", "nca"))
	if err != nil {
		t.Fatal(err)
	}
	if p := trusted.Problems(); len(p) != 0 || trusted.Training() {
		t.Errorf("problems %v, training %t; want none and false", p, trusted.Training())
	}
	sig := read(t, filepath.Join("testdata", "nca", "attached.cms"))
	want := signature.Want{IIN: "123456789011", At: time.Date(2022, time.September, 28, 20, 41, 0, 0, zone)}
	r := cms.New(trusted).Verify(t.Context(), []byte("test123"), sig, want)
	wants(t, r, signature.Validity, signature.Invalid, "signature.expired")
	s := r.Signer
	if s.Name != "ТЕСТОВ ТЕСТ ТЕСТОВИЧ" || s.IIN != "123456789011" || s.BIN != "" || s.Issuer != "ҰКО 3.0 (RSA TEST)" {
		t.Errorf("signer %+v", s)
	}
	if len(s.Roles) != 1 || s.Roles[0] != "1.2.398.3.3.4.1.1" || r.Algorithm != "RSA-2048 with SHA-256" {
		t.Errorf("roles %v, %s; want an individual's, RSA-2048", s.Roles, r.Algorithm)
	}

	// The same in the year of the key: the signature says a day that was to come.
	want.At = want.At.AddDate(-1, 0, 0)
	r = cms.New(trusted).Verify(t.Context(), []byte("test123"), sig, want)
	wants(t, r, signature.Validity, signature.Invalid, "signature.clock-ahead")
}
