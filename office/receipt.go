package office

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
)

// Receipt says what was filed in a case, when, and by which digests, as plain text
// that a program can read too. It is not signed: the same act and papers are
// under the transparency log, whose checkpoints are. It is NotFound for what was
// not filed through the portal.
func (o *Office) Receipt(ctx context.Context, by party.Actor, id string) (string, error) {
	v, err := o.Look(ctx, by, id)
	if err != nil {
		return "", err
	}
	cal, err := law.CalendarFor(v.Case.Region)
	if err != nil {
		return "", err
	}
	var filed time.Time
	for _, e := range v.Events {
		if e.Act == procedure.Submit {
			filed = e.At
		}
	}
	if filed.IsZero() || v.Case.Channel != procedure.Portal {
		return "", problem.New(problem.NotFound, "problem.not-found")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "ruqsat receipt 1\nsubmission %s\n", v.Case.ID)
	if v.Case.Number != "" {
		fmt.Fprintf(&b, "number %s\n", v.Case.Number)
	}
	fmt.Fprintf(&b, "filed %s\n", filed.In(cal.Zone()).Format(time.RFC3339))
	for _, p := range v.Papers {
		if p.Form != FormApplication || p.Signature == "" {
			continue
		}
		fmt.Fprintf(&b, "application sha256:%s\n", p.SHA256)
		if _, r, err := Signed(p); err == nil {
			fmt.Fprintf(&b, "signature sha256:%s\n", r.Signature)
		}
	}
	for _, f := range v.Files {
		if !f.At.After(filed) {
			fmt.Fprintf(&b, "file sha256:%s %d %s %q\n", f.SHA256, f.Size, f.Kind, f.Name)
		}
	}
	return b.String(), nil
}
