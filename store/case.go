package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ruqsat/calendar"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
)

const caseColumns = `id, region, number, code, channel, state, verdict, law_on, submitted, executor, paid,
	application, running, course, version`

// Case returns the case of an id; NotFound if there is none.
func (t ReadTx) Case(ctx context.Context, id string) (procedure.Case, error) {
	if c, ok := t.s.known.cases[id]; ok {
		delete(t.s.known.cases, id) // it is its reader's to change
		return c, nil
	}
	return t.oneCase(ctx, `SELECT `+caseColumns+` FROM case_file WHERE id = $1`, id)
}

// CaseByNumber returns the case of a number; NotFound if there is none.
func (t ReadTx) CaseByNumber(ctx context.Context, number string) (procedure.Case, error) {
	return t.oneCase(ctx, `SELECT `+caseColumns+` FROM case_file WHERE number = $1 AND number <> ''`, number)
}

func (t ReadTx) oneCase(ctx context.Context, query, key string) (procedure.Case, error) {
	c, err := t.s.scanCase(t.queryRow(ctx, query, key))
	if errors.Is(err, sql.ErrNoRows) {
		return procedure.Case{}, problem.New(problem.NotFound, "problem.not-found")
	}
	if err != nil {
		return procedure.Case{}, fmt.Errorf("case %s: %w", key, err)
	}
	return c, nil
}

type scanner interface{ Scan(dest ...any) error }

// scanCase reads the columns of a case, and those after them to where more points.
func (s *session) scanCase(r scanner, more ...any) (procedure.Case, error) {
	var c procedure.Case
	var lawOn string
	var t caseTexts
	var submitted, paid int64
	err := r.Scan(append([]any{&c.ID, &c.Region, &c.Number, &c.Code, &c.Channel, &c.State, &c.Verdict, &lawOn, &submitted,
		&c.Executor, &paid, &t.application, &t.running, &t.course, &c.Version}, more...)...)
	if err != nil {
		return c, err
	}
	c.Submitted, c.Paid = moment(submitted), paid == 1
	if lawOn != "" {
		if c.LawOn, err = calendar.ParseDate(lawOn); err != nil {
			return c, err
		}
	}
	if s.readFrom != nil {
		s.readFrom[c.ID] = t
	}
	return c, s.remembered.readCase(&c, t)
}

// caseValues are the columns of a case that acts change, in the order of the
// statements below.
func (s *session) caseValues(c procedure.Case) ([]any, error) {
	t, err := s.remembered.writeCase(c, s.readFrom[c.ID])
	if err != nil {
		return nil, err
	}
	lawOn := ""
	if !c.LawOn.IsZero() {
		lawOn = c.LawOn.String()
	}
	var due time.Time
	for _, r := range c.Running {
		if due.IsZero() || r.End.At.Before(due) {
			due = r.End.At
		}
	}
	_, lapses := c.ByItself()
	paid := int64(0)
	if c.Paid {
		paid = 1
	}
	return []any{c.ID, c.Region, c.Number, c.Code, string(c.Channel), string(c.State), string(c.Verdict), lawOn,
		micros(c.Submitted), string(c.Application.Employer.BIN), c.Executor, paid, micros(due), micros(lapses),
		t.application, t.running, t.course, int64(c.Version)}, nil
}

// AddCase keeps a new case.
func (t Tx) AddCase(ctx context.Context, c procedure.Case) error {
	const query = `
		INSERT INTO case_file (id, region, number, code, channel, state, verdict, law_on, submitted, bin, executor,
			paid, due, lapses, application, running, course, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`
	values, err := t.s.caseValues(c)
	if err != nil {
		return fmt.Errorf("case %s: %w", c.ID, err)
	}
	if err := t.write(ctx, query, values...); err != nil {
		return fmt.Errorf("add case %s: %w", c.ID, err)
	}
	return nil
}

