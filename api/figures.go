package api

import (
	"context"
	"slices"
	"strconv"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/statistics"
)

// A DayIn asks for figures of a day.
type DayIn struct {
	AsOf   string `query:"as-of" format:"date" doc:"The day; today if it is left out."`
	Region string `query:"region" doc:"Two digits of KATO; the country if it is left out."`
}

// A StatsOut is what is in force on a day.
type StatsOut struct {
	Body struct {
		AsOf       calendar.Date     `json:"as_of" format:"date"`
		Definition string            `json:"definition"`
		InForce    int               `json:"in_force"`
		Employers  *int              `json:"employers,omitempty" doc:"Employers with a permit in force; of the country only."`
		Issued     statistics.Figure `json:"issued_in_year" doc:"Issued in the year up to the day."`
		Cells      statistics.Cells  `json:"cells"`
	}
}

func (s *Service) registerStats(ctx context.Context, in *DayIn) (*StatsOut, error) {
	on, err := s.dayOrToday(in.AsOf)
	if err != nil {
		return nil, err
	}
	f, err := s.office.Counted(ctx, on, in.Region)
	if err != nil {
		return nil, err
	}
	out := &StatsOut{}
	out.Body.AsOf, out.Body.Definition = on, statistics.InForce.Definition(askerOf(ctx).lang)
	out.Body.InForce, out.Body.Cells = f.Stock.Total(), orNone(f.Stock)
	out.Body.Issued = statistics.Figure{Permits: f.Issued.Total()}
	if in.Region == "" {
		out.Body.Employers = &f.Employers
	}
	return out, nil
}

// An EmployerIn asks for figures of an employer on a day.
type EmployerIn struct {
	BIN  string `path:"bin" doc:"BIN or IIN of the employer."`
	AsOf string `query:"as-of" format:"date" doc:"The day; today if it is left out."`
}

// An InForceOut is what an employer has in force.
type InForceOut struct {
	Body struct {
		Employer party.BIN        `json:"employer"`
		AsOf     calendar.Date    `json:"as_of" format:"date"`
		InForce  int              `json:"in_force"`
		Cells    statistics.Cells `json:"cells"`
	}
}

func (s *Service) inForce(ctx context.Context, in *EmployerIn) (*InForceOut, error) {
	bin, err := employer(in.BIN)
	if err != nil {
		return nil, err
	}
	on, err := s.dayOrToday(in.AsOf)
	if err != nil {
		return nil, err
	}
	cells, err := s.office.EmployerStock(ctx, bin, on)
	if err != nil {
		return nil, err
	}
	out := &InForceOut{}
	out.Body.Employer, out.Body.AsOf, out.Body.InForce, out.Body.Cells = bin, on, cells.Total(), orNone(cells)
	return out, nil
}

// A YearIn asks for figures of an employer in a year.
type YearIn struct {
	BIN  string `path:"bin" doc:"BIN or IIN of the employer."`
	Year string `query:"year" doc:"The year; this one if it is left out." example:"2025"`
}

// An IssuedOut is what an employer was issued.
type IssuedOut struct {
	Body struct {
		Employer   party.BIN            `json:"employer"`
		Year       int                  `json:"year"`
		AsOf       calendar.Date        `json:"as_of" format:"date" doc:"The last day counted."`
		Issued     int                  `json:"issued"`
		Categories map[law.Category]int `json:"categories"`
		Positions  []PositionOut        `json:"positions"`
		Months     map[int]int          `json:"months" doc:"By term in months."`
	}
}

// A PositionOut is how many permits were issued for a position.
type PositionOut struct {
	KK      string `json:"kk"`
	RU      string `json:"ru"`
	Permits int    `json:"permits"`
}

func (s *Service) issued(ctx context.Context, in *YearIn) (*IssuedOut, error) {
	bin, err := employer(in.BIN)
	if err != nil {
		return nil, err
	}
	year, err := s.yearOrThis(in.Year)
	if err != nil {
		return nil, err
	}
	a, err := s.office.IssuedTo(ctx, bin, year)
	if err != nil {
		return nil, err
	}
	out := &IssuedOut{}
	b := &out.Body
	b.Employer, b.Year, b.AsOf, b.Issued = bin, year, a.AsOf, a.IssuedTotal
	b.Categories, b.Months, b.Positions = a.Issued, a.Months, make([]PositionOut, 0, len(a.Positions))
	for _, p := range a.Positions {
		b.Positions = append(b.Positions, PositionOut{p.Position.KK, p.Position.RU, p.Permits})
	}
	return out, nil
}

// A StatisticsOut is what is published of a day.
type StatisticsOut struct {
	Body struct {
		AsOf       calendar.Date     `json:"as_of" format:"date"`
		Definition string            `json:"definition"`
		Cells      []PublishedCell   `json:"cells" doc:"By region and part; an empty name is all of them."`
		Issued     statistics.Figure `json:"issued_in_year" doc:"Issued in the year up to the day."`
	}
}

// A PublishedCell is a figure as it may be shown.
type PublishedCell struct {
	Region string          `json:"region"`
	Part   statistics.Part `json:"part"`
	statistics.Figure
}

func (s *Service) statistics(ctx context.Context, in *DayIn) (*StatisticsOut, error) {
	on, err := s.dayOrToday(in.AsOf)
	if err != nil {
		return nil, err
	}
	f, err := s.office.Figures(ctx, on, in.Region)
	if err != nil {
		return nil, err
	}
	out := &StatisticsOut{}
	out.Body.AsOf, out.Body.Definition, out.Body.Issued = on, statistics.InForce.Definition(askerOf(ctx).lang), f.Year
	regions := []string{in.Region}
	if in.Region == "" {
		regions = append(slices.Clone(f.Shown.Regions), "")
	}
	for _, region := range regions {
		for _, part := range append(slices.Clone(statistics.Parts), "") {
			out.Body.Cells = append(out.Body.Cells, PublishedCell{region, part, f.Shown.At(region, part)})
		}
	}
	return out, nil
}

func employer(text string) (party.BIN, error) {
	bin, err := party.ParseBIN(text)
	if err != nil {
		return "", problem.Of(err).At("bin")
	}
	return bin, nil
}

func (s *Service) dayOrToday(text string) (calendar.Date, error) {
	d, err := day(text, "as-of")
	if err == nil && d.IsZero() {
		d, err = s.office.Today(law.Capital)
	}
	return d, err
}

func (s *Service) yearOrThis(text string) (int, error) {
	if text == "" {
		today, err := s.office.Today(law.Capital)
		return today.Year, err
	}
	year, err := strconv.Atoi(text)
	if err != nil {
		return 0, problem.New(problem.Invalid, "partner.bad-year", lang.Args{"year": text}).At("year")
	}
	return year, nil
}

// orNone makes a list of nothing an empty one, not none.
func orNone(cells statistics.Cells) statistics.Cells {
	if cells == nil {
		return statistics.Cells{}
	}
	return cells
}
