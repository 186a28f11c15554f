package pki

import (
	"fmt"
	"slices"
	"time"
)

// An Anchor is an authority that is believed, for two persons to compare with
// what the authority publishes.
type Anchor struct {
	Name      string    `json:"name"`
	SHA256    string    `json:"sha256"`    // of the certificate, hexadecimal
	Algorithm string    `json:"algorithm"` // of its key
	Root      bool      `json:"root"`
	Until     time.Time `json:"until"` // last moment of the certificate
	// Listed is when its list of revoked certificates was made, and ListDue when
	// the next is due; both are zero where there is no list, and every signature
	// that needs it is undetermined.
	Listed  time.Time `json:"listed,omitzero"`
	ListDue time.Time `json:"list_due,omitzero"`
}

// Fingerprints returns the authorities, roots first.
func (t *Trust) Fingerprints() []Anchor {
	var all []Anchor
	for i, c := range slices.Concat(t.roots, t.issuing) {
		a := Anchor{Name: nameOf(c.Subject), SHA256: Sum(c.Raw), Algorithm: c.Key.Name, Root: i < len(t.roots), Until: c.NotAfter}
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
