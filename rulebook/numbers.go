package rulebook

import (
	"fmt"
	"strings"

	"ruqsat/lang"
	"ruqsat/law"
)

// categories are those of the scheme: who belongs to them, for how long a permit
// is, how often it is extended.
func (b *Book) categories() error {
	for _, d := range law.Definitions(b.On) {
		if (d.Key == string(law.ICT)) == (b.Service.Scheme == law.ICT) {
			b.add(Line{Section: Categories, Key: "category " + d.Key, Name: d.Name, Is: said(d.Text), Sourced: d.Sourced})
		}
	}
	for _, c := range law.Categories {
		if c.Scheme() != b.Service.Scheme {
			continue
		}
		months, extensions, err := law.LimitsOn(c, b.On)
		if err != nil {
			return err
		}
		b.add(Line{Section: Categories, Key: "months " + string(c), Name: lang.M("rulebook.months", lang.Args{"category": c}), Is: said(lang.M("rulebook.n-months", lang.Args{"n": months.Is})), Sourced: months.Sourced})
		b.add(Line{Section: Categories, Key: "extensions " + string(c), Name: lang.M("rulebook.extensions", lang.Args{"category": c}), Is: said(times(extensions.Is)), Sourced: extensions.Sourced})
	}
	return nil
}

// times says how often.
func times(n int) lang.Speaker {
	switch n {
	case law.Unlimited:
		return lang.M("rulebook.unlimited")
	case 0:
		return lang.M("rulebook.never")
	}
	return lang.M("rulebook.times", lang.Args{"n": n})
}

func (b *Book) ratios() {
	for _, r := range law.RatiosFor(b.Service.Operation, b.Service.Scheme, b.On) {
		key := "rulebook.citizens"
		if r.Measure == law.ForeignersToCitizens {
			key = "rulebook.foreigners"
		}
		b.add(Line{Section: Ratios, Key: "ratio " + string(r.Group), Name: r.Group, Is: said(lang.M(key, lang.Args{"percent": r.Percent})), Sourced: r.Sourced})
	}
	if len(b.Of(Ratios)) == 0 {
		return
	}
	for _, r := range law.CountingRules(b.Service.Operation, b.Service.Scheme, b.On) {
		b.add(Line{Section: Ratios, Key: "counting " + r.Key, Name: r.Name, Sourced: r.Sourced})
	}
	if b.Service.Scheme == law.ICT {
		return
	}
	for _, x := range law.Exemptions(b.On) {
		is := said(lang.M("rulebook.exempt"))
		if x.Most > 0 {
			is = said(lang.M("rulebook.exempt-most", lang.Args{"most": x.Most}))
		}
		b.add(Line{Section: Ratios, Key: "exemption " + x.Key, Name: x.Name, Is: is, Sourced: x.Sourced})
	}
}

func (b *Book) window() {
	w, err := law.FilingWindowFor(b.Service.Operation, b.Service.Scheme, b.On)
	if err != nil {
		return // this service may be asked for at any time
	}
	key := "rulebook.window"
	if w.Earliest == 0 {
		key = "rulebook.window-last"
	}
	b.add(Line{Section: Window, Key: "window", Name: lang.M("rulebook.window-name"), Is: said(lang.M(key, lang.Args{"earliest": w.Earliest, "latest": w.Latest})), Sourced: w.Sourced})
}

// rates are what the permits cost, where they cost anything.
func (b *Book) rates() {
	if b.Service.Scheme == law.ICT || b.Service.Operation == law.Reissue {
		return
	}
	for _, r := range law.RatesOn(b.On) {
		b.add(Line{
			Section: Rates, Key: fmt.Sprint("rate ", r.Sections), Name: lang.M("rulebook.rate", lang.Args{"sections": strings.Join(r.Sections, ", ")}),
			Is:      said(lang.M("rulebook.rate-is", lang.Args{"one": r.By[law.I], "two": r.By[law.II], "three": r.By[law.III], "four": r.By[law.IV]})),
			Sourced: r.Sourced,
		})
	}
	for _, s := range law.SeasonalRatesOn(b.On) {
		b.add(Line{
			Section: Rates, Key: fmt.Sprint("seasonal ", s.Days), Name: lang.M("rulebook.seasonal", lang.Args{"days": s.Days}),
			Is: said(lang.M("rulebook.indices", lang.Args{"n": s.Indices})), Sourced: s.Sourced,
		})
	}
	if i, err := law.IndexOn(b.On); err == nil {
		b.add(Line{Section: Rates, Key: "index", Name: lang.M("rulebook.index"), Is: said(lang.M("rulebook.tenge", lang.Args{"n": fmt.Sprint(i.Tenge)})), Sourced: i.Sourced})
	}
}
