package transparency

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/lang"
	"ruqsat/problem"
)

// A Checkpoint says how large a log was and what its root hash was then. Signed,
// it binds the log: no other tree of that size will ever be shown by it.
type Checkpoint struct {
	Origin string // the name of the log, that of its key
	Size   int64
	Root   tlog.Hash
}

// String is the text that is signed (c2sp.org/tlog-checkpoint): origin, size and
// root, a line each. It has no time in it, so that signing again gives the same
// bytes, on whatever node.
func (c Checkpoint) String() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
}

func parseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return Checkpoint{}, errors.New("it has too few lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Checkpoint{}, fmt.Errorf("its size is %q", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, fmt.Errorf("its root: %w", err)
	}
	c := Checkpoint{lines[0], size, root}
	if c.Origin == "" || !strings.HasPrefix(text, c.String()) {
		return Checkpoint{}, errors.New("it is not written as a checkpoint is")
	}
	return c, nil
}

// A Key signs checkpoints; it is an Ed25519 key of package note.
type Key struct {
	signer   note.Signer
	verifier string
}

// NewKey makes a key for a log. It returns the secret text to be kept, and the
// verifier key to be made known.
func NewKey(random io.Reader, origin string) (secret, verifier string, err error) {
	secret, verifier, err = note.GenerateKey(random, origin)
	if err == nil {
		_, err = note.NewVerifier(verifier)
	}
	if err != nil {
		return "", "", problem.New(problem.Invalid, "transparency.bad-origin", lang.Args{"origin": origin}).Because(err)
	}
	return secret, verifier, nil
}

// ParseKey reads the texts of [NewKey], which must belong together.
func ParseKey(secret, verifier string) (*Key, error) {
	secret, verifier = strings.TrimSpace(secret), strings.TrimSpace(verifier)
	s, err := note.NewSigner(secret)
	if err != nil {
		return nil, problem.New(problem.Invalid, "transparency.bad-key").Because(err)
	}
	k := &Key{s, verifier}
	signed, err := k.Sign(Checkpoint{Origin: s.Name()})
	if err == nil {
		_, err = Open(signed, verifier)
	}
	if err != nil {
		return nil, problem.New(problem.Invalid, "transparency.bad-key").Because(err)
	}
	return k, nil
}

// Origin returns the name of the log the key signs for.
func (k *Key) Origin() string { return k.signer.Name() }

// Verifier returns the text by which others check what the key signed.
func (k *Key) Verifier() string { return k.verifier }

// Sign signs a checkpoint, and returns the signed note.
func (k *Key) Sign(c Checkpoint) (string, error) {
	signed, err := note.Sign(&note.Note{Text: c.String()}, k.signer)
	return string(signed), err
}

// Open returns the checkpoint of a signed note, if the key of a verifier signed it
// for the log of its own name. Signatures of others, such as witnesses, may stand
// beside.
func Open(signed, verifier string) (Checkpoint, error) {
	v, err := note.NewVerifier(strings.TrimSpace(verifier))
	if err != nil {
		return Checkpoint{}, problem.New(problem.Invalid, "transparency.bad-verifier").Because(err)
	}
	n, err := note.Open([]byte(signed), note.VerifierList(v))
	if other, ok := errors.AsType[*note.UnverifiedNoteError](err); ok {
		return Checkpoint{}, problem.New(problem.Invalid, "transparency.other-key",
			lang.Args{"key": v.Name(), "by": signers(other.Note)}).Because(err)
	}
	if err != nil {
		return Checkpoint{}, problem.New(problem.Invalid, "transparency.bad-signature", lang.Args{"key": v.Name()}).Because(err)
	}
	c, err := parseCheckpoint(n.Text)
	if err == nil && c.Origin != v.Name() {
		err = fmt.Errorf("it is of the log %q", c.Origin)
	}
	if err != nil {
		return Checkpoint{}, problem.New(problem.Invalid, "transparency.bad-checkpoint").Because(err)
	}
	return c, nil
}

// signers names who signed a note whose keys we do not know.
func signers(n *note.Note) string {
	var names []string
	for _, s := range n.UnverifiedSigs {
		names = append(names, fmt.Sprintf("%s+%08x", s.Name, s.Hash))
	}
	return strings.Join(names, ", ")
}
