package cms_test

import (
	"bytes"
	"crypto"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"ruqsat/signature"
	"ruqsat/signature/training"
)

func TestWhatIsMissingOrTooLargeIsRefusedBeforeItIsRead(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	v := trust(t, a)
	sig := sign(t, key(t)(a.Issue(head, a.Always())), received)
	for _, c := range []struct {
		document, sig []byte
		key           string
	}{
		{document, nil, "signature.missing"},
		{nil, sig, "signature.no-document"},
		{document, make([]byte, 1<<20+1), "signature.too-large"},
		{make([]byte, 64<<20+1), sig, "signature.document-too-large"},
	} {
		r := v.Verify(t.Context(), c.document, c.sig, ofHead)
		wants(t, r, signature.Limits, signature.Invalid, c.key)
	}
}

func TestWhatIsNoSignatureIsCalledUnreadable(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	v := trust(t, a)
	k := key(t)(a.Issue(head, a.Always()))
	sig := sign(t, k, received)
	block := func(kind string, headers map[string]string) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Headers: headers, Bytes: sig})
	}
	for name, in := range map[string][]byte{
		"a scan":                   []byte("%PDF-1.7\n"),
		"cut short":                sig[:len(sig)-1],
		"something after it":       append(bytes.Clone(sig), 0),
		"a certificate":            k.Certificate.Raw,
		"PEM of a certificate":     block("CERTIFICATE", nil),
		"PEM with headers":         block("CMS", map[string]string{"Proc-Type": "4,ENCRYPTED"}),
		"PEM cut short":            block("CMS", nil)[:200],
		"two in PEM":               bytes.Repeat(block("CMS", nil), 2),
		"text":                     []byte("подпись"),
		"an empty sequence":        {0x30, 0},
		"lengths of BER":           {0x30, 0x80, 0, 0},
		"a length beyond the end":  {0x30, 0x84, 0xff, 0xff, 0xff, 0xff},
		"base64 of something else": []byte("MAA="),
	} {
		t.Run(name, func(t *testing.T) {
			wants(t, verify(v, in, ofHead), signature.Container, signature.Invalid, "signature.unreadable")
		})
	}
}

func TestTheCertificateIsRefusedForWhatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	day := 24 * time.Hour
	beyond := a.Always().Until.Add(365 * day)
	for _, c := range []struct {
		what   string
		issue  func(training.Person) (training.Key, error)
		signed time.Time
		at     time.Time
		check  signature.Name
		key    string
	}{
		{"expired", func(p training.Person) (training.Key, error) { return a.IssueExpired(p, received) },
			received.Add(-2 * day), received, signature.Validity, "signature.expired"},
		{"not yet in force", func(p training.Person) (training.Key, error) {
			return a.Issue(p, training.Validity{From: received.Add(day), Until: beyond})
		}, received, received, signature.Validity, "signature.not-yet"},
		{"signed by a clock days ahead", func(p training.Person) (training.Key, error) { return a.Issue(p, a.Always()) },
			received.Add(2 * day), received, signature.Validity, "signature.clock-ahead"},
		{"signed before it was issued", func(p training.Person) (training.Key, error) {
			return a.Issue(p, training.Validity{From: received.Add(-day), Until: beyond})
		}, received.Add(-2 * day), received, signature.Validity, "signature.signed-out-of-date"},
		{"of another authority", a.IssueForeign, received, received, signature.Chain, "signature.unknown-authority"},
		{"of an authority out of date", func(p training.Person) (training.Key, error) {
			return a.Issue(p, training.Validity{From: received, Until: beyond})
		}, received, a.Always().Until.Add(day), signature.Chain, "signature.authority-expired"},
		{"for signing in", func(p training.Person) (training.Key, error) {
			p.For = training.Authentication
			return a.Issue(p, a.Always())
		}, received, received, signature.Usage, "signature.authentication-key"},
		{"revoked", func(p training.Person) (training.Key, error) { return a.IssueRevoked(p, received) },
			received, received, signature.Revocation, "signature.revoked"},
	} {
		k := key(t)(c.issue(head))
		want := ofHead
		want.At = c.at
		r := verify(trust(t, a), sign(t, k, c.signed), want)
		t.Run(c.what, func(t *testing.T) { wants(t, r, c.check, signature.Invalid, c.key) })
	}
}

func TestTheDayInAMessageIsThatOfTheOffice(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	// Half past three in the morning of the 2nd in Almaty is still the 1st in UTC.
	until := time.Date(2026, time.May, 2, 3, 30, 0, 0, zone)
	k := key(t)(a.Issue(head, training.Validity{From: until.AddDate(-1, 0, 0), Until: until}))
	why, _ := verify(trust(t, a), sign(t, k, until), ofHead).Why()
	const want = "Срок действия регистрационного свидетельства истёк, последний день: 02.05.2026. Получите новый ключ и подпишите документ заново."
	if got := why.Say.In("ru"); got != want {
		t.Errorf("says %q, want %q", got, want)
	}
}

