// Package registry is the register of permits: what was issued to whom, from
// when and until when, and what is in force on a day.
//
// A permit outlives its case. Entries are numbered without gaps. The register
// can be asked as of any day, and keeps what was issued in a year (a flow) apart
// from what is in force on a day (a stock).
//
// It counts, it does not save: see package store. Start at [Permit]; figures are
// made by [Count], old registers come in through [ReadCSV].
package registry

import (
	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
)

// A Permit lets one employer have one foreigner work for them.
type Permit struct {
	Seq         int64         `json:"seq"` // its place in the register; 0 until kept
	Number      string        `json:"number"`
	Previous    string        `json:"previous,omitempty"` // the number it extends or reissues
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

// Months returns the term of the permit in months, begun ones counted whole: the
// one printed on it, however early it ended. It is never less than one.
func (p Permit) Months() int {
	n := (p.Until.Year-p.From.Year)*12 + int(p.Until.Month-p.From.Month)
	if p.From.PlusMonths(n).Before(p.Until) {
		n++
	}
	return max(n, 1)
}
