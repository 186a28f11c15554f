package law

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sync"

	"github.com/BurntSushi/toml"

	"ruqsat/calendar"
)

//go:embed data/*.toml
var files embed.FS

// all is everything in data/*.toml, and what is made of it.
type all struct {
	Acts      []Act        `toml:"act"`
	Editions  []edition    `toml:"edition"`
	Terms     []termSeries `toml:"term"`
	Settings  []setting    `toml:"setting"`
	Index     indexSeries  `toml:"index"`
	Rates     []rate       `toml:"rate"`
	Seasonal  []seasonal   `toml:"seasonal"`
	Documents []rule       `toml:"document"`
	Grounds   []rule       `toml:"ground"`
	Reasons   []rule       `toml:"reason"`
	Checks    []rule       `toml:"check"`

	Limits        []limit `toml:"limit"`
	PermitGrounds []rule  `toml:"permit-ground"`
	Changes       []rule  `toml:"change"`

	Definitions []definition   `toml:"definition"`
	Categories  []category     `toml:"category"`
	Regions     []Region       `toml:"region"`
	Sections    []Section      `toml:"section"`
	Countries   []Country      `toml:"country"`
	WTO         wto            `toml:"wto"`
	EAEU        eaeu           `toml:"eaeu"`
	Years       []int          `toml:"years"`
	Holidays    []holiday      `toml:"holiday"`
	KurbanAit   kurbanAit      `toml:"kurban-ait"`
	Moved       []moved        `toml:"moved"`
	Conditions  []condition    `toml:"condition"`
	Exempt      []rule         `toml:"exempt-person"`
	Seasons     []season       `toml:"season"`
	Hours       []openingHours `toml:"hours"`
	Ratios      []ratio        `toml:"ratio"`
	Exemptions  []exemption    `toml:"exemption"`
	Countings   []rule         `toml:"counting"`
	Facts       []rule         `toml:"fact"`
	Windows     []window       `toml:"window"`
	Positions   []position     `toml:"position"`

	acts      map[string]Act
	terms     map[termKey][]TermValue // the latest first
	countries map[string]Country
	days      calendar.Days
	calendars map[string]calendar.Calendar
}

// Load reads the data, and says what is wrong with them. The program calls it
// once at its start; everything else in the package panics where Load fails.
func Load() error {
	_, err := loaded()
	return err
}

var loaded = sync.OnceValues(func() (*all, error) { return load(files) })

func data() *all {
	if d := ours.Load(); d != nil {
		return d
	}
	d, err := loaded()
	if err != nil {
		panic(err)
	}
	return d
}

// load reads every file of data and checks all of it.
func load(from fs.FS) (*all, error) {
	return loadWith(from, func(*all) error { return nil })
}

// loadWith reads the data and has change lay something over them before anything
// is made of them.
func loadWith(from fs.FS, change func(*all) error) (*all, error) {
	names, err := fs.Glob(from, "data/*.toml")
	if err != nil {
		return nil, err
	}
	d := &all{}
	for _, name := range names {
		raw, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		meta, err := toml.Decode(string(raw), d)
		if err != nil {
			return nil, fmt.Errorf("law/data/%s: %w", path.Base(name), err)
		}
		if extra := meta.Undecoded(); len(extra) > 0 {
			return nil, fmt.Errorf("law/data/%s: nobody reads %v", path.Base(name), extra)
		}
	}
	if err := change(d); err != nil {
		return nil, err
	}
	d.indexActs()
	if err := errors.Join(d.makeTerms(), d.check()); err != nil {
		return nil, err
	}
	d.markCountries()
	d.days = d.nationalDays()
	return d, d.makeCalendars()
}
