package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"ruqsat/lang"
	"ruqsat/problem"
)

// MaxFile is the size in bytes of the largest file that is taken: some hundred
// scanned pages.
const MaxFile = 32 << 20

// staleAfter is how old a file half written must be before it is taken for what
// a crash left. No write takes so long.
const staleAfter = time.Hour

// Files is a directory of attachments and papers, each under the SHA-256 of what
// it holds. A file that is there is whole and never changes; to put it again is
// nothing new. The tables say what each is; a file no table knows is harmless.
type Files struct{ root *os.Root }

// OpenFiles opens the directory, and makes it if it is not there. What a crash
// left half written is removed.
func OpenFiles(dir string) (*Files, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	f := &Files{root}
	if err := errors.Join(f.mkdir("new"), f.sweep()); err != nil {
		return nil, errors.Join(fmt.Errorf("files in %s: %w", dir, err), root.Close())
	}
	return f, nil
}

// Close lets the directory go.
func (f *Files) Close() error { return f.root.Close() }

// Put keeps content for good and returns its SHA-256 in hexadecimal.
//
// It is written under another name, made durable, and renamed. A crash leaves
// the old state or the new one, and perhaps a file in new/ to sweep. Put it
// before the act that mentions it, so that no table names what is not there.
func (f *Files) Put(ctx context.Context, content []byte) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if len(content) > MaxFile {
		return "", problem.New(problem.TooLarge, "store.file-too-large", lang.Args{"limit": MaxFile >> 20})
	}
	digest := sha256.Sum256(content)
	sum := hex.EncodeToString(digest[:])
	if _, err := f.root.Stat(place(sum)); err == nil {
		return sum, f.sync(sum[:2]) // another may be about to
	}
	draft := "new/" + rand.Text()
	err := f.write(draft, content)
	if err == nil {
		err = f.settle(draft, sum)
	}
	if err != nil {
		_ = f.root.Remove(draft)
		return "", fmt.Errorf("put file %s: %w", sum, err)
	}
	return sum, nil
}

// Get returns what was put under a sum, whole and unchanged. There is
// [fs.ErrNotExist] in the error if nothing was.
func (f *Files) Get(ctx context.Context, sum string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	file, err := f.Open(sum)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(file); err != nil {
		return nil, fmt.Errorf("get file %s: %w", sum, err)
	}
	if digest := sha256.Sum256(b.Bytes()); hex.EncodeToString(digest[:]) != sum {
		return nil, fmt.Errorf("get file %s: it is not what was put there", sum)
	}
	return b.Bytes(), nil
}

// Open opens what was put under a sum, for reading. Unlike [Files.Get] it does
// not see whether the disk has changed it.
func (f *Files) Open(sum string) (*os.File, error) {
	if b, err := hex.DecodeString(sum); err != nil || len(b) != sha256.Size || hex.EncodeToString(b) != sum {
		return nil, fmt.Errorf("open file %q: %w", sum, fs.ErrNotExist)
	}
	file, err := f.root.Open(place(sum))
	if err != nil {
		return nil, fmt.Errorf("open file %s: %w", sum, err)
	}
	return file, nil
}

// place returns where a file is: in one of 256 directories, so that none grows
// too long to list.
func place(sum string) string { return sum[:2] + "/" + sum }

// write makes a durable file.
func (f *Files) write(name string, content []byte) error {
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Sync(), file.Close())
}

// settle gives a durable file its name, durably.
func (f *Files) settle(draft, sum string) error {
	if err := f.mkdir(sum[:2]); err != nil {
		return err
	}
	if err := f.root.Rename(draft, place(sum)); err != nil {
		return err
	}
	return f.sync(sum[:2])
}

// mkdir makes a directory durably, unless it is there.
func (f *Files) mkdir(name string) error {
	err := f.root.Mkdir(name, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return errors.Join(err, f.sync("."))
}

// sync makes durable which names a directory has.
func (f *Files) sync(name string) error {
	dir, err := f.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// sweep removes what crashes left half written.
func (f *Files) sweep() error {
	drafts, err := fs.ReadDir(f.root.FS(), "new")
	if err != nil {
		return err
	}
	for _, d := range drafts {
		info, err := d.Info()
		if err == nil && time.Since(info.ModTime()) > staleAfter {
			_ = f.root.Remove("new/" + d.Name()) // another node may have
		}
	}
	return nil
}
