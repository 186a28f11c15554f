package cms_test

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/pki"
	"ruqsat/signature/training"
	"ruqsat/signature/training/keyfile"
)

// openKey opens a public key file of the test centre.
func openKey(t *testing.T, name string) training.Key {
	t.Helper()
	raw := sample(t, name)
	for _, password := range []string{"Qwerty12", "Aa123456"} {
		private, certificates, err := keyfile.Open(raw, password)
		if err != nil {
			continue
		}
		for _, one := range certificates {
			c, err := x509.ParseCertificate(one)
			if err != nil {
				t.Fatal(err)
			}
			own, err := pki.ParseCertificate(one)
			if err != nil {
				t.Fatal(err)
			}
			if public, ok := private.Public().(interface{ Equal(crypto.PublicKey) bool }); ok && public.Equal(own.Key.Public) {
				return training.KeyOf(c, private, rand.Reader)
			}
		}
		t.Fatalf("%s: no certificate of its key", name)
	}
	t.Fatalf("%s: no password opens it", name)
	return training.Key{}
}

// Keys the national test centre issued in 2026 sign, and what they sign is valid
// under the real lists of August and September: the whole way, with real
// certificates in every role.
func TestKeysOfTheTestCentreSignValidly(t *testing.T) {
	t.Parallel()
	v := cms.New(sampleTrust(t, testCentre...))
	for _, c := range []struct {
		file string
		role signature.Role
		iin  bool
		bin  bool
	}{
		{"individual_valid_individual_valid", signature.Individual, true, false},
		{"legal_valid_head", signature.Head, true, true},
		{"legal_valid_employee", signature.Employee, true, true},
		{"legal_valid_employee_signright", signature.MaySign, true, true},
	} {
		k := openKey(t, "p12/gost2015-2026/"+c.file+".p12")
		at := k.Certificate.NotBefore.Add(48 * time.Hour)
		r := verify(v, sign(t, k, at), signature.Want{Anyone: true, At: at})
		wantsValid(t, r)
		known := false
		for _, role := range signature.RolesOf(r.Signer) {
			known = known || role == c.role
		}
		if !known || (r.Signer.IIN != "") != c.iin || (r.Signer.BIN != "") != c.bin || !r.Test {
			t.Errorf("%s: %+v, want the role %s", c.file, r.Signer, c.role.In("en"))
		}
		if own := strings.Replace(c.file, "valid", "revoked", 1); strings.HasPrefix(c.file, "legal") {
			k := openKey(t, "p12/gost2015-2026/"+own+".p12")
			at := k.Certificate.NotBefore.Add(48 * time.Hour)
			r := verify(v, sign(t, k, at), signature.Want{Anyone: true, At: at})
			wants(t, r, signature.Revocation, signature.Invalid, "signature.revoked")
		}
	}
	// The employee's was revoked on 2 June, which the same list says.
	k := openKey(t, "p12/gost2015-2026/legal_valid_employee.p12")
	later := time.Date(2026, time.June, 3, 9, 30, 0, 0, zone)
	wants(t, verify(v, sign(t, k, later), signature.Want{Anyone: true, At: later}), signature.Revocation, signature.Invalid, "signature.revoked")
}

// Every public key file opens, and what its key signs fits its certificate and
// comes from its authority.
func TestEveryKeyFileOfTheTestCentreOpens(t *testing.T) {
	t.Parallel()
	test, old := cms.New(sampleTrust(t, testCentre...)), cms.New(sampleTrust(t, authority2018...))
	root := filepath.Join(samples, "p12")
	opened := 0
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		short, err := filepath.Rel(samples, name)
		if err != nil {
			return err
		}
		k := openKey(t, short)
		v := test
		if strings.Contains(short, "GOSTKNCA") {
			v = old
		}
		at := k.Certificate.NotBefore.Add(48 * time.Hour)
		r := verify(v, sign(t, k, at), signature.Want{Anyone: true, At: at})
		why, _ := r.Why()
		fits := false
		for _, check := range r.Checks {
			fits = fits || check.Name == signature.Validity && check.Outcome == signature.Valid
		}
		if !fits {
			t.Errorf("%s: %s at %s: %s", short, r.Outcome, why.Name, why.Evidence)
		}
		opened++
		return nil
	})
	if err != nil || opened != 43 {
		t.Errorf("%d files opened, want 43; %v", opened, err)
	}
}

func TestAKeyFileOpensWithItsPasswordAlone(t *testing.T) {
	t.Parallel()
	raw := sample(t, "p12/gost2015-2026/individual_valid_individual_valid.p12")
	for _, password := range []string{"", "qwerty12", "Qwerty12 "} {
		if _, _, err := keyfile.Open(raw, password); err == nil {
			t.Errorf("%q opens it", password)
		}
	}
	for i := 0; i < len(raw); i += 7 {
		raw[i] ^= 1
		keyfile.Open(raw, "Qwerty12") //nolint:errcheck // it must only not panic: labels are not authenticated
		raw[i] ^= 1
	}
}
