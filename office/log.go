package office

import (
	"context"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
	"ruqsat/transparency"
)

// PublishCheckpoint signs and publishes where the log stands, if it has grown. It
// may be asked at any time and on several nodes: the same log gives the same bytes.
// Nothing is signed of a log that is not the continuation of what was signed.
func (o *Office) PublishCheckpoint(ctx context.Context) (bool, error) {
	if o.Log == nil {
		return false, nil
	}
	var next transparency.Checkpoint
	grown := false
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		edge, err := tx.LogEdge(ctx)
		if err != nil {
			return err
		}
		next = transparency.Checkpoint{Origin: o.Log.Origin(), Size: edge.Size, Root: edge.Root()}
		last, err := tx.LastCheckpoint(ctx)
		if problem.IsKind(err, problem.NotFound) {
			grown = edge.Size > 0
			return nil
		}
		if err != nil {
			return err
		}
		before, err := transparency.Open(last.Note, o.Log.Verifier())
		if err != nil {
			return err
		}
		grown = before.Size != next.Size
		return transparency.Grew(before, next, tiles(ctx, tx, next))
	})
	if err != nil || !grown {
		return false, err
	}
	signed, err := o.Log.Sign(next)
	if err != nil {
		return false, err
	}
	return true, o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		return tx.AddCheckpoint(ctx, store.Checkpoint{Size: next.Size, Note: signed, At: o.Now()})
	})
}

// tiles returns the hashes of the log of a checkpoint.
func tiles(ctx context.Context, tx store.ReadTx, c transparency.Checkpoint) tlog.HashReader {
	return transparency.Tiles(c, func(t tlog.Tile) ([]byte, error) { return tx.LogTile(ctx, t) })
}

// A Published checkpoint is one that everybody can have.
type Published struct {
	store.Checkpoint
	Tree     transparency.Checkpoint // what it says
	Verifier string                  // the key that signed it, to be believed by who knows it from elsewhere
}

// Published returns the latest checkpoint; NotFound if there is none.
func (o *Office) Published(ctx context.Context) (Published, error) {
	var p Published
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		p, err = o.published(ctx, tx)
		return err
	})
	return p, err
}

func (o *Office) published(ctx context.Context, tx store.ReadTx) (Published, error) {
	var p Published
	if o.Log == nil {
		return p, problem.New(problem.NotFound, "transparency.no-checkpoint")
	}
	p.Verifier = o.Log.Verifier()
	var err error
	if p.Checkpoint, err = tx.LastCheckpoint(ctx); err != nil {
		return p, err
	}
	p.Tree, err = transparency.Open(p.Note, p.Verifier)
	return p, err
}

// Tile returns a tile of what has been published. Later leaves are given out with
// the next checkpoint.
func (o *Office) Tile(ctx context.Context, path string) ([]byte, error) {
	tile, err := transparency.ParseTilePath(path)
	if err != nil {
		return nil, err
	}
	var data []byte
	err = o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		p, err := o.published(ctx, tx)
		if err != nil {
			return err
		}
		if !transparency.Within(tile, p.Tree.Size) {
			return problem.New(problem.NotFound, "transparency.no-tile", lang.Args{"path": path})
		}
		data, err = tx.LogTile(ctx, tile)
		return err
	})
	return data, err
}

// A Proven leaf is one with the proof that it is in the log.
type Proven struct {
	store.Leaf
	Says  transparency.Leaf
	Proof transparency.Proof
	Tree  transparency.Checkpoint
}

// Prove returns a leaf with its proof; NotFound if no checkpoint covers it yet.
func (o *Office) Prove(ctx context.Context, n int64) (Proven, error) {
	var p Proven
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		published, err := o.published(ctx, tx)
		if err == nil {
			p, err = prove(ctx, tx, published, n)
		}
		return err
	})
	return p, err
}

func prove(ctx context.Context, tx store.ReadTx, published Published, n int64) (Proven, error) {
	p := Proven{Tree: published.Tree}
	var err error
	if p.Leaf, err = tx.LogLeaf(ctx, n); err != nil {
		return p, err
	}
	if p.Says, err = transparency.ParseLeaf(p.Data); err != nil {
		return p, err
	}
	p.Proof, err = transparency.Prove(n, p.Tree, published.Note, tiles(ctx, tx, p.Tree))
	return p, err
}

// A Trace is what the log has of a row: its last leaf, and whether the row still
// says what it committed to.
type Trace struct {
	N       int64
	Holds   bool
	Covered bool  // by a published checkpoint
	Size    int64 // of that checkpoint
}

// Trace returns what the log has of a row; NotFound if no leaf speaks of it.
func (o *Office) Trace(ctx context.Context, source, key string) (Trace, error) {
	var t Trace
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		leaves, err := tx.LogLeavesOf(ctx, source, key)
		if err != nil {
			return err
		}
		if len(leaves) == 0 {
			return problem.New(problem.NotFound, "transparency.not-logged", lang.Args{"id": key})
		}
		last := leaves[len(leaves)-1]
		t.N = last.N
		row, ok, err := tx.LoggedRow(ctx, source, key)
		if err != nil {
			return err
		}
		says, err := transparency.ParseLeaf(last.Data)
		t.Holds = ok && err == nil && row.Digest(last.Salt) == says.Digest
		if p, err := o.published(ctx, tx); err == nil {
			t.Size, t.Covered = p.Tree.Size, last.N < p.Tree.Size
		}
		return nil
	})
	return t, err
}

// LeavesOf returns the places of the leaves that speak of what people name by an
// id: the place of a leaf, the number of a permit or of a case, or source/key as
// the audit names rows.
func (o *Office) LeavesOf(ctx context.Context, id string) ([]int64, error) {
	if n, err := strconv.ParseInt(id, 10, 64); err == nil {
		return []int64{n}, nil
	}
	var list []int64
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		list = nil
		leaves, err := leavesOf(ctx, tx, id)
		for _, l := range leaves {
			list = append(list, l.N)
		}
		if err == nil && len(list) == 0 {
			err = problem.New(problem.NotFound, "transparency.not-logged", lang.Args{"id": id})
		}
		return err
	})
	return list, err
}

func leavesOf(ctx context.Context, tx store.ReadTx, id string) ([]store.Leaf, error) {
	if source, key, ok := strings.Cut(id, "/"); ok {
		return tx.LogLeavesOf(ctx, source, key)
	}
	c, err := tx.CaseByNumber(ctx, id)
	if problem.IsKind(err, problem.NotFound) {
		return tx.LogLeavesOf(ctx, "permit", id)
	}
	if err != nil {
		return nil, err
	}
	return caseLeaves(ctx, tx, c)
}

// CaseByNumber returns the case of a number, to who has the data folder.
func (o *Office) CaseByNumber(ctx context.Context, number string) (procedure.Case, error) {
	var c procedure.Case
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		c, err = tx.CaseByNumber(ctx, number)
		return err
	})
	return c, err
}
