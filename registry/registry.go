// Package registry is the register of permits: what was issued to whom, from
// when and until when, and what is in force on a day.
//
// A permit outlives its case. Entries are numbered without gaps. The register
// can be asked as of any day, and keeps what was issued in a year (a flow) apart
// from what is in force on a day (a stock).
//
// It counts, it does not save: see package store. Start at [Permit] and [Count].
package registry

import (
	"fmt"
	"strings"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
)

// A Permit lets one employer have one foreigner work for them.
type Permit struct {
	Seq         int64         `json:"seq"` // its place in the register; 0 until kept
	Number      string        `json:"number"`
	Operation   law.Operation `json:"operation"`
	Scheme      law.Scheme    `json:"scheme"`
	Case        string        `json:"case,omitempty"` // empty for imported ones
	Employer    party.BIN     `json:"employer"`
	Name        lang.Text     `json:"name"`   // of the employer
	Region      string        `json:"region"` // two digits of KATO
	Category    law.Category  `json:"category"`
	WorkerRef   string        `json:"worker_ref"`       // stands for the worker in public
	Worker      string        `json:"worker,omitempty"` // name as in the passport; personal, empty for imported ones
	Citizenship string        `json:"citizenship"`      // ISO 3166-1 alpha-2
	Position    lang.Text     `json:"position"`
	NKZ         string        `json:"nkz"`
	Issued      calendar.Date `json:"issued"`
	From        calendar.Date `json:"from"`
	Until       calendar.Date `json:"until"`
	Ended       calendar.Date `json:"ended,omitzero"` // first day on which it no longer holds, if it ended early
	EndedReason string        `json:"ended_reason,omitempty"`
}

// InForce reports whether the permit holds on a day: from its first day to its
// last, unless it ended before.
func (p Permit) InForce(on calendar.Date) bool {
	return !on.Before(p.From) && !on.After(p.Until) && (p.Ended.IsZero() || on.Before(p.Ended))
}

// A Status is what a permit is on a day.
type Status string

// The statuses.
const (
	NotYet  Status = "not-yet"
	InForce Status = "in-force"
	Expired Status = "expired"
	Ended   Status = "ended"
)

// In names the status.
func (s Status) In(t lang.Tag) string { return lang.M("registry.status-" + string(s)).In(t) }

// Status returns what the permit is on a day.
func (p Permit) Status(on calendar.Date) Status {
	switch {
	case !p.Ended.IsZero() && !on.Before(p.Ended):
		return Ended
	case on.Before(p.From):
		return NotYet
	case on.After(p.Until):
		return Expired
	}
	return InForce
}

// FormatNumber returns the number of the n-th permit of a region: KZ27IRS00000001.
// The pattern is that of the electronic licences, our guess for this service.
func FormatNumber(region string, n int64) string { return fmt.Sprintf("KZ%sIRS%08d", region, n) }

// lookAlikes are Cyrillic letters that a number may be typed with.
var lookAlikes = strings.NewReplacer("К", "K", "С", "S", "Р", "R", "І", "I", "И", "I", " ", "", "-", "", "\u00a0", "")

// ParseNumber returns the number in s as the register writes it.
func ParseNumber(s string) (string, error) {
	n := lookAlikes.Replace(strings.ToUpper(strings.TrimSpace(s)))
	if n == "" || len(n) > 40 || strings.ContainsFunc(n, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && r != '/'
	}) {
		return "", problem.New(problem.Invalid, "registry.bad-number").At("number")
	}
	return n, nil
}

// A Question is what somebody wants to know of an employer's permits.
type Question struct {
	Employer party.BIN
	AsOf     calendar.Date // in force on this day
	Year     int           // issued in this year
}

// An Answer is what the register says to a Question.
//
// Issued is a flow, InForce a stock: they differ and are never added up or
// printed without saying which.
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
		a.Seq = max(a.Seq, p.Seq)
		if p.Employer != q.Employer {
			continue
		}
		if p.InForce(q.AsOf) {
			a.InForce[p.Category]++
			a.Citizenship[p.Citizenship]++
			a.Total++
		}
		if p.Issued.Year == q.Year {
			a.issue(p)
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

// Months returns the term of the permit in months, begun ones counted whole.
func (p Permit) Months() int {
	n := 1
	for p.From.PlusMonths(n).Before(p.Until) {
		n++
	}
	return n
}
