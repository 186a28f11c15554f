package cms_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/pki"
)

// samples is a folder of signatures by keys of the national authority, for tests
// and public, that is too large to stand here.
var samples = filepath.Join("..", "..", "..", "shared", "eds-data")

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

func day(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// What each sample comes to, and why. Those of the test centre end where the lists
// of their day are not in the folder; those of the authority of 2018 too, which is
// gone, so that their stamps stay open. None is wrongly found valid, and none is
// called broken that is not.
func TestTheSamplesOfTheNationalAuthorityAreJudgedRightly(t *testing.T) {
	t.Parallel()
	const manifest = "cms/zip-container/"
	early := []string{
		"ca/test/root_test_gost_2022.cer", "ca/test/nca_gost2022_test.cer", "ca/test/root_gost_test.pem", "ca/test/nca_gost_test.pem",
		"ca/test/root_rsa_test.pem", "ca/test/nca_rsa_test.pem", "crl/nca_gost2022_test_2022-07.crl", "crl/nca_gost_test.crl", "crl/nca_rsa_test.crl",
	}
	type found struct {
		algorithm string
		check     signature.Name
		outcome   signature.Outcome
		key       string
	}
	const gost15, gost04, rsa = "GOST 34.10-2015-512 with Streebog-512", "GOST 34.310-2004 with GOST 34.311-95", "RSA-2048 with SHA-256"
	stampElsewhere := found{gost15, signature.Validity, signature.Undetermined, "signature.stamp-unknown-authority"}
	// People made up for the program's examples have keys of the real authority; their
	// numbers give them away.
	madeUp := []found{{gost04, signature.Identity, signature.Invalid, "signature.wrong-number"}}
	for _, c := range []struct {
		sig, document, at string
		trust             []string
		want              []found
	}{
		{"cms/gost2015/individual_attached.der", "", "2026-07-21", testCentre, []found{stampElsewhere}},
		{"cms/gost2015/individual_detached.der", "cms/gost2015/individual_document.txt", "2026-07-21", testCentre, []found{stampElsewhere}},
		{"cms/gost2015/individual_detached.der", "cms/gost2015/individual_signer.cer", "2026-07-21", testCentre,
			[]found{{gost15, signature.Digest, signature.Invalid, "signature.document-changed"}}},
		{"cms/gost2015/individual_attached.der", "", "2026-07-21", authority2018,
			[]found{{gost15, signature.Chain, signature.Invalid, "signature.unknown-authority"}}},
		{"cms/gost2015/mitwork_extraction_2023.cms", "", "2023-10-12", testCentre, []found{stampElsewhere}},
		{"cms/gost2004/test_CMS_GOST_2018.pem", "", "2018-12-22", authority2018,
			[]found{{gost04, signature.Validity, signature.Undetermined, "signature.stamp-open"}}},
		{"cms/gost2004/CMS_for_double_sign_2019.pem", "=unknown", "2019-08-27", authority2018,
			[]found{{gost04, signature.Digest, signature.Invalid, "signature.document-changed"}}},
		{"cms/mixed/SIGNED_CMS.cms", "", "2022-09-28", early, []found{
			{gost15, signature.Revocation, signature.Undetermined, "signature.list-missing"}, // of the root
			{rsa, signature.Validity, signature.Invalid, "signature.expired"},
		}},
		{"cms/mixed/SIGNED_DETACHED_CMS.cms", "=test123", "2022-09-28", early, []found{
			{gost15, signature.Revocation, signature.Undetermined, "signature.list-missing"},
			{rsa, signature.Validity, signature.Invalid, "signature.expired"},
		}},
		{"cms/mixed/SIGNED_CMS_ONE_SIGNER.cms", "", "2022-09-29", early, []found{{rsa, signature.Validity, signature.Invalid, "signature.expired"}}},
		{manifest + "sign_signature-da70a72731.cms", manifest + "sign_NCAManifest.xml", "2020-10-23", authority2018,
			[]found{{rsa, signature.Validity, signature.Undetermined, "signature.stamp-open"}}},
		{manifest + "zip_multiply_signature-da70a72731.cms", manifest + "sign_NCAManifest.xml", "2020-12-22", authority2018, []found{
			{gost04, signature.Fit, signature.Invalid, "signature.does-not-fit"}, // spoilt where it was made
			{rsa, signature.Validity, signature.Undetermined, "signature.stamp-open"},
		}},
		{manifest + "zip_signed_files_signature-7ad1db5cc2.cms", manifest + "zip_signed_files_NCAManifest.xml", "2021-05-04", authority2018,
			madeUp},
		{manifest + "zip_signed_folder_signature-3396227ec8.cms", manifest + "zip_signed_folder_NCAManifest.xml", "2021-05-04", authority2018,
			madeUp},
		{manifest + "zip_with_ts_signature-4337106c74.cms", manifest + "zip_with_ts_NCAManifest.xml", "2021-05-04", authority2018,
			[]found{{gost04, signature.Validity, signature.Undetermined, "signature.stamp-open"}}},
	} {
		sig := sample(t, c.sig)
		content, inside := cms.Attached(sig)
		if text, isText := strings.CutPrefix(c.document, "="); isText {
			content = []byte(text)
		} else if !inside {
			content = sample(t, c.document)
		}
		want := signature.Want{Anyone: true, At: day(t, c.at)}
		all := cms.New(sampleTrust(t, c.trust...)).VerifyAll(t.Context(), content, sig, want)
		if len(all) != len(c.want) {
			t.Errorf("%s: %d reports, want %d", c.sig, len(all), len(c.want))
			continue
		}
		for i, r := range all {
			t.Run(c.sig, func(t *testing.T) { wants(t, r, c.want[i].check, c.want[i].outcome, c.want[i].key) })
			if r.Algorithm != c.want[i].algorithm {
				t.Errorf("%s: %s, want %s", c.sig, r.Algorithm, c.want[i].algorithm)
			}
		}
	}
}

// The certificate of the authority that issues today was never published in a place
// we know; its key was computed from a signature. With a certificate made for that
// key the stamps of July 2026 are seen to be real, down to the missing list.
func TestAStampOfTheAuthorityOfTodayIsSeenToBeReal(t *testing.T) {
	t.Parallel()
	key, service := binary(t, "ca/prod/nca_gost_2022_recovered_spki.der"), binary(t, "ca/prod/tsa_gost2022_2025-2028.cer")
	o := newOddCA(t)
	tsa, err := pki.ParseCertificate(service)
	if err != nil {
		t.Fatal(err)
	}
	issuing := o.forKey(tsa.RawIssuer, tsa.AuthorityKeyId, key)
	stamps, err := pki.ReadTrust([][]byte{o.root.Raw, issuing}, nil)
	if err != nil || len(stamps.Problems()) > 0 {
		t.Fatal(err, stamps.Problems())
	}
	trust, err := sampleTrust(t, testCentre...).WithStamps(stamps)
	if err != nil {
		t.Fatal(err)
	}
	v := cms.New(trust)
	sig := sample(t, "cms/gost2015/individual_attached.der")
	inside, _ := cms.Attached(sig)
	r := v.VerifyAll(t.Context(), inside, sig, signature.Want{Anyone: true, At: day(t, "2026-07-21")})[0]
	wants(t, r, signature.Validity, signature.Undetermined, "signature.stamp-open")

	if _, err := stamps.WithStamps(stamps); err == nil {
		t.Error("stamps of elsewhere are believed for real documents")
	}
}

// Answers about certificates that we do not have: who signed them is seen all the
// same, and what they say. The number of 2015 was never issued.
func TestAnswersWithoutTheirCertificateAreJudgedAsFarAsTheyCanBe(t *testing.T) {
	t.Parallel()
	trust := sampleTrust(t, testCentre...)
	for name, want := range map[string]string{
		"ocsp/ocsp_response_ceo_sign_2004_revoked.bin":   "revoked 2022-01-18T06:30:55Z",
		"ocsp/ocsp_response_individual_2015.bin":         "never issued",
		"ocsp/ocsp_response_individual_good_2026-09.der": "good 2026-09-02",
		"ocsp/ocsp_response_individual_sign_2004.bin":    "good 2022-09-02",
	} {
		raw := sample(t, name)
		said, err := trust.Said(raw)
		if err != nil || len(said) != 1 || !strings.HasPrefix(said[0].Says, want) {
			t.Errorf("%s: %+v, %v; want %s", name, said, err, want)
			continue
		}
		for bit := 0; bit < 8*len(raw); bit += 7 {
			raw[bit/8] ^= 1 << (bit % 8)
			if changed, err := trust.Said(raw); err == nil && changed[0].Says != said[0].Says {
				t.Errorf("%s: with bit %d changed it says %s", name, bit, changed[0].Says)
			}
			raw[bit/8] ^= 1 << (bit % 8)
		}
	}
	elsewhere := sampleTrust(t, authority2018...)
	if said, err := elsewhere.Said(sample(t, "ocsp/ocsp_response_individual_2015.bin")); err == nil {
		t.Errorf("an answer of the test centre, where it is not believed, says %+v", said)
	}
}

func TestTheListsOfTheNationalAuthorityAreRead(t *testing.T) {
	t.Parallel()
	certificates := testCentre[:6]
	for _, name := range []string{
		"crl/nca_gost2022_test_2022-07.crl", "crl/nca_gost2022_test_2025-04.crl",
		"crl/nca_gost2022_test_2026-08.crl", // NULL in one of two identifiers
		"crl/nca_gost_test.crl", "crl/nca_rsa_test.crl",
		"crl/root_test_gost_2022_2026-09.crl", // nobody revoked, as an empty sequence
	} {
		listed := 0
		for _, a := range sampleTrust(t, append(slices.Clone(certificates), name)...).Fingerprints() {
			if !a.Listed.IsZero() {
				listed++
			}
		}
		if listed != 1 {
			t.Errorf("%s: of %d authorities, want one", name, listed)
		}
	}
	// The changes have a number below that of the whole list, and are due an hour later.
	whole := sampleTrust(t, append(slices.Clone(certificates), "crl/nca_gost2022_test_2025-04.crl")...).Fingerprints()
	both := sampleTrust(t, append(slices.Clone(certificates), "crl/nca_gost2022_d_test_2025-04.crl", "crl/nca_gost2022_test_2025-04.crl")...).Fingerprints()
	for i := range whole {
		if later := both[i].ListDue.After(whole[i].ListDue); later != !whole[i].ListDue.IsZero() {
			t.Errorf("%s: due %s, with changes %s", whole[i].Name, whole[i].ListDue, both[i].ListDue)
		}
	}
}

func TestTheAnswersOfTheNationalAuthorityAreUnderstood(t *testing.T) {
	t.Parallel()
	trust := sampleTrust(t, testCentre...)
	for _, c := range []struct {
		answer, certificate, at string
		outcome                 signature.Outcome
		evidence                string
	}{
		{"ocsp/ocsp_response_individual_good_2026-09.der", "cms/gost2015/individual_signer.cer", "2026-09-02", signature.Valid, "good 2026-09-02"},
		{"ocsp/ocsp_response_individual_good_2026-09.der", "cms/gost2015/legal_entity_signer.cer", "2026-09-02", signature.Valid, "about another certificate"},
		{"ocsp/ocsp_response_individual_sign_2004.bin", "certs/individual_valid_sign_2004_rsa.cer", "2022-09-02", signature.Undetermined, "RSA"},
	} {
		raw := binary(t, c.certificate)
		if der, err := base64.StdEncoding.DecodeString(string(bytes.Join(bytes.Fields(raw), nil))); err == nil {
			raw = der
		}
		leaf, err := pki.ParseCertificate(raw)
		if err != nil {
			t.Fatal(err)
		}
		j := pki.Judgement{
			Context: t.Context(), Trust: trust, Leaf: leaf, At: day(t, c.at), Report: &signature.Report{},
			Responses: [][]byte{sample(t, c.answer)},
		}
		if check := j.Chain(); check.Outcome != signature.Valid {
			t.Errorf("%s: chain %s", c.certificate, check.Evidence)
			continue
		}
		check := j.Revocation()
		if check.Outcome != c.outcome || !strings.Contains(check.Evidence, c.evidence) {
			t.Errorf("%s about %s: %s, %s", c.answer, c.certificate, check.Outcome, check.Evidence)
		}
	}
}

// forKey makes the certificate of an authority with a name and a key nobody here
// has, in place of the one crypto/x509 puts in.
func (o *oddCA) forKey(name, keyID, info []byte) []byte {
	o.t.Helper()
	template := &x509.Certificate{
		RawSubject: name, SubjectKeyId: keyID, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	c := o.certify(template, o.key.Public(), o.root, o.rootKey)
	part := bytes.Replace(c.RawTBSCertificate, c.RawSubjectPublicKeyInfo, info, 1)
	var whole struct {
		Version, Serial, Algorithm, Issuer, Validity, Subject, Key, Extensions asn1.RawValue
	}
	fields := []*asn1.RawValue{&whole.Version, &whole.Serial, &whole.Algorithm, &whole.Issuer, &whole.Validity, &whole.Subject, &whole.Key, &whole.Extensions}
	rest := part[4:] // tag and length of two bytes
	for _, f := range fields {
		var err error
		if rest, err = asn1.Unmarshal(rest, f); err != nil {
			o.t.Fatal(err)
		}
	}
	made, err := asn1.Marshal(whole)
	if err != nil {
		o.t.Fatal(err)
	}
	digest := sha256.Sum256(made)
	value, err := o.rootKey.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		o.t.Fatal(err)
	}
	der, err := asn1.Marshal(struct {
		Part, Algorithm asn1.RawValue
		Value           asn1.BitString
	}{asn1.RawValue{FullBytes: made}, whole.Algorithm, asn1.BitString{Bytes: value, BitLength: 8 * len(value)}})
	if err != nil {
		o.t.Fatal(err)
	}
	return der
}
