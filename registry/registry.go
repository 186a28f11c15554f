// Package registry is the register of permits: what was issued to whom, from
// when and until when, and what is in force on a day.
//
// A permit outlives its case. Entries are numbered without gaps. The register
// can be asked as of any day, and keeps what was issued in a year (a flow) apart
// from what is in force on a day (a stock).
//
// It has two times: the day from which something is true, and the entry with
// which the register came to know it. Nothing is overwritten; see [Entry]. What
// may be done to a permit stands in steps.go, and is done by [Perform].
//
// It counts, it does not save: see package store. Start at [Permit]; figures are
// made by [Count], old registers come in through [ReadCSV].
package registry

import (
	"slices"
	"time"

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

	MoreRegions []string  `json:"more_regions,omitempty"` // where else it lets work, since 2023-07-01
	Change      string    `json:"change,omitempty"`       // key of why it was reissued
	Entered     time.Time `json:"entered,omitzero"`       // when the register came to know it
	History     []Entry   `json:"-"`                      // what became of it since, in the order of the register
}

// InForce reports whether the permit holds on a day: from its first day to its
// last, unless it is suspended or ended before.
func (p Permit) InForce(on calendar.Date) bool { return p.Status(on) == InForce }

// A Status is what a permit is on a day.
type Status string

// The statuses. One that ended early is Ended where the reason is in words of
// another register.
const (
	NotYet      Status = "not-yet"
	InForce     Status = "in-force"
	Suspended   Status = "suspended"
	Expired     Status = "expired"
	Ended       Status = "ended"
	Revoked     Status = "revoked"
	Surrendered Status = "surrendered"
	Replaced    Status = "reissued" // another permit was made of it
)

// Statuses are all statuses.
var Statuses = []Status{NotYet, InForce, Suspended, Expired, Ended, Revoked, Surrendered, Replaced}

// In names the status.
func (s Status) In(t lang.Tag) string { return lang.M("registry.status-" + string(s)).In(t) }

// Status returns what the permit is on a day.
func (p Permit) Status(on calendar.Date) Status {
	switch {
	case !p.Ended.IsZero() && !on.Before(p.Ended):
		return endedAs(p.EndedReason)
	case on.After(p.Until):
		return Expired
	case p.suspension(on) != nil:
		return Suspended
	case on.Before(p.From):
		return NotYet
	}
	return InForce
}

// endedAs is the status of a permit that ended early for a reason.
func endedAs(reason string) Status {
	if s := Status(reason); slices.Contains([]Status{Revoked, Surrendered, Replaced}, s) {
		return s
	}
	return Ended
}

// Since returns the first day of the status the permit has on a day; that of a
// permit which does not hold yet is the day it was issued.
func (p Permit) Since(on calendar.Date) calendar.Date {
	switch p.Status(on) {
	case NotYet:
		return p.Issued
	case Expired:
		return p.Until.AddDays(1)
	case Suspended:
		return p.suspension(on).On
	case InForce:
		since := p.From
		for _, e := range p.History {
			if e.Kind == ReinstatedEntry && !e.On.After(on) && e.On.After(since) {
				since = e.On
			}
		}
		return since
	}
	return p.Ended
}

// Regions returns every region in which the permit lets work, that of the
// department which issued it first.
func (p Permit) Regions() []string { return append([]string{p.Region}, p.MoreRegions...) }

// Months returns the term of the permit in months, begun ones counted whole: the
// one printed on it, however early it ended. It is never less than one.
func (p Permit) Months() int {
	n := (p.Until.Year-p.From.Year)*12 + int(p.Until.Month-p.From.Month)
	if p.From.PlusMonths(n).Before(p.Until) {
		n++
	}
	return max(n, 1)
}
