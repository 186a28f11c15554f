package transparency

import (
	"encoding/binary"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/lang"
	"ruqsat/problem"
)

// TileHeight is the height of a tile: 256 hashes of 32 bytes (c2sp.org/tlog-tiles).
const TileHeight = 8

// entries is the level of tiles that hold the leaves themselves.
const entries = -1

// TilePath returns where a tile lies below the log's address, as tlog-tiles has
// it: tile/0/x001/067, with .p/W for one of which there are W hashes yet, and
// tile/entries/… for the leaves. The format of the go command, which tlog speaks,
// says the height too, and "data" for "entries".
func TilePath(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), "tile/"+strconv.Itoa(TileHeight)+"/")
	if rest, ok := strings.CutPrefix(path, "data/"); ok {
		path = "entries/" + rest
	}
	return "tile/" + path
}

// ParseTilePath returns the tile that lies at a path.
func ParseTilePath(path string) (tlog.Tile, error) {
	bad := problem.New(problem.NotFound, "transparency.no-tile", lang.Args{"path": path})
	rest, ok := strings.CutPrefix(path, "tile/")
	if !ok {
		return tlog.Tile{}, bad
	}
	if n, ok := strings.CutPrefix(rest, "entries/"); ok {
		rest = "data/" + n
	}
	t, err := tlog.ParseTilePath("tile/" + strconv.Itoa(TileHeight) + "/" + rest)
	if err != nil || TilePath(t) != path {
		return tlog.Tile{}, bad
	}
	return t, nil
}

// IsEntries reports whether a tile holds leaves rather than hashes.
func IsEntries(t tlog.Tile) bool { return t.L == entries }

// Within reports whether a tree of a size has all of a tile.
func Within(t tlog.Tile, size int64) bool {
	level := max(t.L, 0)
	if level*TileHeight >= 63 {
		return false
	}
	end := t.N<<TileHeight + int64(t.W)
	return end <= size>>(TileHeight*level)
}

// Bundle writes leaves as a tile of entries: each after its length in two bytes,
// the higher first.
func Bundle(leaves [][]byte) []byte {
	var b []byte
	for _, l := range leaves {
		b = binary.BigEndian.AppendUint16(b, uint16(len(l)))
		b = append(b, l...)
	}
	return b
}

// Unbundle reads the leaves of a tile of entries.
func Unbundle(b []byte) ([][]byte, error) {
	var leaves [][]byte
	for len(b) > 0 {
		if len(b) < 2 || len(b)-2 < int(binary.BigEndian.Uint16(b)) {
			return nil, problem.New(problem.Invalid, "transparency.bad-bundle")
		}
		n := int(binary.BigEndian.Uint16(b))
		leaves = append(leaves, b[2:2+n])
		b = b[2+n:]
	}
	return leaves, nil
}

// Tiles returns hashes of a tree from its tiles, which read gets. Each tile is
// checked against the root before anything is taken from it.
func Tiles(root Checkpoint, read func(tlog.Tile) ([]byte, error)) tlog.HashReader {
	return tlog.TileHashReader(tlog.Tree{N: root.Size, Hash: root.Root}, tileReader{read})
}

// A tileReader reads tiles for tlog.
type tileReader struct {
	read func(tlog.Tile) ([]byte, error)
}

func (tileReader) Height() int { return TileHeight }

func (r tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, t := range tiles {
		var err error
		if data[i], err = r.read(t); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// SaveTiles is for readers that keep what has been checked; we read it again.
func (tileReader) SaveTiles([]tlog.Tile, [][]byte) {}
