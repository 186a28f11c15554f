package store

import (
	"context"
	"errors"
	"strings"
)

// A link is one connection. Statements are run in the order in which they are
// given; what is posted may wait until something has to be known, so that over a
// network one trip carries many. One goroutine at a time uses a link.
type link interface {
	// post has a statement run. Its failure may come later, as a [failedOp] from
	// any of the other methods.
	post(ctx context.Context, o op) error
	// flush waits until what was posted has been run.
	flush(ctx context.Context) error
	// exec runs a statement and returns how many rows it changed.
	exec(ctx context.Context, o op) (int64, error)
	// query runs a statement that returns rows. Nothing else may be run before they
	// are closed.
	query(ctx context.Context, o op) (cursor, error)
	// forget takes back what an act has posted and was not run yet, and its failure.
	forget(a *act)
	// dead reports whether the connection is no more, so that whatever was not
	// answered may have been done or not.
	dead() bool
	close()
}

// An op is a statement on its way to the database.
type op struct {
	text string
	name string // of the text where it is prepared
	args []any
	act  *act  // whose it is; nil where it is the batch's
	none error // what it means that it changes no row; nil where that is all right

	// counted says that the rows are counted by who reads the answer, which may be
	// after other statements were run: all of them will be undone.
	counted bool

	guarded bool // whether the text has been made to fail where it changes no row

	take func(cursor) error // reads the rows it returns; nil where it returns none
}

// read has the rows of the answer read.
func (o op) read(c cursor) error {
	defer c.Close()
	if err := o.take(c); err != nil {
		return err
	}
	return c.Err()
}

// A cursor stands before, at or behind a row of an answer.
type cursor interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close()
}

// A failedOp is a posted statement that failed, and those posted after it, none
// of which was run.
type failedOp struct {
	op    op
	rest  []op
	err   error // for whoever asked
	cause error // in the words of the database
}

func (f *failedOp) Error() string {
	return strings.Join(strings.Fields(f.op.text), " ") + ": " + f.err.Error()
}

func (f *failedOp) Unwrap() []error { return []error{f.err, f.cause} }

// asFailedOp returns the failedOp in err, or nil.
func asFailedOp(err error) *failedOp {
	f, _ := errors.AsType[*failedOp](err)
	return f
}
