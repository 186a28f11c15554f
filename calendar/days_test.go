package calendar

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDaysAreNumberedWithoutGaps(t *testing.T) {
	d := Date{1899, 12, 31}
	for n := number(d); d.Year < 2101; n++ {
		if got := number(d); got != n {
			t.Fatalf("%s has the number %d, the day before has %d", d, got, n-1)
		}
		d = d.AddDays(1)
	}
}

// sample is a calendar in which nobody has entered 2021: Monday 4 January 2022 is
// a holiday, and Saturday the 8th is worked instead.
func sample() Calendar {
	return New(time.UTC, Hours{{9 * 60, 13 * 60}, {14*60 + 30, 18*60 + 30}}, Days{
		Years: map[int]bool{2020: true, 2022: true, 2023: true},
		Marks: map[Date]Mark{
			{2022, 1, 4}: {Why: Holiday},
			{2022, 1, 8}: {Worked: true},
		},
	})
}

func TestAYearLeftOutIsUnknownWhicheverWayItIsReached(t *testing.T) {
	c := sample()
	_, within := c.Working(Date{2021, 6, 1})
	_, across := c.WorkingDaysBetween(Date{2020, 12, 1}, Date{2022, 2, 1})
	_, into := c.End(time.Date(2020, 12, 30, 10, 0, 0, 0, time.UTC), Term{8, WorkingDays})
	_, minutes := c.End(time.Date(2020, 12, 31, 18, 29, 0, 0, time.UTC), Term{8, WorkingMinutes})
	_, zero := Calendar{}.End(time.Date(2021, 6, 1, 0, 0, 0, 0, time.UTC), Term{1, WorkingDays})
	for how, err := range map[string]error{"within": within, "across": across, "into": into, "minutes": minutes, "zero": zero} {
		if year, ok := errors.AsType[UnknownYear](err); !ok || year != 2021 {
			t.Errorf("%s: %v, want the unknown year 2021", how, err)
		}
	}
	if _, err := c.Open(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)); err == nil {
		t.Error("after the last year entered the office is open or closed, as if one knew")
	}
}

// The table counts ahead; this counts by hand.
func TestWorkingDaysAreCountedAsOneByOne(t *testing.T) {
	c := sample()
	rapid.Check(t, func(t *rapid.T) {
		from := Date{2022, 1, 1}.AddDays(rapid.IntRange(0, 700).Draw(t, "from"))
		until := Date{2022, 1, 1}.AddDays(rapid.IntRange(0, 700).Draw(t, "until"))
		want, sign := 0, 1
		a, b := from, until
		if b.Before(a) {
			a, b, sign = b, a, -1
		}
		for d := a.AddDays(1); !d.After(b); d = d.AddDays(1) {
			if ok, err := c.Working(d); err != nil {
				t.Fatal(err)
			} else if ok {
				want++
			}
		}
		if got, err := c.WorkingDaysBetween(from, until); err != nil || got != sign*want {
			t.Fatalf("from %s to %s: %d (%v), want %d", from, until, got, err, sign*want)
		}
	})
}

func TestHoursThatChangeHoldFromTheirDayOn(t *testing.T) {
	c := sample().Since(Date{2022, 2, 1}, Hours{{8 * 60, 12 * 60}}).Since(Date{2022, 3, 1}, Hours{{7 * 60, 8 * 60}})
	for at, want := range map[string]bool{
		"2022-01-31 08:30": false, "2022-01-31 17:00": true,
		"2022-02-01 08:30": true, "2022-02-01 17:00": false,
		"2022-03-01 08:30": false, "2022-03-01 07:59": true,
	} {
		m, err := time.Parse("2006-01-02 15:04", at)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.Open(m); err != nil || got != want {
			t.Errorf("at %s open is %t (%v), want %t", at, got, err, want)
		}
	}
}

func TestATermOfOfficeTimeRunsOnlyWhileTheOfficeIsOpen(t *testing.T) {
	c := sample()
	rapid.Check(t, func(t *rapid.T) {
		from := time.Date(2022, 1, 3, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 300*24*60).Draw(t, "minute")) * time.Minute)
		n := rapid.IntRange(1, 3000).Draw(t, "n")
		end, err := c.End(from, Term{n, WorkingMinutes})
		if err != nil {
			t.Fatal(err)
		}
		open, err := c.openBetween(from, end.At)
		if err != nil || open != time.Duration(n)*time.Minute {
			t.Fatalf("from %s to %s the office is open for %s (%v), want %d minutes", from, end.At, open, err, n)
		}
		left, err := c.Remaining(from, end)
		if err != nil || left.Minutes != open || left.Over {
			t.Fatalf("at its start %+v is left (%v), want all of %s", left, err, open)
		}
	})
}
