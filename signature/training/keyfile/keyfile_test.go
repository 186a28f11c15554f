package keyfile

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"ruqsat/signature/training"
)

func TestBERIsWrittenAnewAsDER(t *testing.T) {
	for in, want := range map[string]string{
		"3003020105":                    "3003020105",   // DER stays
		"30800201050000":                "3003020105",   // a length that is not said
		"2480040101040102040103 0000":   "0403010203",   // an octet string in pieces
		"30802480040101040102 00000000": "300404020102", // one in the other
		"a080 040101 0000":              "a003040101",   // pieces under another tag are left to the reader
		"3080020105":                    "",             // no end
		"0280 0105 0000":                "",             // a number without a length
		"30030201":                      "",             // cut short
		"3003020105ff":                  "",             // something after it
		"2405 0203010203":               "",             // pieces that are none
		"1f8101 00":                     "",             // a long tag
	} {
		raw, err := hex.DecodeString(string(bytes.ReplaceAll([]byte(in), []byte(" "), nil)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := toDER(raw)
		if hex.EncodeToString(got) != want && !(want == "" && err != nil) {
			t.Errorf("%s: %x, %v; want %s", in, got, err, want)
		}
	}
	deep := bytes.Repeat([]byte{0x30, 0x80}, 1000)
	if _, err := toDER(deep); err == nil {
		t.Error("a thousand levels are read")
	}
}

// RFC 2268 ¶ 5.
func TestRC2IsThatOfTheStandard(t *testing.T) {
	for _, c := range []struct {
		key       string
		effective int
		plain     string
		cipher    string
	}{
		{"0000000000000000", 63, "0000000000000000", "ebb773f993278eff"},
		{"ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"},
		{"3000000000000000", 64, "1000000000000001", "30649edf9be7d2c2"},
		{"88", 64, "0000000000000000", "61a8a244adacccf0"},
		{"88bca90e90875a7f0f79c384627bafb2", 128, "0000000000000000", "2269552ab0f85ca6"},
	} {
		key, _ := hex.DecodeString(c.key)
		in, _ := hex.DecodeString(c.cipher)
		out := make([]byte, 8)
		newRC2(key, c.effective).Decrypt(out, in)
		if hex.EncodeToString(out) != c.plain {
			t.Errorf("key %s: %x, want %s", c.key, out, c.plain)
		}
	}
}

// OpenSSL writes a file with the ciphers of the national authority's.
func TestAFileOfOpenSSLOpens(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("SKIPPED, no key file was opened: no openssl in PATH")
	}
	at := time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)
	a, err := training.New(at, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := a.Issue(training.Person{Name: "АХМЕТОВ ЕРЛАН", IIN: "850213400125"}, a.Always())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	if err := k.Save(in("k")); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), openssl, "pkcs12", "-export", "-legacy", "-macalg", "sha1", "-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-RC2-40",
		"-inkey", in("k.key"), "-in", in("k.crt"), "-passout", "pass:Құпия12", "-out", in("k.p12")).CombinedOutput()
	if err != nil {
		t.Skipf("SKIPPED, no key file was opened: this openssl writes none: %v %s", err, out)
	}
	raw, err := os.ReadFile(in("k.p12"))
	if err != nil {
		t.Fatal(err)
	}
	private, certificates, err := Open(raw, "Құпия12")
	if err != nil {
		t.Fatal(err)
	}
	public, ok := private.Public().(interface{ Equal(crypto.PublicKey) bool })
	if !ok || !public.Equal(k.Certificate.PublicKey) || len(certificates) != 1 || !bytes.Equal(certificates[0], k.Certificate.Raw) {
		t.Errorf("%d certificates, another key: %t", len(certificates), !ok)
	}
	if _, _, err := Open(raw, "Құпия13"); err == nil {
		t.Error("another password opens it")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte{0x30, 0x80, 0, 0}, "Qwerty12")
	f.Fuzz(func(t *testing.T, raw []byte, password string) {
		if key, _, err := Open(raw, password); err == nil && key == nil {
			t.Errorf("%x opens to nothing", raw)
		}
	})
}