// SaveCase keeps what a case has become. It is a Conflict if the case is not at
// the version it was read at: somebody else has acted on it.
func (t Tx) SaveCase(ctx context.Context, c procedure.Case, readAt int) error {
	was := t.s.readFrom[c.ID]
	values, err := t.s.caseValues(c)
	if err != nil {
		return fmt.Errorf("case %s: %w", c.ID, err)
	}
	query, args := caseUpdate(values, was)
	delete(t.s.known.cases, c.ID)
	delete(t.s.known.gathered, c.ID)
	delete(t.s.readFrom, c.ID) // an act may save it again, and by then it stands otherwise
	movedOn := problem.New(problem.Conflict, "problem.moved-on")
	err = t.writeRow(ctx, movedOn, query, append(args, int64(readAt)), func() { t.recordValues("case_file", values) })
	if err != nil {
		return fmt.Errorf("save case %s: %w", c.ID, err)
	}
	return nil
}

// caseUpdates are the statements that save a case, by which of its texts they
// write: application, running, course.
var caseUpdates = func() (texts [8]string) {
	for which := range texts {
		w := &where{}
		w.arg(nil) // the id
		var set []string
		for i, column := range caseKept {
			if i > 0 && writes(which, i) {
				set = append(set, column+" = "+w.arg(nil))
			}
		}
		texts[which] = `UPDATE case_file SET ` + strings.Join(set, ", ") + ` WHERE id = $1 AND version = ` + w.arg(nil)
	}
	return texts
}()

// caseKept are the columns of a case in the order of [session.caseValues]: those the
// log commits to.
var caseKept = chapterOf("case_file").columns

// firstText is where the texts begin in caseKept.
var firstText = slices.Index(caseKept, "application")

// writes reports whether the statement of a number writes the column at i.
func writes(which, i int) bool {
	text := i - firstText
	return text < 0 || text > 2 || which>>text&1 == 1
}

// caseUpdate returns the statement that saves a case, with all its arguments but
// the version it was read at. Texts that are as they were stay out of it: they are
// most of the row.
func caseUpdate(values []any, was caseTexts) (string, []any) {
	which := 0
	for i, old := range []string{was.application, was.running, was.course} {
		if old == "" || values[firstText+i] != any(old) {
			which |= 1 << i
		}
	}
	args := make([]any, 0, len(values)+1)
	for i, v := range values {
		if writes(which, i) {
			args = append(args, v)
		}
	}
	return caseUpdates[which], args
}

// AddEvent keeps the record of an act.
func (t Tx) AddEvent(ctx context.Context, e procedure.Event) error {
	body, err := t.asJSON(e)
	if err != nil {
		return fmt.Errorf("event %s/%d: %w", e.Case, e.Version, err)
	}
	err = t.insert(ctx, eventTable, e.Case, int64(e.Version), string(e.Act), string(e.By.Role), e.By.Account, micros(e.At), body)
	if err != nil {
		return fmt.Errorf("add event %s/%d: %w", e.Case, e.Version, err)
	}
	return nil
}

// Events returns what was done to a case, in order.
func (t ReadTx) Events(ctx context.Context, id string) ([]procedure.Event, error) {
	list, err := all(ctx, t, func(r *rows) (e procedure.Event, err error) {
		var body string
		if err := r.Scan(&body); err != nil {
			return e, err
		}
		return e, json.Unmarshal([]byte(body), &e)
	}, `SELECT body FROM case_event WHERE case_id = $1 ORDER BY version`, id)
	if err != nil {
		return nil, fmt.Errorf("events of case %s: %w", id, err)
	}
	return list, nil
}

// LastEvent returns the last time an act was done to a case; a zero event if it
// never was.
func (t ReadTx) LastEvent(ctx context.Context, id string, act procedure.Act) (procedure.Event, error) {
	var e procedure.Event
	var body string
	err := t.queryRow(ctx, `SELECT body FROM case_event WHERE case_id = $1 AND act = $2 ORDER BY version DESC LIMIT 1`, id, string(act)).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return e, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(body), &e)
	}
	if err != nil {
		return e, fmt.Errorf("last %s of case %s: %w", act, id, err)
	}
	return e, nil
}

