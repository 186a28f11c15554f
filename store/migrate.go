package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// migrations are the steps from an empty database to the present tables, in the
// SQL both engines share. See migration/README.md.
//
//go:embed migration
var migrations embed.FS

// A Schema is how far a database has been migrated. Versions are the numbers of
// the files in migration/.
type Schema struct {
	Has   int64 // the version of the database; 0 if it is empty
	Knows int64 // the newest version this program knows
}

// Schema returns how far the store has been migrated.
func (db *DB) Schema(ctx context.Context) (Schema, error) {
	knows, err := newest()
	if err != nil {
		return Schema{}, err
	}
	v := Schema{Knows: knows}
	err = db.View(ctx, func(ctx context.Context, tx ReadTx) error {
		var tables int
		if err := tx.queryRow(ctx, db.source.hasTable, goose.DefaultTablename).Scan(&tables); err != nil || tables == 0 {
			return err
		}
		const query = `SELECT coalesce(max(version_id), 0) FROM goose_db_version`
		return tx.queryRow(ctx, query).Scan(&v.Has)
	})
	if err != nil {
		return Schema{}, fmt.Errorf("schema: %w", err)
	}
	return v, nil
}

// Migrate brings the tables up to this program. Of several nodes that start at
// once one does it, and the others wait. A crash leaves the last version that
// was finished, and the next start goes on from there.
func (db *DB) Migrate(ctx context.Context) (err error) {
	pool, err := db.source.migrator()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	provider, err := newProvider(db.Engine(), pool)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate %s store: %w", db.Engine(), err)
	}
	if err := db.findPermits(ctx); err != nil {
		return err
	}
	if err := db.nameEmployers(ctx); err != nil {
		return err
	}
	if err := db.countBacklog(ctx); err != nil {
		return err
	}
	return db.BeginLog(ctx)
}

func newProvider(e Engine, db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migration")
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(layoutMigration(e))}
	dialect := goose.DialectSQLite3
	if e == PostgreSQL {
		dialect = goose.DialectPostgres
		// asked for every second, for five minutes
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, db, files, options...)
}

// newest returns the newest version this program knows.
func newest() (int64, error) {
	names, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil {
		return 0, err
	}
	var v int64 = layoutVersion
	for _, name := range names {
		n, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		v = max(v, n)
	}
	return v, nil
}

// refuseNewer fails if a newer program has migrated the store: what it keeps
// there, this one would overlook or spoil.
func (db *DB) refuseNewer(ctx context.Context) error {
	v, err := db.Schema(ctx)
	if err != nil {
		return err
	}
	if v.Has > v.Knows {
		return fmt.Errorf("its tables are of version %d and this program knows only %d; use the newer program", v.Has, v.Knows)
	}
	return nil
}
