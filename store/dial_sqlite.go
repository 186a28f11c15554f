package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

var sqliteDialect = &dialect{
	engine: SQLite,
	// The write lock is taken at once. One taken at the first write could be
	// refused however long we wait, since what was read before may be stale.
	begin: "BEGIN IMMEDIATE",
	look:  "BEGIN",
	ahead: `SELECT c.` + strings.Join(strings.Fields(caseColumns), ` c.`) + `, coalesce(a.body, '')
		FROM json_each($1) AS w JOIN case_file c ON c.id = w.value
		LEFT JOIN json_each($2) AS v ON v.key = w.key LEFT JOIN account a ON a.id = v.value`,
	among:    `IN (SELECT value FROM json_each($1))`,
	list:     jsonList,
	hasTable: `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1`,
	lostRace: func(error) bool { return false },
}

func jsonList(texts []string) any {
	list, _ := json.Marshal(texts) // texts cannot fail
	return string(list)
}

// What every connection to a SQLite file is set to.
const (
	busyMillis   = 5000  // how long to wait for another process, such as a backup
	checkpointAt = 4000  // pages of log before it is moved into the file: 16 MB
	cacheKiB     = 16384 // pages the writing connection remembers
	readKiB      = 4096  // pages each reading one does; the system remembers the file besides
)

// dialSQLite opens the file at path, which may end in settings: see [Open].
func dialSQLite(path string) (source, error) {
	path, query, _ := strings.Cut(strings.TrimPrefix(path, "//"), "?")
	if path == "" || path == ":memory:" {
		return source{}, errors.New("a SQLite store needs a file: two connections share it")
	}
	sync, rehearse := "FULL", false
	for setting := range strings.SplitSeq(query, "&") {
		switch setting {
		case "":
		case "sync=off":
			sync = "OFF"
		case "rehearse=on":
			rehearse = true
		default:
			return source{}, fmt.Errorf("store %s: %q is no setting; there are sync=off and rehearse=on", path, setting)
		}
	}
	if err := makeFile(path); err != nil {
		return source{}, err
	}
	write, err := openSQLite(path, "journal_mode(WAL)", "synchronous("+sync+")",
		"wal_autocheckpoint("+strconv.Itoa(checkpointAt)+")")
	if err != nil {
		return source{}, err
	}
	read, err := openSQLite(path, "query_only(1)", "cache_size(-"+strconv.Itoa(readKiB)+")")
	if err != nil {
		return source{}, errors.Join(err, write.Close())
	}
	return source{
		dialect:   sqliteDialect,
		rehearse:  rehearse,
		readers:   max(4, 2*runtime.GOMAXPROCS(0)),
		writeLink: func(ctx context.Context) (link, error) { return newSQLiteLink(ctx, write, true, rehearse) },
		readLink:  func(ctx context.Context) (link, error) { return newSQLiteLink(ctx, read, false, rehearse) },
		migrator:  func() (*sql.DB, error) { return openSQLite(path) },
		close:     func() error { return errors.Join(read.Close(), write.Close()) },
	}, nil
}

// makeFile makes the file if it is not there, for nobody else to read: it will
// hold the papers of people.
func makeFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func openSQLite(path string, pragmas ...string) (*sql.DB, error) {
	v := url.Values{"_txlock": {"immediate"}, "_dqs": {"0"}, "_pragma": {
		"busy_timeout(" + strconv.Itoa(busyMillis) + ")",
		"foreign_keys(1)",
		"cache_size(-" + strconv.Itoa(cacheKiB) + ")",
		"temp_store(MEMORY)",
	}}
	v["_pragma"] = append(v["_pragma"], pragmas...)
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: v.Encode()}
	return sql.Open("sqlite", u.String())
}
