package training

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"ruqsat/signature"
)

// The files of an authority. Its folder is one that cms.LoadTrust reads; private
// keys end in .key and are readable by their owner alone.
const (
	rootFile    = "root"
	issuingFile = "issuing"
	certificate = ".crt"
	list        = ".crl"
	private     = ".key"
)

// Save writes the authority to a folder, which it makes if there is none. Each
// file is replaced at once, keys and certificates before the lists: if the
// program stops half-way, a later save of an authority already there has left one
// that can be loaded, at worst with an older list.
func (a *Authority) Save(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("save training authority: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for name, p := range map[string]pair{rootFile: a.root, issuingFile: a.issuing} {
		if err := p.save(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("save training authority: %w", err)
		}
	}
	for i, name := range []string{rootFile, issuingFile} {
		if err := write(filepath.Join(dir, name+list), a.lists[i].Raw); err != nil {
			return fmt.Errorf("save training authority: %w", err)
		}
	}
	return nil
}

// Load reads an authority that Save wrote. Serial numbers of what it issues next
// come from rand.
func Load(dir string, rand io.Reader) (*Authority, error) {
	a := &Authority{rand: rand, generate: generateECDSA}
	for name, p := range map[string]*pair{rootFile: &a.root, issuingFile: &a.issuing} {
		var err error
		if *p, err = loadPair(filepath.Join(dir, name)); err != nil {
			return nil, fmt.Errorf("load training authority: %w", err)
		}
		if !slices.Contains(p.certificate.Subject.Organization, signature.TrainingMark) {
			return nil, fmt.Errorf("load training authority: the certificate in %s is of no training authority", dir)
		}
	}
	if national(a.issuing.private) {
		a.generate = generateGOST
	}
	for i, name := range []string{rootFile, issuingFile} {
		raw, err := os.ReadFile(filepath.Join(dir, name+list))
		if err != nil {
			return nil, fmt.Errorf("load training authority: %w", err)
		}
		l, err := x509.ParseRevocationList(raw)
		if err != nil {
			return nil, fmt.Errorf("load training authority: %w", err)
		}
		a.lists = append(a.lists, l)
		a.revoked[i] = l.RevokedCertificateEntries
	}
	return a, nil
}

// Save writes the key to name.key and its certificate to name.crt.
func (k Key) Save(name string) error {
	if err := (pair{k.Certificate, k.private}).save(name); err != nil {
		return fmt.Errorf("save key: %w", err)
	}
	return nil
}

// LoadKey reads a key that [Key.Save] wrote.
func LoadKey(name string, rand io.Reader) (Key, error) {
	p, err := loadPair(name)
	if err != nil {
		return Key{}, fmt.Errorf("load key: %w", err)
	}
	return Key{p.certificate, p.private, rand}, nil
}

func (p pair) save(name string) error {
	der, err := marshalPrivate(p.private)
	if err != nil {
		return err
	}
	if err := write(name+private, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})); err != nil {
		return err
	}
	return write(name+certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.certificate.Raw}))
}

// loadPair reads a certificate and its key, and sees that they belong together.
func loadPair(name string) (pair, error) {
	raw, err := readPEM(name + certificate)
	if err != nil {
		return pair{}, err
	}
	c, err := x509.ParseCertificate(raw)
	if err != nil {
		return pair{}, fmt.Errorf("%s: %w", name+certificate, err)
	}
	if raw, err = readPEM(name + private); err != nil {
		return pair{}, err
	}
	signer, err := parsePrivate(raw)
	if err != nil {
		return pair{}, fmt.Errorf("%s: %w", name+private, err)
	}
	info, err := publicInfo(signer.Public())
	if err != nil || !bytes.Equal(info, c.RawSubjectPublicKeyInfo) {
		return pair{}, fmt.Errorf("%s: not the key of its certificate", name+private)
	}
	return pair{c, signer}, nil
}

func readPEM(name string) ([]byte, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, errors.New(name + ": no PEM")
	}
	return block.Bytes, nil
}

// write replaces a file at once.
func write(name string, data []byte) error {
	part := name + ".part"
	if err := os.WriteFile(part, data, 0o600); err != nil {
		return err
	}
	return os.Rename(part, name)
}
