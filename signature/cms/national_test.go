package cms_test

import (
	"bytes"
	"context"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/pki"
	"ruqsat/signature/training"
)

func newNational(t testing.TB) *training.Authority {
	t.Helper()
	a, err := training.NewNational(received, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func stamped(t testing.TB, k training.Key, by *training.Authority, at time.Time) []byte {
	t.Helper()
	sig, err := k.SignStamped(document, at.Add(-time.Second), by, at)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

func TestANationalSignatureIsValidLikeAnyOther(t *testing.T) {
	t.Parallel()
	a := newNational(t)
	k := key(t)(a.Issue(head, a.Always()))
	v := trust(t, a)
	r := verify(v, sign(t, k, received), ofHead)
	wantsValid(t, r)
	if r.Algorithm != "GOST 34.10-2015-512 with Streebog-512" || r.Signer.IIN != head.IIN || r.Stamp != nil {
		t.Errorf("%s, %+v", r.Algorithm, r.Signer)
	}
	attached, err := k.SignAttached(document, received)
	if err != nil {
		t.Fatal(err)
	}
	wantsValid(t, verify(v, attached, ofHead))
	if inside, ok := cms.Attached(attached); !ok || !bytes.Equal(inside, document) {
		t.Errorf("inside is %q, %t", inside, ok)
	}
	stranger := key(t)(a.IssueForeign(head))
	wants(t, verify(v, sign(t, stranger, received), ofHead), signature.Chain, signature.Invalid, "signature.unknown-authority")
	revoked := key(t)(a.IssueRevoked(head, received))
	wants(t, verify(trust(t, a), sign(t, revoked, received), ofHead), signature.Revocation, signature.Invalid, "signature.revoked")
}

// A stamp is what keeps a signature when its certificate is over.
func TestAStampedSignatureIsJudgedByTheTimeOfItsStamp(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]*training.Authority{"GOST": newNational(t), "ECDSA": newAuthority(t)} {
		k := key(t)(a.IssueExpired(head, received))
		at := received.AddDate(0, 0, -10)
		sig := stamped(t, k, a, at)
		r := verify(trust(t, a), sig, ofHead)
		wantsValid(t, r)
		if r.Stamp == nil || !r.Stamp.At.Equal(at) || !r.At.Equal(at) || !r.Received.Equal(received) || len(r.Stamp.Token) == 0 {
			t.Errorf("%s: stamp %+v, judged by %s, received %s", name, r.Stamp, r.At, r.Received)
		}
		wants(t, verify(trust(t, a), sign(t, k, at), ofHead), signature.Validity, signature.Invalid, "signature.expired")

		if err := a.Revoke(k.Certificate.SerialNumber, at.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		wantsValid(t, verify(trust(t, a), sig, ofHead))
		late := stamped(t, k, a, at.Add(2*time.Hour))
		wants(t, verify(trust(t, a), late, ofHead), signature.Revocation, signature.Invalid, "signature.revoked")
	}
}

func TestAStampThatIsNotGoodMakesNothingValid(t *testing.T) {
	t.Parallel()
	a, other := newNational(t), newNational(t)
	k := key(t)(a.Issue(head, a.Always()))
	v := trust(t, a)
	plain := sign(t, k, received)
	// The stamp of another signature, of equal length in everything.
	mine, theirs := stamped(t, k, a, received), stamped(t, k, a, received)
	first, second := verify(v, mine, ofHead).Stamp, verify(v, theirs, ofHead).Stamp
	if first == nil || second == nil {
		t.Fatal("no stamp was found")
	}
	if len(first.Token) == len(second.Token) {
		swapped := bytes.Replace(mine, first.Token, second.Token, 1)
		wants(t, verify(v, swapped, ofHead), signature.Validity, signature.Invalid, "signature.stamp-broken")
	}
	wants(t, verify(v, stamped(t, k, other, received), ofHead), signature.Validity, signature.Undetermined, "signature.stamp-unknown-authority")
	wants(t, verify(v, stamped(t, k, a, received.Add(time.Hour)), ofHead), signature.Validity, signature.Invalid, "signature.stamp-ahead")
	c, err := a.StampCertificate()
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Revoke(c.SerialNumber, received.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	wants(t, verify(trust(t, a), mine, ofHead), signature.Validity, signature.Invalid, "signature.stamp-broken")
	wantsValid(t, verify(trust(t, a), plain, ofHead))

	certificates, _ := a.Trust()
	wants(t, verify(believe(t)(certificates, nil), mine, ofHead), signature.Validity, signature.Undetermined, "signature.stamp-open")
}

// A person's key is for no time stamp, whoever issued it.
func TestOnlyAServiceOfTheAuthorityStamps(t *testing.T) {
	t.Parallel()
	a := newNational(t)
	k := key(t)(a.Issue(head, a.Always()))
	certificates, lists := a.Trust()
	trusted, err := cms.NewTrust(certificates, lists)
	if err != nil {
		t.Fatal(err)
	}
	own, err := pki.ParseCertificate(k.Certificate.Raw)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := trusted.Stamping(own); err == nil {
		t.Error("a person's key may stamp")
	}
	c, err := a.StampCertificate()
	if err != nil {
		t.Fatal(err)
	}
	service, err := pki.ParseCertificate(c.Raw)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := trusted.Stamping(service); err != nil {
		t.Errorf("the service may not stamp: %v", err)
	}
}

func TestAnAnswerOfOCSPStandsInForAList(t *testing.T) {
	t.Parallel()
	a := newNational(t)
	k := key(t)(a.Issue(head, a.Always()))
	sig := sign(t, k, received)
	certificates, lists := a.Trust()
	v := believe(t)(certificates, lists[:1]) // the root's list alone
	answer := func(at time.Time) []byte {
		t.Helper()
		raw, err := a.Answer(k.Certificate.SerialNumber, at, []byte("12345678"))
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	with := func(v *cms.Verifier, raw ...[]byte) signature.Report {
		return v.VerifyAll(t.Context(), document, sig, ofHead, raw...)[0]
	}
	good := answer(received)
	r := with(v, good)
	wantsValid(t, r)
	if len(r.Answers) != 1 {
		t.Errorf("%d answers are kept, want 1", len(r.Answers))
	}
	wants(t, with(v), signature.Revocation, signature.Undetermined, "signature.list-missing")
	wants(t, with(v, answer(received.Add(-2*time.Hour))), signature.Revocation, signature.Undetermined, "signature.list-missing")
	for what, bad := range map[string][]byte{"cut short": good[:len(good)-1], "of another": otherAnswer(t, a), "nothing": {}} {
		if r := with(v, bad); r.Outcome != signature.Undetermined {
			t.Errorf("an answer %s: %s", what, r.Outcome)
		}
	}
	if err := a.Revoke(k.Certificate.SerialNumber, received.Add(-time.Minute)); err != nil {
		t.Fatal(err)
	}
	wants(t, with(v, answer(received)), signature.Revocation, signature.Invalid, "signature.revoked")
	wants(t, with(v, good, answer(received)), signature.Revocation, signature.Invalid, "signature.revoked")

	asked := 0
	v.AskBy(func(context.Context, *pki.Certificate, *pki.Certificate) ([]byte, error) { asked++; return good, nil })
	wantsValid(t, verify(v, sig, ofHead))
	v.AskBy(func(context.Context, *pki.Certificate, *pki.Certificate) ([]byte, error) {
		return nil, errors.New("try later")
	})
	wants(t, verify(v, sig, ofHead), signature.Revocation, signature.Undetermined, "signature.list-missing")
	if asked != 1 {
		t.Errorf("asked %d times, want once", asked)
	}
}

func otherAnswer(t *testing.T, a *training.Authority) []byte {
	t.Helper()
	other := key(t)(a.Issue(head, a.Always()))
	raw, err := a.Answer(other.Certificate.SerialNumber, received, nil)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestNoBitOfAnAnswerCanBeChanged(t *testing.T) {
	t.Parallel()
	a := newNational(t)
	k := key(t)(a.Issue(head, a.Always()))
	sig := sign(t, k, received)
	certificates, lists := a.Trust()
	v := believe(t)(certificates, lists[:1])
	raw, err := a.Answer(k.Certificate.SerialNumber, received, []byte("12345678"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		raw[i] ^= 1 << (i % 8)
		if r := v.VerifyAll(t.Context(), document, sig, ofHead, raw)[0]; r.Outcome == signature.Valid {
			t.Errorf("byte %d of %d changed: valid", i, len(raw))
		}
		raw[i] ^= 1 << (i % 8)
	}
}

func TestAListOfChangesBringsTheWholeOneUpToDate(t *testing.T) {
	t.Parallel()
	a := newNational(t)
	k := key(t)(a.Issue(head, a.Always()))
	sig := sign(t, k, received)
	certificates, lists, err := a.TrustDue(received.Add(-time.Hour)) // stale
	if err != nil {
		t.Fatal(err)
	}
	certificates, fresh := certificates, lists
	_, all := a.Trust()
	root := all[0]
	made, due := received.Add(-2*time.Hour), received.Add(6*time.Hour)
	nobody, err := a.Changes(lists[1], made, due)
	if err != nil {
		t.Fatal(err)
	}
	wantsValid(t, verify(believe(t)(certificates, []*x509.RevocationList{root, nobody, fresh[1]}), sig, ofHead))
	wants(t, verify(believe(t)(certificates, []*x509.RevocationList{root, fresh[1]}), sig, ofHead), signature.Revocation, signature.Undetermined, "signature.list-stale")

	if err := a.Revoke(k.Certificate.SerialNumber, received.Add(-3*time.Hour)); err != nil {
		t.Fatal(err)
	}
	somebody, err := a.Changes(lists[1], made, due)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, verify(believe(t)(certificates, []*x509.RevocationList{root, fresh[1], somebody}), sig, ofHead), signature.Revocation, signature.Invalid, "signature.revoked")

	// Changes since a later list than the one here say nothing.
	_, later := a.Trust()
	beyond, err := a.Changes(later[1], made, due)
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := cms.NewTrust(certificates, []*x509.RevocationList{root, lists[1], beyond})
	if err != nil {
		t.Fatal(err)
	}
	if len(trusted.Problems()) != 1 {
		t.Errorf("problems %v, want the changes", trusted.Problems())
	}
}

func TestEachOfSeveralSignersIsJudgedAlone(t *testing.T) {
	t.Parallel()
	a := newNational(t)
	second := head
	second.IIN, second.Name, second.Head = "910101300126", "АХМЕТОВ ЕРЛАН", false
	for _, together := range []func([]byte, time.Time, *training.Authority, ...training.Key) ([]byte, error){training.SignTogether, training.SignTogetherAttached} {
		for _, by := range []*training.Authority{nil, a} {
			sig, err := together(document, received, by, key(t)(a.Issue(head, a.Always())), key(t)(a.IssueRevoked(second, received)))
			if err != nil {
				t.Fatal(err)
			}
			v := trust(t, a)
			wants(t, verify(v, sig, ofHead), signature.Container, signature.Invalid, "signature.signers")
			all := v.VerifyAll(t.Context(), document, sig, signature.Want{Anyone: true, At: received})
			if len(all) != 2 {
				t.Fatalf("%d reports, want 2", len(all))
			}
			for _, r := range all {
				if r.Signer.IIN == head.IIN {
					wantsValid(t, r)
					continue
				}
				wants(t, r, signature.Revocation, signature.Invalid, "signature.revoked")
			}
		}
	}
}

// What nobody signed anybody may have put there.
func TestWhatNobodySignedIsRefusedUnlessItIsKnown(t *testing.T) {
	t.Parallel()
	o := newOddCA(t)
	p256 := newKey(t, elliptic.P256())
	with := func(kind ...int) []byte {
		config := pkcs7.SignerInfoConfig{ExtraUnsignedAttributes: []pkcs7.Attribute{{Type: kind, Value: 1}}}
		return o.signWith(person(), p256, config, nil)
	}
	wants(t, verify(o.verifier, with(1, 2, 398, 9, 9), o.want), signature.Container, signature.Invalid, "signature.unreadable")
	wants(t, verify(o.verifier, with(1, 2, 840, 113549, 1, 9, 16, 2, 14), o.want), signature.Validity, signature.Invalid, "signature.stamp-broken")
	r := verify(o.verifier, with(1, 2, 840, 113549, 1, 9, 16, 2, 24), o.want)
	wantsValid(t, r)
	if !strings.Contains(r.Checks[1].Evidence, "not relied on: 1.2.840.113549.1.9.16.2.24") {
		t.Errorf("evidence %q does not say what is not relied on", r.Checks[1].Evidence)
	}

	bringing := func(c *x509.Certificate) []byte {
		return o.signWith(person(), p256, plainly, func(sd *pkcs7.SignedData) { sd.AddCertificate(c) })
	}
	wantsValid(t, verify(o.verifier, bringing(o.below), o.want))
	foreign, _ := newAuthority(t).Trust()
	wants(t, verify(o.verifier, bringing(foreign[1]), o.want), signature.Chain, signature.Undetermined, "signature.stray-certificate")
}

// Whatever bit of a signature with a time stamp is changed, it is no longer valid.
func TestNoBitOfAStampedSignatureCanBeChanged(t *testing.T) {
	t.Parallel()
	a := newNational(t)
	v := trust(t, a)
	sig := stamped(t, key(t)(a.Issue(head, a.Always())), a, received)
	wantsValid(t, verify(v, sig, ofHead))
	ended := map[signature.Name]int{}
	for i := range sig {
		for bit := range 8 {
			sig[i] ^= 1 << bit
			r := verify(v, sig, ofHead)
			if r.Outcome == signature.Valid {
				t.Errorf("bit %d of byte %d of %d changed: valid", bit, i, len(sig))
			}
			ended[r.Checks[len(r.Checks)-1].Name]++
			sig[i] ^= 1 << bit
		}
	}
	t.Logf("%d bits, refused by %v", 8*len(sig), ended)
}

func BenchmarkCAdES(b *testing.B) {
	a := newNational(b)
	k := key(b)(a.Issue(head, a.Always()))
	certificates, lists := a.Trust()
	answer, err := a.Answer(k.Certificate.SerialNumber, received, nil)
	if err != nil {
		b.Fatal(err)
	}
	full, rootOnly := believe(b)(certificates, lists), believe(b)(certificates, lists)
	for name, c := range map[string]struct {
		v       *cms.Verifier
		sig     []byte
		answers [][]byte
	}{
		"BES":           {full, sign(b, k, received), nil},
		"T":             {full, stamped(b, k, a, received), nil},
		"T with answer": {rootOnly, stamped(b, k, a, received), [][]byte{answer}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			from := processorTime(b)
			for b.Loop() {
				if r := c.v.VerifyAll(b.Context(), document, c.sig, ofHead, c.answers...)[0]; r.Outcome != signature.Valid {
					b.Fatal(r.Err())
				}
			}
			b.ReportMetric(float64(b.N)/(processorTime(b)-from), "documents/s-core")
		})
	}
}

// processorTime returns the seconds of processor time this process took: other
// programs run beside it.
func processorTime(b *testing.B) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}
