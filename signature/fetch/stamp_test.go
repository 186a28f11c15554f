package fetch_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/emulator"
	"ruqsat/signature/fetch"
)

// services are those of the authority, over HTTP, and where they are.
func (w world) services(t *testing.T) (*emulator.Authority, string) {
	t.Helper()
	a := &emulator.Authority{Authority: w.a, Now: func() time.Time { return now }}
	s := httptest.NewServer(a)
	t.Cleanup(s.Close)
	return a, s.URL
}

func TestAStampFromTheNetworkStandsBesideTheSignature(t *testing.T) {
	w := newWorld(t)
	_, url := w.services(t)
	stamper, err := fetch.NewStamper(url + string(emulator.Stamps))
	if err != nil {
		t.Fatal(err)
	}
	document := []byte("құжат")
	sig, err := w.k.Sign(document, now)
	if err != nil {
		t.Fatal(err)
	}
	stamped, err := stamper.Stamp(t.Context(), sig)
	if err != nil {
		t.Fatal(err)
	}
	trust, err := cms.NewTrust(w.a.Trust())
	if err != nil {
		t.Fatal(err)
	}
	r := cms.New(trust).Verify(t.Context(), document, stamped, signature.Want{IIN: "850213400125", At: now.Add(time.Minute)})
	if r.Outcome != signature.Valid || r.Stamp == nil || !r.Stamp.At.Equal(now) {
		t.Fatalf("with the stamp: %s %v, stamp %+v", r.Outcome, r.Err(), r.Stamp)
	}
	again, err := cms.WithStamp(sig, r.Stamp.Token)
	if err != nil || !bytes.Equal(again, stamped) {
		t.Errorf("the stamp kept apart does not give the same signature again: %v", err)
	}
	if _, err := stamper.Stamp(t.Context(), stamped); err == nil {
		t.Error("a signature with a stamp was given another")
	}
	other, err := w.k.Sign(document, now.Add(time.Second))
	if err != nil {
		t.Fatal(err)
	}
	moved, err := cms.WithStamp(other, r.Stamp.Token)
	if err != nil {
		t.Fatal(err)
	}
	if r := cms.New(trust).Verify(t.Context(), document, moved, signature.Want{IIN: "850213400125", At: now}); r.Outcome != signature.Invalid {
		t.Errorf("the stamp of another signature: %s", r.Outcome)
	}
}

func TestAServiceThatGivesNoStampIsAnError(t *testing.T) {
	w := newWorld(t)
	sig, err := w.k.Sign([]byte("құжат"), now)
	if err != nil {
		t.Fatal(err)
	}
	old, err := w.a.AnswerStamp(mustQuestion(t, sig), now)
	if err != nil {
		t.Fatal(err)
	}
	for what, reply := range map[string][]byte{
		"a page": []byte("<html>"), "a refusal": {0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02}, "an answer to somebody else": old,
	} {
		s := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
			if in.UserAgent() != "ruqsat" {
				t.Errorf("asked as %q", in.UserAgent())
			}
			_, _ = out.Write(reply)
		}))
		stamper, err := fetch.NewStamper(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := stamper.Stamp(t.Context(), sig); err == nil {
			t.Errorf("%s is taken for a stamp", what)
		}
		s.Close()
	}
}

func mustQuestion(t *testing.T, sig []byte) []byte {
	t.Helper()
	question, err := cms.StampQuestion(sig, []byte("another question"))
	if err != nil {
		t.Fatal(err)
	}
	return question
}
