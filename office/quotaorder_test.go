package office_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/quota"
)

var ministry = party.Actor{Account: "ministry", Role: party.Ministry}

func orderOf(number string, r quota.Record) quota.Record {
	r.Number, r.Date, r.Year, r.Title = number, calendar.DateOf(2026, 5, 4), 2026, "О квоте"
	r.Sums.Total = r.Total()
	return r
}

func in2026(region string, c law.Category) quota.Line {
	return quota.Line{Year: 2026, Region: region, Category: c}
}

func TestOnlyTheMinistryEntersOrders(t *testing.T) {
	d := open(t)
	r := orderOf("1", quota.Record{Units: 20})
	for _, by := range []party.Actor{applicant, clerk, executor, head, {Role: party.Admin}, {}} {
		if _, err := d.EnterOrder(t.Context(), by, r); !problem.IsKind(err, problem.NotAllowed) {
			t.Errorf("%q enters an order: %v", by.Role, err)
		}
		if _, _, err := d.TryOrder(t.Context(), by, r); !problem.IsKind(err, problem.NotAllowed) {
			t.Errorf("%q tries an order: %v", by.Role, err)
		}
		if _, err := d.CountryDemand(t.Context(), by, 2027); !problem.IsKind(err, problem.NotAllowed) {
			t.Errorf("%q sees the demand of the country: %v", by.Role, err)
		}
	}
}

func TestATriedOrderLeavesNothingAndAnEnteredOneIsPublicWithItsEntries(t *testing.T) {
	d := open(t)
	r := orderOf("1", quota.Record{Units: 20, Gives: []quota.Give{{Line: in2026("27", law.III), Permits: 11}}})
	_, after, err := d.TryOrder(t.Context(), ministry, r)
	d.must(err)
	if got := quota.Total(after).Allotted; got != 20 {
		t.Errorf("after the order %d would be allotted, want 20", got)
	}
	y, err := d.Quota(t.Context(), 2026, calendar.Date{})
	d.must(err)
	if len(y.Orders) != 0 || y.Of(in2026("27", law.III)).Allotted != 0 {
		t.Errorf("trying left %+v", y.Orders)
	}
	_, err = d.EnterOrder(t.Context(), ministry, r)
	d.must(err)
	if _, err := d.EnterOrder(t.Context(), ministry, r); !problem.IsKind(err, problem.Conflict) {
		t.Errorf("the same number and date again: %v", err)
	}
	d.clock = d.clock.AddDate(0, 0, 1)
	move := orderOf("2", quota.Record{Shifts: []quota.Shift{{From: in2026("27", law.III), To: in2026("33", law.III), Permits: 4}}})
	_, err = d.EnterOrder(t.Context(), ministry, move)
	d.must(err)
	then, err := d.Quota(t.Context(), 2026, calendar.DateOf(2026, 5, 4))
	d.must(err)
	now, err := d.Quota(t.Context(), 2026, calendar.Date{})
	d.must(err)
	if a, b := then.Of(in2026("27", law.III)).Allotted, now.Of(in2026("27", law.III)).Allotted; a != 11 || b != 7 {
		t.Errorf("the line had %d the day before and has %d now, want 11 and 7", a, b)
	}
	wrong, err := d.Check(t.Context())
	d.must(err)
	for _, m := range wrong {
		t.Error(m.In(lang.EN))
	}
}

func TestARegionsDemandIsThatOfItsOwnEmployersAndReachesTheMinistry(t *testing.T) {
	d := open(t)
	ask := quota.Demand{Year: 2027, Region: "33", Name: lang.Same("ТОО «Үлгі»"), Valid: 2, Why: "Цех в Текели, договор № 5",
		Rows: []quota.Position{{Category: law.III, Title: "сварщик", Permits: 6}}}
	d.must(d.AskQuota(t.Context(), applicant, ask))
	ask.Rows[0].Permits = 7
	d.must(d.AskQuota(t.Context(), applicant, ask)) // the later counts
	if err := d.AskQuota(t.Context(), head, ask); !problem.IsKind(err, problem.NotAllowed) {
		t.Errorf("a head asks as an employer: %v", err)
	}
	ask.Year = 2030
	if err := d.AskQuota(t.Context(), applicant, ask); !problem.IsKind(err, problem.Invalid) {
		t.Errorf("demand for 2030: %v", err)
	}
	if err := d.SendDemand(t.Context(), executor, 2027, "Сводная заявка области"); !problem.IsKind(err, problem.NotAllowed) {
		t.Errorf("an executor sends the region's request: %v", err)
	}
	d.must(d.SendDemand(t.Context(), head, 2027, "Сводная заявка области"))
	other := party.Actor{Account: "x", Role: party.Head, Region: "27"}
	if r, err := d.RegionDemand(t.Context(), other, 2027); err != nil || len(r.Employers) != 0 {
		t.Errorf("another region sees %+v, %v", r.Employers, err)
	}
	list, err := d.CountryDemand(t.Context(), ministry, 2027)
	d.must(err)
	for _, r := range list {
		if r.Together.Region == "33" && (r.Sent == nil || r.Sent.Sum() != 7 || r.Sent.Late) {
			t.Errorf("the ministry sees %+v", r.Sent)
		}
	}
}

func TestAnOrderComesAsASpreadsheet(t *testing.T) {
	rows := quota.Template(lang.RU, law.RegionsOn(calendar.DateOf(2026, 5, 4)))
	rows[1][4], rows[1][7] = "12", "12"
	rows[len(rows)-1][4], rows[len(rows)-1][7] = "12", "12"
	var b bytes.Buffer
	if err := office.WriteXLSX(&b, rows); err != nil {
		t.Fatal(err)
	}
	s, err := office.ReadSheet("annex.xlsx", b.Bytes(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Gives) != 1 || s.Gives[0].Permits != 12 || s.Gives[0].Line.Category != law.III || s.Sums.Total != 12 {
		t.Errorf("it came back as %+v", s)
	}
}

func TestASpreadsheetThatUnfoldsWithoutEndIsRefused(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	chunk := []byte(strings.Repeat("0", 1<<20))
	for range 64 {
		if _, err := w.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > office.MaxSheet {
		t.Fatalf("the bomb is %d bytes and would be refused by its size", b.Len())
	}
	if _, err := office.ReadSheet("bomb.xlsx", b.Bytes(), 2026); !problem.IsKind(err, problem.TooLarge) {
		t.Errorf("64 MB in %d bytes: %v, want too large", b.Len(), err)
	}
	for name, raw := range map[string][]byte{"broken.xlsx": []byte("PK\x03\x04 and no more"), "old.xls": []byte("\xd0\xcf\x11\xe0")} {
		if _, err := office.ReadSheet(name, raw, 2026); !problem.IsKind(err, problem.Invalid) {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
}
