package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"ruqsat/examination"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/quota"
	"ruqsat/registry"
)

// AddAnswer keeps what a register answered about a case. Ids sort by time.
func (t Tx) AddAnswer(ctx context.Context, id, caseID string, a examination.Answer) error {
	const query = `
		INSERT INTO register_answer (id, case_id, register, subject, status, at, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`
	body, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("answer of %s about case %s: %w", a.Register, caseID, err)
	}
	delete(t.s.known.gathered, caseID)
	err = t.write(ctx, query, id, caseID, string(a.Register), a.Subject, string(a.Status), micros(a.At), string(body))
	if err != nil {
		return fmt.Errorf("add answer of %s about case %s: %w", a.Register, caseID, err)
	}
	return nil
}

// Answers returns what registers answered about a case, the first first.
func (t ReadTx) Answers(ctx context.Context, caseID string) ([]examination.Answer, error) {
	list, err := all(ctx, t, scanAnswer, answersAbout, caseID)
	if err != nil {
		return nil, fmt.Errorf("answers about case %s: %w", caseID, err)
	}
	return list, nil
}

const answersAbout = `SELECT body FROM register_answer WHERE case_id = $1 ORDER BY at, id`

func scanAnswer(r *rows) (a examination.Answer, err error) {
	var body string
	if err := r.Scan(&body); err != nil {
		return a, err
	}
	return a, json.Unmarshal([]byte(body), &a)
}

// About is whom and what a case is about, to be looked for elsewhere.
type About struct {
	Lines   []quota.Line
	BIN     party.BIN // empty where no employer is named yet
	Persons []string  // by [examination.PersonKey]
}

// Gathered is what an examination of a case looks at.
type Gathered struct {
	Files    []File
	Answers  []examination.Answer
	Entries  []quota.Entry                // of the ledger
	Balances map[quota.Line]quota.Balance // of the lines asked for
	Permits  []registry.Permit            // of the employer, in the order of the register
	Naming   []procedure.Case             // as [ReadTx.CasesNaming] has them
}

// Gather reads what an examination of a case looks at, in one trip.
//
// What was fetched before the act ran is as it stood when the batch began, but for
// what the batch has done to the case and to lines of the quota.
func (t ReadTx) Gather(ctx context.Context, caseID string, about About) (Gathered, error) {
	if f, ok := t.s.known.gathered[caseID]; ok && reflect.DeepEqual(f.about, about) {
		delete(t.s.known.gathered, caseID)
		return f.read(t.s), t.s.refuse(nil)
	}
	f, err := t.askGathered(ctx, caseID, about)
	if err = errors.Join(err, t.answers(ctx)); err != nil {
		return Gathered{}, fmt.Errorf("gather for the examination of case %s: %w", caseID, err)
	}
	return f.read(t.s), nil
}

// A finding is what is on its way to who gathers.
type finding struct {
	about     About
	found     Gathered
	lines     []lineKnown
	histories func() // gives the permits theirs; nil where none were asked for
}

// read returns what has come.
func (g *finding) read(s *session) Gathered {
	if g.histories != nil {
		g.histories()
	}
	g.found.Balances = make(map[quota.Line]quota.Balance, len(g.lines))
	for i, l := range g.about.Lines {
		g.found.Balances[l] = g.lines[i].balance
		if k := s.known.lines[l]; k != nil {
			g.found.Balances[l] = k.balance
		}
	}
	return g.found
}

// askGathered asks for what [ReadTx.Gather] returns.
func (t ReadTx) askGathered(ctx context.Context, caseID string, about About) (*finding, error) {
	f := &finding{about: about, lines: make([]lineKnown, len(about.Lines))}
	g := &f.found
	err := errors.Join(
		askAll(ctx, t, &g.Files, scanFile, filesOf, caseID),
		askAll(ctx, t, &g.Answers, scanAnswer, answersAbout, caseID),
		askAll(ctx, t, &g.Entries, scanRow(scanEntry), entriesOf, caseID),
		t.askNaming(ctx, &g.Naming, about.Persons, caseID))
	for i, l := range about.Lines {
		err = errors.Join(err, t.askBalance(ctx, l, &f.lines[i]))
	}
	if about.BIN != "" {
		w := &where{}
		w.equal("bin", string(about.BIN))
		var more error
		f.histories, more = t.askPermits(ctx, &g.Permits, w)
		err = errors.Join(err, more)
	}
	return f, err
}

// NameWorkers keeps whom a case is about, by [examination.PersonKey].
func (t Tx) NameWorkers(ctx context.Context, caseID string, persons []string) error {
	for _, p := range persons {
		if err := t.insert(ctx, workerTable, p, caseID); err != nil {
			return fmt.Errorf("name workers of case %s: %w", caseID, err)
		}
	}
	return nil
}

// CasesNaming returns the cases that were handed in about any of the persons,
// closed ones included, but for one case; at most 500 of them, the latest first.
func (t ReadTx) CasesNaming(ctx context.Context, persons []string, but string) ([]procedure.Case, error) {
	var list []procedure.Case
	if err := errors.Join(t.askNaming(ctx, &list, persons, but), t.answers(ctx)); err != nil {
		return nil, fmt.Errorf("cases that name %d persons: %w", len(persons), err)
	}
	return list, nil
}

// askNaming is CasesNaming, for list.
func (t ReadTx) askNaming(ctx context.Context, list *[]procedure.Case, persons []string, but string) error {
	if len(persons) == 0 {
		return nil
	}
	w := &where{}
	places := make([]string, len(persons))
	for i, p := range persons {
		places[i] = w.arg(p)
	}
	query := `SELECT ` + caseColumns + ` FROM case_file WHERE id IN (SELECT case_id FROM case_worker WHERE person IN (` +
		strings.Join(places, ", ") + `)) AND id <> ` + w.arg(but) + ` ORDER BY submitted DESC, id LIMIT 500`
	return askAll(ctx, t, list, func(r *rows) (procedure.Case, error) { return t.s.scanCase(r) }, query, w.args...)
}
