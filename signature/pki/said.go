package pki

import (
	"bytes"
	"errors"
	"time"
)

// A Statement is what an answer of OCSP says of one certificate.
type Statement struct {
	Authority string    `json:"authority"` // common name of who issued the certificate
	Serial    string    `json:"serial"`    // of the certificate, hexadecimal
	Says      string    `json:"says"`      // good, revoked, never issued, not known, with the moment
	Produced  time.Time `json:"produced"`
	SHA256    string    `json:"sha256"` // of the answer, hexadecimal
}

// errNoAuthority is why an answer says nothing to us.
var errNoAuthority = errors.New("the answer is about certificates of no authority here")

// Said returns what an answer says, once it is seen that a service of an authority
// here signed it: for who has the answer and not the certificate. A judgement of a
// certificate is another thing; see [Judgement.Revocation].
func (t *Trust) Said(raw []byte) ([]Statement, error) {
	r, err := ParseResponse(raw)
	if err != nil {
		return nil, err
	}
	var all []Statement
	for _, a := range r.answers {
		issuer, err := t.asked(a)
		if err != nil {
			return nil, err
		}
		by, err := r.signer(issuer, t)
		if err == nil {
			err = r.signed.check(by.Key)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, Statement{nameOf(issuer.Subject), a.serial.Text(16), a.String(), r.Produced, Sum(raw)})
	}
	return all, nil
}

// asked returns the authority whose certificate an answer is about.
func (t *Trust) asked(a answer) (*Certificate, error) {
	for _, c := range t.issuing {
		_, key, err := publicKeyBits(c.RawSubjectPublicKeyInfo)
		if err != nil {
			return nil, err
		}
		if bytes.Equal(a.name, a.digest.Sum(c.RawSubject)) && bytes.Equal(a.key, a.digest.Sum(key)) {
			return c, nil
		}
	}
	return nil, errNoAuthority
}
