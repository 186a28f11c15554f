//go:build unix

package gosttest_test

import (
	"bytes"
	"crypto/rand"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"ruqsat/signature/gost"
	"ruqsat/signature/gost/gosttest"
)

// An engine is OpenSSL with the GOST engine, an implementation in C by others. Its
// keys are ours; its signatures are s ‖ r, big-endian, the bytes of ours reversed.
type engine struct {
	t   testing.TB
	dir string
}

func newEngine(t testing.TB) engine {
	t.Helper()
	e := engine{t, t.TempDir()}
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("SKIPPED, not checked against OpenSSL: no openssl in PATH")
	}
	if out, err := e.try("genpkey", "-engine", "gost", "-algorithm", "gost2012_512", "-pkeyopt", "paramset:A", "-out", e.file("key.pem")); err != nil {
		t.Skipf("SKIPPED, not checked against OpenSSL: it has no engine gost (Debian: libengine-gost-openssl): %v %s", err, out)
	}
	return e
}

func (e engine) file(name string) string { return filepath.Join(e.dir, name) }

func (e engine) try(args ...string) ([]byte, error) {
	return exec.CommandContext(e.t.Context(), "openssl", args...).Output()
}

func (e engine) run(args ...string) []byte {
	e.t.Helper()
	out, err := e.try(args...)
	if err != nil {
		e.t.Fatalf("openssl %s: %v %s", strings.Join(args, " "), err, out)
	}
	return out
}

func (e engine) write(name string, content []byte) string {
	e.t.Helper()
	if err := os.WriteFile(e.file(name), content, 0o600); err != nil {
		e.t.Fatal(err)
	}
	return e.file(name)
}

func (e engine) read(name string) []byte {
	e.t.Helper()
	raw, err := os.ReadFile(e.file(name))
	if err != nil {
		e.t.Fatal(err)
	}
	return raw
}

// key returns the pair of the engine.
func (e engine) key() (*gosttest.PrivateKey, *gost.PublicKey) {
	e.t.Helper()
	var info struct {
		Algorithm asn1.RawValue
		Key       asn1.BitString
	}
	var point []byte
	e.run("pkey", "-engine", "gost", "-in", e.file("key.pem"), "-pubout", "-out", e.file("public.pem"))
	block, _ := pem.Decode(e.read("public.pem"))
	if block == nil {
		e.t.Fatal("no PEM")
	}
	if _, err := asn1.Unmarshal(block.Bytes, &info); err != nil {
		e.t.Fatal(err)
	}
	if _, err := asn1.Unmarshal(info.Key.Bytes, &point); err != nil {
		e.t.Fatal(err)
	}
	public, err := gost.ParsePublicKey(gost.Curve512A, point)
	if err != nil {
		e.t.Fatal(err)
	}
	for _, line := range strings.Split(string(e.run("pkey", "-engine", "gost", "-in", e.file("key.pem"), "-text", "-noout")), "\n") {
		if number, ok := strings.CutPrefix(line, "Private key: "); ok {
			raw, err := hex.DecodeString(strings.Repeat("0", len(number)%2) + number)
			if err != nil {
				e.t.Fatal(err)
			}
			slices.Reverse(raw)
			private, err := gosttest.ParsePrivateKey(gost.Curve512A, append(raw, make([]byte, 64-len(raw))...))
			if err != nil {
				e.t.Fatal(err)
			}
			return private, public
		}
	}
	e.t.Fatal("no private key")
	return nil, nil
}

func reversed(b []byte) []byte {
	r := bytes.Clone(b)
	slices.Reverse(r)
	return r
}

func someBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

func TestOpenSSLAgreesOnSignatures(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	private, public := e.key()
	if !public.Equal(private.Public()) {
		t.Error("the private number belongs to another key")
	}
	for range 10 {
		message := someBytes(mathrand.IntN(3000))
		h := gost.New512()
		h.Write(message)
		digest := h.Sum(nil)
		in := e.write("message", message)
		e.run("dgst", "-engine", "gost", "-md_gost12_512", "-sign", e.file("key.pem"), "-out", e.file("theirs"), in)
		if !public.Verify(digest, reversed(e.read("theirs"))) {
			t.Error("a signature of OpenSSL is refused")
		}
		ours := reversed(sign(t, private, digest))
		if out, err := e.try("dgst", "-engine", "gost", "-md_gost12_512", "-verify", e.file("public.pem"), "-signature", e.write("ours", ours), in); err != nil {
			t.Errorf("OpenSSL refuses ours: %s", out)
		}
		ours[mathrand.IntN(len(ours))] ^= 1
		if _, err := e.try("dgst", "-engine", "gost", "-md_gost12_512", "-verify", e.file("public.pem"), "-signature", e.write("ours", ours), in); err == nil {
			t.Error("OpenSSL takes ours with a bit changed: the comparison compares nothing")
		}
	}
}

func TestOpenSSLAgreesOnDigests(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	for range 40 {
		message := someBytes(mathrand.IntN(400))
		in := e.write("message", message)
		ours512, ours256 := gost.New512(), gost.New256()
		ours512.Write(message)
		ours256.Write(message)
		for name, ours := range map[string][]byte{"md_gost12_512": ours512.Sum(nil), "md_gost12_256": ours256.Sum(nil)} {
			theirs, _, _ := strings.Cut(string(e.run("dgst", "-engine", "gost", "-"+name, "-r", in)), " ")
			if theirs != hex.EncodeToString(ours) {
				t.Errorf("%s of %x: %x, OpenSSL has %s", name, message, ours, theirs)
			}
		}
	}
}

// BenchmarkAgainstOpenSSL prints how many times faster we verify than OpenSSL with
// the GOST engine: with any key, and with a table for a key that signs much.
func BenchmarkAgainstOpenSSL(b *testing.B) {
	e := newEngine(b)
	private, public := e.key()
	program := e.file("verify")
	if out, err := exec.CommandContext(b.Context(), "cc", "-O2", "-w", "-o", program, filepath.Join("testdata", "verify.c"), "-lcrypto").CombinedOutput(); err != nil {
		b.Skipf("SKIPPED, not compared with OpenSSL: %v %s", err, out)
	}
	digest := digestOf(b, gost.Curve512A)
	sig := sign(b, private, digest)
	inDigest, inSig := e.write("digest", digest), e.write("sig", reversed(sig))
	tabled, err := gost.ParsePublicKey(gost.Curve512A, public.Bytes())
	if err != nil {
		b.Fatal(err)
	}
	tabled.Precompute()
	tabled.Verify(digest, sig)
	for name, k := range map[string]*gost.PublicKey{"any key": public, "with table": tabled} {
		b.Run(name, func(b *testing.B) {
			var best float64 // of five short turns each in processor time, as other programs run beside
			for b.Loop() {
				ours, theirs := 1e9, 1e9
				for range 5 {
					out, err := exec.CommandContext(b.Context(), program, e.file("public.pem"), inDigest, inSig, "200").Output()
					if err != nil {
						b.Fatal(err)
					}
					seconds, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
					if err != nil {
						b.Fatal(err)
					}
					theirs = min(theirs, seconds)
					from := processorTime(b)
					for range 300 {
						if !k.Verify(digest, sig) {
							b.Fatal("refused")
						}
					}
					ours = min(ours, (processorTime(b)-from)/300)
				}
				best = max(best, theirs/ours)
			}
			b.ReportMetric(best, "times-as-fast")
		})
	}
}

// processorTime returns the seconds of processor time this process took.
func processorTime(b *testing.B) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}
