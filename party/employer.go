package party

import "ruqsat/lang"

// A Kind is what an employer is by law, as far as the ratio of citizens and the
// exemptions ask. Empty where nobody has said.
type Kind string

// The kinds.
const (
	Company        Kind = "company"         // a legal entity of Kazakhstan
	ResidentBranch Kind = "branch-resident" // a branch of one: its staff counts with the parent's
	ForeignBranch  Kind = "branch-foreign"  // a branch or representation of a foreign entity
	State          Kind = "state"           // a state institution or state enterprise
	Entrepreneur   Kind = "entrepreneur"    // a person in business
)

// Kinds are all kinds.
var Kinds = []Kind{Company, ResidentBranch, ForeignBranch, State, Entrepreneur}

// In names the kind.
func (k Kind) In(t lang.Tag) string {
	if k == "" {
		return lang.M("party.not-said").In(t)
	}
	return lang.M("party.kind-" + string(k)).In(t)
}

// A Size is how large a business is by law. Empty where nobody has said.
type Size string

// The sizes.
const (
	Small  Size = "small" // micro included
	Medium Size = "medium"
	Large  Size = "large"
)

// Sizes are all sizes.
var Sizes = []Size{Small, Medium, Large}

// In names the size.
func (s Size) In(t lang.Tag) string {
	if s == "" {
		return lang.M("party.not-said").In(t)
	}
	return lang.M("party.size-" + string(s)).In(t)
}
