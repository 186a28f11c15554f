package fetch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"ruqsat/signature/pki"
)

// How old a fetched list may become before it is asked for again: a small one, of
// changes, costs nothing and tells of a revocation sooner; Kazakhstan's whole one has
// 21 MB and comes out daily, so it is asked for when it is half way to the next one
// or a quarter of a day old, and then each hour.
const (
	small       = 1 << 20 // bytes
	oldestSmall = 15 * time.Minute
	oldestLarge = 6 * time.Hour
	pauseLarge  = time.Hour
)

// Lists are the lists of the revoked, and of changes, that are fetched from
// configured addresses and kept in a folder. Who signed them is seen when a trust
// takes them in.
type Lists struct {
	folder    string
	addresses []string
	client    *http.Client
}

// NewLists returns the lists at some addresses, to be kept in a folder.
func NewLists(folder string, addresses ...string) (*Lists, error) {
	for _, a := range addresses {
		if err := isAddress(a); err != nil {
			return nil, fmt.Errorf("list %w", err)
		}
	}
	return &Lists{folder, addresses, client()}, nil
}

// Refresh fetches the lists that are not there, or get old at a moment. A list that
// cannot be had leaves the one before in its place; each such failure is returned.
// Several programs may do so in one folder: files are replaced at once.
func (l *Lists) Refresh(ctx context.Context, now time.Time) (changed bool, failures []error) {
	for _, address := range l.addresses {
		name := filepath.Join(l.folder, pki.Sum([]byte(address))[:16]+".crl")
		if fresh(name, now) {
			continue
		}
		raw, err := l.get(ctx, address)
		if err == nil {
			err = replace(name, raw)
		}
		if err != nil {
			failures = append(failures, fmt.Errorf("list %s: %w", address, err))
			continue
		}
		changed = true
	}
	return changed, failures
}

// fresh reports whether a kept list need not be fetched yet.
func fresh(name string, now time.Time) bool {
	raw, err := os.ReadFile(name)
	if err != nil {
		return false
	}
	list, err := pki.ParseList(raw)
	if err != nil {
		return false
	}
	info, err := os.Stat(name)
	if err != nil {
		return false
	}
	made, due := list.Made()
	asked := now.Sub(info.ModTime())
	if !due.IsZero() && !now.Before(due) {
		return asked < time.Minute
	}
	if len(raw) < small {
		return asked < oldestSmall
	}
	return asked < pauseLarge || asked < min(oldestLarge, due.Sub(made)/2)
}

// get gets a list, and sees that it can be read.
func (l *Lists) get(ctx context.Context, address string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, listIn)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	raw, err := do(l.client, req, maxList)
	if err != nil {
		return nil, err
	}
	_, err = pki.ParseList(raw)
	return raw, err
}

// replace writes a file at once, in a folder that it makes.
func replace(name string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil && !errors.Is(err, fs.ErrExist) { //nolint:gosec // nothing secret stands in it
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(name), "list-*.part")
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}
