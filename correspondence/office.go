package correspondence

import (
	"io"

	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/problem"
)

// An Office is the authority as its letters show it.
type Office struct {
	Name       lang.Text  `json:"name"` // as it stands in a sentence
	Letterhead Letterhead `json:"letterhead"`
	Signatory  Signatory  `json:"signatory"`
	Executor   Executor   `json:"executor"`
}

// A Letterhead is what stands at the top of the paper.
type Letterhead struct {
	Name    lang.Text `json:"name"`
	Address lang.Text `json:"address"`
	Phone   string    `json:"phone"`
	Fax     string    `json:"fax,omitempty"`
	BIN     string    `json:"bin"`
	Email   string    `json:"email,omitempty"`
}

// A Signatory is who answers for the letter.
type Signatory struct {
	Position lang.Text `json:"position"`
	Name     string    `json:"name"` // with initials
}

// An Executor is who prepared the letter and can be called about it.
type Executor struct {
	Name  string `json:"name"` // with initials
	Phone string `json:"phone"`
}

// ReadOffice reads what stands on a department's letters as JSON, UTF-8, of at
// most 64 KB: the fields of [Office], none unknown, none twice.
func ReadOffice(r io.Reader) (Office, error) {
	raw, err := limited(r)
	if err != nil {
		return Office{}, err
	}
	var o Office
	if err := decode(raw, &o); err != nil {
		return Office{}, problem.New(problem.Invalid, "correspondence.not-json", lang.Args{"cause": err.Error()}).Because(err)
	}
	return o, o.Check()
}

// IsZero reports whether nothing is known of the office.
func (o Office) IsZero() bool { return o == Office{} }

// Check returns an Invalid error that names what a letter cannot go without.
func (o Office) Check() error {
	var f problem.Form
	needed(&f, "office.name", o.Name)
	needed(&f, "office.letterhead.name", o.Letterhead.Name)
	needed(&f, "office.letterhead.address", o.Letterhead.Address)
	needed(&f, "office.signatory.position", o.Signatory.Position)
	for _, x := range []struct{ field, is string }{
		{"office.letterhead.bin", o.Letterhead.BIN},
		{"office.letterhead.phone", o.Letterhead.Phone},
		{"office.signatory.name", o.Signatory.Name},
		{"office.executor.name", o.Executor.Name},
		{"office.executor.phone", o.Executor.Phone},
	} {
		needed(&f, x.field, lang.Same(x.is))
	}
	return f.Err()
}

// dress puts a letter on the paper of the office.
func (o Office) dress(d *document.LetterData) {
	h := o.Letterhead
	d.From = document.Letterhead{Name: h.Name, Address: h.Address, Phone: h.Phone, Fax: h.Fax, BIN: h.BIN, Email: h.Email}
	d.Signatory.Name, d.Signatory.Position = o.Signatory.Name, o.Signatory.Position
	d.Executor = document.Executor{Name: o.Executor.Name, Phone: o.Executor.Phone}
}
