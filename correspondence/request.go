package correspondence

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
)

// Limits of a request.
const (
	maxRequest = 64 << 10 // bytes of its file
	maxText    = 500      // letters of a name or an address

	maxParagraph = 2000 // letters of a paragraph in the executor's own words
	maxAsked     = 20   // positions
	firstYear    = 2017 // of the register
)

// ReadRequest reads a request as JSON, UTF-8, of at most 64 KB: the fields of
// [Request], none unknown, none twice. The error names every field that is wrong.
func ReadRequest(r io.Reader) (Request, error) {
	raw, err := limited(r)
	if err != nil {
		return Request{}, err
	}
	// The days are read as text, so that a wrong one is named beside the others.
	var in struct {
		Request
		Dated    string `json:"dated"`
		Received string `json:"received"`
		AsOf     string `json:"as_of"`
	}
	if err := decode(raw, &in); err != nil {
		return Request{}, problem.New(problem.Invalid, "correspondence.not-json", lang.Args{"cause": err.Error()}).Because(err)
	}
	var f problem.Form
	in.Request.Dated = day(&f, "dated", in.Dated)
	in.Request.Received = day(&f, "received", in.Received)
	in.Request.AsOf = day(&f, "as_of", in.AsOf)
	q := in.Request.Tidy()
	q.check(&f)
	if err := f.Err(); err != nil {
		return Request{}, err
	}
	return q, nil
}

// limited reads a file of at most maxRequest bytes.
func limited(r io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxRequest+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if len(raw) > maxRequest {
		return nil, problem.New(problem.TooLarge, "problem.too-large", lang.Args{"limit": "64 KB"})
	}
	return raw, nil
}

// decode reads one strict JSON value, and nothing after it.
func decode(raw []byte, into any) error {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if !utf8.Valid(raw) {
		return errors.New("not UTF-8")
	}
	if err := noTwice(json.NewDecoder(bytes.NewReader(raw))); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands after the end")
	}
	return nil
}

// noTwice refuses an object that has a field twice: the reader of the file sees
// one of them, the decoder takes the other.
func noTwice(d *json.Decoder) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('{'):
		seen := map[string]bool{}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return err
			}
			name := strings.ToLower(fmt.Sprint(key)) // the decoder does not tell capitals apart
			if seen[name] {
				return fmt.Errorf("the field %q stands twice", key)
			}
			seen[name] = true
			if err := noTwice(d); err != nil {
				return err
			}
		}
		_, err = d.Token()
	case json.Delim('['):
		for d.More() {
			if err := noTwice(d); err != nil {
				return err
			}
		}
		_, err = d.Token()
	}
	return err
}

func day(f *problem.Form, field, s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		f.Wrong(field, "correspondence.bad-day", lang.Args{"value": short(s)})
	}
	return d
}

// Tidy returns the request with its numbers as they are kept and its texts
// without blanks around them. What it cannot read it leaves for check.
func (q Request) Tidy() Request {
	if n, err := ParseNumber(string(q.Number)); err == nil {
		q.Number = n
	}
	if b, err := party.ParseBIN(string(q.Employer.BIN)); err == nil {
		q.Employer.BIN = b
	}
	q.From.Name, q.From.Address, q.Employer.Name = both(q.From.Name), both(q.From.Address), both(q.Employer.Name)
	q.Free = slices.Clone(q.Free)
	for i := range q.Free {
		q.Free[i] = trim(q.Free[i])
	}
	q.Asked = slices.Clone(q.Asked)
	for i := range q.Asked {
		q.Asked[i].Position = trim(q.Asked[i].Position)
	}
	return q
}

func trim(x lang.Text) lang.Text {
	return lang.Text{KK: strings.TrimSpace(x.KK), RU: strings.TrimSpace(x.RU), EN: strings.TrimSpace(x.EN)}
}

// both returns a name that stands in both official languages if it stands in one.
func both(x lang.Text) lang.Text {
	x = trim(x)
	if x.RU == "" {
		x.RU = x.KK
	}
	if x.KK == "" {
		x.KK = x.RU
	}
	return x
}

// Validate returns an Invalid error that names every field that is wrong. The
// office is not looked at: see [Compose].
func (q Request) Validate() error {
	var f problem.Form
	for _, d := range []struct {
		field string
		day   calendar.Date
	}{{"dated", q.Dated}, {"received", q.Received}, {"as_of", q.AsOf}} {
		if d.day.IsZero() {
			f.Wrong(d.field, "correspondence.no-day")
		}
	}
	q.check(&f)
	return f.Err()
}

func (q Request) check(f *problem.Form) {
	if n, err := ParseNumber(string(q.Number)); err != nil || n != q.Number {
		f.Wrong("number", "correspondence.bad-number", lang.Args{"value": short(string(q.Number))})
	} else if y := n.Year(); !q.Received.IsZero() && y != q.Received.Year && y != q.Dated.Year {
		f.Wrong("number", "correspondence.other-year", lang.Args{"number": n, "day": q.Received})
	}
	if q.Received.Before(q.Dated) {
		f.Wrong("received", "correspondence.received-before")
	}
	if !slices.Contains(lang.Official, q.Language) {
		f.Wrong("language", "correspondence.bad-language")
	}
	if b, err := party.ParseBIN(string(q.Employer.BIN)); err != nil || b != q.Employer.BIN {
		f.Wrong("employer.bin", "correspondence.bad-bin", lang.Args{"value": short(string(q.Employer.BIN))})
	}
	if q.Year < firstYear || !q.AsOf.IsZero() && q.Year > q.AsOf.Year {
		f.Wrong("year", "correspondence.bad-year", lang.Args{"year": q.Year, "first": firstYear})
	}
	needed(f, "from.name", q.From.Name)
	printable(f, "from.address", q.From.Address)
	printable(f, "employer.name", q.Employer.Name)
	q.checkAsked(f)
	q.checkTopics(f)
}

func (q Request) checkAsked(f *problem.Form) {
	if len(q.Asked) > maxAsked {
		f.Wrong("asked", "correspondence.too-many", lang.Args{"n": maxAsked})
		return
	}
	for i, x := range q.Asked {
		at := fmt.Sprintf("asked.%d.", i+1)
		needed(f, at+"position", x.Position)
		if !x.Category.Known() {
			f.Wrong(at+"category", "correspondence.bad-category", lang.Args{"value": short(string(x.Category))})
		}
	}
}
