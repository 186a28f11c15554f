package office

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// correctable are the parts that can be put right once an application was handed
// in. For how long and from when is asked for is not among them: that is what was
// registered, and what holds the quota.
var correctable = []procedure.Part{procedure.PartEmployer, procedure.PartWorkers, procedure.PartContent, procedure.PartDocuments}

// AskCorrection asks the applicant to put parts of the application right, with
// the reasons in writing. The time of the authority stands still meanwhile.
func (o *Office) AskCorrection(ctx context.Context, by party.Actor, id, reasons string, parts []procedure.Part) (procedure.Case, error) {
	reasons, err := written("asked", reasons)
	if err != nil {
		return procedure.Case{}, err
	}
	for _, p := range parts {
		if !slices.Contains(correctable, p) {
			parts = nil
		}
	}
	if len(parts) == 0 {
		return procedure.Case{}, problem.New(problem.Invalid, "procedure.no-parts").At("parts")
	}
	set := func(s setting) ([]sheet, error) {
		return s.one(FormCorrection, func() ([]byte, error) { return s.correction(parts, reasons) })
	}
	return o.write(ctx, id, procedure.Deed{Act: procedure.AskCorrection, By: by}, procedure.Note{Text: reasons, Parts: parts}, nil, set,
		func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
			files, err := tx.FilesOf(ctx, c.ID)
			if err != nil {
				return err
			}
			c.Course.Correction = &procedure.Correction{Reasons: reasons, Parts: parts, Was: c.Application}
			for _, f := range files {
				c.Course.Correction.Files = append(c.Course.Correction.Files, f.ID)
			}
			return o.handOn(ctx, tx, c, e)
		})
}

// sameAsked reports whether two applications ask for the same permits.
func sameAsked(a, b procedure.Application) bool {
	return a.Operation == b.Operation && a.Scheme == b.Scheme && a.Months == b.Months && a.From == b.From &&
		slices.Equal(a.MoreRegions, b.MoreRegions) && slices.Equal(renewed(a), renewed(b)) && maps.Equal(a.Counts(), b.Counts())
}

// renewed are the numbers of the permits that are to be extended or reissued.
func renewed(a procedure.Application) []string {
	var list []string
	for _, w := range a.Workers {
		if w.Permit != "" {
			list = append(list, w.Permit)
		}
	}
	slices.Sort(list)
	return list
}

func attachedKinds(files []store.File) []string {
	var kinds []string
	for _, f := range files {
		kinds = append(kinds, f.Kind)
	}
	return kinds
}

// changed returns the parts that differ from what they were when the correction
// was asked for.
func changed(c procedure.Case, files []store.File) []procedure.Part {
	was, is := c.Course.Correction.Was, c.Application
	var parts []procedure.Part
	for part, differs := range map[procedure.Part]bool{
		procedure.PartEmployer:  !reflect.DeepEqual(was.Employer, is.Employer),
		procedure.PartWorkers:   !reflect.DeepEqual(was.Workers, is.Workers),
		procedure.PartTerms:     was.Reason != is.Reason,
		procedure.PartContent:   was.Content != is.Content,
		procedure.PartDocuments: !sameFiles(c.Course.Correction.Files, files),
	} {
		if differs {
			parts = append(parts, part)
		}
	}
	slices.Sort(parts)
	return parts
}

func sameFiles(ids []string, files []store.File) bool {
	for _, f := range files {
		if !slices.Contains(ids, f.ID) {
			return false
		}
	}
	return len(ids) == len(files)
}

// GoOn lets a case go on without the correction, once the time for it is over.
func (o *Office) GoOn(ctx context.Context, by party.Actor, id string) (procedure.Case, error) {
	return o.do(ctx, id, procedure.Deed{Act: procedure.GoOn, By: by},
		func(ctx context.Context, tx store.Tx, c *procedure.Case, _ *procedure.Event) error {
			// What was typed and never handed in was not handed in.
			c.Application = c.Course.Correction.Was
			return tx.ReplaceDrafts(ctx, c.ID)
		})
}
