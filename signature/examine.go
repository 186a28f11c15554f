package signature

import (
	"ruqsat/lang"
	"ruqsat/problem"
)

// Passed returns the finding of a check that found nothing wrong.
func Passed(evidence string) Check { return Check{Outcome: Valid, Evidence: evidence} }

// Failed returns the finding of a check that refuses the signature, with the
// message of a key.
func Failed(evidence, key string, args ...lang.Args) Check {
	return Check{Outcome: Invalid, Say: lang.M(key, args...), Evidence: evidence}
}

// Open returns the finding of a check that could not be decided, with the
// message of a key.
func Open(evidence, key string, args ...lang.Args) Check {
	return Check{Outcome: Undetermined, Say: lang.M(key, args...), Evidence: evidence}
}

// Methods says how each check is made.
type Methods map[Name]func() Check

// Examine makes the checks in their Order, notes each in r, and gives r its
// outcome. It ends at the first that is not valid, on which the next would rest;
// only an open Revocation does not keep it from looking at the Identity.
//
// A check without a method is undetermined: a verifier that forgets one never
// finds anything valid.
func Examine(r *Report, by Methods) {
	r.Checks = r.Checks[:0]
	for _, name := range Order {
		c := Open("no method for "+string(name), "signature.not-checked")
		if check := by[name]; check != nil {
			c = check()
		}
		c.Name = name
		r.Checks = append(r.Checks, c)
		if c.Outcome == Invalid || c.Outcome != Valid && name != Revocation {
			break
		}
	}
	r.Outcome = conclude(r.Checks)
}

// conclude returns Invalid if a check is, Valid if every check of Order was made
// and is, and Undetermined otherwise.
func conclude(checks []Check) Outcome {
	valid := 0
	for _, c := range checks {
		switch c.Outcome {
		case Invalid:
			return Invalid
		case Valid:
			valid++
		}
	}
	if valid == len(Order) {
		return Valid
	}
	return Undetermined
}

// Why returns the check that decided against the signature: the first that is
// invalid, else the first that is open. It reports false if there is none.
func (r Report) Why() (Check, bool) {
	for _, wanted := range []Outcome{Invalid, Undetermined} {
		for _, c := range r.Checks {
			if c.Outcome == wanted {
				return c, true
			}
		}
	}
	return Check{}, false
}

// Err returns nil for a valid signature. For an invalid one it returns a
// problem.Invalid under ¶ 10(7) with the message of the first check that failed;
// for an undetermined one a problem.Unavailable, which rejects nothing: the same
// signature may be found good later.
func (r Report) Err() error {
	why, found := r.Why()
	switch {
	case r.Outcome == Valid && !found:
		return nil
	case r.Outcome == Invalid && found:
		return (&problem.Error{Kind: problem.Invalid, Say: why.Say}).Under(Rejects)
	case found:
		return &problem.Error{Kind: problem.Unavailable, Say: why.Say}
	}
	return problem.New(problem.Unavailable, "signature.not-checked")
}
