package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/transparency"
)

// A Leaf is one entry of the log with what only the authority knows of it.
type Leaf struct {
	N      int64
	Source string // which rows it speaks of
	Key    string // which of them
	Salt   transparency.Salt
	Data   []byte // the public leaf, the bytes that are hashed
	Hash   string // of them in base64, as it is kept
}

const leafColumns = `n, source, row_key, salt, leaf, hash`

func scanLeaf(r *rows) (Leaf, error) {
	var l Leaf
	var salt, data string
	if err := r.Scan(&l.N, &l.Source, &l.Key, &salt, &data, &l.Hash); err != nil {
		return l, err
	}
	l.Data = []byte(data)
	raw, _ := hex.DecodeString(salt) // one that is no salt does not fit the digest
	copy(l.Salt[:], raw)
	return l, nil
}

// LogEdge returns the right edge of the log's tree.
func (t ReadTx) LogEdge(ctx context.Context) (transparency.Edge, error) { return t.s.edge(ctx) }

// LogLeaf returns a leaf; NotFound if the log does not go so far.
func (t ReadTx) LogLeaf(ctx context.Context, n int64) (Leaf, error) {
	list, err := t.LogLeaves(ctx, n, 1)
	if err == nil && (len(list) == 0 || list[0].N != n) {
		err = problem.New(problem.NotFound, "transparency.no-leaf", lang.Args{"leaf": n})
	}
	if err != nil {
		return Leaf{}, err
	}
	return list[0], nil
}

// LogLeaves returns leaves from a place on, at most limit of them, in order.
func (t ReadTx) LogLeaves(ctx context.Context, from, limit int64) ([]Leaf, error) {
	list, err := all(ctx, t, scanLeaf, `SELECT `+leafColumns+` FROM log_leaf WHERE n >= $1 ORDER BY n LIMIT $2`, from, limit)
	if err != nil {
		return nil, fmt.Errorf("leaves of the log: %w", err)
	}
	return list, nil
}

// LogLeavesOf returns the leaves that speak of a row, the first first.
func (t ReadTx) LogLeavesOf(ctx context.Context, source, key string) ([]Leaf, error) {
	list, err := all(ctx, t, scanLeaf,
		`SELECT `+leafColumns+` FROM log_leaf WHERE source = $1 AND row_key = $2 ORDER BY n`, source, key)
	if err != nil {
		return nil, fmt.Errorf("leaves of %s %s: %w", source, key, err)
	}
	return list, nil
}

// LogTile returns the bytes of a tile of hashes or of leaves. It is NotFound if the
// log does not go so far.
func (t ReadTx) LogTile(ctx context.Context, tile tlog.Tile) ([]byte, error) {
	column, query := "hash", ` FROM log_leaf WHERE n >= $1 AND n < $2 ORDER BY n`
	first := tile.N << transparency.TileHeight
	args := []any{first, first + int64(tile.W)}
	switch {
	case transparency.IsEntries(tile):
		column = "leaf"
	case tile.L > 0:
		query = ` FROM log_node WHERE n >= $1 AND n < $2 AND level = $3 ORDER BY n`
		args = append(args, int64(tile.L*transparency.TileHeight))
	}
	list, err := all(ctx, t, func(r *rows) (s string, err error) { return s, r.Scan(&s) }, `SELECT `+column+query, args...)
	if err != nil {
		return nil, fmt.Errorf("tile %s: %w", transparency.TilePath(tile), err)
	}
	if len(list) != tile.W {
		return nil, problem.New(problem.NotFound, "transparency.no-tile", lang.Args{"path": transparency.TilePath(tile)})
	}
	return tileData(tile, list)
}

func tileData(tile tlog.Tile, list []string) ([]byte, error) {
	if transparency.IsEntries(tile) {
		leaves := make([][]byte, len(list))
		for i, s := range list {
			leaves[i] = []byte(s)
		}
		return transparency.Bundle(leaves), nil
	}
	var data []byte
	for _, s := range list {
		h, err := base64.StdEncoding.DecodeString(s)
		if err != nil || len(h) != tlog.HashSize {
			return nil, fmt.Errorf("tile %s has %q for a hash", transparency.TilePath(tile), s)
		}
		data = append(data, h...)
	}
	return data, nil
}

// LogNode returns the kept hash of a complete subtree, in base64; empty if there
// is none.
func (t ReadTx) LogNode(ctx context.Context, level int, n int64) (string, error) {
	var hash string
	err := t.queryRow(ctx, `SELECT hash FROM log_node WHERE level = $1 AND n = $2`, int64(level), n).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return hash, err
}

// A Checkpoint is a signed checkpoint that was published.
type Checkpoint struct {
	Size int64
	Note string
	At   time.Time
}

// AddCheckpoint publishes a signed checkpoint. To publish the same again changes
// nothing; another of the same size is a Conflict.
func (t Tx) AddCheckpoint(ctx context.Context, c Checkpoint) error {
	const query = `
		INSERT INTO log_checkpoint (size, note, at) VALUES ($1, $2, $3)
		ON CONFLICT (size) DO UPDATE SET note = log_checkpoint.note
		RETURNING note`
	var note string
	if err := t.queryRow(ctx, query, c.Size, c.Note, micros(c.At)).Scan(&note); err != nil {
		return fmt.Errorf("publish checkpoint of %d: %w", c.Size, err)
	}
	if note != c.Note {
		return problem.New(problem.Conflict, "transparency.forked", lang.Args{"old": c.Size, "new": c.Size})
	}
	return nil
}

// LastCheckpoint returns the latest checkpoint; NotFound if none was published.
func (t ReadTx) LastCheckpoint(ctx context.Context) (Checkpoint, error) {
	list, err := t.checkpoints(ctx, ` ORDER BY size DESC LIMIT 1`)
	if err == nil && len(list) == 0 {
		err = problem.New(problem.NotFound, "transparency.no-checkpoint")
	}
	if err != nil {
		return Checkpoint{}, err
	}
	return list[0], nil
}

