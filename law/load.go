package law

import (
	"embed"
	"errors"
	"fmt"
	"sync"

	"github.com/BurntSushi/toml"

	"ruqsat/calendar"
	"ruqsat/lang"
)

//go:embed data/*.toml
var files embed.FS

// all is everything in data/*.toml.
type all struct {
	Acts       []Act          `toml:"act"`
	Terms      []termSeries   `toml:"term"`
	Index      indexSeries    `toml:"index"`
	Rates      []rate         `toml:"rate"`
	Seasonal   []seasonal     `toml:"seasonal"`
	Documents  []Rule         `toml:"document"`
	Grounds    []Rule         `toml:"ground"`
	Reasons    []Rule         `toml:"reason"`
	Checks     []Rule         `toml:"check"`
	Categories []CategoryRule `toml:"category"`
	Regions    []Region       `toml:"region"`
	Sections   []Section      `toml:"section"`
	Countries  []Country      `toml:"country"`
	Years      []int          `toml:"years"`
	Holidays   []holiday      `toml:"holiday"`
	KurbanAit  kurbanAit      `toml:"kurban-ait"`
	Moved      []moved        `toml:"moved"`

	days      calendar.Days
	calendars map[string]calendar.Calendar
}

// Load reads the data, and says what is wrong with them. The program calls it
// once at its start; everything else in the package panics where Load fails.
func Load() error {
	_, err := loaded()
	return err
}

var loaded = sync.OnceValues(load)

func data() *all {
	d, err := loaded()
	if err != nil {
		panic(err)
	}
	return d
}

func load() (*all, error) {
	d := &all{}
	for _, name := range []string{"acts", "terms", "fees", "rules", "regions", "classifiers", "days-off"} {
		raw, err := files.ReadFile("data/" + name + ".toml")
		if err != nil {
			return nil, err
		}
		meta, err := toml.Decode(string(raw), d)
		if err != nil {
			return nil, fmt.Errorf("law/data/%s.toml: %w", name, err)
		}
		if extra := meta.Undecoded(); len(extra) > 0 {
			return nil, fmt.Errorf("law/data/%s.toml: nobody reads %v", name, extra)
		}
	}
	d.days = d.nationalDays()
	err := d.makeCalendars()
	return d, errors.Join(err, d.check())
}

// check walks everything that has a source.
func (d *all) check() error {
	known := map[Sure]bool{Text: true, Secondary: true, Assumed: true}
	var errs []error
	for _, v := range d.sourced() {
		switch {
		case !known[v.Sure]:
			errs = append(errs, fmt.Errorf("%s: not said how sure", v.What))
		case v.From.IsZero():
			errs = append(errs, fmt.Errorf("%s: not said from which day", v.What))
		case !d.knows(v.Cite):
			errs = append(errs, fmt.Errorf("%s: unknown act in %q", v.What, v.Cite))
		}
	}
	return errors.Join(errs...)
}

func (d *all) knows(c Cite) bool {
	for _, a := range d.Acts {
		if len(c) >= len(a.Short) && string(c[:len(a.Short)]) == a.Short {
			return true
		}
	}
	return false
}

// A Value is one value of the law, as `ruqsat law doubts` lists it.
type Value struct {
	What string
	Is   string
	Sourced
}

// sourced returns every value that has a source.
func (d *all) sourced() []Value {
	var list []Value
	for _, t := range d.Terms {
		for _, v := range t.Values {
			list = append(list, Value{fmt.Sprintf("term %s of %v", t.Name, t.Of), v.Is, v.Sourced})
		}
	}
	for _, v := range d.Index.Values {
		list = append(list, Value{"monthly calculation index", fmt.Sprint(v.Tenge), v.Sourced})
	}
	for _, r := range d.Rates {
		list = append(list, Value{fmt.Sprintf("rate of group %s for sections %v", r.Group, r.Sections), fmt.Sprint(r.By), r.Sourced})
	}
	for _, s := range d.Seasonal {
		list = append(list, Value{"seasonal rate", fmt.Sprint(s.Steps), s.Sourced})
	}
	for kind, rules := range map[string][]Rule{"document": d.Documents, "ground": d.Grounds, "reason": d.Reasons, "check": d.Checks} {
		for _, r := range rules {
			list = append(list, Value{kind + " " + r.Key, r.Name.In(lang.EN), r.Sourced})
		}
	}
	for _, c := range d.Categories {
		list = append(list, Value{"category " + c.Key, c.Text.In(lang.EN), c.Sourced})
	}
	return append(list, d.dayValues()...)
}
