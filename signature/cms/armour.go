package cms

import (
	"bytes"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
)

// pemLabels are what programs call a CMS in PEM; NCALayer says CMS.
var pemLabels = map[string]bool{"CMS": true, "PKCS7": true}

// Unwrap returns the DER of a signature that comes as DER, PEM or base64.
func Unwrap(sig []byte) ([]byte, error) { return unwrap(sig) }

// unwrap returns the DER of a signature that comes as DER, as PEM or as base64,
// the three forms NCALayer and its relatives give. Nothing may stand around it.
func unwrap(sig []byte) ([]byte, error) {
	const sequence = 0x30
	if len(sig) > 0 && sig[0] == sequence && !printable(sig) {
		return sig, nil
	}
	text := bytes.TrimSpace(sig)
	if bytes.HasPrefix(text, []byte("-----BEGIN")) {
		return unwrapPEM(text)
	}
	der, err := base64.StdEncoding.Strict().DecodeString(string(text))
	if err != nil {
		return nil, fmt.Errorf("neither DER nor PEM nor base64: %w", err)
	}
	return der, nil
}

func unwrapPEM(text []byte) ([]byte, error) {
	block, rest := pem.Decode(text)
	switch {
	case block == nil:
		return nil, errors.New("PEM without an end")
	case !pemLabels[block.Type]:
		return nil, fmt.Errorf("PEM of a %q", block.Type)
	case len(block.Headers) > 0:
		return nil, errors.New("PEM with headers")
	case len(bytes.TrimSpace(rest)) > 0:
		return nil, errors.New("something after the PEM")
	}
	return block.Bytes, nil
}

// printable reports whether b is text: base64 may begin with the letter 0, which
// is the first byte of a DER sequence.
func printable(b []byte) bool {
	return bytes.IndexFunc(b, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r > '~' }) < 0
}
