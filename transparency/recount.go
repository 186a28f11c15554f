package transparency

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/lang"
	"ruqsat/problem"
)

// An Opened leaf is a row with the salt that shows that a leaf speaks of it.
type Opened struct {
	N      int64          `json:"n"`
	Source string         `json:"source"`
	Key    string         `json:"key"`
	Salt   string         `json:"salt"` // hexadecimal
	Row    map[string]any `json:"row"`
}

// RowsPath returns where an export has the rows that the leaves of a tile speak of.
func RowsPath(t tlog.Tile) string { return fmt.Sprintf("rows/%09d.jsonl", t.N) }

// A Recount is what was found in an export of the log.
type Recount struct {
	Checkpoint Checkpoint
	Leaves     int64
	Rows       int64
	Wrong      []lang.Message
}

func (r *Recount) wrong(key string, args lang.Args) {
	r.Wrong = append(r.Wrong, lang.M("transparency."+key, args))
}

// RecountExport counts an export of the log anew: that the leaves give the root of
// the signed checkpoint, that every tile is that of the leaves, and that every row
// is the one its leaf speaks of. Verifier is the key as known from elsewhere; if it
// is empty, that of the export is believed.
func RecountExport(export fs.FS, verifier string) (Recount, error) {
	var r Recount
	if verifier == "" {
		key, err := fs.ReadFile(export, "key")
		if err != nil {
			return r, problem.New(problem.Invalid, "transparency.export-file", lang.Args{"file": "key"}).Because(err)
		}
		verifier = string(key)
	}
	signed, err := fs.ReadFile(export, "checkpoint")
	if err != nil {
		return r, problem.New(problem.Invalid, "transparency.export-file", lang.Args{"file": "checkpoint"}).Because(err)
	}
	if r.Checkpoint, err = Open(string(signed), verifier); err != nil {
		return r, err
	}
	r.count(export)
	return r, nil
}

// count goes through the leaves, and then through the tiles they must give.
func (r *Recount) count(export fs.FS) {
	var edge Edge
	nodes := map[[2]int64]tlog.Hash{} // that stand in tiles
	for _, t := range tlog.NewTiles(TileHeight, 0, r.Checkpoint.Size) {
		if t.L > 0 {
			continue
		}
		leaves, ok := r.bundle(export, t)
		if !ok {
			return
		}
		for i, leaf := range leaves {
			n := t.N<<TileHeight + int64(i)
			nodes[[2]int64{0, n}] = Hash(leaf)
			edge.Add(Hash(leaf), func(n Node) { nodes[[2]int64{int64(n.Level), n.N}] = n.Hash })
		}
		r.rows(export, t, leaves)
	}
	r.Leaves = edge.Size
	if edge.Root() != r.Checkpoint.Root {
		r.wrong("audit-other-tree", lang.Args{"size": r.Checkpoint.Size})
	}
	for _, t := range tlog.NewTiles(TileHeight, 0, r.Checkpoint.Size) {
		var want []byte
		for i := range int64(t.W) {
			h := nodes[[2]int64{int64(t.L * TileHeight), t.N<<TileHeight + i}]
			want = append(want, h[:]...)
		}
		if got, err := fs.ReadFile(export, TilePath(t)); err != nil || !bytes.Equal(got, want) {
			r.wrong("export-file", lang.Args{"file": TilePath(t)})
		}
	}
}

// bundle reads the leaves of a tile; one that is short leaves a gap behind it.
func (r *Recount) bundle(export fs.FS, t tlog.Tile) ([][]byte, bool) {
	t.L = entries
	data, err := fs.ReadFile(export, TilePath(t))
	if err != nil {
		r.wrong("export-file", lang.Args{"file": TilePath(t)})
		return nil, false
	}
	leaves, err := Unbundle(data)
	if err != nil {
		r.wrong("export-file", lang.Args{"file": TilePath(t)})
		return nil, false
	}
	if len(leaves) != t.W {
		r.wrong("audit-gap", lang.Args{"leaf": t.N<<TileHeight + int64(len(leaves))})
		return nil, false
	}
	return leaves, true
}

// rows compares the rows of a tile with its leaves.
func (r *Recount) rows(export fs.FS, t tlog.Tile, leaves [][]byte) {
	file := RowsPath(t)
	data, err := fs.ReadFile(export, file)
	if err != nil {
		r.wrong("export-file", lang.Args{"file": file})
		return
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	for d.More() {
		var o Opened
		if err := d.Decode(&o); err != nil {
			r.wrong("export-file", lang.Args{"file": file})
			return
		}
		r.Rows++
		i := o.N - t.N<<TileHeight
		if i < 0 || i >= int64(len(leaves)) || !o.of(leaves[i]) {
			r.wrong("audit-row-changed", lang.Args{"row": o.Source + "/" + o.Key, "leaf": o.N})
		}
	}
}

// of reports whether a leaf speaks of the row.
func (o Opened) of(data []byte) bool {
	leaf, err := ParseLeaf(data)
	salt, bad := hex.DecodeString(o.Salt)
	if err != nil || bad != nil || len(salt) != SaltSize || !Whole(o.Row) {
		return false
	}
	return Statement{o.Source, o.Key, o.Row}.Digest(Salt(salt)) == leaf.Digest
}

// Whole makes the numbers of a row that was read as JSON whole ones, and reports
// whether they are and all else is text.
func Whole(row map[string]any) bool {
	for name, v := range row {
		switch v := v.(type) {
		case string, int64:
		case json.Number:
			n, err := v.Int64()
			if err != nil {
				return false
			}
			row[name] = n
		default:
			return false
		}
	}
	return true
}
