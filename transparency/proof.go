package transparency

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/lang"
	"ruqsat/problem"
)

// A Proof shows that a leaf stands at a place of the log a signed checkpoint is
// of: the hashes beside its way up to the root (RFC 6962 § 2.1.1).
type Proof struct {
	N          int64 // its place; the first leaf stands at 0
	Hashes     tlog.RecordProof
	Checkpoint string // signed note
}

// proofHead begins the text of a proof, as c2sp.org/tlog-proof has it.
const proofHead = "c2sp.org/tlog-proof@v1"

// String writes the proof: a line that says what it is, the place, the hashes, an
// empty line, and the checkpoint.
func (p Proof) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nindex %d\n", proofHead, p.N)
	for _, h := range p.Hashes {
		fmt.Fprintln(&b, h)
	}
	return b.String() + "\n" + p.Checkpoint
}

// ParseProof reads what [Proof.String] wrote.
func ParseProof(text string) (Proof, error) {
	bad := problem.New(problem.Invalid, "transparency.bad-proof")
	head, checkpoint, ok := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || len(lines) < 2 || lines[0] != proofHead {
		return Proof{}, bad
	}
	index, ok := strings.CutPrefix(lines[1], "index ")
	n, err := strconv.ParseInt(index, 10, 64)
	if !ok || err != nil || n < 0 {
		return Proof{}, bad.Because(err)
	}
	p := Proof{N: n, Checkpoint: checkpoint}
	for _, line := range lines[2:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			return Proof{}, bad.Because(err)
		}
		p.Hashes = append(p.Hashes, h)
	}
	if p.String() != text {
		return Proof{}, bad
	}
	return p, nil
}

// Check returns the checkpoint, if the key of a verifier signed it and the proof
// shows that the bytes of a leaf stand at their place of its log.
func (p Proof) Check(leaf []byte, verifier string) (Checkpoint, error) {
	c, err := Open(p.Checkpoint, verifier)
	if err != nil {
		return c, err
	}
	if p.N >= c.Size || tlog.CheckRecord(p.Hashes, c.Size, c.Root, p.N, Hash(leaf)) != nil {
		return c, problem.New(problem.Invalid, "transparency.not-in-log", lang.Args{"leaf": p.N, "size": c.Size})
	}
	return c, nil
}

// Prove returns the proof of a leaf in the log of a checkpoint.
func Prove(n int64, c Checkpoint, signed string, r tlog.HashReader) (Proof, error) {
	if n < 0 || n >= c.Size {
		return Proof{}, problem.New(problem.NotFound, "transparency.not-yet", lang.Args{"leaf": n, "size": c.Size})
	}
	hashes, err := tlog.ProveRecord(c.Size, n, r)
	if err != nil {
		return Proof{}, problem.New(problem.Internal, "transparency.broken-tree", lang.Args{"leaf": n}).Because(err)
	}
	return Proof{n, hashes, signed}, nil
}

// Grew returns an error unless the log of one checkpoint is the beginning of that
// of another. r has the hashes of the later one.
func Grew(from, to Checkpoint, r tlog.HashReader) error {
	shrunk := problem.New(problem.Conflict, "transparency.forked", lang.Args{"old": from.Size, "new": to.Size})
	if from.Size == 0 || from == to {
		return nil
	}
	if from.Size >= to.Size {
		return shrunk
	}
	proof, err := tlog.ProveTree(to.Size, from.Size, r)
	if err != nil {
		return shrunk.Because(err)
	}
	return CheckGrowth(from, to, proof)
}

// CheckGrowth returns an error unless a consistency proof shows that the log of
// one checkpoint is the beginning of that of another (RFC 6962 § 2.1.2).
func CheckGrowth(from, to Checkpoint, proof tlog.TreeProof) error {
	if from.Size > to.Size || tlog.CheckTree(proof, to.Size, to.Root, from.Size, from.Root) != nil {
		return problem.New(problem.Conflict, "transparency.forked", lang.Args{"old": from.Size, "new": to.Size})
	}
	return nil
}
