package store

import (
	"context"
	"database/sql"

	"github.com/pressly/goose/v3"
)

// layoutVersion is the migration that tells PostgreSQL how to lay out tables whose
// rows SQLite lays out as it must. It changes nothing that anyone can read.
const layoutVersion = 160

// layout is what PostgreSQL is told.
var layout = []string{
	// A case is rewritten at every act: with room left on its page, the indexes of what
	// has not changed need not be.
	`ALTER TABLE case_file SET (fillfactor = 70)`,
	// Papers and signatures do not get smaller by being compressed once more.
	`ALTER TABLE paper_content ALTER COLUMN content SET STORAGE EXTERNAL`,
	`ALTER TABLE paper ALTER COLUMN signature SET STORAGE EXTERNAL`,
	// LZ4 takes a fraction of the time; not every server was built with it.
	lz4("paper", "report"), lz4("case_file", "application"), lz4("case_event", "body"),
}

func lz4(table, column string) string {
	return `DO $$ BEGIN ALTER TABLE ` + table + ` ALTER COLUMN ` + column + ` SET COMPRESSION lz4;
		EXCEPTION WHEN OTHERS THEN NULL; END $$`
}

// layoutMigration is that migration for an engine.
func layoutMigration(e Engine) *goose.Migration {
	return goose.NewGoMigration(layoutVersion, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		if e != PostgreSQL {
			return nil
		}
		for _, text := range layout {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return err
			}
		}
		return nil
	}}, nil)
}
