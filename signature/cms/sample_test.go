package cms_test

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/pki"
)

// samples is a folder of signatures by keys of the national authority, for tests
// and public, that is too large to stand here.
var samples = filepath.Join("..", "..", "..", "..", "shared", "eds-data")

func sample(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(samples, name))
	if err != nil {
		t.Skipf("SKIPPED, not checked against the samples of the national authority: %v", err)
	}
	return raw
}

// binary returns a sample that is DER or PEM as DER.
func binary(t testing.TB, name string) []byte {
	raw := sample(t, name)
	if block, _ := pem.Decode(raw); block != nil {
		return block.Bytes
	}
	return raw
}

// sampleTrust returns the trust in samples of certificates and lists.
func sampleTrust(t testing.TB, names ...string) *cms.Trust {
	t.Helper()
	var certificates, lists [][]byte
	for _, name := range names {
		raw := binary(t, name)
		if filepath.Ext(name) == ".crl" {
			lists = append(lists, raw)
			continue
		}
		certificates = append(certificates, raw)
	}
	trust, err := pki.ReadTrust(certificates, lists)
	if err != nil {
		t.Fatal(err)
	}
	if p := trust.Problems(); len(p) > 0 {
		t.Errorf("problems %v, want none", p)
	}
	return trust
}

var (
	testCentre = []string{
		"ca/test/root_test_gost_2022.cer", "ca/test/nca_gost2022_test.cer", "ca/test/root_gost_test.pem", "ca/test/nca_gost_test.pem",
		"ca/test/root_rsa_test.pem", "ca/test/nca_rsa_test.pem", "crl/root_test_gost_2022_2026-09.crl", "crl/nca_gost2022_test_2026-08.crl",
		"crl/nca_gost_test.crl", "crl/nca_rsa_test.crl",
	}
	authority2018 = []string{
		"ca/prod/root_gost_2015-2025.pem", "ca/prod/nca_gost_2018-2025.pem", "ca/prod/root_rsa_2015-2025.pem", "ca/prod/nca_rsa_2018-2025.pem",
	}
)

func TestPrint(t *testing.T) {
	at := time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ sig, doc string }{
		{"cms/gost2015/individual_attached.der", ""},
		{"cms/gost2015/individual_detached.der", "cms/gost2015/individual_document.txt"},
		{"cms/gost2015/mitwork_extraction_2023.cms", ""},
		{"cms/gost2004/test_CMS_GOST_2018.pem", ""},
		{"cms/gost2004/CMS_for_double_sign_2019.pem", ""},
		{"cms/mixed/SIGNED_CMS.cms", ""},
		{"cms/mixed/SIGNED_DETACHED_CMS.cms", ""},
		{"cms/mixed/SIGNED_CMS_ONE_SIGNER.cms", ""},
		{"cms/zip-container/sign_signature-da70a72731.cms", "cms/zip-container/sign_NCAManifest.xml"},
		{"cms/zip-container/zip_multiply_signature-da70a72731.cms", "cms/zip-container/sign_NCAManifest.xml"},
		{"cms/zip-container/zip_signed_files_signature-7ad1db5cc2.cms", "cms/zip-container/zip_signed_files_NCAManifest.xml"},
		{"cms/zip-container/zip_signed_folder_signature-3396227ec8.cms", "cms/zip-container/zip_signed_folder_NCAManifest.xml"},
		{"cms/zip-container/zip_with_ts_signature-4337106c74.cms", "cms/zip-container/zip_with_ts_NCAManifest.xml"},
	} {
		sig := sample(t, c.sig)
		doc, ok := cms.Attached(sig)
		if !ok {
			doc = []byte("test123")
			if c.doc != "" {
				doc = sample(t, c.doc)
			}
		}
		for which, tr := range map[string][]string{"test": testCentre, "prod": authority2018} {
			v := cms.New(sampleTrust(t, tr...))
			for i, r := range v.VerifyAll(t.Context(), bytes.Clone(doc), sig, signature.Want{Anyone: true, At: at}) {
				why, _ := r.Why()
				fmt.Println(c.sig, which, i, r.Outcome, why.Name, why.Say.Key, why.Evidence, r.SignedAt, r.Stamp != nil)
			}
		}
	}
}
