package calendar_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
)

func oral(t testing.TB) calendar.Calendar {
	t.Helper()
	c, err := law.CalendarFor("27")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func at(t testing.TB, c calendar.Calendar, s string) time.Time {
	t.Helper()
	m, err := time.ParseInLocation("2006-01-02 15:04", s, c.Zone())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestATermEndsAsTheLawCounts(t *testing.T) {
	c := oral(t)
	const days, hours, minutes = calendar.WorkingDays, calendar.WorkingHours, calendar.WorkingMinutes
	for _, row := range []struct {
		what  string
		from  string
		term  calendar.Term
		until string
	}{
		{"a holiday and a moved day off are skipped", "2017-07-03 10:00", calendar.Term{N: 8, Unit: days}, "2017-07-18 00:00"},
		{"a worked Saturday counts", "2017-06-30 10:00", calendar.Term{N: 1, Unit: days}, "2017-07-02 00:00"},
		{"what comes on Sunday counts as Monday's", "2017-07-09 12:00", calendar.Term{N: 1, Unit: days}, "2017-07-12 00:00"},
		{"an hour runs while the office is open", "2017-07-03 10:15", calendar.Term{N: 1, Unit: hours}, "2017-07-03 11:15"},
		{"it stands still over the break", "2017-07-03 12:30", calendar.Term{N: 1, Unit: hours}, "2017-07-03 15:00"},
		{"minutes left at closing run on in the morning", "2017-07-03 18:20", calendar.Term{N: 20, Unit: minutes}, "2017-07-04 09:10"},
		{"what comes at night begins in the morning", "2017-07-03 23:10", calendar.Term{N: 20, Unit: minutes}, "2017-07-04 09:20"},
		{"a minute before the holiday runs on after it", "2017-07-05 18:29", calendar.Term{N: 20, Unit: minutes}, "2017-07-10 09:19"},
		{"calendar days skip nothing", "2017-07-03 10:00", calendar.Term{N: 30, Unit: calendar.CalendarDays}, "2017-08-03 00:00"},
	} {
		end, err := c.End(at(t, c, row.from), row.term)
		if got := end.At.Format("2006-01-02 15:04"); err != nil || got != row.until {
			t.Errorf("%s: from %s for %s until %s (%v), want %s", row.what, row.from, row.term, got, err, row.until)
		}
	}
}

func TestTheEndSaysWhatItSkipped(t *testing.T) {
	c := oral(t)
	end, err := c.End(at(t, c, "2017-07-03 10:00"), calendar.Term{N: 8, Unit: calendar.WorkingDays})
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, m := range end.Explain() {
		all.WriteString(m.In(lang.RU) + "\n")
	}
	for _, want := range []string{"8 рабочих дней", "День столицы", "1 июля 2017 года", "17 июля 2017 года", "суббота", "P1700000005"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("the explanation lacks %q:\n%s", want, all.String())
		}
	}
}

func TestAnEndThatFallsIntoAnUnknownYearIsAnError(t *testing.T) {
	c := oral(t)
	if end, err := c.End(at(t, c, "2027-12-30 10:00"), calendar.Term{N: 8, Unit: calendar.WorkingDays}); err == nil {
		t.Errorf("it was guessed to be %s", end.Last)
	}
}

// Clocks went back an hour in Zhetysu on 1 March 2024.
func TestATermOverAChangeOfZoneEndsAtLocalMidnight(t *testing.T) {
	c, err := law.CalendarFor("33")
	if err != nil {
		t.Fatal(err)
	}
	end, err := c.End(at(t, c, "2024-02-28 10:00"), calendar.Term{N: 3, Unit: calendar.WorkingDays})
	if err != nil {
		t.Fatal(err)
	}
	if got := end.At.UTC().Format(time.RFC3339); got != "2024-03-04T19:00:00Z" {
		t.Errorf("over at %s, want midnight at +05:00", got)
	}
}

func TestALongerTermNeverEndsEarlier(t *testing.T) {
	c := oral(t)
	rapid.Check(t, func(t *rapid.T) {
		from := time.Unix(rapid.Int64Range(1483210800, 1767200000).Draw(t, "from"), 0)
		unit := rapid.SampledFrom([]calendar.Unit{calendar.WorkingDays, calendar.WorkingHours, calendar.WorkingMinutes}).Draw(t, "unit")
		n := rapid.IntRange(1, 40).Draw(t, "n")
		short, err := c.End(from, calendar.Term{N: n, Unit: unit})
		if err != nil {
			t.Fatal(err)
		}
		long, err := c.End(from, calendar.Term{N: n + 1, Unit: unit})
		if err != nil {
			t.Fatal(err)
		}
		if !long.At.After(short.At) || !short.At.After(from) {
			t.Fatalf("%d %s from %s end %s, one more %s", n, unit, from, short.At, long.At)
		}
		if ok, err := c.Working(short.Last); err != nil || !ok {
			t.Fatalf("the last day %s is off (%v)", short.Last, err)
		}
	})
}

func TestWhatIsLeftIsCountedInOfficeTime(t *testing.T) {
	c := oral(t)
	end, err := c.End(at(t, c, "2017-07-03 12:30"), calendar.Term{N: 1, Unit: calendar.WorkingHours})
	if err != nil {
		t.Fatal(err)
	}
	for now, want := range map[string]time.Duration{"2017-07-03 12:45": 45 * time.Minute, "2017-07-03 14:00": 30 * time.Minute, "2017-07-03 15:20": -20 * time.Minute} {
		left, err := c.Remaining(at(t, c, now), end)
		if err != nil || left.Minutes != want || left.Over != (want < 0) {
			t.Errorf("at %s %s are left (%v), want %s", now, left.Minutes, err, want)
		}
	}
}

func TestATermOfMonthsEndsTheDayBefore(t *testing.T) {
	for from, want := range map[string]string{"2017-07-03": "2018-07-02", "2016-02-29": "2017-02-28", "2017-03-01": "2018-02-28"} {
		d, err := calendar.ParseDate(from)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.PlusMonths(12).String(); got != want {
			t.Errorf("twelve months from %s end %s, want %s", from, got, want)
		}
	}
}

func TestATermIsReadAsItIsWritten(t *testing.T) {
	for _, s := range []string{"8 working days", "1 working hour", "20 working minutes", "30 calendar days"} {
		if _, err := calendar.ParseTerm(s); err != nil {
			t.Error(err)
		}
	}
	for _, s := range []string{"", "8", "8 days", "-1 working days", "0 working days", "x working days", "99999 working days"} {
		if term, err := calendar.ParseTerm(s); err == nil {
			t.Errorf("%q is read as %s", s, term)
		}
	}
}

func BenchmarkEnd(b *testing.B) {
	c := oral(b)
	from := at(b, c, "2017-07-03 10:00")
	for b.Loop() {
		if _, err := c.End(from, calendar.Term{N: 8, Unit: calendar.WorkingDays}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRemaining(b *testing.B) {
	c := oral(b)
	end, err := c.End(at(b, c, "2017-07-03 10:00"), calendar.Term{N: 8, Unit: calendar.WorkingDays})
	if err != nil {
		b.Fatal(err)
	}
	now := at(b, c, "2018-07-12 11:00")
	for b.Loop() {
		if _, err := c.Remaining(now, end); err != nil {
			b.Fatal(err)
		}
	}
}
