package signature

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
)

// An Occasion is what something is signed for.
type Occasion string

// The occasions.
const (
	ToSubmit Occasion = "submit"  // an application, by its applicant
	ToSign   Occasion = "sign"    // the authority's decision or letter, by its head
	ToSignIn Occasion = "sign-in" // a challenge
)

// Checks that a rule adds to those of a verifier.
const (
	RoleCheck  Name = "role"  // the certificate gives a role that may sign this
	StampCheck Name = "stamp" // there is a time stamp, where one is asked for
)

// A Rule says who may sign on an occasion, from a day on. Rules are data: rules.toml.
type Rule struct {
	From  calendar.Date `toml:"from"`
	Roles []string      `toml:"roles"` // names of roles; one of them is enough
	Stamp Stamping      `toml:"stamp"`
	Cite  law.Cite      `toml:"cite"`
	Sure  law.Sure      `toml:"sure"`
}

// Stamping says whether a time stamp is needed.
type Stamping string

// The ways to take time stamps.
const (
	StampAsked Stamping = "asked" // no signature without one
	StampTaken Stamping = "taken" // one is used if it is there
)

//go:embed rules.toml
var rulesFile string

var rules = readRules(rulesFile)

// rulebook is the file of rules.
type rulebook struct {
	Edition string              `toml:"edition"`
	Rule    map[Occasion][]Rule `toml:"rule"` // the earlier first
}

func readRules(text string) rulebook {
	var b rulebook
	if _, err := toml.Decode(text, &b); err != nil {
		panic("rules.toml: " + err.Error()) // it is part of the program, and tests read it
	}
	return b
}

// RuleOn returns the rule of an occasion on a day. Where there is none, nobody may
// sign.
func RuleOn(o Occasion, day calendar.Date) Rule {
	var found Rule
	for _, rule := range rules.Rule[o] {
		if !day.Before(rule.From) {
			found = rule
		}
	}
	return found
}

// An OwnStamp is what the server has done about a time stamp for a signature that
// came without one. The zero OwnStamp is nothing.
type OwnStamp struct {
	Stamp   *Stamp // examined, and good
	Awaited bool   // the service gave none yet, and is asked again
}

// Judge adds to a report what the rule asks beyond a good signature: the role of
// the signer and, if one is wanted, a time stamp, of the signature's or of our own.
// A report that is invalid already is left as it is.
func (rule Rule) Judge(r Report, own OwnStamp) Report {
	if r.Outcome == Invalid || r.Signer.Certificate == nil {
		return r
	}
	r.Checks = slices.Clone(r.Checks)
	for _, c := range []Check{rule.role(r.Signer), rule.stamp(r, own)} {
		r.Checks = append(r.Checks, c)
		if c.Outcome == Invalid || c.Outcome == Undetermined && r.Outcome == Valid {
			r.Outcome = c.Outcome
		}
	}
	r.Rules = strings.TrimSpace(r.Rules + " roles " + rules.Edition)
	return r
}

// role wants one of the rule's roles in the certificate.
func (rule Rule) role(s Signer) Check {
	evidence := fmt.Sprintf("roles %v; one of %v wanted under %s (%s)", s.Roles, rule.Roles, rule.Cite, rule.Sure)
	for _, role := range RolesOf(s) {
		if known, ok := role.Known(); ok && slices.Contains(rule.Roles, roleNames[known]) {
			c := Passed(evidence)
			c.Name = RoleCheck
			return c
		}
	}
	c := Failed(evidence, "signature.wrong-role", lang.Args{"wanted": rule.who()})
	c.Name = RoleCheck
	return c
}

// who names the roles that may sign.
func (rule Rule) who() lang.Text {
	var all []lang.Message
	for _, name := range rule.Roles {
		all = append(all, lang.M("signature.role-"+name))
	}
	join := func(t lang.Tag) string {
		var names []string
		for _, m := range all {
			names = append(names, m.In(t))
		}
		return strings.Join(names, ", ")
	}
	return lang.Text{KK: join(lang.KK), RU: join(lang.RU), EN: join(lang.EN)}
}

func (rule Rule) stamp(r Report, own OwnStamp) Check {
	c := Passed("no time stamp; none is asked for")
	switch {
	case r.Stamp != nil:
		c = Passed("stamped " + r.Stamp.At.UTC().Format(stampLayout))
	case own.Stamp != nil:
		c = Passed("came without a time stamp; stamped by us " + own.Stamp.At.UTC().Format(stampLayout))
	case own.Awaited && rule.Stamp == StampAsked:
		c = Open("no time stamp yet; one is asked for", "signature.stamp-awaited")
	case own.Awaited:
		c = Passed("no time stamp yet; none is asked for")
	case rule.Stamp == StampAsked:
		c = Failed("no time stamp; one is asked for", "signature.no-stamp")
	}
	c.Name = StampCheck
	return c
}

const stampLayout = "2006-01-02T15:04:05Z"
