package document

import (
	"time"

	"ruqsat/lang"
)

// ApplicationData is an application as the applicant filed it: all they entered,
// under the labels they saw. Its bytes are what they sign (WKO 142/2017 ¶ 10(5)).
type ApplicationData struct {
	To          Letterhead // the authority
	From        Recipient
	Number      string    // of the draft or the case; may be empty
	Made        time.Time // when this paper was made, in the authority's zone
	Operation   lang.Text
	Sections    []Section
	Files       []File
	Declaration lang.Text // what the applicant affirms by signing
	Lang        lang.Tag  // of the applicant; labels stand in it and in the official languages
	Signatory   Signatory // who signs for the applicant
}

// A Section of an application: a heading and what was entered under it.
type Section struct {
	Title lang.Text
	Rows  []Row
}

// A File is one the applicant attached. The signature covers it through its sum.
type File struct {
	Kind   lang.Text // which document of the list it is
	Name   string
	Size   int64  // bytes
	SHA256 string // in hexadecimal
}

// Application returns the application as a paper to be read and signed.
func Application(d ApplicationData) ([]byte, error) { return nil, nil }
