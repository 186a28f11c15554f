package pki

import (
	"crypto/x509"
	"errors"
	"fmt"
	"sync"
	"time"
)

// maxServices is how many certificates of services a trust remembers: a national
// authority has a handful at a time.
const maxServices = 16

// services are certificates of time stamp and OCSP services that an authority here
// has issued, with their keys made quick. It is safe for use by several
// goroutines, and changes nothing that is found.
type services struct {
	mu    sync.Mutex
	known map[string]service // by the DER of the certificate
}

type service struct{ certificate, issuer *Certificate }

func (s *services) get(c *Certificate) (service, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.known[string(c.Raw)]
	return known, ok
}

func (s *services) put(c, issuer *Certificate) *Certificate {
	s.mu.Lock()
	defer s.mu.Unlock()
	if have, ok := s.known[string(c.Raw)]; ok {
		return have.certificate
	}
	if len(s.known) == maxServices {
		return c
	}
	if s.known == nil {
		s.known = map[string]service{}
	}
	c.Key.precompute()
	s.known[string(c.Raw)] = service{c, issuer}
	return c
}

// Known returns c, or the same certificate as it is remembered, whose key is quick.
func (t *Trust) Known(c *Certificate) *Certificate {
	if known, ok := t.services.get(c); ok {
		return known.certificate
	}
	return c
}

// Issuer returns the issuing authority here that made c. Which of them are in
// date is asked elsewhere.
func (t *Trust) Issuer(c *Certificate) (*Certificate, error) {
	if known, ok := t.services.get(c); ok {
		return known.issuer, nil
	}
	err := fmt.Errorf("%w: none here has the name %s", errNotIssuer, nameOf(c.Issuer))
	for _, authority := range t.issuing {
		if string(authority.RawSubject) != string(c.RawIssuer) {
			continue
		}
		if err = c.issuedBy(authority); err == nil {
			return authority, nil
		}
	}
	return nil, err
}

// Anchor reports whether c is one of the authorities here.
func (t *Trust) Anchor(c *Certificate) bool {
	for _, all := range [][]*Certificate{t.roots, t.issuing} {
		for _, one := range all {
			if one.SameAs(c) {
				return true
			}
		}
	}
	return false
}

// Stamping returns c as the certificate of a time stamp service that an authority
// here issued. It is an error when c is none: such a key must do nothing else, and
// say so critically (RFC 3161 ¶ 2.3).
func (t *Trust) Stamping(c *Certificate) (*Certificate, error) {
	issuer, err := t.Issuer(c)
	if err != nil {
		return nil, err
	}
	if !c.only(x509.ExtKeyUsageTimeStamping) || !c.criticalUsage() || c.KeyUsage != 0 && c.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return nil, errors.New("its key is not for time stamps alone")
	}
	if len(c.UnhandledCriticalExtensions) > 0 {
		return nil, fmt.Errorf("critical extension %s", c.UnhandledCriticalExtensions[0])
	}
	return t.services.put(c, issuer), nil
}

func (c *Certificate) criticalUsage() bool {
	for _, e := range c.Extensions {
		if e.Id.String() == "2.5.29.37" {
			return e.Critical
		}
	}
	return false
}

// answering returns c as the certificate of an OCSP service of an authority.
func (t *Trust) answering(c, authority *Certificate, at time.Time) (*Certificate, error) {
	issuer, err := t.Issuer(c)
	if err != nil {
		return nil, err
	}
	switch {
	case issuer != authority:
		return nil, errNotIssuer
	case !c.only(x509.ExtKeyUsageOCSPSigning):
		return nil, errors.New("its key is not for OCSP")
	case len(c.UnhandledCriticalExtensions) > 0:
		return nil, fmt.Errorf("critical extension %s", c.UnhandledCriticalExtensions[0])
	case at.Before(c.NotBefore) || at.After(c.NotAfter):
		return nil, errors.New("its certificate is out of date")
	}
	return t.services.put(c, issuer), nil
}
