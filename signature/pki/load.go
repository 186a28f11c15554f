package pki

import (
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// LoadTrust reads a folder: certificates in *.pem, *.crt and *.cer, lists of
// revoked certificates in *.crl, each DER or PEM; other files are passed over. More
// folders may hold lists that were fetched; certificates in them are not looked at.
// The operator installs it, and two persons compare its fingerprints. It fails
// where [NewTrust] does, or where a certificate cannot be read; a list that
// cannot is a problem and no failure.
func LoadTrust(dir string, fetched ...string) (*Trust, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("trust: %w", err)
	}
	var certificates []*Certificate
	var lists []*List
	var problems []error
	for _, f := range files {
		name := filepath.Join(dir, f.Name())
		switch strings.ToLower(filepath.Ext(name)) {
		case ".pem", ".crt", ".cer":
			some, err := readFile(name, "CERTIFICATE", ParseCertificate)
			if err != nil {
				return nil, fmt.Errorf("trust: %w", err)
			}
			certificates = append(certificates, some...)
		case ".crl":
			some, err := readFile(name, "X509 CRL", ParseList)
			if err != nil {
				problems = append(problems, err)
			}
			lists = append(lists, some...)
		}
	}
	for _, folder := range fetched {
		some, err := filepath.Glob(filepath.Join(folder, "*.crl"))
		if err != nil {
			return nil, fmt.Errorf("trust: %w", err)
		}
		for _, name := range some {
			one, err := readFile(name, "X509 CRL", ParseList)
			if err != nil {
				problems = append(problems, err)
			}
			lists = append(lists, one...)
		}
	}
	t, err := newTrust(certificates, lists)
	if err != nil {
		return nil, fmt.Errorf("%w (folder %s)", err, dir)
	}
	t.problems = append(problems, t.problems...)
	if _, err := os.Stat(filepath.Join(dir, stampsFolder)); err != nil {
		return t, nil
	}
	stamps, err := LoadTrust(filepath.Join(dir, stampsFolder))
	if err != nil {
		return nil, err
	}
	return t.WithStamps(stamps)
}

// stampsFolder may stand in the folder of the test centre, with the authorities
// behind the real time stamp service; see [Trust.WithStamps].
const stampsFolder = "stamps"

// readFile reads what stands in a file: one in DER, or any number in PEM.
func readFile[T any](name, label string, parse func([]byte) (T, error)) ([]T, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var all []T
	block, rest := pem.Decode(raw)
	if block == nil {
		block, rest = &pem.Block{Type: label, Bytes: raw}, nil
	}
	for ; block != nil; block, rest = pem.Decode(rest) {
		if block.Type != label {
			return nil, fmt.Errorf("%s: holds a %s, want a %s", name, block.Type, label)
		}
		one, err := parse(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, one)
	}
	return all, nil
}

// DecodePEM returns the content of the first block of PEM; it reports false if raw
// is none.
func DecodePEM(raw []byte) ([]byte, bool) {
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, false
	}
	return block.Bytes, true
}

// TrustIn returns the trust in the authorities kept with a signature, DER. It says
// whether the signature was made under them, and not whether they are to be believed.
func TrustIn(authorities [][]byte) (*Trust, error) {
	certificates := make([]*Certificate, 0, len(authorities))
	for _, der := range authorities {
		c, err := ParseCertificate(der)
		if err != nil {
			return nil, fmt.Errorf("trust: %w", err)
		}
		certificates = append(certificates, c)
	}
	return newTrust(certificates, nil)
}
