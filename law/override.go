package law

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/BurntSushi/toml"

	"ruqsat/calendar"
)

// An override is a file of the operator with values that take the place of our
// guesses: terms and settings, in the shape of law/data, and why.
type override struct {
	Why      string       `toml:"why"` // the act of the operator, or what was read
	Terms    []termSeries `toml:"term"`
	Settings []setting    `toml:"setting"`
}

// ours are the data with an operator's file laid over them, once [Use] was called.
var ours atomic.Pointer[all]

// Use lays an operator's file over the data. The program calls it once, before
// anything else asks the law.
//
// Only what is assumed or told by others can be changed: what was read in an act
// stands. A value must begin on the same day as the one whose place it takes.
func Use(name string, text []byte) error {
	var o override
	meta, err := toml.Decode(string(text), &o)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return fmt.Errorf("%s: nobody reads %v", name, extra)
	}
	if o.Why == "" {
		return fmt.Errorf("%s: say why, in a line like why = \"Order of the head of 2026-01-12, No. 4\"", name)
	}
	d, err := loadWith(files, func(d *all) error { return d.lay(o) })
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	ours.Store(d)
	return nil
}

// lay puts the values of an operator's file in the place of ours.
func (d *all) lay(o override) error {
	var errs []error
	for _, t := range o.Terms {
		for _, v := range t.Values {
			errs = append(errs, d.layTerm(t, v))
		}
	}
	for _, s := range o.Settings {
		i := slices.IndexFunc(d.Settings, func(x setting) bool { return x.Name == s.Name })
		if i < 0 {
			errs = append(errs, fmt.Errorf("there is no setting %q", s.Name))
			continue
		}
		for _, v := range s.Values {
			errs = append(errs, put(d.Settings[i].Values, v, "setting "+string(s.Name)))
		}
	}
	return errors.Join(errs...)
}

func (d *all) layTerm(t termSeries, v termText) error {
	what := fmt.Sprintf("term %s of %v", t.Name, t.Of)
	if _, err := calendar.ParseTerm(v.Is); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	for _, x := range d.Terms {
		if x.Name == t.Name && slices.Equal(x.Of, t.Of) {
			return put(x.Values, v, what)
		}
	}
	return fmt.Errorf("there is no %s", what)
}

// put puts an operator's value where ours of the same day is.
func put(values []termText, v termText, what string) error {
	for i := range values {
		if values[i].From != v.From {
			continue
		}
		if values[i].Sure == Text {
			return fmt.Errorf("%s from %s was read in %s and stands", what, v.From, values[i].Cite)
		}
		v.Operator = true
		values[i] = v
		return nil
	}
	return fmt.Errorf("%s has no value from %s that could be replaced", what, v.From)
}
