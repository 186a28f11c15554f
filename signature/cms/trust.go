package cms

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"ruqsat/signature"
)

// Trust is which authorities are believed, and what they have revoked. It never
// changes; to take in a new list, load a new one and give it to [Verifier.Use].
//
// Only what is put in is believed: no certificate that comes with a signature
// makes a chain, and no address in one is ever followed. A chain has three links,
// root, issuing authority and signer, since Kazakhstan's certificates of
// authorities set no length themselves.
type Trust struct {
	roots    []*x509.Certificate
	issuing  []*x509.Certificate
	parent   map[*x509.Certificate]*x509.Certificate // of each issuing authority, its root
	lists    map[*x509.Certificate]*list             // by who issued them
	anchors  *x509.CertPool                          // the issuing authorities
	problems []error
	training bool
}

// NewTrust returns the trust in roots and the authorities they vouch for.
// Certificates signed by themselves are roots; the others must come from one of
// them. It is an error when there is no root, or a training root stands beside a
// real one. What else cannot be used, such as a list nobody here made, is left
// out and told by [Trust.Problems]: a list gone bad must not stop the office.
func NewTrust(certificates []*x509.Certificate, lists []*x509.RevocationList) (*Trust, error) {
	t := &Trust{
		parent:  map[*x509.Certificate]*x509.Certificate{},
		lists:   map[*x509.Certificate]*list{},
		anchors: x509.NewCertPool(),
	}
	for _, c := range certificates {
		if err := t.addRoot(c); err != nil {
			return nil, err
		}
	}
	if len(t.roots) == 0 {
		return nil, fmt.Errorf("trust: no root certificate that can be used; problems: %v", t.problems)
	}
	for _, c := range certificates {
		if !selfIssued(c) {
			t.addIssuing(c)
		}
	}
	for _, l := range lists {
		t.addList(l)
	}
	return t, nil
}

func selfIssued(c *x509.Certificate) bool { return bytes.Equal(c.RawSubject, c.RawIssuer) }

// addRoot takes c in if it is signed by itself.
func (t *Trust) addRoot(c *x509.Certificate) error {
	if !selfIssued(c) {
		return nil
	}
	if err := authority(c, c); err != nil {
		t.problem(c, err)
		return nil
	}
	training := slices.Contains(c.Subject.Organization, signature.TrainingMark)
	if len(t.roots) > 0 && training != t.training {
		return errors.New("trust: a training root stands beside a real one; take one of them away")
	}
	t.training = training
	t.roots = append(t.roots, c)
	return nil
}

func (t *Trust) addIssuing(c *x509.Certificate) {
	for _, root := range t.roots {
		if bytes.Equal(c.RawIssuer, root.RawSubject) && authority(c, root) == nil {
			t.issuing = append(t.issuing, c)
			t.parent[c] = root
			t.anchors.AddCert(c)
			return
		}
	}
	t.problem(c, fmt.Errorf("no root here vouches for it; its issuer is %s", nameOf(c.Issuer)))
}

// authority returns nil if c is an authority's certificate made by parent. Its
// days are looked at with those of each signature.
func authority(c, parent *x509.Certificate) error {
	if !c.BasicConstraintsValid || !c.IsCA || c.KeyUsage&x509.KeyUsageCertSign == 0 {
		return errors.New("it is not of an authority")
	}
	if name, ok := keyName(c.PublicKey); !ok {
		return fmt.Errorf("its key, %s, is not allowed", name)
	}
	if len(c.UnhandledCriticalExtensions) > 0 {
		return fmt.Errorf("critical extension %s", c.UnhandledCriticalExtensions[0])
	}
	return c.CheckSignatureFrom(parent)
}

// addList takes a list in, unless there is a later one of the same authority.
func (t *Trust) addList(l *x509.RevocationList) {
	err := fmt.Errorf("list of %s: its authority is not here", nameOf(l.Issuer))
	for _, c := range slices.Concat(t.roots, t.issuing) {
		if !bytes.Equal(c.RawSubject, l.RawIssuer) {
			continue
		}
		var made *list
		if made, err = newList(l, c); err != nil {
			continue
		}
		if have := t.lists[c]; have == nil || made.from.After(have.from) {
			t.lists[c] = made
		}
		return
	}
	t.problems = append(t.problems, err)
}

func (t *Trust) problem(c *x509.Certificate, err error) {
	t.problems = append(t.problems, fmt.Errorf("certificate of %s: %w", nameOf(c.Subject), err))
}

// Problems returns what was left out and why. An operator should see none.
func (t *Trust) Problems() []error { return slices.Clone(t.problems) }

// Training reports whether the roots are those of a demonstration.
func (t *Trust) Training() bool { return t.training }

// An Anchor is an authority that is believed, for two persons to compare with
// what the authority publishes.
type Anchor struct {
	Name   string
	SHA256 string // of the certificate, hexadecimal
	Root   bool
	Until  time.Time // last moment of the certificate
	// Listed is when its list of revoked certificates was made, and ListDue when
	// the next is due; both are zero where there is no list, and every signature
	// that needs it is undetermined.
	Listed, ListDue time.Time
}

// Fingerprints returns the authorities, roots first.
func (t *Trust) Fingerprints() []Anchor {
	var all []Anchor
	for i, c := range slices.Concat(t.roots, t.issuing) {
		sum := sha256.Sum256(c.Raw)
		a := Anchor{Name: nameOf(c.Subject), SHA256: hex.EncodeToString(sum[:]), Root: i < len(t.roots), Until: c.NotAfter}
		if l := t.lists[c]; l != nil {
			a.Listed, a.ListDue = l.from, l.until
		}
		all = append(all, a)
	}
	return all
}

// Gaps returns what an operator should mend by a moment: authorities that are
// out of date then, and lists that are missing or due.
func (t *Trust) Gaps(at time.Time) []error {
	gaps := t.Problems()
	for _, a := range t.Fingerprints() {
		switch {
		case at.After(a.Until):
			gaps = append(gaps, fmt.Errorf("certificate of %s: expired %s", a.Name, a.Until.Format(time.RFC3339)))
		case a.ListDue.IsZero():
			gaps = append(gaps, fmt.Errorf("list of %s: missing", a.Name))
		case !at.Before(a.ListDue):
			gaps = append(gaps, fmt.Errorf("list of %s: the next was due %s", a.Name, a.ListDue.Format(time.RFC3339)))
		}
	}
	return gaps
}
