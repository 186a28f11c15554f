package main

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strings"

	"github.com/jackc/pgx/v5"
)

// A sqliteLoader has a file to itself.
type sqliteLoader struct{ conn *sql.Conn }

// loadSQLite fills the file at path.
func loadSQLite(ctx context.Context, path string, permits int) error {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)&_pragma=cache_size(-4000000)&_pragma=temp_store(FILE)")
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return fill(ctx, sqliteLoader{conn}, permits)
}

func (l sqliteLoader) exec(ctx context.Context, text string) error {
	_, err := l.conn.ExecContext(ctx, text)
	return err
}

func (l sqliteLoader) load(ctx context.Context, table string, columns []string, rows iter.Seq[[]any]) error {
	places := strings.TrimSuffix(strings.Repeat("?,", len(columns)), ",")
	tx, err := l.conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.PrepareContext(ctx, `INSERT INTO `+table+` (`+strings.Join(columns, ", ")+`) VALUES (`+places+`)`)
	if err != nil {
		return err
	}
	for row := range rows {
		if _, err := stmt.ExecContext(ctx, row...); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return tx.Commit()
}

func (l sqliteLoader) indexes(ctx context.Context, table string) (map[string]string, error) {
	rows, err := l.conn.QueryContext(ctx, `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`, table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	made := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		made[name] = text
	}
	return made, rows.Err()
}

// A postgresLoader has a database to itself.
type postgresLoader struct{ conn *pgx.Conn }

// loadPostgres fills a database, and has the server look at what is in it.
func loadPostgres(ctx context.Context, dsn string, permits int) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(context.Background())
	l := postgresLoader{conn}
	if err := fill(ctx, l, permits); err != nil {
		return err
	}
	return l.exec(ctx, `VACUUM ANALYZE`)
}

func (l postgresLoader) exec(ctx context.Context, text string) error {
	_, err := l.conn.Exec(ctx, text)
	return err
}

func (l postgresLoader) load(ctx context.Context, table string, columns []string, rows iter.Seq[[]any]) error {
	next, stop := iter.Pull(rows)
	defer stop()
	_, err := l.conn.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromFunc(func() ([]any, error) {
		row, ok := next()
		if !ok {
			return nil, nil
		}
		return row, nil
	}))
	if err != nil {
		return fmt.Errorf("%s: %w", table, err)
	}
	return nil
}

func (l postgresLoader) indexes(ctx context.Context, table string) (map[string]string, error) {
	rows, err := l.conn.Query(ctx, `SELECT indexname, indexdef FROM pg_indexes i WHERE tablename = $1
		AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`, table)
	if err != nil {
		return nil, err
	}
	made := map[string]string{}
	var name, text string
	_, err = pgx.ForEachRow(rows, []any{&name, &text}, func() error { made[name] = text; return nil })
	return made, err
}
