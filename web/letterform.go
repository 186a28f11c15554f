package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/web/component"
)

// A letterForm is what an executor chooses and types for a letter, as it stands in
// the form.
type letterForm struct {
	Day, Month, AsOfYear string // as of which day
	Year                 string // of what was issued
	Topics               []string
	Asked                []askedRow
	Free                 []lang.Text
	EmployerKK           string
	EmployerRU           string
	Signatory            string
	Phone                string
}

// An askedRow is a position asked about, as it stands in the form.
type askedRow struct{ KK, RU, Category string }

// keptLetter is the form filled with what was chosen before, or with what is
// usual.
func keptLetter(v office.LetterView) letterForm {
	r := v.File.Request
	l := letterForm{
		Day: strconv.Itoa(r.AsOf.Day), Month: strconv.Itoa(int(r.AsOf.Month)), AsOfYear: strconv.Itoa(r.AsOf.Year),
		Year: strconv.Itoa(r.Year), Free: r.Free, Phone: v.Paper.Executor.Phone,
		EmployerKK: r.Employer.Name.KK, EmployerRU: r.Employer.Name.RU,
	}
	for _, t := range correspondence.Topics {
		if r.Tells(t) {
			l.Topics = append(l.Topics, string(t))
		}
	}
	for _, x := range r.Asked {
		l.Asked = append(l.Asked, askedRow{x.Position.KK, x.Position.RU, string(x.Category)})
	}
	for _, e := range v.Events {
		if e.Act == correspondence.Assign {
			l.Signatory = e.By.Account // the head who gave it out signs it
		}
	}
	if d := v.File.Draft; d != nil {
		l.Signatory, l.Phone = d.Signatory, d.Paper.Executor.Phone
	}
	return l
}

// typedLetter is the form as it came back.
func typedLetter(v url.Values) letterForm {
	get := func(name string) string { return strings.TrimSpace(v.Get(name)) }
	l := letterForm{
		Day: get("as_of-day"), Month: get("as_of-month"), AsOfYear: get("as_of-year"), Year: get("year"), Topics: v["topics"],
		EmployerKK: get("employer_kk"), EmployerRU: get("employer_ru"), Signatory: get("signatory"), Phone: get("phone"),
	}
	for i := 1; v.Has(fmt.Sprintf("asked-%d-ru", i)); i++ {
		at := fmt.Sprintf("asked-%d-", i)
		if x := (askedRow{get(at + "kk"), get(at + "ru"), get(at + "category")}); x.KK+x.RU != "" {
			l.Asked = append(l.Asked, x)
		}
	}
	for i := 1; v.Has(fmt.Sprintf("free-%d-ru", i)); i++ {
		at := fmt.Sprintf("free-%d-", i)
		if x := (lang.Text{KK: get(at + "kk"), RU: get(at + "ru")}); x.KK+x.RU != "" {
			l.Free = append(l.Free, x)
		}
	}
	return l
}

// wish is what the form asks for. What cannot be read is left empty, and the act
// says so.
func (l letterForm) wish() office.Wish {
	w := office.Wish{Free: l.Free, Signatory: l.Signatory, Phone: l.Phone, Employer: lang.Text{KK: l.EmployerKK, RU: l.EmployerRU}}
	w.Year, _ = strconv.Atoi(l.Year)
	d, err1 := strconv.Atoi(l.Day)
	m, err2 := strconv.Atoi(l.Month)
	y, err3 := strconv.Atoi(l.AsOfYear)
	if on := calendar.DateOf(y, time.Month(m), d); err1 == nil && err2 == nil && err3 == nil && on.Day == d && int(on.Month) == m {
		w.AsOf = on
	}
	for _, t := range l.Topics {
		w.Topics = append(w.Topics, correspondence.Topic(t))
	}
	if len(w.Topics) == 0 { // nothing chosen is not the same as no wish
		w.Topics = []correspondence.Topic{correspondence.Basis}
	}
	for _, x := range l.Asked {
		w.Asked = append(w.Asked, correspondence.Asked{Position: lang.Text{KK: x.KK, RU: x.RU}, Category: law.Category(x.Category)})
	}
	return w
}

// topicOptions are what a letter can tell.
func topicOptions(t lang.Tag) []component.Option {
	var list []component.Option
	for _, x := range correspondence.Topics {
		list = append(list, component.Option{Value: string(x), Text: x.In(t)})
	}
	return list
}

// oneLine is a text of several lines on one.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