func TestWithoutAFreshListTheOutcomeIsOpen(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	sig := sign(t, key(t)(a.Issue(head, a.Always())), received)
	certificates, lists := a.Trust()
	for name, some := range map[string][]*x509.RevocationList{"none": nil, "the root's alone": lists[:1], "the authority's alone": lists[1:]} {
		t.Run(name, func(t *testing.T) {
			wants(t, verify(believe(t)(certificates, some), sig, ofHead), signature.Revocation, signature.Undetermined, "signature.list-missing")
		})
	}
	for due, outcome := range map[time.Time]signature.Outcome{
		received:                  signature.Undetermined,
		received.Add(time.Second): signature.Valid,
	} {
		_, lists, err := a.TrustDue(due)
		if err != nil {
			t.Fatal(err)
		}
		r := verify(believe(t)(certificates, lists), sig, ofHead)
		if outcome == signature.Valid {
			wantsValid(t, r)
			continue
		}
		wants(t, r, signature.Revocation, outcome, "signature.list-stale")
	}
}

// A list that is due still tells whom it names.
func TestAStaleListStillRevokes(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	sig := sign(t, key(t)(a.IssueRevoked(head, received)), received)
	certificates, lists, err := a.TrustDue(received.AddDate(0, -1, 0))
	if err != nil {
		t.Fatal(err)
	}
	wants(t, verify(believe(t)(certificates, lists), sig, ofHead), signature.Revocation, signature.Invalid, "signature.revoked")
}

func TestWithItsAuthorityRevokedEveryKeyIs(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	sig := sign(t, key(t)(a.Issue(head, a.Always())), received)
	if err := a.RevokeIssuing(received.AddDate(0, 0, -1)); err != nil {
		t.Fatal(err)
	}
	wants(t, verify(trust(t, a), sig, ofHead), signature.Revocation, signature.Invalid, "signature.authority-revoked")

	// Also where the authority has stopped publishing, as one that is revoked does.
	certificates, lists := a.Trust()
	wants(t, verify(believe(t)(certificates, lists[:1]), sig, ofHead), signature.Revocation, signature.Invalid, "signature.authority-revoked")

	// Who is on a list themselves hears that.
	own := sign(t, key(t)(a.IssueRevoked(head, received)), received)
	wants(t, verify(trust(t, a), own, ofHead), signature.Revocation, signature.Invalid, "signature.revoked")
}

// The rest is signed by the other implementation under an authority that issues
// what it should not.
func TestOddSignaturesAreRefused(t *testing.T) {
	t.Parallel()
	o := newOddCA(t)
	p256 := newKey(t, elliptic.P256())
	short, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	with := func(spoil func(*x509.Certificate)) []byte {
		p := person()
		spoil(p)
		return o.signWith(p, p256, pkcs7.SignerInfoConfig{}, nil)
	}
	plain := func(private crypto.Signer, shape func(*pkcs7.SignedData)) []byte {
		return o.signWith(person(), private, pkcs7.SignerInfoConfig{}, shape)
	}
	good := plain(p256, nil)
	t.Run("the plain one is good", func(t *testing.T) { wantsValid(t, verify(o.verifier, good, o.want)) })
	for _, c := range []struct {
		what  string
		sig   []byte
		check signature.Name
		key   string
	}{
		{"two signers", plain(p256, func(sd *pkcs7.SignedData) { o.addSigner(sd) }), signature.Container, "signature.signers"},
		{"no certificate", without(t, good), signature.Container, "signature.no-certificate"},
		{"certificates without end", plain(p256, func(sd *pkcs7.SignedData) {
			for range 8 {
				sd.AddCertificate(o.below)
			}
		}), signature.Container, "signature.unreadable"},
		{"an attribute twice", o.signWith(person(), p256, pkcs7.SignerInfoConfig{ExtraSignedAttributes: []pkcs7.Attribute{
			{Type: pkcs7.OIDAttributeMessageDigest, Value: make([]byte, 32)}}}, nil), signature.Container, "signature.unreadable"},
		{"SHA-1", plain(p256, func(sd *pkcs7.SignedData) { sd.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA1) }), signature.Algorithm, "signature.weak-algorithm"},
		{"RSA of 1024 bits", plain(short, nil), signature.Algorithm, "signature.weak-key"},
		{"ECDSA of 224 bits", plain(newKey(t, elliptic.P224()), nil), signature.Algorithm, "signature.weak-key"},
		{"a broken signature", broken(good), signature.Fit, "signature.does-not-fit"},
		{"signed for another certificate", o.signWith(person(), p256, naming([]byte("another")), nil), signature.Fit, "signature.other-certificate"},
		{"an unknown critical extension", with(func(c *x509.Certificate) {
			c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 398, 9, 9}, Critical: true, Value: []byte{5, 0}}}
		}), signature.Chain, "signature.bad-certificate"},
		{"an authority's key", with(func(c *x509.Certificate) {
			c.IsCA, c.BasicConstraintsValid = true, true
		}), signature.Usage, "signature.other-purpose"},
		{"no non-repudiation", with(func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageDigitalSignature }), signature.Usage, "signature.other-purpose"},
		{"a web server's key", with(func(c *x509.Certificate) {
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
		}), signature.Usage, "signature.other-purpose"},
		{"the authority's own operator", with(func(c *x509.Certificate) {
			c.UnknownExtKeyUsage = []asn1.ObjectIdentifier{{1, 2, 398, 3, 3, 4, 2, 3}}
		}), signature.Usage, "signature.other-purpose"},
		{"two IINs", with(func(c *x509.Certificate) {
			c.Subject.ExtraNames = []pkix.AttributeTypeAndValue{iin("850213400125"), iin("910101300126")}
		}), signature.Identity, "signature.no-person"},
		{"an IIN of letters", with(func(c *x509.Certificate) { c.Subject.SerialNumber = "IIN85021340012O" }), signature.Identity, "signature.no-person"},
		{"two BINs", with(func(c *x509.Certificate) {
			c.Subject.OrganizationalUnit = []string{"BIN220740008203", "BIN940140000385"}
		}), signature.Identity, "signature.no-firm"},
	} {
		t.Run(c.what, func(t *testing.T) { wants(t, verify(o.verifier, c.sig, o.want), c.check, signature.Invalid, c.key) })
	}
}

