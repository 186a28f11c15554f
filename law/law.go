// Package law is the rules as data: how long a term is, what a permit costs,
// which days are off, on which grounds a refusal may rest; each with the day it
// enters into force, the act and paragraph it stands in, and how sure we are of
// it.
//
// A case is decided under the law of the day it was filed. The data are in
// data/*.toml; all of them are read once. Start at [TermOn].
package law

import (
	"slices"
	"strings"

	"ruqsat/lang"
)

// Sure is how sure we are of a value.
type Sure string

// The marks.
const (
	Text      Sure = "text"      // read in the act
	Secondary Sure = "secondary" // told by somebody who has read it
	Assumed   Sure = "assumed"   // our guess, until somebody reads it
)

var marks = []Sure{Text, Secondary, Assumed}

// Worse returns the less sure of two marks: a sum is as sure as its least sure part.
func (s Sure) Worse(o Sure) Sure {
	return marks[max(slices.Index(marks, s), slices.Index(marks, o), 0)]
}

// In names the mark.
func (s Sure) In(t lang.Tag) string { return lang.M("law.sure-" + string(s)).In(t) }

// An Operation is what is asked for.
type Operation string

// The operations (WKO 142/2017 ¶ 3).
const (
	Issue     Operation = "issue"
	Extension Operation = "extension"
	Reissue   Operation = "reissue"
)

// Operations are all operations.
var Operations = []Operation{Issue, Extension, Reissue}

// In names the operation.
func (o Operation) In(t lang.Tag) string { return lang.M("law.operation-" + string(o)).In(t) }

// A Scheme is under which rules a foreigner comes.
type Scheme string

// The schemes.
const (
	Regional Scheme = "regional" // within a region, under the quota
	ICT      Scheme = "ict"      // intra-corporate transfer, outside it
)

// Schemes are all schemes.
var Schemes = []Scheme{Regional, ICT}

// In names the scheme.
func (s Scheme) In(t lang.Tag) string { return lang.M("law.scheme-" + string(s)).In(t) }

// A Category is what kind of worker a permit is for (Order 279 of 2023-06-30
// ¶ 5).
type Category string

// The categories.
const (
	I             Category = "I"
	II            Category = "II"
	III           Category = "III"
	IV            Category = "IV"
	Seasonal      Category = "seasonal"
	ICTHead       Category = "ict-head"
	ICTManager    Category = "ict-manager"
	ICTSpecialist Category = "ict-specialist"
)

// Categories are all categories, in the order of ¶ 5.
var Categories = []Category{I, II, III, IV, Seasonal, ICTHead, ICTManager, ICTSpecialist}

// Known reports whether c is a category.
func (c Category) Known() bool { return slices.Contains(Categories, c) }

// Quota reports whether permits of the category come out of the quota.
func (c Category) Quota() bool { return c.Known() && c.Scheme() == Regional }

// Scheme returns the scheme the category belongs to.
func (c Category) Scheme() Scheme {
	if strings.HasPrefix(string(c), "ict-") {
		return ICT
	}
	return Regional
}

// In names the category.
func (c Category) In(t lang.Tag) string {
	if x, ok := data().category(c); ok {
		return x.Name.In(t)
	}
	return string(c)
}

// A TermName names a term of the procedure.
type TermName string

// The terms.
const (
	Register TermName = "register"
	Assign   TermName = "assign"
	Return   TermName = "return"
	Answer   TermName = "answer"
	Sign     TermName = "sign"
	Notify   TermName = "notify"
	Payment  TermName = "payment"
	StageTwo TermName = "stage-two"
	HandOver TermName = "hand-over"

	Correction  TermName = "correction"  // the applicant's, to correct the package
	Forewarning TermName = "forewarning" // the applicant's, between the preliminary decision and the hearing
)

// TermNames are all terms.
var TermNames = []TermName{Register, Assign, Return, Answer, Sign, Notify, Payment, StageTwo, HandOver, Correction, Forewarning}

// In names the term.
func (n TermName) In(t lang.Tag) string { return lang.M("law.term-" + string(n)).In(t) }

// An Edition is a state of the rules of procedure.
type Edition string

// The editions whose steps we know.
const (
	E2017 Edition = "wko-2017"
	E2020 Edition = "order-559"
	E2021 Edition = "appc" // Order 559, and nobody is refused unheard
	E2023 Edition = "order-279"
	E2025 Edition = "order-93" // Order 279 as changed: vacancy code, no commission
)

// Editions are all editions, the oldest first.
var Editions = []Edition{E2017, E2020, E2021, E2023, E2025}

// In names the edition.
func (e Edition) In(t lang.Tag) string { return lang.M("law.edition-" + string(e)).In(t) }

// Before reports whether e is older than another edition.
func (e Edition) Before(o Edition) bool {
	return slices.Index(Editions, e) < slices.Index(Editions, o)
}
