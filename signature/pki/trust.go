package pki

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"slices"
)

// Trust is which authorities are believed, and what they have revoked. It never
// changes; to take in a new list, load a new one and let the verifiers use that.
//
// Only what is put in is believed: no certificate that comes with a signature
// makes a chain, and no address in one is ever followed. A chain has three links,
// root, issuing authority and signer, since Kazakhstan's certificates of
// authorities set no length themselves.
type Trust struct {
	roots    []*Certificate
	issuing  []*Certificate
	parent   map[*Certificate]*Certificate // of each issuing authority, its root
	lists    map[*Certificate]*List        // by who issued them
	problems []error
	domain   domain
	stamps   *Trust // of time stamps, where they come from elsewhere; nil where not
	services *services
}

// NewTrust returns the trust in roots and the authorities they vouch for.
// Certificates signed by themselves are roots; the others must come from one of
// them. It is an error when there is no root, or roots of two domains stand side
// by side. What else cannot be used, such as a list nobody here made, is left out
// and told by [Trust.Problems]: a list gone bad must not stop the office.
func NewTrust(certificates []*x509.Certificate, lists []*x509.RevocationList) (*Trust, error) {
	var problems []error
	some, err := each(certificates, func(c *x509.Certificate) (*Certificate, error) { return certificateOf(c) })
	problems = append(problems, err...)
	listed, err := each(lists, func(l *x509.RevocationList) (*List, error) { return ParseList(l.Raw) })
	problems = append(problems, err...)
	t, wrong := newTrust(some, listed)
	if wrong != nil {
		return nil, wrong
	}
	t.problems = append(problems, t.problems...)
	return t, nil
}

// ReadTrust is NewTrust for DER: lists of the national authority are not all read
// by crypto/x509.
func ReadTrust(certificates, lists [][]byte) (*Trust, error) {
	some, problems := each(certificates, ParseCertificate)
	listed, more := each(lists, ParseList)
	t, err := newTrust(some, listed)
	if err != nil {
		return nil, err
	}
	t.problems = append(append(problems, more...), t.problems...)
	return t, nil
}

// each reads all it can.
func each[From, To any](all []From, read func(From) (To, error)) (good []To, bad []error) {
	for _, one := range all {
		made, err := read(one)
		if err != nil {
			bad = append(bad, err)
			continue
		}
		good = append(good, made)
	}
	return good, bad
}

func newTrust(certificates []*Certificate, lists []*List) (*Trust, error) {
	t := &Trust{parent: map[*Certificate]*Certificate{}, lists: map[*Certificate]*List{}, services: &services{}}
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
		if l.base == "" {
			t.addList(l)
		}
	}
	for _, l := range lists {
		if l.base != "" {
			t.addChanges(l)
		}
	}
	return t, nil
}

func selfIssued(c *Certificate) bool { return bytes.Equal(c.RawSubject, c.RawIssuer) }

// addRoot takes c in if it is signed by itself.
func (t *Trust) addRoot(c *Certificate) error {
	if !selfIssued(c) {
		return nil
	}
	if err := c.authorityBy(c); err != nil {
		t.problem(c, err)
		return nil
	}
	of := domainOf(c)
	if len(t.roots) > 0 && of != t.domain {
		return fmt.Errorf("trust: a root of %s stands beside one of %s; take one of them away", of, t.domain)
	}
	t.domain = of
	c.Key.precompute()
	t.roots = append(t.roots, c)
	return nil
}

func (t *Trust) addIssuing(c *Certificate) {
	for _, root := range t.roots {
		if c.authorityBy(root) == nil {
			c.Key.precompute()
			t.issuing = append(t.issuing, c)
			t.parent[c] = root
			return
		}
	}
	t.problem(c, fmt.Errorf("no root here vouches for it; its issuer is %s", nameOf(c.Issuer)))
}

// maker returns the authority that made a list.
func (t *Trust) maker(l *List) (*Certificate, error) {
	err := fmt.Errorf("list of %s: its authority is not here", l.name)
	for _, c := range slices.Concat(t.roots, t.issuing) {
		if !bytes.Equal(c.RawSubject, l.issuer) {
			continue
		}
		if err = l.by(c); err == nil {
			return c, nil
		}
	}
	return nil, err
}

// addList takes a whole list in, unless there is a later one of the same authority.
func (t *Trust) addList(l *List) {
	c, err := t.maker(l)
	if err != nil {
		t.problems = append(t.problems, err)
		return
	}
	if have := t.lists[c]; have == nil || l.from.After(have.from) {
		t.lists[c] = l
	}
}

// addChanges brings a list up to date, unless later changes did already. Changes
// that are older than the whole list are left out without a word: the next whole
// one comes before they are gone.
func (t *Trust) addChanges(l *List) {
	c, err := t.maker(l)
	if err != nil {
		t.problems = append(t.problems, err)
		return
	}
	whole := t.lists[c]
	if whole == nil {
		t.problems = append(t.problems, fmt.Errorf("list of %s: changes, and no whole list", l.name))
		return
	}
	if l.from.Before(whole.from) || whole.changes != "" && l.until.Before(whole.until) {
		return
	}
	made, err := whole.with(l)
	if err != nil {
		t.problems = append(t.problems, err)
		return
	}
	t.lists[c] = made
}

func (t *Trust) problem(c *Certificate, err error) {
	t.problems = append(t.problems, fmt.Errorf("certificate of %s: %w", nameOf(c.Subject), err))
}

// Problems returns what was left out and why. An operator should see none.
func (t *Trust) Problems() []error { return slices.Clone(t.problems) }

// Training reports whether the roots are those of a demonstration.
func (t *Trust) Training() bool { return t.domain == domainTraining }

// Test reports whether the roots are those of the national authority's test
// centre, whose people are made up and whose numbers have no right check digit.
func (t *Trust) Test() bool { return t.domain == domainTest }

// WithStamps returns t with time stamps believed of another trust too. Only the
// national test centre has that: its keys get their stamps of the real service. A
// stamp of a test service never counts for a real signature.
func (t *Trust) WithStamps(other *Trust) (*Trust, error) {
	if t.domain != domainTest || other.domain != domainReal {
		return nil, fmt.Errorf("trust: time stamps of %s for %s", other.domain, t.domain)
	}
	with := *t
	with.stamps = other
	return &with, nil
}

// Stamps returns the trust to judge a time stamp by, made with a certificate.
func (t *Trust) Stamps(c *Certificate) *Trust {
	if t.stamps == nil {
		return t
	}
	if _, err := t.Issuer(c); err == nil {
		return t
	}
	return t.stamps
}