// Checkpoints returns every checkpoint that was published, in order.
func (t ReadTx) Checkpoints(ctx context.Context) ([]Checkpoint, error) {
	return t.checkpoints(ctx, ` ORDER BY size`)
}

func (t ReadTx) checkpoints(ctx context.Context, rest string) ([]Checkpoint, error) {
	list, err := all(ctx, t, func(r *rows) (c Checkpoint, err error) {
		var at int64
		err = r.Scan(&c.Size, &c.Note, &at)
		c.At = moment(at)
		return c, err
	}, `SELECT size, note, at FROM log_checkpoint`+rest)
	if err != nil {
		return nil, fmt.Errorf("checkpoints: %w", err)
	}
	return list, nil
}

// LogSources returns the names of all that the log speaks of.
func LogSources() []string {
	var names []string
	for _, c := range logbook {
		names = append(names, c.source)
	}
	return names
}

// A Row is a row that the log speaks of, as it stands now.
type Row struct {
	transparency.Statement
	Changes bool // whether it is rewritten, so that only its last leaf tells what it is
	leaf    transparency.Leaf
}

// LoggedRow returns a row of a source; false if it is not there.
func (t ReadTx) LoggedRow(ctx context.Context, source, key string) (Row, bool, error) {
	c := chapterOf(source)
	if c == nil {
		return Row{}, false, nil
	}
	where := make([]string, len(c.key))
	args := make([]any, len(c.key))
	parts := strings.Split(key, "/")
	if len(parts) != len(c.key) {
		return Row{}, false, nil
	}
	for i, name := range c.key {
		where[i] = fmt.Sprintf("t.%s = $%d", name, i+1)
		args[i] = parts[i]
		if name == c.number {
			n, err := strconv.ParseInt(parts[i], 10, 64)
			if err != nil {
				return Row{}, false, nil
			}
			args[i] = n
		}
	}
	list, err := t.loggedRows(ctx, c, "", ` WHERE `+strings.Join(where, " AND "), args...)
	if err != nil || len(list) == 0 {
		return Row{}, false, err
	}
	return list[0], true, nil
}

// Unlogged returns rows of a source that no leaf speaks of, at most limit of them.
func (t ReadTx) Unlogged(ctx context.Context, source string, limit int) ([]Row, error) {
	c := chapterOf(source)
	where := ` WHERE NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.source = $1 AND l.row_key = ` + c.keySQL() + `)`
	if c.where != "" {
		where += ` AND ` + c.where
	}
	return t.loggedRows(ctx, c, wholeTable+"compared with the log */ ", where+` ORDER BY `+c.keySQL()+` LIMIT $2`, c.source, int64(limit))
}

func (t ReadTx) loggedRows(ctx context.Context, c *chapter, why, rest string, args ...any) ([]Row, error) {
	list, err := all(ctx, t, func(r *rows) (Row, error) {
		values := make([]any, len(c.columns))
		dest := make([]any, len(values))
		for i := range values {
			dest[i] = &values[i]
		}
		if err := r.Scan(dest...); err != nil {
			return Row{}, err
		}
		row := make(map[string]any, len(values))
		for i, name := range c.columns {
			row[name] = values[i]
		}
		return Row{c.statement(row), c.changes, c.leaf(row)}, nil
	}, why+`SELECT t.`+strings.Join(c.columns, ", t.")+` FROM `+c.table+` t`+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("rows of %s: %w", c.source, err)
	}
	return list, nil
}

// LoggedRowsOfCase returns the rows that belong to a case, each with its last leaf,
// in the order of the log.
func (t ReadTx) LoggedRowsOfCase(ctx context.Context, caseID string) ([]Row, []Leaf, error) {
	var found []Row
	for i := range logbook {
		c := &logbook[i]
		if c.ofCase == "" {
			continue
		}
		where := ` WHERE ` + c.ofCase
		if c.where != "" {
			where += ` AND ` + c.where
		}
		rows, err := t.loggedRows(ctx, c, "", where, caseID)
		if err != nil {
			return nil, nil, err
		}
		found = append(found, rows...)
	}
	leaves := map[string]Leaf{}
	for _, r := range found {
		list, err := t.LogLeavesOf(ctx, r.Source, r.Key)
		if err != nil {
			return nil, nil, err
		}
		if len(list) == 0 {
			return nil, nil, fmt.Errorf("the log does not speak of %s %s", r.Source, r.Key)
		}
		leaves[r.Source+"/"+r.Key] = list[len(list)-1]
	}
	of := func(r Row) Leaf { return leaves[r.Source+"/"+r.Key] }
	slices.SortFunc(found, func(a, b Row) int { return cmp.Compare(of(a).N, of(b).N) })
	list := make([]Leaf, len(found))
	for i, r := range found {
		list[i] = of(r)
	}
	return found, list, nil
}

// BeginLog gives every row that was kept before there was a log its leaf. It does
// so once, when the tables have just been migrated; later a row without a leaf is
// one that was put in behind the program's back.
func (db *DB) BeginLog(ctx context.Context) error {
	return db.Do(ctx, func(ctx context.Context, tx Tx) error {
		n, err := tx.exec(ctx, `UPDATE log_head SET began = 1 WHERE began = 0`)
		if err != nil || n == 0 {
			return err
		}
		for _, source := range LogSources() {
			rows, err := tx.Unlogged(ctx, source, 1<<31)
			if err != nil {
				return err
			}
			for _, r := range rows {
				tx.recordLeaf(r.leaf, r.Statement)
			}
		}
		return nil
	})
}
