package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/transparency"
)

// A draft is a leaf that has no place yet: it gets one before the commit. It is
// sealed beside the acts: salt, leaf and hash are there when the batch has been
// waited for.
type draft struct {
	source, key string
	salt        transparency.Salt
	leaf        []byte
	hash        tlog.Hash
	err         error // a row that no leaf can speak of
}

// A change is what a statement writes to a row of the log's: for each column the
// number of its argument, or a value that is written out.
type change struct {
	chapter *chapter
	columns []string
	args    []int // from 0; -1 where the value is written out
	values  []any
}

// changes are those of the statements met so far, nil for those the log does not
// speak of.
var changes sync.Map

var (
	inserts = regexp.MustCompile(`(?i)^\s*INSERT\s+INTO\s+(\w+)`)
	insert  = regexp.MustCompile(`(?s)^\s*INSERT INTO (\w+) \(([^)]*)\)\s*VALUES \(([^)]*)\)`)
	updates = regexp.MustCompile(`(?i)^\s*UPDATE\s+(\w+)`)
	update  = regexp.MustCompile(`(?s)^\s*UPDATE (\w+) SET (.*?)\s+WHERE (\w+ = \$\d+)`)
)

// changeOf returns what a statement adds to a table the log speaks of, or rewrites
// where rows are rewritten. Of a statement it cannot read it knows no columns, and
// the act that runs it fails: better than to keep a row without its leaf.
func changeOf(text string) *change {
	if known, ok := changes.Load(text); ok {
		return known.(*change)
	}
	var c *change
	if m := inserts.FindStringSubmatch(text); m != nil && chapterOf(m[1]) != nil {
		c = &change{chapter: chapterOf(m[1])}
		if m := insert.FindStringSubmatch(text); m != nil {
			values := strings.Split(m[3], ",")
			for n, column := range strings.Split(m[2], ",") {
				c.add(column, values[n])
			}
		}
	} else if m := updates.FindStringSubmatch(text); m != nil && chapterOf(m[1]) != nil && chapterOf(m[1]).changes {
		c = &change{chapter: chapterOf(m[1])}
		if m := update.FindStringSubmatch(text); m != nil {
			for _, set := range append(strings.Split(m[2], ","), m[3]) {
				column, value, _ := strings.Cut(set, "=")
				c.add(column, value)
			}
		}
	}
	changes.Store(text, c)
	return c
}

func (c *change) add(column, value string) {
	column, value = strings.TrimSpace(column), strings.TrimSpace(value)
	arg, literal := -1, any(nil) // what is neither of the following, the log cannot read
	if n, ok := strings.CutPrefix(value, "$"); ok {
		arg, _ = strconv.Atoi(n)
		arg--
	} else if n, err := strconv.ParseInt(value, 10, 64); err == nil {
		literal = n
	} else if text, ok := strings.CutPrefix(value, "'"); ok {
		literal = strings.TrimSuffix(text, "'")
	}
	c.columns, c.args, c.values = append(c.columns, column), append(c.args, arg), append(c.values, literal)
}

// row returns the row a statement writes with these arguments.
func (c *change) row(args []any) map[string]any {
	row := make(map[string]any, len(c.columns))
	for n, column := range c.columns {
		row[column] = c.values[n]
		if i := c.args[n]; i >= 0 && i < len(args) {
			row[column] = plain(args[i])
		}
	}
	return row
}

// plain returns a value as it will be read again.
func plain(v any) any {
	if n, ok := v.(int); ok {
		return int64(n)
	}
	return v
}

// record notes the leaf of what a statement of the act writes, if the log speaks of
// it.
func (t Tx) record(text string, args []any) {
	if c := changeOf(text); c != nil {
		t.recordRow(c.chapter, c.row(args))
	}
}

// recordRow notes the leaf of a row as it is now.
func (t Tx) recordRow(c *chapter, row map[string]any) {
	if c.source == "case_file" && row["state"] == "preparing" {
		return // nobody has handed it in
	}
	t.recordLeaf(c.leaf(row), c.statement(row))
}

