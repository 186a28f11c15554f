package law

import (
	"fmt"
	"slices"
	"time"

	"ruqsat/calendar"
	"ruqsat/lang"
)

// A Region is one of the country's regions and cities of their rank.
type Region struct {
	KATO   string        `toml:"kato"` // first two digits
	Zone   string        `toml:"zone"` // IANA
	Name   lang.Text     `toml:"name"`
	From   calendar.Date `toml:"from"` // since when it exists; zero for always
	Former []struct {
		Until calendar.Date `toml:"until"` // last day of the name
		Name  lang.Text     `toml:"name"`
	} `toml:"former"`
}

// NameOn returns what the region was called on a day: South Kazakhstan in 2017,
// Nur-Sultan in 2020.
func (r Region) NameOn(on calendar.Date) lang.Text {
	for _, f := range r.Former {
		if !on.After(f.Until) {
			return f.Name
		}
	}
	return r.Name
}

// Regions returns the regions by their numbers.
func Regions() []Region { return data().Regions }

// RegionsOn returns the regions that existed on a day: 16 in 2017, 20 since June
// 2022.
func RegionsOn(on calendar.Date) []Region {
	return slices.DeleteFunc(slices.Clone(data().Regions), func(r Region) bool { return r.From.After(on) })
}

// RegionBy returns the region of a number, and whether there is one.
func RegionBy(kato string) (Region, bool) {
	i := slices.IndexFunc(data().Regions, func(r Region) bool { return r.KATO == kato })
	if i < 0 {
		return Region{}, false
	}
	return data().Regions[i], true
}

// RegionName returns the name of a region, or its number if there is none.
func RegionName(kato string) lang.Text {
	if r, ok := RegionBy(kato); ok {
		return r.Name
	}
	return lang.Same(kato)
}

// A Section is a section of OKED, the classification of economic activities.
type Section struct {
	Letter string    `toml:"letter"`
	Name   lang.Text `toml:"name"`
}

// Sections returns the sections of OKED.
func Sections() []Section { return data().Sections }

// A Country is one whose citizens may come, or whose companies may send them.
type Country struct {
	Code string    `toml:"code"` // ISO 3166-1 alpha-2
	Name lang.Text `toml:"name"`
	WTO  bool      `toml:"-"` // member of the World Trade Organization; assumed
	EAEU bool      `toml:"-"` // its citizens need no permit
}

type wto struct {
	Outside []string  `toml:"outside"`
	Since   []Sourced `toml:"since"`
}

type eaeu struct {
	Members []string  `toml:"members"`
	Since   []Sourced `toml:"since"`
}

func (d *all) markCountries() {
	d.countries = make(map[string]Country, len(d.Countries))
	for i, c := range d.Countries {
		c.WTO = !slices.Contains(d.WTO.Outside, c.Code)
		c.EAEU = slices.Contains(d.EAEU.Members, c.Code)
		d.Countries[i], d.countries[c.Code] = c, c
	}
}

func (d *all) countryValues() []Value {
	return append(
		each("countries outside the World Trade Organization", fmt.Sprint(d.WTO.Outside), d.WTO.Since),
		each("countries of the Eurasian Economic Union", fmt.Sprint(d.EAEU.Members), d.EAEU.Since)...)
}

// Countries returns the countries we know.
func Countries() []Country { return data().Countries }

// CountryBy returns the country of a code, and whether we know it.
func CountryBy(code string) (Country, bool) {
	c, ok := data().countries[code]
	return c, ok
}

type openingHours struct {
	Regions []string    `toml:"regions"`
	Open    [][2]string `toml:"open"` // spans of a day, like 09:00 to 13:00
	Since   []Sourced   `toml:"since"`
}

// hours reads the spans of a day, which have to follow each other.
func (h openingHours) hours() (calendar.Hours, error) {
	var list calendar.Hours
	last := -1
	for _, span := range h.Open {
		open, err := minutes(span[0])
		if err != nil {
			return nil, err
		}
		shut, err := minutes(span[1])
		if err != nil {
			return nil, err
		}
		if open <= last || shut <= open {
			return nil, fmt.Errorf("hours %v do not follow each other", h.Open)
		}
		list, last = append(list, calendar.Span{Open: open, Close: shut}), shut
	}
	if list == nil {
		return nil, fmt.Errorf("hours of %v are never open", h.Regions)
	}
	return list, nil
}

func minutes(s string) (int, error) {
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err
}

func (d *all) hourValues() []Value {
	var list []Value
	for _, h := range d.Hours {
		list = append(list, each(fmt.Sprintf("hours of %v", h.Regions), fmt.Sprint(h.Open), h.Since)...)
	}
	return list
}

// makeCalendars puts zone, hours and days off of each region together.
func (d *all) makeCalendars() error {
	d.calendars = map[string]calendar.Calendar{}
	for _, r := range d.Regions {
		zone, err := time.LoadLocation(r.Zone)
		if err != nil {
			return fmt.Errorf("region %s: %w", r.KATO, err)
		}
		c := calendar.New(zone, nil, d.days)
		for _, h := range d.hoursOf(r.KATO) {
			hours, err := h.hours()
			if err != nil {
				return fmt.Errorf("region %s: %w", r.KATO, err)
			}
			for _, s := range h.Since {
				c = c.Since(s.From, hours)
			}
		}
		d.calendars[r.KATO] = c
	}
	return nil
}

// hoursOf returns the rows of a region, those of all regions first.
func (d *all) hoursOf(kato string) []openingHours {
	var list []openingHours
	for _, of := range []string{"all", kato} {
		for _, h := range d.Hours {
			if slices.Contains(h.Regions, of) {
				list = append(list, h)
			}
		}
	}
	return list
}

// CalendarFor returns the time of the department of a region.
func CalendarFor(region string) (calendar.Calendar, error) {
	c, ok := data().calendars[region]
	if !ok {
		return c, fmt.Errorf("no region %q", region)
	}
	return c, nil
}

// HoursFor returns when the department of a region is open on a working day.
func HoursFor(region string, on calendar.Date) (calendar.Hours, error) {
	c, err := CalendarFor(region)
	return c.Hours(on), err
}

// Days returns the national calendar.
func Days() calendar.Days { return data().days }

// Capital is the number of the city of Astana: its clock is that of who belongs to
// no department.
const Capital = "71"
