package transparency

import (
	"math/bits"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/problem"
)

// An Edge is the right edge of the tree: all that has to be known of it to add a
// leaf. Its hashes are those of the complete subtrees that the tree is made of,
// the largest first: one for each 1 in the size written in binary.
type Edge struct {
	Size   int64 // leaves
	hashes []tlog.Hash
}

// A Node is the hash of a complete subtree: of 2^Level leaves, of which N such
// stand before it.
type Node struct {
	Level int
	N     int64
	Hash  tlog.Hash
}

// Add adds the hash of a leaf at the end, and calls keep with every node that
// became complete by it and heads a tile: these are what has to be kept besides
// the leaves (see [TileHeight]).
func (e *Edge) Add(leaf tlog.Hash, keep func(Node)) {
	n := Node{Level: 0, N: e.Size, Hash: leaf}
	for n.N&1 == 1 { // a left brother of the same size stands at the end
		left := e.hashes[len(e.hashes)-1]
		e.hashes = e.hashes[:len(e.hashes)-1]
		n = Node{n.Level + 1, n.N >> 1, tlog.NodeHash(left, n.Hash)}
		if n.Level%TileHeight == 0 {
			keep(n)
		}
	}
	e.hashes = append(e.hashes, n.Hash)
	e.Size++
}

// Root returns the hash of the whole tree (RFC 6962 § 2.1).
func (e Edge) Root() tlog.Hash {
	if len(e.hashes) == 0 {
		root, _ := tlog.TreeHash(0, nil) // of nothing; it reads nothing
		return root
	}
	root := e.hashes[len(e.hashes)-1]
	for i := len(e.hashes) - 2; i >= 0; i-- {
		root = tlog.NodeHash(e.hashes[i], root)
	}
	return root
}

// String writes the hashes of the edge in base64, with spaces between.
func (e Edge) String() string {
	texts := make([]string, len(e.hashes))
	for i, h := range e.hashes {
		texts[i] = h.String()
	}
	return strings.Join(texts, " ")
}

// ParseEdge reads what [Edge.String] wrote of an edge of a size.
func ParseEdge(size int64, s string) (Edge, error) {
	e := Edge{Size: size}
	for _, text := range strings.Fields(s) {
		h, err := tlog.ParseHash(text)
		if err != nil {
			return Edge{}, problem.New(problem.Invalid, "transparency.bad-edge").Because(err)
		}
		e.hashes = append(e.hashes, h)
	}
	if size < 0 || len(e.hashes) != bits.OnesCount64(uint64(size)) {
		return Edge{}, problem.New(problem.Invalid, "transparency.bad-edge")
	}
	return e, nil
}
