package cms_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/training"
)

func TestAGoodSignatureIsValidWhateverItsFormAndYear(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	v := trust(t, a)
	long, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, k := range map[string]training.Key{
		"ECDSA": key(t)(a.Issue(head, a.Always())),
		"RSA":   key(t)(a.IssueFor(long, head, a.Always())),
	} {
		for _, at := range []time.Time{received, time.Date(2017, time.July, 3, 10, 15, 0, 0, zone)} {
			want := ofHead
			want.At = at
			sig := sign(t, k, at.Add(-time.Minute))
			text := base64.StdEncoding.EncodeToString(sig)
			for form, in := range map[string][]byte{
				"DER":               sig,
				"base64":            []byte(text),
				"base64 in lines":   []byte(strings.Join(strings.SplitAfter(text, "A"), "\r\n") + "\n"),
				"PEM of NCALayer":   pem.EncodeToMemory(&pem.Block{Type: "CMS", Bytes: sig}),
				"PEM of others":     pem.EncodeToMemory(&pem.Block{Type: "PKCS7", Bytes: sig}),
				"PEM without a \\n": bytes.TrimSpace(pem.EncodeToMemory(&pem.Block{Type: "CMS", Bytes: sig})),
			} {
				if r := verify(v, in, want); r.Outcome != signature.Valid {
					why, _ := r.Why()
					t.Errorf("%s as %s in %d: %s at %s: %s", name, form, at.Year(), r.Outcome, why.Name, why.Evidence)
				}
			}
		}
	}
}

func TestTheReportSaysWhoSignedAndByWhatItWasJudged(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	k := key(t)(a.Issue(head, a.Always()))
	r := verify(trust(t, a), sign(t, k, received.Add(-time.Hour)), ofHead)
	wantsValid(t, r)
	s := r.Signer
	if s.Name != "СЕЙТҚАЛИ АЙГҮЛ ЕРЛАНҚЫЗЫ" || s.IIN != head.IIN || s.BIN != head.BIN || s.Organisation != head.Organisation || s.Issuer != "training authority" {
		t.Errorf("signer %+v", s)
	}
	if len(s.Roles) != 2 || s.Roles[1] != "1.2.398.3.3.4.1.2.1" {
		t.Errorf("roles %v, want those of a first head", s.Roles)
	}
	if !r.SignedAt.Equal(received.Add(-time.Hour)) || !r.At.Equal(received) || r.Algorithm != "ECDSA P-256 with SHA-256" {
		t.Errorf("signed %s, judged by %s, %s", r.SignedAt, r.At, r.Algorithm)
	}
	if !r.Training || len(r.Issuers) != 2 || len(r.Checks) != len(signature.Order) {
		t.Errorf("training %t, %d issuers, %d checks", r.Training, len(r.Issuers), len(r.Checks))
	}
}

func TestADocumentInsideMustBeTheOneSent(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	v := trust(t, a)
	k := key(t)(a.Issue(head, a.Always()))
	same, err := k.SignAttached(document, received)
	if err != nil {
		t.Fatal(err)
	}
	wantsValid(t, verify(v, same, ofHead))
	other, err := k.SignAttached(append(document[:len(document):len(document)], ' '), received)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, verify(v, other, ofHead), signature.Digest, signature.Invalid, "signature.attached-differs")
}

