package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// A dialect is what the two engines do not share. It stays as small as it can.
type dialect struct {
	engine Engine
	begin  string // begins the transaction of a batch
	look   string // begins one that only looks

	// oneTrip is whether several statements go in one message. It saves trips to
	// a server; where there is no server, each is kept prepared.
	oneTrip bool
	// driverPrepares is whether the driver keeps statements prepared by itself.
	driverPrepares bool

	// tryLock takes the lock of number $1 until the transaction ends, and says
	// whether it did; lock waits for it. Empty where one process has the file.
	tryLock, lock string

	// hasTable says whether there is a table named $1.
	hasTable string

	lostRace func(error) bool     // would the same statements do if run again?
	repeated func(error) bool     // is there a row with this key already?
	answered func(error) bool     // is it the database that says so, or was the line cut?
	sound    func(*sql.Conn) bool // can the transaction be committed?
}

// pools are the connections of an open store.
type pools struct {
	*dialect
	dsn         string
	write, read *sql.DB
	readers     int // how many may look at once
}

// dial opens the connections dsn names. It may not have reached the database yet.
func dial(dsn string) (p pools, err error) {
	defer func() { p.dsn = dsn }()
	scheme, rest, found := strings.Cut(dsn, ":")
	switch {
	case found && (scheme == "postgres" || scheme == "postgresql"):
		return dialPostgres(dsn)
	case found && scheme == "sqlite":
		return dialSQLite(rest)
	case dsn == "", found && strings.HasPrefix(rest, "//"):
		return pools{}, fmt.Errorf("store %q is neither a path nor sqlite:/path nor postgres://…", redacted(dsn))
	}
	return dialSQLite(dsn)
}

// redacted returns a dsn without the part that may hold a password.
func redacted(dsn string) string {
	scheme, _, found := strings.Cut(dsn, "://")
	if !found {
		return dsn
	}
	return scheme + "://…"
}

func (p pools) close() error {
	return errors.Join(p.read.Close(), p.write.Close())
}
