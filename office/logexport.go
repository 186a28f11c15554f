package office

import (
	"context"
	"encoding/hex"
	"encoding/json"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/store"
	"ruqsat/transparency"
)

// Export hands out the log as files, to be recounted without the database: the
// tiles where tlog-tiles looks for them, the checkpoint and its key, and the rows
// that the leaves speak of with their salts. The rows hold personal data. It
// returns how many leaves there are.
func (o *Office) Export(ctx context.Context, put func(name string, data []byte) error) (int64, error) {
	if _, err := o.PublishCheckpoint(ctx); err != nil {
		return 0, err
	}
	var size int64
	err := o.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) error {
		p, err := o.published(ctx, tx)
		if err != nil {
			return err
		}
		size = p.Tree.Size
		if err := put("checkpoint", []byte(p.Note)); err != nil {
			return err
		}
		if err := put("key", []byte(p.Verifier+"\n")); err != nil {
			return err
		}
		for _, tile := range tlog.NewTiles(transparency.TileHeight, 0, size) {
			if err := exportTile(ctx, tx, tile, put); err != nil {
				return err
			}
		}
		return nil
	})
	return size, err
}

// exportTile hands out a tile; with one of the lowest level, the leaves and the
// rows it is of.
func exportTile(ctx context.Context, tx store.ReadTx, tile tlog.Tile, put func(string, []byte) error) error {
	data, err := tx.LogTile(ctx, tile)
	if err == nil {
		err = put(transparency.TilePath(tile), data)
	}
	if err != nil || tile.L > 0 {
		return err
	}
	leaves, err := tx.LogLeaves(ctx, tile.N<<transparency.TileHeight, int64(tile.W))
	if err != nil {
		return err
	}
	bundle := make([][]byte, len(leaves))
	var rows []byte
	for i, l := range leaves {
		bundle[i] = l.Data
		line, err := exportRow(ctx, tx, l)
		if err != nil {
			return err
		}
		rows = append(rows, line...)
	}
	tile.L = -1
	if err := put(transparency.TilePath(tile), transparency.Bundle(bundle)); err != nil {
		return err
	}
	return put(transparency.RowsPath(tile), rows)
}

// exportRow writes the row a leaf speaks of as a line, or nothing where a later
// leaf does.
func exportRow(ctx context.Context, tx store.ReadTx, l store.Leaf) ([]byte, error) {
	all, err := tx.LogLeavesOf(ctx, l.Source, l.Key)
	if err != nil || all[len(all)-1].N != l.N {
		return nil, err
	}
	row, ok, err := tx.LoggedRow(ctx, l.Source, l.Key)
	if err != nil || !ok {
		return nil, err
	}
	line, err := json.Marshal(transparency.Opened{
		N: l.N, Source: l.Source, Key: l.Key, Salt: hex.EncodeToString(l.Salt[:]), Row: row.Row,
	})
	return append(line, '\n'), err
}
