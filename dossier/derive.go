package dossier

import (
	"encoding/json"
	"time"
)

// CaseData writes what the rows say of the case: its file, the events, the ledger,
// the permits. What is withheld is left out.
func CaseData(rows []Row) ([]byte, error) {
	var data struct {
		Case       map[string]any    `json:"case,omitempty"`
		Events     []json.RawMessage `json:"events,omitempty"`
		Quota      []map[string]any  `json:"quota,omitempty"`
		Permits    []json.RawMessage `json:"permits,omitempty"`
		Entries    []json.RawMessage `json:"register,omitempty"` // what became of them
		Complaints []json.RawMessage `json:"complaints,omitempty"`
	}
	for _, r := range rows {
		if r.Withheld {
			continue
		}
		switch r.Source {
		case "case_file":
			data.Case = map[string]any{}
			for name, v := range r.Row {
				data.Case[name] = v
			}
			for _, name := range []string{"application", "running", "course"} {
				if text := r.text(name); text != "" {
					data.Case[name] = json.RawMessage(text)
				}
			}
		case "case_event":
			data.Events = append(data.Events, json.RawMessage(r.text("body")))
		case "quota_entry":
			data.Quota = append(data.Quota, r.Row)
		case "permit":
			data.Permits = append(data.Permits, json.RawMessage(r.text("body")))
		case "permit_entry":
			data.Entries = append(data.Entries, json.RawMessage(r.text("body")))
		case "complaint":
			data.Complaints = append(data.Complaints, json.RawMessage(r.text("body")))
		}
	}
	return indented(data)
}

// A step is one line of the timeline.
type step struct {
	At   string `json:"at"`
	What string `json:"what"`
	Who  string `json:"who,omitempty"` // role
	N    int64  `json:"leaf"`
}

// Timeline writes what was done when, in the order of the log; of what is withheld,
// what its leaf says.
func Timeline(rows []Row) ([]byte, error) {
	steps := []step{}
	for _, r := range rows {
		if r.Source != "case_event" {
			continue
		}
		s := step{N: r.N, What: r.text("act"), Who: r.text("role")}
		if !r.Withheld {
			s.At = time.UnixMicro(r.number("at")).UTC().Format(time.RFC3339Nano)
		} else {
			var leaf struct {
				What string `json:"what"`
				At   string `json:"at"`
			}
			if err := json.Unmarshal([]byte(r.Leaf), &leaf); err != nil {
				return nil, err
			}
			s.What, s.At = leaf.What, leaf.At
		}
		steps = append(steps, s)
	}
	return indented(steps)
}
