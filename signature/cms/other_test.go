package cms_test

import (
	"crypto"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"ruqsat/signature"
)

var plainly = pkcs7.SignerInfoConfig{}

// What the training authority signs, another implementation finds good; what the
// other signs, we do.
func TestAnotherImplementationAgrees(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	certificates, _ := a.Trust()
	k := key(t)(a.Issue(head, a.Always()))
	p7, err := pkcs7.Parse(sign(t, k, received))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(certificates[0])
	p7.Certificates = append(p7.Certificates, certificates[1])
	p7.Content = document
	if err := p7.VerifyWithChainAtTime(roots, received); err != nil {
		t.Errorf("smallstep/pkcs7 refuses ours: %v", err)
	}

	o := newOddCA(t)
	long, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for what, private := range map[string]crypto.Signer{
		"P-256": newKey(t, elliptic.P256()), "P-384": newKey(t, elliptic.P384()), "P-521": newKey(t, elliptic.P521()), "RSA": long,
	} {
		for _, digest := range []func(*pkcs7.SignedData){
			func(sd *pkcs7.SignedData) { sd.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256) },
			func(sd *pkcs7.SignedData) { sd.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA384) },
			func(sd *pkcs7.SignedData) { sd.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA512) },
		} {
			sig := o.signWith(person(), private, plainly, digest)
			t.Run(what, func(t *testing.T) { wantsValid(t, verify(o.verifier, sig, o.want)) })
		}
	}
}

// The other implementation does not name the certificate among what is signed, so
// that the chain has to guard it; and its RSA comes with the identifier of a key.
func TestNoBitOfAnothersSignatureCanBeChanged(t *testing.T) {
	t.Parallel()
	o := newOddCA(t)
	sig := o.signWith(person(), newKey(t, elliptic.P256()), plainly, nil)
	ended := map[signature.Name]int{}
	for i := range sig {
		for bit := range 8 {
			sig[i] ^= 1 << bit
			r := verify(o.verifier, sig, o.want)
			if r.Outcome == signature.Valid {
				t.Errorf("bit %d of byte %d of %d changed: valid", bit, i, len(sig))
			}
			ended[r.Checks[len(r.Checks)-1].Name]++
			sig[i] ^= 1 << bit
		}
	}
	if ended[signature.Chain] == 0 {
		t.Errorf("refused by %v; want some by the chain", ended)
	}
}

func TestOpenSSLAgrees(t *testing.T) {
	t.Parallel()
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("SKIPPED, not checked against OpenSSL: no openssl in PATH")
	}
	a := newAuthority(t)
	k := key(t)(a.Issue(head, a.Always()))
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	if err := a.Save(dir); err != nil {
		t.Fatal(err)
	}
	if err := k.Save(in("head")); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "document", document)
	put(t, dir, "anchors", slices.Concat(read(t, in("issuing.crt")), read(t, in("root.crt"))))
	put(t, dir, "ours", sign(t, k, received))
	run := func(args ...string) {
		t.Helper()
		if out, err := exec.CommandContext(t.Context(), openssl, append([]string{"cms"}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("openssl cms %v: %v\n%s", args, err, out)
		}
	}
	run("-verify", "-binary", "-inform", "DER", "-in", in("ours"), "-content", in("document"), "-out", os.DevNull,
		"-CAfile", in("anchors"), "-attime", strconv.FormatInt(received.Unix(), 10))

	// OpenSSL signs by the clock of the machine, and so is judged by it.
	now := ofHead
	now.At = time.Now()
	for _, inside := range []string{"-binary", "-nodetach"} {
		run("-sign", "-binary", inside, "-md", "sha256", "-in", in("document"), "-signer", in("head.crt"), "-inkey", in("head.key"), "-outform", "DER", "-out", in("theirs"))
		wantsValid(t, verify(trust(t, a), read(t, in("theirs")), now))
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func FuzzNothingMadeUpIsValid(f *testing.F) {
	a := newAuthority(f)
	v := trust(f, a)
	// A key for another person: whatever is made of its signatures, none is of head.
	other := head
	other.IIN = "910101300126"
	k := key(f)(a.Issue(other, a.Always()))
	f.Add(sign(f, k, received))
	attached, err := k.SignAttached(document, received)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(attached)
	f.Add([]byte("-----BEGIN CMS-----\nMAA=\n-----END CMS-----\n"))
	f.Fuzz(func(t *testing.T, sig []byte) {
		r := verify(v, sig, ofHead)
		if r.Outcome == signature.Valid || r.Err() == nil || len(r.Checks) == 0 {
			t.Errorf("%x: %s, %v", sig, r.Outcome, r.Err())
		}
	})
}
