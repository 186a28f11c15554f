package quota_test

import (
	"testing"

	"pgregory.net/rapid"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/quota"
)

var (
	line = quota.Line{Year: 2017, Region: "27", Category: law.III}
	day  = calendar.DateOf(2017, 7, 3)
)

func TestToHoldMoreThanIsLeftIsAConflictThatSaysHowMuchIsLeft(t *testing.T) {
	b := quota.Balance{Line: line, Allotted: 5, Held: 3, Used: 1}
	_, err := b.Enter(quota.Hold, 2, "A", day)
	if !problem.IsKind(err, problem.Conflict) {
		t.Fatalf("%v, want a conflict", err)
	}
	want := "Квоты недостаточно: 2017 год, Западно-Казахстанская область, третья категория. Запрошено разрешений: 2, осталось: 1."
	if got := problem.Of(err).Say.In(lang.RU); got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}

func TestTransferHasNoLine(t *testing.T) {
	for _, c := range []law.Category{law.ICTHead, law.ICTManager, law.ICTSpecialist, "V", ""} {
		if l, ok := quota.LineOf(2017, "27", c); ok {
			t.Errorf("%q draws on %s", c, l)
		}
	}
	if l, err := quota.ParseLine("2017/27/ict-manager"); err == nil {
		t.Errorf("a transfer is read as %s", l)
	}
}

func TestALineIsReadAsItIsWritten(t *testing.T) {
	if l, err := quota.ParseLine(line.String()); err != nil || l != line {
		t.Errorf("%s is read as %v, %v", line, l, err)
	}
}

func TestAnOrderMustBeNamed(t *testing.T) {
	if _, err := quota.Order(line, 5, day, " "); err == nil {
		t.Error("permits are given out without an order")
	}
	if _, err := quota.Order(line, 0, day, "Order 274 of 2023-06-30"); err == nil {
		t.Error("an order gives out nothing")
	}
}

func TestAMoveTakesOnlyWhatIsFree(t *testing.T) {
	to := quota.Line{Year: 2017, Region: "33", Category: law.III}
	b := quota.Balance{Line: line, Allotted: 5, Held: 3}
	if _, err := b.MoveTo(to, 3, day, "Order 274 of 2023-06-30"); !problem.IsKind(err, problem.Conflict) {
		t.Errorf("three of two free ones move: %v", err)
	}
	for _, bad := range []quota.Line{line, {Year: 2018, Region: "33", Category: law.III}} {
		if _, err := b.MoveTo(bad, 1, day, "Order 274 of 2023-06-30"); err == nil {
			t.Errorf("permits move from %s to %s", line, bad)
		}
	}
}

// Whatever cases and orders do, nothing is oversold, and nothing is lost.
func TestNothingIsEverOversold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []quota.Entry
		held := map[string]quota.Permits{}
		allotted := quota.Permits(0)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			b := quota.Count(line, entries)
			name := rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "case")
			n := quota.Permits(rapid.IntRange(1, 9).Draw(t, "permits"))
			kind := rapid.SampledFrom([]quota.Kind{quota.Allot, quota.Hold, quota.Use, quota.Release}).Draw(t, "kind")
			var e quota.Entry
			var err error
			switch kind {
			case quota.Allot:
				if e, err = quota.Order(line, n, day, "Order 274 of 2023-06-30"); err == nil {
					allotted += n
				}
			case quota.Hold:
				if e, err = b.Enter(kind, n, name, day); err == nil {
					held[name] += n
				}
			default:
				if n = held[name]; n == 0 {
					continue
				}
				if e, err = b.Enter(kind, n, name, day); err == nil {
					held[name] = 0
				}
			}
			if err == nil {
				entries = append(entries, e)
			}
			after := quota.Count(line, entries)
			if after.Available() < 0 || after.Held < 0 || after.Allotted != allotted {
				t.Fatalf("after %s of %d: %+v, allotted %d", kind, n, after, allotted)
			}
			if sum := held["A"] + held["B"] + held["C"]; after.Held != sum {
				t.Fatalf("the ledger holds %d, the cases %d", after.Held, sum)
			}
		}
	})
}
