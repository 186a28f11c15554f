package signature

import (
	"strings"

	"ruqsat/lang"
)

// A Role is what a signer is, by the identifier in their certificate, as in
// [Signer.Roles]. New ones come with orders on the profile of certificates (МИИ РК
// № 522/НҚ of 2026), so one that is not known here is no error.
type Role string

// The roles.
const (
	Individual       Role = "1.2.398.3.3.4.1.1"
	IndividualSystem Role = "1.2.398.3.3.4.1.1.1"
	Organisation     Role = "1.2.398.3.3.4.1.2"   // stands with one of the next
	Head             Role = "1.2.398.3.3.4.1.2.1" // first head
	MaySign          Role = "1.2.398.3.3.4.1.2.2"
	MaySignFinance   Role = "1.2.398.3.3.4.1.2.3"
	HR               Role = "1.2.398.3.3.4.1.2.4"
	Employee         Role = "1.2.398.3.3.4.1.2.5"
	System           Role = "1.2.398.3.3.4.1.2.6" // of the organisation; numbers below it are of one system
	Staff            Role = "1.2.398.3.3.4.2"     // of the certification authority itself; signs no application
)

// roleNames are the keys of their names.
var roleNames = map[Role]string{
	Individual: "individual", IndividualSystem: "individual-system", Organisation: "organisation", Head: "head",
	MaySign: "may-sign", MaySignFinance: "may-sign-finance", HR: "hr", Employee: "employee", System: "system", Staff: "staff",
}

// Known returns the role that r is, or is below, and reports whether there is one:
// numbers below System and Staff tell which.
func (r Role) Known() (Role, bool) {
	if _, known := roleNames[r]; known {
		return r, true
	}
	for _, arc := range []Role{System, Staff} {
		if strings.HasPrefix(string(r), string(arc)+".") {
			return arc, true
		}
	}
	return r, false
}

// In names the role; one that is not known is its identifier.
func (r Role) In(t lang.Tag) string {
	known, ok := r.Known()
	if !ok {
		return string(r)
	}
	return lang.M("signature.role-" + roleNames[known]).In(t)
}

// RolesOf returns the roles of a signer.
func RolesOf(s Signer) []Role {
	var all []Role
	for _, oid := range s.Roles {
		all = append(all, Role(oid))
	}
	return all
}
