package correspondence

import (
	"fmt"
	"strconv"
	"strings"

	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/registry"
)

// Check looks a letter over before it is signed; whoever has changed its words by
// hand runs it again. It returns an Invalid error that lists all it finds:
//
//   - parts that do not add up to their total;
//   - a figure that its permits do not bear out, or that its paragraph does not
//     tell in both languages;
//   - what was issued and what is in force mixed, in a figure or in a paragraph;
//   - one worker counted twice;
//   - numbers, days or names that stand in one language and not in the other.
func (l Letter) Check() error {
	var f problem.Form
	l.checkSums(&f)
	l.checkFigures(&f)
	l.checkKinds(&f)
	l.checkWorkers(&f)
	l.checkSaid(&f)
	l.checkHalves(&f)
	return f.Err()
}

// checkSums adds up each way in which the answer parts its two totals.
func (l Letter) checkSums(f *problem.Form) {
	a, positions := l.Answer, 0
	for _, p := range a.Positions {
		positions += p.Permits
	}
	for _, x := range []struct {
		what       string
		sum, total int
	}{
		{"parts-issued-category", sum(a.Issued), a.IssuedTotal},
		{"parts-issued-position", positions, a.IssuedTotal},
		{"parts-issued-term", sum(a.Months), a.IssuedTotal},
		{"parts-in-force-category", sum(a.InForce), a.Total},
		{"parts-in-force-citizenship", sum(a.Citizenship), a.Total},
	} {
		if x.sum != x.total {
			f.Wrong("answer", "correspondence.parts", lang.Args{"what": lang.M("correspondence." + x.what), "sum": x.sum, "total": x.total})
		}
	}
}

func sum[K comparable](parts map[K]int) int {
	n := 0
	for _, p := range parts {
		n += p
	}
	return n
}

// checkFigures counts the permits behind each figure again: of its kind, each
// once, and as many as it says.
func (l Letter) checkFigures(f *problem.Form) {
	behind := map[string]registry.Permit{}
	for _, p := range l.Answer.Behind {
		behind[p.Number] = p
	}
	for _, x := range l.Figures {
		of := l.Answer.Flow
		if x.Kind == Stock {
			of = l.Answer.Stock
		}
		counted := map[string]bool{}
		for _, n := range x.Numbers {
			p, known := behind[n]
			if !known || !of(p) {
				f.Wrong(l.place(x.Paragraph), "correspondence.mixed", lang.Args{"number": n})
			}
			counted[n] = true
		}
		if len(counted) != x.Permits {
			f.Wrong(l.place(x.Paragraph), "correspondence.not-behind", lang.Args{"what": x.What, "n": x.Permits, "counted": len(counted)})
		}
	}
}

// checkKinds wants each paragraph to tell one thing: a flow with its year or a
// stock with its day, and each of its figures in both languages.
func (l Letter) checkKinds(f *problem.Form) {
	for i, p := range l.Paper.Body {
		kinds := map[Kind]bool{}
		var want []string
		for _, x := range l.Figures {
			if x.Paragraph != i {
				continue
			}
			kinds[x.Kind] = true
			if x.Permits > 0 { // where there is none, the words say so and no figure does
				want = append(want, strconv.Itoa(x.Permits))
			}
		}
		switch {
		case kinds[Flow] && kinds[Stock]:
			f.Wrong(l.place(i), "correspondence.both-kinds")
			continue
		case kinds[Flow]:
			want = append(want, strconv.Itoa(l.Answer.Year))
		case kinds[Stock]:
			want = append(want, l.Answer.AsOf.String())
		}
		for _, t := range lang.Official {
			if missing := without(want, factsOf(words(p, t))); len(missing) > 0 {
				f.Wrong(l.place(i), "correspondence.not-said", lang.Args{"language": t, "what": listed(missing)})
			}
		}
	}
}

// checkWorkers refuses to tell of one person as of two: a letter says how many
// citizens work, and counts permits.
func (l Letter) checkWorkers(f *problem.Form) {
	holds := map[string][]string{}
	var twice []string
	for _, p := range l.Answer.Behind {
		if p.WorkerRef == "" || !l.Answer.Stock(p) {
			continue
		}
		holds[p.WorkerRef] = append(holds[p.WorkerRef], p.Number)
		if len(holds[p.WorkerRef]) == 2 {
			twice = append(twice, p.WorkerRef)
		}
	}
	for _, ref := range twice {
		f.Wrong("answer", "correspondence.same-worker", lang.Args{"numbers": strings.Join(holds[ref], ", ")})
	}
}

// checkSaid wants the number of the request, the name and the number of the
// employer in each half.
func (l Letter) checkSaid(f *problem.Form) {
	name := nameOf(l.Request, l.Answer)
	for _, t := range lang.Official {
		text := l.Text(t)
		for _, want := range []string{string(l.Request.Number), string(l.Request.Employer.BIN), name.In(t)} {
			if !strings.Contains(text, want) {
				f.Wrong("body", "correspondence.not-said", lang.Args{"language": t, "what": want})
			}
		}
	}
}

// checkHalves compares the facts of the two halves, text by text.
func (l Letter) checkHalves(f *problem.Form) {
	same(f, "letterhead.address", l.Paper.From.Address)
	same(f, "to", l.Paper.To)
	for i, p := range l.Paper.Body {
		same(f, l.place(i), p.Text)
		for j, x := range p.Items {
			same(f, fmt.Sprintf("%s.%d", l.place(i), j+1), x.Text)
		}
		for j, x := range p.Rows {
			same(f, fmt.Sprintf("%s.%d", l.place(i), j+1), lang.Text{KK: x.Label.KK + " " + x.Value.KK, RU: x.Label.RU + " " + x.Value.RU})
		}
	}
}

func same(f *problem.Form, field string, x lang.Text) {
	kk, ru := factsOf(x.KK), factsOf(x.RU)
	if onlyKK, onlyRU := without(kk, ru), without(ru, kk); len(onlyKK)+len(onlyRU) > 0 {
		f.Wrong(field, "correspondence.halves", lang.Args{"kk-only": listed(onlyKK), "ru-only": listed(onlyRU)})
	}
}

// afterFree is how many paragraphs stand behind those in the executor's own words.
const afterFree = 2

// place names a paragraph as people count them, from 1: one of the body, or one of
// the executor's own.
func (l Letter) place(paragraph int) string {
	free := len(l.Request.Free)
	if n := paragraph - (len(l.Paper.Body) - afterFree - free); n >= 0 && n < free {
		return fmt.Sprintf("free.%d", n+1)
	}
	return fmt.Sprintf("body.%d", paragraph+1)
}

// words are all that a paragraph says in a language.
func words(p document.Paragraph, t lang.Tag) string {
	parts := []string{p.Text.In(t)}
	for _, i := range p.Items {
		parts = append(parts, i.Text.In(t))
	}
	for _, r := range p.Rows {
		parts = append(parts, r.Label.In(t), r.Value.In(t))
	}
	return strings.Join(parts, "\n")
}

func listed(facts []string) string {
	if len(facts) == 0 {
		return "–"
	}
	return strings.Join(facts, ", ")
}
