package law

import (
	"fmt"
	"slices"
	"strconv"

	"ruqsat/calendar"
)

// A SettingName names something the program has to know and no act says.
type SettingName string

// The settings.
const (
	CorrectionPauses SettingName = "correction-pauses" // yes or no
	HearingPauses    SettingName = "hearing-pauses"    // yes or no
	OutageMinutes    SettingName = "outage-minutes"    // a number of minutes of one day
)

// SettingNames are all settings.
var SettingNames = []SettingName{CorrectionPauses, HearingPauses, OutageMinutes}

type setting struct {
	Name   SettingName `toml:"name"`
	May    []string    `toml:"may"` // what it may be; any whole number where nothing stands
	Values []termText  `toml:"value"`
}

// allows reports whether the setting may be a value.
func (s setting) allows(is string) bool {
	if len(s.May) > 0 {
		return slices.Contains(s.May, is)
	}
	n, err := strconv.Atoi(is)
	return err == nil && n > 0 && n <= 24*60
}

// A Setting is what a setting is on a day.
type Setting struct {
	Is string
	Sourced
}

// Yes reports whether the setting says yes.
func (s Setting) Yes() bool { return s.Is == "yes" }

// Number returns the number the setting is.
func (s Setting) Number() int {
	n, _ := strconv.Atoi(s.Is) // was read when the data were
	return n
}

// SettingOn returns what a setting is for what was filed on a day.
func SettingOn(name SettingName, on calendar.Date) (Setting, error) {
	for _, s := range data().Settings {
		if s.Name != name {
			continue
		}
		if v, ok := latest(s.Values, on, func(v termText) Sourced { return v.Sourced }); ok {
			return Setting{v.Is, v.Sourced}, nil
		}
	}
	return Setting{}, OutsideLaw{"setting " + string(name), on}
}

func (d *all) checkSettings() error {
	for _, s := range d.Settings {
		if !slices.Contains(SettingNames, s.Name) {
			return fmt.Errorf("nobody asks for setting %q", s.Name)
		}
		for _, v := range s.Values {
			if !s.allows(v.Is) {
				return fmt.Errorf("setting %s cannot be %q", s.Name, v.Is)
			}
		}
	}
	return nil
}

func (d *all) settingValues() []Value {
	var list []Value
	for _, s := range d.Settings {
		for _, v := range s.Values {
			list = append(list, Value{"setting " + string(s.Name), v.Is, v.Sourced})
		}
	}
	return list
}
