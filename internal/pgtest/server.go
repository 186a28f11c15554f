package pgtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the client
)

// startWithin is how long a server may take to start on a busy machine.
const startWithin = time.Minute

// keeper is the shell that holds the server: when its input ends, since it was
// closed or since whoever held it is no more, it stops the server and removes
// the directory.
const keeper = `
bin=$1; dir=$2; shift 2
"$bin/postgres" -D "$dir/data" "$@" >"$dir/log" 2>&1 </dev/null &
server=$!
read -r _
kill -QUIT $server
wait $server
rm -rf "$dir"
`

// A Server is a running PostgreSQL.
type Server struct {
	dir    string
	keeper *exec.Cmd
	input  io.Closer
	admin  *sql.DB
	copies sync.Mutex // held while a database is copied: the original must be unused
	names  atomic.Int64
}

// Start starts a server with the given settings, such as "fsync=off". It is
// stopped by [Server.Stop], and at the latest when this process ends.
func Start(settings ...string) (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	as, err := servant()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "ruqsat-pg-")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir}
	if err := s.start(bin, as, settings); err != nil {
		return nil, errors.Join(err, s.Stop(), os.RemoveAll(dir))
	}
	return s, nil
}

func (s *Server) start(bin string, as *syscall.SysProcAttr, settings []string) error {
	if as.Credential != nil {
		if err := os.Chown(s.dir, int(as.Credential.Uid), int(as.Credential.Gid)); err != nil {
			return err
		}
	}
	data := filepath.Join(s.dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust",
		"-E", "UTF8", "--locale=C", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = as, s.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}

	args := []string{"-c", keeper, "pgtest", bin, s.dir, "-k", s.dir, "-c", "listen_addresses=", "-c", "max_connections=200"}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	s.keeper = exec.Command("sh", args...)
	s.keeper.SysProcAttr, s.keeper.Dir = as, s.dir
	input, err := s.keeper.StdinPipe()
	if err != nil {
		return err
	}
	s.input = input
	if err := s.keeper.Start(); err != nil {
		return err
	}
	s.admin, err = sql.Open("pgx", s.DSN("postgres"))
	if err != nil {
		return err
	}
	s.admin.SetMaxOpenConns(2)
	return s.await()
}

// await waits until the server answers.
func (s *Server) await() error {
	deadline := time.Now().Add(startWithin)
	for {
		err := s.admin.Ping()
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("no answer within %s: %w\n%s", startWithin, err, log)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// Stop stops the server and waits until it and its directory are gone.
func (s *Server) Stop() error {
	var err error
	if s.admin != nil {
		err = s.admin.Close()
	}
	if s.keeper != nil && s.keeper.Process != nil {
		err = errors.Join(err, s.input.Close())
		_ = s.keeper.Wait() // its status is that of what it killed
	}
	return err
}

// DSN returns the address of a database.
func (s *Server) DSN(database string) string {
	q := url.Values{"host": {s.dir}, "user": {"postgres"}}
	return "postgres:///" + database + "?" + q.Encode()
}

// Create makes a database as a copy of another, which nobody may be using.
func (s *Server) Create(ctx context.Context, name, original string) error {
	s.copies.Lock()
	defer s.copies.Unlock()
	_, err := s.admin.ExecContext(ctx, `CREATE DATABASE `+quoted(name)+` TEMPLATE `+quoted(original))
	return err
}

// Drop removes a database, whoever is using it.
func (s *Server) Drop(ctx context.Context, name string) error {
	_, err := s.admin.ExecContext(ctx, `DROP DATABASE `+quoted(name)+` WITH (FORCE)`)
	return err
}

// Log returns what the server has written about itself.
func (s *Server) Log() (string, error) {
	b, err := os.ReadFile(filepath.Join(s.dir, "log"))
	return string(b), err
}

func (s *Server) freeName() string { return "test" + strconv.FormatInt(s.names.Add(1), 10) }

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// programs returns the directory of the newest PostgreSQL installed.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	best, version := "", -1.0
	for _, path := range found {
		dir := filepath.Dir(path)
		v, err := strconv.ParseFloat(filepath.Base(filepath.Dir(dir)), 64)
		if err == nil && v > version {
			best, version = dir, v
		}
	}
	if best != "" {
		return best, nil
	}
	path, err := exec.LookPath("initdb")
	return filepath.Dir(path), err
}

// servant returns as whom the server runs: as ourselves, or as somebody without
// rights where we are root, whom it refuses to serve. It has its own process
// group, so that the interrupt that ends the tests reaches it through its keeper.
func servant() (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() != 0 {
		return attr, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return attr, nil
	}
	return nil, errors.New("root may not run PostgreSQL, and there is neither a user postgres nor nobody")
}