func TestWhatHappenedToTheCertificateIsJudgedByTheMomentOfReceipt(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	k := key(t)(a.Issue(head, a.Always()))
	sig := sign(t, k, received)
	if err := a.Revoke(k.Certificate.SerialNumber, received.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	v := trust(t, a)
	wantsValid(t, verify(v, sig, ofHead))
	late := ofHead
	late.At = received.Add(2 * time.Minute)
	wants(t, verify(v, sig, late), signature.Revocation, signature.Invalid, "signature.revoked")
}

func TestAVerifierTakesNewListsWhileItRuns(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	v := trust(t, a)
	k := key(t)(a.IssueRevoked(head, received))
	sig := sign(t, k, received)
	wantsValid(t, verify(v, sig, ofHead)) // the old list does not know
	fresh, err := cms.NewTrust(a.Trust())
	if err != nil {
		t.Fatal(err)
	}
	v.Use(fresh)
	wants(t, verify(v, sig, ofHead), signature.Revocation, signature.Invalid, "signature.revoked")
}

func TestWhoseSignatureItMustBe(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	v := trust(t, a)
	alone := head
	alone.BIN, alone.Organisation = "", ""
	system := head
	system.IIN = ""
	for _, c := range []struct {
		what    string
		who     training.Person
		want    signature.Want
		outcome signature.Outcome
		key     string
	}{
		{"any person of the firm", head, signature.Want{BIN: "220740008203"}, signature.Valid, ""},
		{"the person, whatever firm the key names", head, signature.Want{IIN: "850213400125"}, signature.Valid, ""},
		{"a person's own key", alone, signature.Want{IIN: "850213400125"}, signature.Valid, ""},
		{"whoever it is", system, signature.Want{Anyone: true}, signature.Valid, ""},
		{"nobody was named", head, signature.Want{}, signature.Undetermined, "signature.nobody-named"},
		{"another person of the firm", head, signature.Want{BIN: "220740008203", IIN: "910101300126"}, signature.Invalid, "signature.other-person"},
		{"anyone, but a number was given", head, signature.Want{IIN: "910101300126", Anyone: true}, signature.Invalid, "signature.other-person"},
		{"another firm", head, signature.Want{BIN: "940140000385"}, signature.Invalid, "signature.other-firm"},
		{"a person's own key for a firm", alone, signature.Want{BIN: "220740008203"}, signature.Invalid, "signature.no-firm"},
		{"a system's key for a person", system, signature.Want{BIN: "220740008203"}, signature.Invalid, "signature.no-person"},
	} {
		c.want.At = received
		r := verify(v, sign(t, key(t)(a.Issue(c.who, a.Always())), received), c.want)
		if c.outcome == signature.Valid {
			if r.Outcome != signature.Valid {
				why, _ := r.Why()
				t.Errorf("%s: %s, %s", c.what, r.Outcome, why.Evidence)
			}
			continue
		}
		wants(t, r, signature.Identity, c.outcome, c.key)
	}
}

func TestAnInterruptedExaminationIsUndetermined(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := trust(t, a).Verify(ctx, document, sign(t, key(t)(a.Issue(head, a.Always())), received), ofHead)
	wants(t, r, signature.Limits, signature.Undetermined, "signature.not-checked")
}

// Whatever bit is changed in a signature, nothing may still be valid: no byte of
// it is without meaning.
func TestNoBitOfASignatureCanBeChanged(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	v := trust(t, a)
	sig := sign(t, key(t)(a.Issue(head, a.Always())), received)
	wantsValid(t, verify(v, sig, ofHead))
	endedAt := map[signature.Name]int{}
	for i := range sig {
		for bit := range 8 {
			sig[i] ^= 1 << bit
			r := verify(v, sig, ofHead)
			if r.Outcome != signature.Invalid && r.Outcome != signature.Undetermined {
				t.Errorf("bit %d of byte %d of %d changed: %s", bit, i, len(sig), r.Outcome)
			}
			endedAt[r.Checks[len(r.Checks)-1].Name]++
			sig[i] ^= 1 << bit
		}
	}
	t.Logf("refused by: %v", endedAt)
}

func TestNoBitOfADocumentCanBeChanged(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	v := trust(t, a)
	sig := sign(t, key(t)(a.Issue(head, a.Always())), received)
	changed := bytes.Clone(document)
	for i := range changed {
		for bit := range 8 {
			changed[i] ^= 1 << bit
			wants(t, v.Verify(t.Context(), changed, sig, ofHead), signature.Digest, signature.Invalid, "signature.document-changed")
			changed[i] ^= 1 << bit
		}
	}
	for _, other := range [][]byte{append(changed, 0), changed[1:], changed[:len(changed)-1]} {
		wants(t, v.Verify(t.Context(), other, sig, ofHead), signature.Digest, signature.Invalid, "signature.document-changed")
	}
}

func BenchmarkVerify(b *testing.B) {
	a := newAuthority(b)
	v := trust(b, a)
	sig := sign(b, key(b)(a.Issue(head, a.Always())), received)
	for b.Loop() {
		if r := verify(v, sig, ofHead); r.Outcome != signature.Valid {
			b.Fatal(r.Err())
		}
	}
}