// EventsBetween returns the events of cases submitted from one moment until before
// another, in a region or in all, without what was done after: those of a case
// together, in their order.
func (t ReadTx) EventsBetween(ctx context.Context, region string, from, until time.Time) ([]procedure.Event, error) {
	w := &where{}
	w.equal("c.region", region)
	w.and("c.submitted >= " + w.arg(micros(from)))
	w.and("c.submitted < " + w.arg(micros(until)))
	w.and("e.at < " + w.arg(micros(until)))
	list, err := all(ctx, t, func(r *rows) (e procedure.Event, err error) {
		var body string
		if err := r.Scan(&body); err != nil {
			return e, err
		}
		return e, json.Unmarshal([]byte(body), &e)
	}, wholeTable+`figures of a span of time */ SELECT e.body FROM case_event e JOIN case_file c ON c.id = e.case_id`+w.String()+` ORDER BY e.case_id, e.version`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("events since %s: %w", from, err)
	}
	return list, nil
}

// A Queue says which cases a list shows. Empty fields ask for nothing.
type Queue struct {
	Region   string
	States   []procedure.State
	Executor string
	BIN      party.BIN
	Search   string // part of a number, or a whole BIN
	Limit    int    // how many at most; 0 for 200
	After    int    // how many to leave out first
}

// Cases returns the cases of a queue, those due first at the top.
func (t ReadTx) Cases(ctx context.Context, q Queue) ([]procedure.Case, error) {
	w := q.where()
	limit := q.Limit
	if limit == 0 {
		limit = 200
	}
	query := w.whole("a list of all regions") + `SELECT ` + caseColumns + ` FROM case_file` + w.String() +
		` ORDER BY CASE WHEN due = 0 THEN 1 ELSE 0 END, due, submitted DESC, id` +
		` LIMIT ` + w.arg(int64(limit)) + ` OFFSET ` + w.arg(int64(q.After))
	list, err := all(ctx, t, func(r *rows) (procedure.Case, error) { return t.s.scanCase(r) }, query, w.args...)
	if err != nil {
		return nil, fmt.Errorf("cases: %w", err)
	}
	return list, nil
}

// CountCases returns how many cases a queue has in each state.
func (t ReadTx) CountCases(ctx context.Context, q Queue) (map[procedure.State]int, error) {
	w := q.where()
	type count struct {
		state procedure.State
		n     int
	}
	list, err := all(ctx, t, func(r *rows) (c count, err error) {
		return c, r.Scan(&c.state, &c.n)
	}, `SELECT state, count(*) FROM case_file`+w.String()+` GROUP BY state`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("count cases: %w", err)
	}
	counts := map[procedure.State]int{}
	for _, c := range list {
		counts[c.state] = c.n
	}
	return counts, nil
}

func (q Queue) where() *where {
	w := &where{}
	w.equal("region", q.Region)
	w.equal("executor", q.Executor)
	w.equal("bin", string(q.BIN))
	if q.Search != "" {
		a := w.arg(q.Search)
		w.and("(bin = " + a + " OR number LIKE '%' || " + a + " || '%')")
	}
	w.in("state", q.States)
	return w
}

// OverdueCases returns the cases in which the applicant's time was over by a
// moment, at most limit of them.
func (t ReadTx) OverdueCases(ctx context.Context, now time.Time, limit int) ([]string, error) {
	ids, err := all(ctx, t, func(r *rows) (id string, err error) { return id, r.Scan(&id) },
		`SELECT id FROM case_file WHERE lapses > 0 AND lapses <= $1 ORDER BY lapses, id LIMIT $2`, micros(now), int64(limit))
	if err != nil {
		return nil, fmt.Errorf("overdue cases: %w", err)
	}
	return ids, nil
}
