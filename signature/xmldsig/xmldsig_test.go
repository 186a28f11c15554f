package xmldsig_test

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"testing"
	"time"

	"ruqsat/lang"
	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/training"
	"ruqsat/signature/xmldsig"
)

var (
	now      = time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)
	document = []byte(`<?xml version="1.0" encoding="UTF-8"?><a:application xmlns:a="urn:ruqsat" xmlns="urn:other" id="d1"><worker name="Ә &amp; Б">  екі рұқсат  </worker><empty/></a:application>`)
	person   = training.Person{Name: "АХМЕТОВ ЕРЛАН", IIN: "850213400125"}
	want     = signature.Want{IIN: "850213400125", At: now}
)

type world struct {
	a *training.Authority
	v *xmldsig.Verifier
}

func newWorld(t testing.TB) world {
	t.Helper()
	a, err := training.NewNational(now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	trust, err := cms.NewTrust(a.Trust())
	if err != nil {
		t.Fatal(err)
	}
	return world{a, xmldsig.New(trust)}
}

func (w world) key(t testing.TB) training.Key {
	t.Helper()
	k, err := w.a.Issue(person, w.a.Always())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sign(t testing.TB, k training.Key, document []byte) []byte {
	t.Helper()
	signed, err := k.SignXML(document)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// wants fails the test unless a check ended the examination with an outcome and
// the message of a key.
func wants(t *testing.T, what string, r signature.Report, name signature.Name, outcome signature.Outcome, message string) {
	t.Helper()
	why, _ := r.Why()
	if r.Outcome != outcome || why.Name != name || why.Say.Key != message {
		t.Errorf("%s: %s at %s: %s (%s); want %s at %s: %s", what, r.Outcome, why.Name, why.Say.Key, why.Evidence, outcome, name, message)
	}
	for _, tag := range lang.Tags {
		if words := why.Say.In(tag); words == message {
			t.Errorf("%s: no words in %s", message, tag)
		}
	}
}

func wantsValid(t *testing.T, r signature.Report) {
	t.Helper()
	if why, _ := r.Why(); r.Outcome != signature.Valid {
		t.Errorf("%s at %s: %s (%s); want valid", r.Outcome, why.Name, why.Say.Key, why.Evidence)
	}
}

func TestASignedDocumentIsValidAndIsTheOneThatWasToBeSigned(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	byRSA, err := w.a.IssueFor(long, person, w.a.Always())
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []training.Key{w.key(t), byRSA} {
		signed := sign(t, k, document)
		wantsValid(t, w.v.Verify(t.Context(), document, signed, want))
		r := w.v.VerifyAll(t.Context(), signed, want)
		if len(r) != 1 || r[0].Signer.IIN != person.IIN {
			t.Fatalf("%d reports, want one of %s", len(r), person.IIN)
		}
		wantsValid(t, r[0])
	}
	other := bytes.Replace(document, []byte("екі"), []byte("үш"), 1)
	r := w.v.Verify(t.Context(), document, sign(t, w.key(t), other), want)
	wants(t, "another document", r, signature.Digest, signature.Invalid, "signature.attached-differs")
}

func TestSeveralSignOneAfterTheOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	signed := sign(t, w.key(t), sign(t, w.key(t), sign(t, w.key(t), document)))
	all := w.v.VerifyAll(t.Context(), signed, want)
	if len(all) != 3 {
		t.Fatalf("%d reports, want 3", len(all))
	}
	for _, r := range all {
		wantsValid(t, r)
	}
	wants(t, "three, where one was to sign", w.v.Verify(t.Context(), document, signed, want), signature.Container, signature.Invalid, "signature.signers")

	changed := bytes.Replace(signed, []byte("екі"), []byte("үш"), 1)
	for _, r := range w.v.VerifyAll(t.Context(), changed, want) {
		wants(t, "changed", r, signature.Digest, signature.Invalid, "signature.document-changed")
	}
}

func TestWhatWasDoneToASignedDocumentIsSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	signed := string(sign(t, w.key(t), document))
	at := strings.Index(signed, "<ds:Signature")
	end := strings.Index(signed, "</ds:Signature>") + len("</ds:Signature>")
	sig, body := signed[at:end], signed[:at]+signed[end:]
	for what, c := range map[string]struct {
		xml   string
		check signature.Name
		key   string
	}{
		"no signature":         {body, signature.Container, "signature.signers"},
		"no XML":               {"%PDF-1.7", signature.Container, "signature.unreadable"},
		"nothing":              {"", signature.Limits, "signature.missing"},
		"a text changed":       {strings.Replace(signed, "екі", "үш", 1), signature.Digest, "signature.document-changed"},
		"an attribute changed": {strings.Replace(signed, `id="d1"`, `id="d2"`, 1), signature.Digest, "signature.document-changed"},
		"an element added":     {strings.Replace(signed, "<empty/>", "<empty/><x/>", 1), signature.Digest, "signature.document-changed"},
		"wrapped":              {"<outer>" + strings.TrimPrefix(signed, `<?xml version="1.0" encoding="UTF-8"?>`) + "</outer>", signature.Container, "signature.unreadable"},
		"a comment":            {strings.Replace(signed, "<empty/>", "<!-- x --><empty/>", 1), signature.Container, "signature.unreadable"},
		"a document type":      {strings.Replace(signed, "?>", "?><!DOCTYPE a>", 1), signature.Container, "signature.unreadable"},
		"an instruction":       {strings.Replace(signed, "<empty/>", "<?php ?>", 1), signature.Container, "signature.unreadable"},
		"text after it":        {signed + "x", signature.Container, "signature.unreadable"},
		"a second root":        {signed + "<a/>", signature.Container, "signature.unreadable"},
		"an object inside":     {strings.Replace(signed, "<ds:KeyInfo>", "<ds:Object>x</ds:Object><ds:KeyInfo>", 1), signature.Container, "signature.unreadable"},
		"two certificates":     {strings.Replace(signed, "<ds:X509Certificate>", "<ds:X509Certificate>MAA=</ds:X509Certificate><ds:X509Certificate>", 1), signature.Container, "signature.unreadable"},
		"a weak digest":        {strings.Replace(signed, nationalDigest, "http://www.w3.org/2000/09/xmldsig#sha1", 1), signature.Algorithm, "signature.weak-algorithm"},
		"another file":         {strings.Replace(signed, `URI=""`, `URI="http://example.org/"`, 1), signature.Container, "signature.unreadable"},
		"over one part":        {strings.Replace(strings.Replace(signed, `URI=""`, `URI="#w"`, 1), "<empty/>", `<empty Id="w"/>`, 1), signature.Digest, "signature.xml-part"},
		"an Id twice":          {strings.Replace(strings.Replace(signed, `URI=""`, `URI="#w"`, 1), "<empty/>", `<empty Id="w"/><empty ID="w"/>`, 1), signature.Container, "signature.unreadable"},
		"its digest changed":   {strings.Replace(signed, "<ds:DigestValue>", "<ds:DigestValue>AA", 1), signature.Container, "signature.unreadable"},
		"a transform left out": {strings.Replace(signed, `<ds:Transform Algorithm="`+envelope+`"/>`, "", 1), signature.Container, "signature.unreadable"},
		"moved into a child":   {strings.Replace(body, "<empty/>", "<empty>"+sig+"</empty>", 1), signature.Container, "signature.unreadable"},
	} {
		r := w.v.VerifyAll(t.Context(), []byte(c.xml), want)[0]
		wants(t, what, r, c.check, signature.Invalid, c.key)
	}
	unknown := strings.Replace(signed, nationalDigest, nationalDigest+"-2030", 1)
	wants(t, "an algorithm to come", w.v.VerifyAll(t.Context(), []byte(unknown), want)[0], signature.Algorithm, signature.Undetermined, "signature.national-algorithm")
}

const (
	nationalDigest = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34112015-512"
	envelope       = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
)

// Whatever bit is changed, a document that is still valid says the same.
func TestNoBitOfASignedDocumentCanBeChangedForAnotherMeaning(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	signed := sign(t, w.key(t), document)
	for i := range signed {
		signed[i] ^= 1 << (i % 8)
		if r := w.v.Verify(t.Context(), document, signed, want); r.Outcome == signature.Valid {
			if c := signed[i]; c > ' ' { // white space between attributes is free in XML
				t.Errorf("byte %d of %d changed to %q: valid: %q", i, len(signed), c, around(signed, i))
			}
		}
		signed[i] ^= 1 << (i % 8)
	}
}

func around(b []byte, i int) []byte { return b[max(0, i-20):min(len(b), i+20)] }

func FuzzNothingMadeUpIsValid(f *testing.F) {
	w := newWorld(f)
	f.Add(sign(f, w.key(f), document))
	f.Add([]byte(`<a><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></a>`))
	f.Add([]byte(`<a xmlns:a="b"/>`))
	other := signature.Want{IIN: "910101300126", At: now}
	f.Fuzz(func(t *testing.T, signed []byte) {
		for _, r := range w.v.VerifyAll(t.Context(), signed, other) {
			if r.Outcome == signature.Valid || len(r.Checks) == 0 {
				t.Errorf("%q: %s", signed, r.Outcome)
			}
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	w := newWorld(b)
	signed := sign(b, w.key(b), document)
	b.ReportAllocs()
	for b.Loop() {
		if r := w.v.VerifyAll(b.Context(), signed, want)[0]; r.Outcome != signature.Valid {
			b.Fatal(r.Err())
		}
	}
}
