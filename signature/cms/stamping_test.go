package cms_test

import (
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/cms"
)

// Answers of a service and what is put beside a signature come from outside.
func FuzzToken(f *testing.F) {
	a := newNational(f)
	k := key(f)(a.Issue(head, a.Always()))
	sig := sign(f, k, received)
	nonce := []byte("0123456789abcdef")
	question, err := cms.StampQuestion(sig, nonce)
	if err != nil {
		f.Fatal(err)
	}
	answer, err := a.AnswerStamp(question, received)
	if err != nil {
		f.Fatal(err)
	}
	v := believe(f)(a.Trust())
	f.Add(answer)
	f.Fuzz(func(t *testing.T, answer []byte) {
		token, err := cms.Token(answer, nonce)
		if err != nil {
			return
		}
		with, err := cms.WithStamp(sig, token)
		if err != nil {
			t.Fatalf("a token that is read cannot be put beside a signature: %v", err)
		}
		if r := verify(v, with, ofHead); r.Outcome == signature.Valid && r.Stamp == nil {
			t.Error("valid with a stamp that is not told of")
		}
	})
}

// What a signer has collected decides where neither lists nor OCSP can be had, and
// only if it was made at the moment of the signature or after: a key revoked since
// an older answer would look good by it.
func TestAnswersCollectedBesideASignatureCountWhereNothingElseTells(t *testing.T) {
	t.Parallel()
	a := newNational(t)
	k := key(t)(a.Issue(head, a.Always()))
	certificates, lists := a.Trust()
	rootOnly := believe(t)(certificates, lists[:1])
	service, err := a.StampCertificate()
	if err != nil {
		t.Fatal(err)
	}
	ofStamps, err := a.Answer(service.SerialNumber, received, nil)
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		made time.Duration
		want signature.Outcome
	}{"made after": {time.Minute, signature.Valid}, "made with it": {0, signature.Valid}, "made before": {-time.Minute, signature.Undetermined}} {
		answer, err := a.Answer(k.Certificate.SerialNumber, received.Add(c.made), nil)
		if err != nil {
			t.Fatal(err)
		}
		sig, err := k.SignLongTerm(document, received, a, answer, ofStamps)
		if err != nil {
			t.Fatal(err)
		}
		r := verify(rootOnly, sig, ofHead)
		if r.Outcome != c.want || (c.want == signature.Valid) != (len(r.Answers) == 2) {
			t.Errorf("%s: %s with %d answers kept, %v", what, r.Outcome, len(r.Answers), r.Err())
		}
	}
	if err := a.Revoke(k.Certificate.SerialNumber, received.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	answer, err := a.Answer(k.Certificate.SerialNumber, received, nil)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := k.SignLongTerm(document, received, a, answer, ofStamps)
	if err != nil {
		t.Fatal(err)
	}
	if r := verify(rootOnly, sig, ofHead); r.Outcome != signature.Invalid {
		t.Errorf("an answer that revokes came along: %s", r.Outcome)
	}
}
