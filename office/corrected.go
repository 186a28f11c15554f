package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"ruqsat/document"
	"ruqsat/lang"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// MakeCorrection makes the paper of a corrected application that the applicant is to
// read and sign anew, with what they say to it. It must be complete, and ask for the
// same permits; see [Office.Correct].
func (o *Office) MakeCorrection(ctx context.Context, by party.Actor, id, words string, t lang.Tag) error {
	if err := short("words", words); err != nil {
		return err
	}
	s, _, err := o.corrected(ctx, by, id, o.Now(), func(k *procedure.Correction) { k.Words = strings.TrimSpace(words) })
	if err != nil {
		return err
	}
	pdf, err := s.application(t)
	if err != nil {
		return unprintable(err)
	}
	papers := s.papers([]sheet{{FormApplication, string(t), pdf}}, s.correctedOf())
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		if err := unmoved(ctx, tx, s.c); err != nil {
			return err
		}
		if err := tx.SaveCase(ctx, s.c, s.c.Version); err != nil { // with the words
			return err
		}
		return enterPapers(ctx, tx, id, papers)
	})
}

// correctedOf tells apart what was corrected and what was said to it.
func (s setting) correctedOf() string {
	sum := sha256.Sum256([]byte(s.c.Course.Correction.Words))
	return s.entered() + " " + hex.EncodeToString(sum[:8])
}

// corrected reads a correction that its applicant may hand in, with its papers. Say
// changes what the applicant says to it.
func (o *Office) corrected(ctx context.Context, by party.Actor, id string, at time.Time, say func(*procedure.Correction),
) (setting, []store.Paper, error) {
	var s setting
	var papers []store.Paper
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		c, err := tx.Case(ctx, id)
		if err != nil {
			return err
		}
		if err := o.may(c, procedure.Deed{Act: procedure.Correct, By: by, At: at}); err != nil {
			return err
		}
		if s, err = o.setting(ctx, tx, c, at); err != nil {
			return err
		}
		if s.files, err = tx.FilesOf(ctx, id); err != nil {
			return err
		}
		say(s.c.Course.Correction)
		if err := s.checkCorrection(); err != nil {
			return err
		}
		papers, err = unsigned(ctx, tx, id)
		return err
	})
	return s, papers, err
}

// checkCorrection returns what is wrong with a correction: nothing is corrected, it
// asks for more, or something is missing.
func (s setting) checkCorrection() error {
	k := s.c.Course.Correction
	if k.Words == "" && len(changed(s.c, s.files)) == 0 {
		return problem.New(problem.Invalid, "procedure.nothing-corrected").At("words")
	}
	if !sameAsked(s.c.Application, k.Was) {
		return problem.New(problem.Invalid, "procedure.correction-asks-more").At("words")
	}
	return s.c.Application.CheckCorrected(attachedKinds(s.files), s.c.LawOn, s.c.Channel)
}

// Correct hands the correction in that the applicant has signed anew, over the exact
// bytes of the corrected application; what they signed before stays in the file.
// What was changed is recorded with how it was, and the time of the authority runs
// on. A signature that is not confirmed hands nothing in; one that cannot be judged
// yet waits, and counts from when it came. See [Waits].
func (o *Office) Correct(ctx context.Context, by party.Actor, id string, sigs Signatures) (procedure.Case, error) {
	c, list, err := o.correct(ctx, by, id, sigs, o.Now(), nothing)
	return c, o.orWait(ctx, waitCorrect, by, id, sigs, list, err)
}

func (o *Office) correct(ctx context.Context, by party.Actor, id string, sigs Signatures, at time.Time, more change) (procedure.Case, []signed, error) {
	s, papers, err := o.corrected(ctx, by, id, at, func(*procedure.Correction) {})
	if err != nil {
		return procedure.Case{}, nil, err
	}
	if s.c.Channel == procedure.Paper {
		return procedure.Case{}, nil, problem.New(problem.Conflict, "problem.moved-on")
	}
	if !made(papers, s.correctedOf()) {
		return procedure.Case{}, nil, problem.New(problem.Conflict, "office.application-changed")
	}
	list, err := o.examine(ctx, by, papers, sigs, at)
	if err != nil {
		return procedure.Case{}, list, o.reject(ctx, list, err)
	}
	d := procedure.Deed{Act: procedure.Correct, By: by, At: at}
	c, err := o.do(ctx, id, d, func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
		if c.Version != s.c.Version+1 {
			return problem.New(problem.Conflict, "problem.moved-on")
		}
		if err := o.handInCorrection(ctx, tx, c, e, s.correctedOf()); err != nil {
			return err
		}
		if err := more(ctx, tx, c, e); err != nil {
			return err
		}
		if err := tx.DropWaiting(ctx, id); err != nil {
			return err
		}
		return o.enterSigned(ctx, tx, list)
	})
	return c, list, err
}

// CorrectOnPaper records the correction of a package that came on paper, which the
// authority's people enter for who handed it in (WKO 142/2017 ¶ 5(1)).
func (o *Office) CorrectOnPaper(ctx context.Context, by party.Actor, id, words string) (procedure.Case, error) {
	if err := short("words", words); err != nil {
		return procedure.Case{}, err
	}
	return o.do(ctx, id, procedure.Deed{Act: procedure.Correct, By: by},
		func(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event) error {
			if c.Channel != procedure.Paper {
				return problem.New(problem.Conflict, "office.correction-signed")
			}
			c.Course.Correction.Words = strings.TrimSpace(words)
			return o.handInCorrection(ctx, tx, c, e, "")
		})
}

// handInCorrection records what was corrected. Made tells what was signed; it is
// empty where nothing was.
func (o *Office) handInCorrection(ctx context.Context, tx store.Tx, c *procedure.Case, e *procedure.Event, made string) error {
	files, err := tx.FilesOf(ctx, c.ID)
	if err != nil {
		return err
	}
	s := setting{c: *c, files: files}
	if err := s.checkCorrection(); err != nil {
		return err
	}
	if made != "" && made != s.correctedOf() {
		return problem.New(problem.Conflict, "office.application-changed")
	}
	k := c.Course.Correction
	e.Note.Text, e.Note.Parts, e.Note.Was = k.Words, changed(*c, files), &k.Was
	return nil
}

// correctedNote tells in a corrected application that it is one.
func (s setting) correctedNote() []document.Section {
	k := s.c.Course.Correction
	if s.c.State != procedure.Correcting || k == nil {
		return nil
	}
	var parts []lang.Text
	for _, p := range changed(s.c, s.files) {
		parts = append(parts, lang.All(p))
	}
	rows := []document.Row{row("case-number", lang.Same(s.c.Number)), date("corrected-first", s.c.LawOn), row("corrected-parts", listed(parts)), words("correct-words", k.Words)}
	return []document.Section{{Title: lang.All(lang.M("office.corrected-title")), Rows: rows}}
}

// listed is texts after one another, in each language.
func listed(texts []lang.Text) lang.Text {
	join := func(t lang.Tag) string {
		var all []string
		for _, x := range texts {
			all = append(all, x.In(t))
		}
		return strings.Join(slices.Compact(all), ", ")
	}
	return lang.Text{KK: join(lang.KK), RU: join(lang.RU), EN: join(lang.EN)}
}
