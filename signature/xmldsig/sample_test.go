package xmldsig_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/pki"
	"ruqsat/signature/xmldsig"
)

var samples = filepath.Join("..", "..", "..", "shared", "eds-data")

func sample(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(samples, name))
	if err != nil {
		t.Skipf("SKIPPED, not checked against the samples of the national authority: %v", err)
	}
	return raw
}

func sampleTrust(t testing.TB, certificates ...string) *pki.Trust {
	t.Helper()
	var all [][]byte
	for _, name := range certificates {
		raw := sample(t, name)
		if der, ok := pki.DecodePEM(raw); ok {
			raw = der
		}
		all = append(all, raw)
	}
	trust, err := pki.ReadTrust(all, nil)
	if err != nil {
		t.Fatal(err)
	}
	return trust
}

// Every sample is good as far as it goes: those of the test centre end where its
// lists of that time are missing, those of a made-up authority at the chain.
func TestTheSamplesOfTheNationalAuthorityAreJudgedRightly(t *testing.T) {
	trust := sampleTrust(t, "ca/test/root_test_gost_2022.cer", "ca/test/nca_gost2022_test.cer", "ca/test/root_rsa_test.pem", "ca/test/nca_rsa_test.pem")
	v := xmldsig.New(trust)
	for _, c := range []struct {
		name    string
		at      string
		check   signature.Name
		outcome signature.Outcome
		key     string
	}{
		{"mitwork_gost2015_enveloped.xml", "2025-01-01", signature.Revocation, signature.Undetermined, "signature.list-missing"},
		{"mitwork_gost2015_enveloped.xml", "2026-01-01", signature.Validity, signature.Invalid, "signature.expired"},
		{"skarm_native-xml.xml", "2024-06-01", signature.Revocation, signature.Undetermined, "signature.list-missing"},
		{"skarm_native-wsse.xml", "2024-06-01", signature.Revocation, signature.Undetermined, "signature.list-missing"},
		{"ncanode_rsa_enveloped.xml", "2021-06-01", signature.Revocation, signature.Undetermined, "signature.list-missing"},
		{"ncanode_wsse_rsa.xml", "2021-06-01", signature.Revocation, signature.Undetermined, "signature.list-missing"},
		{"ncalayerrs_xml_simple.xml", "2026-12-01", signature.Chain, signature.Invalid, "signature.unknown-authority"},
		{"ncalayerrs_xml_ns.xml", "2026-12-01", signature.Chain, signature.Invalid, "signature.unknown-authority"},
		{"ncalayerrs_xml_xpath.xml", "2026-12-01", signature.Digest, signature.Invalid, "signature.xml-part"},
	} {
		at, err := time.Parse(time.DateOnly, c.at)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range v.VerifyAll(t.Context(), sample(t, "xml/"+c.name), signature.Want{Anyone: true, At: at}) {
			wants(t, c.name, r, c.check, c.outcome, c.key)
			if !r.Test {
				t.Errorf("%s: not marked as of the test centre", c.name)
			}
		}
	}
}
