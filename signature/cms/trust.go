package cms

import (
	"crypto/x509"

	"ruqsat/signature/pki"
)

// Trust is which authorities are believed; see [pki.Trust].
type Trust = pki.Trust

// An Anchor is an authority that is believed; see [pki.Anchor].
type Anchor = pki.Anchor

// NewTrust is [pki.NewTrust].
func NewTrust(certificates []*x509.Certificate, lists []*x509.RevocationList) (*Trust, error) {
	return pki.NewTrust(certificates, lists)
}

// LoadTrust is [pki.LoadTrust].
func LoadTrust(dir string, fetched ...string) (*Trust, error) {
	return pki.LoadTrust(dir, fetched...)
}
