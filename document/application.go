package document

import (
	"fmt"
	"slices"
	"time"

	"ruqsat/calendar"
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
	Size   int64         // bytes
	SHA256 string        // in hexadecimal
	Until  calendar.Date // last day of the document; zero where it has none
}

// Application returns the application as a paper to be read and signed.
func Application(d ApplicationData) ([]byte, error) {
	w := begin(upright, say("application-title"), d.From.Name, d.Made)
	f := filed{w, languages(d.Lang)}
	f.head(d)
	for _, s := range d.Sections {
		f.section(s)
	}
	f.files(d.Files)
	f.declaration(d.Declaration)
	w.skip(7 * mm)
	w.signature(d.Signatory, f.langs...)
	return w.finish()
}

// languages are those an application stands in: the applicant's first, then the
// official ones it is not.
func languages(own lang.Tag) []lang.Tag {
	if own == "" {
		return lang.Official
	}
	all := []lang.Tag{own}
	for _, l := range lang.Official {
		if !slices.Contains(all, l) {
			all = append(all, l)
		}
	}
	return all
}

// A filed application is being set, in the applicant's language first.
type filed struct {
	*flow
	langs []lang.Tag
}

func (f filed) head(d ApplicationData) {
	x := f.inner() * 0.5
	to := stacked(d.To.Name, f.langs, serifBold(9.4, ink), serif(8.4, soft))
	from := append(stacked(d.From.Name, f.langs, serifBold(9.4, ink), serif(8.4, soft)),
		part{text: say("recipient-bin", lang.Args{"value": d.From.BIN}).In(f.langs[0]), style: sans(8.4, soft), above: 2},
		part{text: d.From.Address.In(f.langs[0]), style: sans(8.4, soft), above: 1})
	f.row(cell{0, x - 8*mm, "P", f.langs[0], from}, cell{x, f.inner() - x, "P", f.langs[0], to})
	f.skip(3 * mm)
	rule(f.page, f.left, f.y, f.inner())
	f.skip(8 * mm)
	f.across("H1", f.langs[0], serifBold(16, deep).to(center), joinTags(say("application-title"), f.langs))
	f.skip(1 * mm)
	f.across("P", f.langs[0], serif(10.4, ink).to(center), joinTags(d.Operation, f.langs))
	if d.Number != "" {
		f.across("P", f.langs[0], sans(9, soft).to(center), "№ "+d.Number)
	}
	f.across("P", f.langs[0], sans(8, soft).to(center), joinTags(say("made"), f.langs)+": "+moment(d.Made))
	f.skip(3 * mm)
}

func (f filed) title(x lang.Text) {
	f.skip(4 * mm)
	f.need(22 * mm)
	f.across("H2", f.langs[0], sansBold(10, deep), joinTags(x, f.langs))
	f.page.Fill(sky, [4]float64{f.left, f.y + 2, f.inner(), 0.8})
	f.skip(6)
}

func (f filed) section(s Section) {
	f.title(s.Title)
	f.Begin("Table", "")
	defer f.End()
	for _, r := range s.Rows {
		f.entry(r)
	}
}

// entry sets a label with what was entered beside it, and an empty answer as a
// dash: nobody can add to it afterwards.
func (f filed) entry(r Row) {
	const named = 0.42
	width := named * f.inner()
	value := stacked(r.Value, f.langs, strong(), sans(8, soft))
	if r.Value.In(f.langs[0]) == "" {
		value = []part{{text: "–", style: sans(8.8, soft)}}
	}
	f.Begin("TR", "")
	f.row(
		cell{0, width - 4*mm, "TH", f.langs[0], stacked(r.Label, f.langs, sans(8.4, ink).beside(strong()), sans(7, soft))},
		cell{width, f.inner() - width, "TD", f.langs[0], value},
	)
	f.End()
	f.under(0, f.inner())
	f.skip(4)
}

// files lists what was attached, each with its sum: with it, the signature over
// this paper is one over the files.
func (f filed) files(all []File) {
	if len(all) == 0 {
		return
	}
	f.title(say("files"))
	f.Begin("Table", "")
	defer f.End()
	width := 0.42 * f.inner()
	for _, a := range all {
		f.Begin("TR", "")
		f.row(
			cell{0, width - 4*mm, "TH", f.langs[0], stacked(a.Kind, f.langs, sans(8.4, ink), sans(7, soft))},
			cell{width, f.inner() - width, "TD", f.langs[0], []part{
				{text: a.Name + ", " + size(a.Size, f.langs[0]) + f.until(a.Until), style: sansBold(8.4, ink)},
				{text: "SHA-256 " + a.SHA256, style: sans(6, soft), above: 1},
			}},
		)
		f.End()
		f.under(0, f.inner())
		f.skip(4)
	}
}

// until says the last day of a document, if it has one.
func (f filed) until(day calendar.Date) string {
	if day.IsZero() {
		return ""
	}
	return ", " + joinTags(say("file-until", lang.Args{"day": day.Short()}), f.langs)
}

// size writes a number of bytes in kilobytes, rounded up.
func size(bytes int64, l lang.Tag) string {
	return say("kilobytes", lang.Args{"size": fmt.Sprint((bytes + 1023) / 1024)}).In(l)
}

func (f filed) declaration(x lang.Text) {
	if x.RU == "" {
		return
	}
	f.skip(6 * mm)
	f.row(cell{0, f.inner(), "P", f.langs[0], stacked(x, f.langs, serif(10, ink), serif(8.4, soft))})
}