// A signature by the national algorithm is not refused, only not found out.
func TestANationalAlgorithmIsLeftOpen(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	sig := sign(t, key(t)(a.Issue(head, a.Always())), received)
	der, err := asn1.Marshal(asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1})
	if err != nil {
		t.Fatal(err)
	}
	// Streebog-512 in one byte more, and one component less to make up for it.
	gost := []byte{0x06, 0x09, 0x2a, 0x83, 0x0e, 0x03, 0x0a, 0x01, 0x03, 0x03, 0x01}
	r := verify(trust(t, a), bytes.ReplaceAll(sig, der, gost), ofHead)
	wants(t, r, signature.Algorithm, signature.Undetermined, "signature.national-algorithm")
}

func TestNothingIsValidWithoutAMoment(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	want := ofHead
	want.At = time.Time{}
	r := verify(trust(t, a), sign(t, key(t)(a.Issue(head, a.Always())), received), want)
	wants(t, r, signature.Validity, signature.Undetermined, "signature.not-checked")
}

func iin(number string) pkix.AttributeTypeAndValue {
	return pkix.AttributeTypeAndValue{Type: asn1.ObjectIdentifier{2, 5, 4, 5}, Value: "IIN" + number}
}

// addSigner lets somebody else sign first.
func (o *oddCA) addSigner(sd *pkcs7.SignedData) {
	o.t.Helper()
	private := newKey(o.t, elliptic.P256())
	if err := sd.AddSigner(o.certify(person(), private.Public(), o.below, o.key), private, pkcs7.SignerInfoConfig{}); err != nil {
		o.t.Fatal(err)
	}
}

// naming makes the signer say that another certificate is theirs (RFC 5035).
func naming(other []byte) pkcs7.SignerInfoConfig {
	type certID struct{ Hash []byte }
	digest := sha256.Sum256(other)
	value := struct{ Certs []certID }{[]certID{{digest[:]}}}
	return pkcs7.SignerInfoConfig{ExtraSignedAttributes: []pkcs7.Attribute{
		{Type: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}, Value: value},
	}}
}

// broken returns sig with one bit of its last byte changed, which is of the
// signature proper.
func broken(sig []byte) []byte {
	b := bytes.Clone(sig)
	b[len(b)-1] ^= 1
	return b
}

// without returns sig with no certificate in it.
func without(t *testing.T, sig []byte) []byte {
	t.Helper()
	type signedData struct {
		Version      int
		Digests      asn1.RawValue
		Content      asn1.RawValue
		Certificates asn1.RawValue `asn1:"optional,tag:0"`
		Signers      asn1.RawValue
	}
	var outer struct {
		Type    asn1.ObjectIdentifier
		Content signedData `asn1:"explicit,tag:0"`
	}
	if _, err := asn1.Unmarshal(sig, &outer); err != nil {
		t.Fatal(err)
	}
	outer.Content.Certificates = asn1.RawValue{}
	out, err := asn1.Marshal(outer)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
