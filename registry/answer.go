package registry

import (
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// A Question is what somebody wants to know of an employer's permits.
type Question struct {
	Employer party.BIN
	AsOf     calendar.Date // in force on this day
	Year     int           // issued in this year, up to AsOf
	Region   string        `json:",omitempty"`     // whose permits; of all regions if empty
	Known    int64         `json:"known,omitzero"` // as the register knew it at this entry; all of it for 0
}

// of reports whether a permit is one the question is about.
func (q Question) of(p Permit) bool {
	return p.Employer == q.Employer && (q.Region == "" || p.Region == q.Region)
}

// Stock reports whether a permit of the employer is in force on the day.
func (q Question) Stock(p Permit) bool { return q.of(p) && p.InForce(q.AsOf) }

// Flow reports whether a permit of the employer was issued in the year, up to the
// day: on 1 September nobody can tell what the autumn will bring, and whoever
// counts again in December has to find the same.
func (q Question) Flow(p Permit) bool {
	return q.of(p) && p.Issued.Year == q.Year && !p.Issued.After(q.AsOf)
}

// An Answer is what the register says to a Question.
//
// Issued is a flow, InForce a stock: they differ and are never added up or
// printed without saying which. A permit issued in the year and still in force is
// in both, one of an earlier year in the stock alone, one that ended in the flow
// alone.
type Answer struct {
	Question
	InForce     map[law.Category]int `json:"in_force"`
	Total       int                  `json:"total"` // in force
	Citizenship map[string]int       `json:"citizenship"`
	Issued      map[law.Category]int `json:"issued"`
	IssuedTotal int                  `json:"issued_total"`
	Positions   []Positions          `json:"positions"` // of what was issued, in the order first met
	Months      map[int]int          `json:"months"`    // of what was issued, by term in months
	Seq         int64                `json:"seq"`       // the last entry this was counted from

	// Behind are the permits counted, in the order of the register and without
	// the names of workers. A figure is traced by [Answer.Numbers].
	Behind []Permit `json:"-"`
}

// Positions is how many permits were issued for a position.
type Positions struct {
	Position lang.Text `json:"position"`
	Permits  int       `json:"permits"`
}

// Count answers q from permits; those of others do not count.
func Count(q Question, permits []Permit) Answer {
	a := Answer{
		Question: q, InForce: map[law.Category]int{}, Citizenship: map[string]int{},
		Issued: map[law.Category]int{}, Months: map[int]int{},
	}
	for _, p := range permits {
		if q.Known > 0 {
			then, there := p.Known(q.Known)
			if !there {
				continue
			}
			p = then
		}
		a.Seq = max(a.Seq, p.LastSeq())
		stock, flow := q.Stock(p), q.Flow(p)
		if stock {
			a.InForce[p.Category]++
			a.Citizenship[p.Citizenship]++
			a.Total++
		}
		if flow {
			a.issue(p)
		}
		if stock || flow {
			p.Worker = ""
			a.Behind = append(a.Behind, p)
		}
	}
	return a
}

func (a *Answer) issue(p Permit) {
	a.Issued[p.Category]++
	a.IssuedTotal++
	a.Months[p.Months()]++
	for i := range a.Positions {
		if a.Positions[i].Position == p.Position {
			a.Positions[i].Permits++
			return
		}
	}
	a.Positions = append(a.Positions, Positions{p.Position, 1})
}

// Numbers returns the numbers of the counted permits that all conditions hold
// for: a.Numbers(a.Stock, OfCategory(law.III)) are those behind
// a.InForce[law.III].
func (a Answer) Numbers(conditions ...func(Permit) bool) []string {
	var numbers []string
	for _, p := range a.Behind {
		if all(p, conditions) {
			numbers = append(numbers, p.Number)
		}
	}
	return numbers
}

func all(p Permit, conditions []func(Permit) bool) bool {
	for _, holds := range conditions {
		if !holds(p) {
			return false
		}
	}
	return true
}

// OfCategory holds for permits of a category.
func OfCategory(c law.Category) func(Permit) bool {
	return func(p Permit) bool { return p.Category == c }
}

// OfCitizenship holds for permits of a country's citizens, by its ISO code.
func OfCitizenship(code string) func(Permit) bool {
	return func(p Permit) bool { return p.Citizenship == code }
}

// OfMonths holds for permits of a term.
func OfMonths(n int) func(Permit) bool { return func(p Permit) bool { return p.Months() == n } }

// OfPosition holds for permits for a position, by its name in either official
// language, in capitals or not.
func OfPosition(x lang.Text) func(Permit) bool {
	same := func(a, b string) bool {
		return strings.TrimSpace(b) != "" && strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
	}
	return func(p Permit) bool { return same(p.Position.RU, x.RU) || same(p.Position.KK, x.KK) }
}