// recordValues notes the leaf of a row that was changed, of which the values stand
// in the order of the chapter's columns.
func (t Tx) recordValues(source string, values []any) {
	c := chapterOf(source)
	row := make(map[string]any, len(values))
	for i, name := range c.columns {
		row[name] = values[i]
	}
	t.recordRow(c, row)
}

// recordRemoval notes that a row was taken out.
func (t Tx) recordRemoval(source, key string) {
	c := chapterOf(source)
	t.recordLeaf(transparency.Leaf{Form: c.form, Kind: transparency.Removed}, transparency.Statement{Source: source, Key: key})
}

// recordLeaf notes a leaf that commits to a statement.
func (t Tx) recordLeaf(l transparency.Leaf, s transparency.Statement) {
	d := &draft{source: s.Source, key: s.Key}
	t.s.act.leaves = append(t.s.act.leaves, d)
	t.s.act.sealing.Go(func() { d.seal(l, s) })
}

// seal makes the leaf of a statement.
func (d *draft) seal(l transparency.Leaf, s transparency.Statement) {
	defer func() {
		if p := recover(); p != nil {
			d.err = fmt.Errorf("leaf of %s %s: %v", s.Source, s.Key, p)
		}
	}()
	for name, v := range s.Row {
		if w, ok := v.(*writing); ok {
			if s.Row[name], d.err = w.wait(); d.err != nil {
				return
			}
		}
	}
	_, _ = rand.Read(d.salt[:]) // never fails
	l.Digest = s.Digest(d.salt)
	d.leaf = l.Canonical()
	d.hash = transparency.Hash(d.leaf)
}

// logKey is the lock of the log's end. It is taken last, when the acts of a batch
// have done all else: who holds it waits for nobody, so to wait for it makes no
// circle.
const logKey = "log"

// log adds the leaves of the acts that are kept to the log, in their order.
func (s *session) log(ctx context.Context, batch []*act) error {
	if !loggable(batch) {
		return nil
	}
	s.act = nil
	if s.lock != "" {
		if err := s.post(ctx, op{text: s.lock, args: []any{lockNumber(logKey)}}); err != nil {
			return err
		}
	}
	edge, err := s.edge(ctx)
	if err != nil {
		return err
	}
	// What was posted has been run by now, so it is certain which acts are kept.
	leaves, nodes := newRows(leafTable), newRows(nodeTable)
	for _, a := range batch {
		if !kept(a) {
			continue
		}
		a.sealing.Wait()
		for _, d := range a.leaves {
			if d.err != nil {
				return d.err
			}
			leaves.add(edge.Size, d.source, d.key, hex.EncodeToString(d.salt[:]), string(d.leaf), d.hash.String())
			edge.Add(d.hash, func(n transparency.Node) { nodes.add(int64(n.Level), n.N, n.Hash.String()) })
		}
	}
	if err := errors.Join(leaves.post(ctx, s), nodes.post(ctx, s)); err != nil {
		return err
	}
	return s.post(ctx, op{text: `UPDATE log_head SET size = $1, edge = $2 WHERE id = 1`, args: []any{edge.Size, edge.String()}})
}

func loggable(batch []*act) bool {
	for _, a := range batch {
		if kept(a) && len(a.leaves) > 0 {
			return true
		}
	}
	return false
}

// edge reads the end of the log.
func (s *session) edge(ctx context.Context) (transparency.Edge, error) {
	var size int64
	var text string
	c, err := s.query(ctx, `SELECT size, edge FROM log_head WHERE id = 1`, nil)
	if err != nil {
		return transparency.Edge{}, err
	}
	defer c.Close()
	if !c.Next() {
		return transparency.Edge{}, fmt.Errorf("the log has no head: %w", c.Err())
	}
	if err := c.Scan(&size, &text); err != nil {
		return transparency.Edge{}, err
	}
	return transparency.ParseEdge(size, text)
}
