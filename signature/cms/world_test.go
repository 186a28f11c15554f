package cms_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/training"
)

var (
	zone     = time.FixedZone("UTC+5", 5*60*60)
	received = time.Date(2026, time.May, 4, 9, 30, 0, 0, zone)
	document = []byte("Өтініш № 27-2026-000001: екі рұқсат, үшінші санат.")
)

// A head of a firm, made up.
var head = training.Person{
	Name: "СЕЙТҚАЛИ АЙГҮЛ", Patronymic: "ЕРЛАНҚЫЗЫ", IIN: "850213400125",
	BIN: "220740008203", Organisation: "ТОО «Тестовое»", Head: true,
}

var ofHead = signature.Want{BIN: party.BIN(head.BIN), IIN: party.IIN(head.IIN), At: received}

func newAuthority(t testing.TB) *training.Authority {
	t.Helper()
	a, err := training.New(received, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// key returns k, or ends the test.
func key(t testing.TB) func(training.Key, error) training.Key {
	return func(k training.Key, err error) training.Key {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
}

func sign(t testing.TB, k training.Key, at time.Time) []byte {
	t.Helper()
	sig, err := k.Sign(document, at)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// trust returns a verifier that believes what a training authority says now.
func trust(t testing.TB, a *training.Authority) *cms.Verifier {
	t.Helper()
	return believe(t)(a.Trust())
}

func believe(t testing.TB) func([]*x509.Certificate, []*x509.RevocationList) *cms.Verifier {
	return func(certificates []*x509.Certificate, lists []*x509.RevocationList) *cms.Verifier {
		t.Helper()
		trusted, err := cms.NewTrust(certificates, lists)
		if err != nil {
			t.Fatal(err)
		}
		return cms.New(trusted)
	}
}

func verify(v *cms.Verifier, sig []byte, want signature.Want) signature.Report {
	return v.Verify(context.Background(), document, sig, want)
}

// wants fails the test unless a check ended the examination with an outcome and
// the message of a key, which must have words in every language.
func wants(t *testing.T, r signature.Report, name signature.Name, outcome signature.Outcome, message string) {
	t.Helper()
	why, _ := r.Why()
	if r.Outcome != outcome || why.Name != name || why.Say.Key != message {
		t.Errorf("%s at %s: %s (%s); want %s at %s: %s", r.Outcome, why.Name, why.Say.Key, why.Evidence, outcome, name, message)
	}
	said := map[string]bool{}
	for _, tag := range lang.Tags {
		words := why.Say.In(tag)
		if words == message || strings.ContainsAny(words, "{}") {
			t.Errorf("%s: no words in %s: %s", message, tag, words)
		}
		said[words] = true
	}
	if len(said) != len(lang.Tags) {
		t.Errorf("%s: says the same in two languages", message)
	}
}

func wantsValid(t *testing.T, r signature.Report) {
	t.Helper()
	if why, _ := r.Why(); r.Outcome != signature.Valid {
		t.Errorf("%s at %s: %s (%s); want valid", r.Outcome, why.Name, why.Say.Key, why.Evidence)
	}
}

// An oddCA issues certificates no authority should, for a century, and signs with
// the other implementation, which signs by the clock of the machine.
type oddCA struct {
	t           *testing.T
	root, below *x509.Certificate
	rootKey     *ecdsa.PrivateKey
	key         *ecdsa.PrivateKey
	verifier    *cms.Verifier
	want        signature.Want
}

var century = time.Date(2090, time.May, 4, 9, 30, 0, 0, zone)

func newOddCA(t *testing.T) *oddCA {
	o := &oddCA{t: t, want: ofHead}
	o.want.At = century
	o.rootKey, o.key = newKey(t, elliptic.P256()), newKey(t, elliptic.P256())
	authority := &x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign}
	authority.Subject.CommonName = "odd root"
	o.root = o.certify(authority, o.rootKey.Public(), authority, o.rootKey)
	authority.Subject.CommonName = "odd authority"
	o.below = o.certify(authority, o.key.Public(), o.root, o.rootKey)
	lists := []*x509.RevocationList{o.list(o.root, o.rootKey), o.list(o.below, o.key)}
	o.verifier = believe(t)([]*x509.Certificate{o.below, o.root}, lists)
	return o
}

func newKey(t testing.TB, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (o *oddCA) certify(template *x509.Certificate, public any, parent *x509.Certificate, by crypto.Signer) *x509.Certificate {
	o.t.Helper()
	template.SerialNumber, _ = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	template.NotBefore = century.AddDate(-90, 0, 0)
	if template.NotAfter.IsZero() {
		template.NotAfter = century.AddDate(9, 0, 0)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, by)
	if err != nil {
		o.t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		o.t.Fatal(err)
	}
	return c
}

// list returns the list of an authority of the odd CA, with nobody on it, made
// when its certificate was.
func (o *oddCA) list(by *x509.Certificate, private crypto.Signer) *x509.RevocationList {
	return o.listOf(by, private, by.NotBefore)
}

func (o *oddCA) listOf(by *x509.Certificate, private crypto.Signer, made time.Time, revoked ...x509.RevocationListEntry) *x509.RevocationList {
	o.t.Helper()
	template := &x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: made, NextUpdate: made.AddDate(200, 0, 0), RevokedCertificateEntries: revoked,
	}
	der, err := x509.CreateRevocationList(rand.Reader, template, by, private)
	if err != nil {
		o.t.Fatal(err)
	}
	l, err := x509.ParseRevocationList(der)
	if err != nil {
		o.t.Fatal(err)
	}
	return l
}

// person is a certificate nobody would object to, to be spoilt.
func person() *x509.Certificate {
	return &x509.Certificate{
		Subject: pkix.Name{
			CommonName: head.Name, SerialNumber: "IIN" + head.IIN,
			OrganizationalUnit: []string{"BIN" + head.BIN},
		},
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection},
	}
}

// signWith signs document with a new key for a certificate, and lets shape change
// the container before it is closed.
func (o *oddCA) signWith(template *x509.Certificate, private crypto.Signer, config pkcs7.SignerInfoConfig, shape func(*pkcs7.SignedData)) []byte {
	o.t.Helper()
	c := o.certify(template, private.Public(), o.below, o.key)
	sd, err := pkcs7.NewSignedData(document)
	if err != nil {
		o.t.Fatal(err)
	}
	sd.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	if shape != nil {
		shape(sd)
	}
	if err := sd.AddSigner(c, private, config); err != nil {
		o.t.Fatal(err)
	}
	sd.Detach()
	sig, err := sd.Finish()
	if err != nil {
		o.t.Fatal(err)
	}
	return sig
}
