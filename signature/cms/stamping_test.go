package cms_test

import (
	"testing"

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
