package document_test

import (
	"fmt"
	"strings"
	"testing"

	"ruqsat/document"
	"ruqsat/lang"
)

// long returns a text of some two hundred letters whose words can be told apart.
func long(mark string) string {
	var words []string
	for i := range 25 {
		words = append(words, fmt.Sprintf("%sұзын%02d", mark, i))
	}
	return strings.Join(words, " ")
}

func longText(mark string) lang.Text { return lang.Text{KK: long(mark + "қ"), RU: long(mark + "р")} }

// longForms are the forms with everything in them two hundred letters long.
func longForms(name lang.Text, value func(mark string) string) map[string]func() ([]byte, error) {
	both := func(mark string) lang.Text { return lang.Text{KK: value(mark + "қ"), RU: value(mark + "р")} }
	to := document.Recipient{Name: name, BIN: employer.BIN, Address: both("м")}
	from := authority
	from.Name, from.Address = both("б"), both("м")
	who := document.Signatory{Name: value("е"), Position: both("л")}
	p := paper
	p.From, p.To, p.Signatory, p.Executor, p.Operation = from, to, who, document.Executor{Name: value("и"), Phone: executor.Phone}, both("о")
	point := document.Point{Text: both("т"), Cure: both("ж"), Cite: "WKO 142/2017 ¶ 7(3)"}

	s, n, q, l, a := slip, notice, permit, letter, application
	s.From, s.To, s.Receiver, s.Operation, s.Papers = from, to, value("п"), both("о"), []lang.Text{both("д"), both("ф")}
	n.Paper, n.Words, n.Pay.Beneficiary, n.Pay.Purpose = p, both("с"), both("к"), both("ц")
	n.Grants = []document.Grant{{Worker: value("W"), Citizen: both("г"), Position: both("з"), Category: both("х"), Months: 12}}
	q.From, q.Employer, q.Signatory, q.Latin, q.Cyrillic, q.Position = from, to, who, value("W"), value("ы"), both("з")
	l.From, l.To, l.Signatory = from, name, who
	l.Body = append(l.Body, document.Paragraph{Items: []document.Item{{Mark: "3)", Text: both("т")}}, Rows: []document.Row{{Label: both("ж"), Value: lang.Same("1")}}})
	a.To, a.From, a.Signatory = from, to, who
	a.Files = []document.File{{Kind: both("д"), Name: value("f"), SHA256: application.Files[0].SHA256}}
	return map[string]func() ([]byte, error){
		"slip": func() ([]byte, error) { return document.Slip(s) },
		"return": func() ([]byte, error) {
			return document.ReturnLetter(document.ReturnData{Paper: p, Reasons: []document.Point{point, point}})
		},
		"notice": func() ([]byte, error) { return document.Notice(n) },
		"refusal": func() ([]byte, error) {
			return document.Refusal(document.RefusalData{Paper: p, Grounds: []document.Point{point}, Words: value("щ"), Heard: both("т"), Objections: []document.Objection{{Text: value("т"), Answer: value("т")}}})
		},
		"permit":      func() ([]byte, error) { return document.Permit(q) },
		"letter":      func() ([]byte, error) { return document.Letter(l) },
		"application": func() ([]byte, error) { return document.Application(a) },
	}
}

func TestLongNamesAreNeitherCutNorCovered(t *testing.T) {
	t.Parallel()
	name := longText("ю")
	for form, make := range longForms(name, long) {
		pdf, err := make()
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		keep(t, "long-"+form, pdf)
		all := pages(t, pdf)
		sound(t, form, all)
		got := map[string]bool{}
		for _, p := range all {
			for _, w := range p.Words {
				got[strings.ToLower(w.Text)] = true
			}
		}
		for _, w := range strings.Fields(name.KK + " " + name.RU) {
			if !has(got, w) {
				t.Errorf("%s: %q of the employer's name is not there", form, w)
			}
		}
	}
}

// has reports whether a word is there, with a comma after it perhaps.
func has(words map[string]bool, w string) bool { return words[w] || words[w+","] }

// A name without a single space is broken where it must be.
func TestANameWithoutSpacesStaysOnThePaper(t *testing.T) {
	t.Parallel()
	unbroken := func(mark string) string { return mark + strings.Repeat("ұзын", 50) }
	name := lang.Text{KK: strings.Repeat("ҒҢӨҺ", 50), RU: strings.Repeat("ЩФЪЭ", 50)}
	for form, make := range longForms(name, unbroken) {
		pdf, err := make()
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		keep(t, "unbroken-"+form, pdf)
		all := pages(t, pdf)
		sound(t, form, all)
		letters := 0
		for _, p := range all {
			for _, w := range p.Words {
				letters += strings.Count(strings.ToUpper(w.Text), "Ъ")
			}
		}
		if letters < 50 {
			t.Errorf("%s: %d of the fifty letters Ъ of the employer's name are there", form, letters)
		}
	}
}

func TestAPermitWithOrdinaryNamesIsOnePage(t *testing.T) {
	t.Parallel()
	for what, d := range map[string]func(*document.PermitData){
		"as it is":       func(*document.PermitData) {},
		"a long post":    func(d *document.PermitData) { d.Position = longText("з") },
		"a long name":    func(d *document.PermitData) { d.Latin, d.Cyrillic = long("W"), long("ы") },
		"three regions":  func(d *document.PermitData) { d.Regions = append(d.Regions, d.Regions[0], d.Regions[0]) },
		"a stamp":        func(d *document.PermitData) { d.Signatory.Stamp = &stamp },
		"a former one":   func(d *document.PermitData) { d.Replaces = "27-2016-000012" },
		"a long company": func(d *document.PermitData) { d.Employer.Name = longText("ю") },
	} {
		p := permit
		d(&p)
		pdf, err := document.Permit(p)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		keep(t, "permit "+what, pdf)
		if all := pages(t, pdf); len(all) != 1 {
			t.Errorf("%s: %d pages", what, len(all))
		} else {
			sound(t, what, all)
		}
	}
}
