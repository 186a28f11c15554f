package office

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/store"
	"ruqsat/transparency"
)

// An Audit is what a replay of the log found.
type Audit struct {
	Leaves      int64
	Rows        int64 // compared with their leaves
	Checkpoints int
	Wrong       []lang.Message // what does not agree; each names what
}

// mostWrong is how many faults an audit names; one leaf out of place can bring as
// many as the log is long.
const mostWrong = 100

// Audit replays the log: every leaf against its hash, the tree and the row it
// speaks of; every row against the log; every checkpoint against the tree. Witness
// is a checkpoint somebody kept elsewhere, or empty; verifier the key checkpoints
// are signed with.
func (o *Office) Audit(ctx context.Context, verifier, witness string) (Audit, error) {
	var r replay
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		r = replay{tx: tx, last: map[string]store.Leaf{}}
		if err := r.readCheckpoints(ctx, verifier, witness); err != nil {
			return err
		}
		if err := r.leaves(ctx); err != nil {
			return err
		}
		if err := r.end(ctx); err != nil {
			return err
		}
		return r.unlogged(ctx)
	})
	return r.Audit, err
}

// A replay is an audit under way.
type replay struct {
	Audit
	tx          store.ReadTx
	edge        transparency.Edge
	checkpoints []transparency.Checkpoint // still to be compared, the smallest first
	last        map[string]store.Leaf     // the last leaf of each row that is rewritten or may go
	newest      int64                     // size of the largest checkpoint
}

func (r *replay) wrong(key string, args lang.Args) {
	if len(r.Wrong) < mostWrong {
		r.Wrong = append(r.Wrong, lang.M("transparency.audit-"+key, args))
	}
}

// readCheckpoints opens the checkpoints that were published, and the witness.
func (r *replay) readCheckpoints(ctx context.Context, verifier, witness string) error {
	list, err := r.tx.Checkpoints(ctx)
	if err != nil {
		return err
	}
	if witness != "" {
		list = append(list, store.Checkpoint{Note: witness, Size: -1})
	}
	if verifier == "" && len(list) > 0 {
		r.wrong("no-key", lang.Args{"n": len(list)})
		return nil
	}
	for _, c := range list {
		opened, err := transparency.Open(c.Note, verifier)
		if err != nil || c.Size >= 0 && c.Size != opened.Size {
			r.wrong("bad-checkpoint", lang.Args{"size": c.Size, "why": why(err)})
			continue
		}
		r.Checkpoints++
		r.checkpoints = append(r.checkpoints, opened)
		r.newest = max(r.newest, opened.Size)
	}
	return nil
}

// why is what an error says to people; of a checkpoint kept under another size
// than it has, there is none.
func why(err error) lang.Message {
	if err == nil {
		return lang.M("transparency.bad-checkpoint")
	}
	return problem.Of(err).Say
}

// leaves goes through the log from its beginning.
func (r *replay) leaves(ctx context.Context) error {
	const page = 1000
	for from := int64(0); ; {
		list, err := r.tx.LogLeaves(ctx, from, page)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, l := range list {
			for ; from < l.N; from++ {
				r.wrong("gap", lang.Args{"leaf": from})
				if len(r.Wrong) >= mostWrong {
					from = l.N - 1
				}
			}
			if err := r.leaf(ctx, l); err != nil {
				return err
			}
			from = l.N + 1
		}
	}
}

// leaf checks one leaf: its bytes, its hash, and its row if that cannot have
// changed since.
func (r *replay) leaf(ctx context.Context, l store.Leaf) error {
	r.Leaves++
	hash := transparency.Hash(l.Data)
	if hash.String() != l.Hash {
		r.wrong("hash", lang.Args{"leaf": l.N})
	}
	var bad error
	r.edge.Add(hash, func(n transparency.Node) {
		kept, err := r.tx.LogNode(ctx, n.Level, n.N)
		if bad = err; err == nil && kept != n.Hash.String() {
			r.wrong("node", lang.Args{"level": n.Level, "n": n.N})
		}
	})
	r.compare()
	if bad != nil {
		return bad
	}
	says, err := transparency.ParseLeaf(l.Data)
	if err != nil {
		r.wrong("bad-leaf", lang.Args{"leaf": l.N})
		return nil
	}
	if says.Kind == transparency.State || says.Kind == transparency.File || says.Kind == transparency.Removed {
		r.last[l.Source+"/"+l.Key] = l
		return nil
	}
	return r.row(ctx, l, says)
}

// compare compares the tree with the checkpoints of its size.
func (r *replay) compare() {
	rest := r.checkpoints[:0]
	for _, c := range r.checkpoints {
		if c.Size != r.edge.Size {
			rest = append(rest, c)
		} else if c.Root != r.edge.Root() {
			r.wrong("other-tree", lang.Args{"size": c.Size})
		}
	}
	r.checkpoints = rest
}

// row compares a row with the leaf that speaks of it.
func (r *replay) row(ctx context.Context, l store.Leaf, says transparency.Leaf) error {
	row, ok, err := r.tx.LoggedRow(ctx, l.Source, l.Key)
	if err != nil {
		return err
	}
	r.Rows++
	name := lang.Args{"row": l.Source + "/" + l.Key, "leaf": l.N}
	switch {
	case says.Kind == transparency.Removed:
		if ok {
			r.wrong("row-back", name)
		}
	case !ok:
		r.wrong("row-gone", name)
	case row.Digest(l.Salt) != says.Digest:
		r.wrong("row-changed", name)
	case says.Kind == transparency.Paper:
		return r.bytes(ctx, row, name)
	}
	return nil
}

// bytes compares the bytes of a paper with the hash in its row.
func (r *replay) bytes(ctx context.Context, row store.Row, name lang.Args) error {
	id, _ := row.Row["id"].(string)
	sum, _ := row.Row["sha256"].(string)
	same, err := r.tx.HasPaper(ctx, id, sum)
	if err == nil && !same {
		r.wrong("bytes", name)
	}
	return err
}

// end checks what can be told only when the whole log was read.
func (r *replay) end(ctx context.Context) error {
	last := slices.SortedFunc(maps.Values(r.last), func(a, b store.Leaf) int { return cmp.Compare(a.N, b.N) })
	for _, l := range last {
		says, err := transparency.ParseLeaf(l.Data)
		if err == nil {
			err = r.row(ctx, l, says)
		}
		if err != nil {
			return err
		}
	}
	for _, c := range r.checkpoints {
		if c.Size > r.edge.Size {
			r.wrong("cut-short", lang.Args{"size": c.Size, "leaves": r.edge.Size})
		}
	}
	head, err := r.tx.LogEdge(ctx)
	if problem.Of(err) != nil && !problem.IsKind(err, problem.Invalid) {
		return err
	}
	if err != nil || head.Size != r.edge.Size || head.String() != r.edge.String() {
		r.wrong("head", lang.Args{"size": head.Size, "leaves": r.edge.Size})
	}
	return nil
}

// unlogged looks for rows that no leaf speaks of.
func (r *replay) unlogged(ctx context.Context) error {
	for _, source := range store.LogSources() {
		rows, err := r.tx.Unlogged(ctx, source, mostWrong)
		if err != nil {
			return err
		}
		for _, row := range rows {
			r.wrong("row-unlogged", lang.Args{"row": source + "/" + row.Key})
		}
	}
	return nil
}
