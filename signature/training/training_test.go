package training_test

import (
	"context"
	"crypto/rand"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ruqsat/signature"
	"ruqsat/signature/cms"
	"ruqsat/signature/training"
)

var (
	now      = time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)
	document = []byte("рұқсат № 27-000001")
	person   = training.Person{Name: "АХМЕТОВ ЕРЛАН", IIN: "850213400125", BIN: "220740008203", Organisation: "ТОО «Тестовое»"}
)

func authority(t *testing.T) *training.Authority {
	t.Helper()
	a, err := training.New(now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// outcome signs and verifies at a moment by what the folder or authority says.
func outcome(t *testing.T, trusted *cms.Trust, k training.Key, at time.Time) signature.Report {
	t.Helper()
	sig, err := k.Sign(document, at)
	if err != nil {
		t.Fatal(err)
	}
	return cms.New(trusted).Verify(context.Background(), document, sig, signature.Want{BIN: "220740008203", At: at})
}

func trusted(t *testing.T, a *training.Authority) *cms.Trust {
	t.Helper()
	trust, err := cms.NewTrust(a.Trust())
	if err != nil {
		t.Fatal(err)
	}
	return trust
}

func TestOneAuthorityServesScenariosOfAllYears(t *testing.T) {
	t.Parallel()
	a := authority(t)
	k, err := a.Issue(person, a.Always())
	if err != nil {
		t.Fatal(err)
	}
	for year := 2010; year <= 2040; year += 5 {
		at := time.Date(year, time.July, 3, 10, 15, 0, 0, time.UTC)
		if r := outcome(t, trusted(t, a), k, at); r.Outcome != signature.Valid || !r.Training {
			t.Errorf("signed in %d: %s, %v; want valid, and marked as training", year, r.Outcome, r.Err())
		}
	}
}

func TestASavedAuthorityGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "authority")
	a := authority(t)
	revoked, err := a.IssueRevoked(person, now)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := a.Issue(person, a.Always())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Save(dir); err != nil {
		t.Fatal(err)
	}
	if err := kept.Save(filepath.Join(dir, "person")); err != nil {
		t.Fatal(err)
	}

	back, err := training.Load(dir, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := training.LoadKey(filepath.Join(dir, "person"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	another, err := back.IssueRevoked(person, now)
	if err != nil {
		t.Fatal(err)
	}
	trust := trusted(t, back)
	for what, c := range map[string]struct {
		key  training.Key
		want signature.Outcome
	}{
		"kept":                    {key, signature.Valid},
		"revoked before the save": {revoked, signature.Invalid},
		"revoked after the load":  {another, signature.Invalid},
	} {
		if r := outcome(t, trust, c.key, now); r.Outcome != c.want {
			t.Errorf("%s: %s, %v; want %s", what, r.Outcome, r.Err(), c.want)
		}
	}
}

func TestTheFolderOfAnAuthorityIsATrustFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a := authority(t)
	if err := a.Save(dir); err != nil {
		t.Fatal(err)
	}
	trust, err := cms.LoadTrust(dir)
	if err != nil {
		t.Fatal(err)
	}
	if gaps := trust.Gaps(now); len(gaps) != 0 || !trust.Training() {
		t.Errorf("gaps %v, training %t; want none and true", gaps, trust.Training())
	}
	for _, name := range []string{"root.key", "issuing.key"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s may be read by %v, want its owner alone", name, info.Mode())
		}
	}
}

func TestAKeyThatIsNotOfItsCertificateIsNotLoaded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a := authority(t)
	if err := a.Save(dir); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "root.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "issuing.key"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := training.Load(dir, rand.Reader); err == nil || !strings.Contains(err.Error(), "not the key of its certificate") {
		t.Errorf("error %v, want that the key is another's", err)
	}
	if _, err := training.Load(t.TempDir(), rand.Reader); err == nil {
		t.Error("an empty folder was loaded")
	}
}

func TestACertificateCannotEndBeforeItBegins(t *testing.T) {
	t.Parallel()
	if _, err := authority(t).Issue(person, training.Validity{From: now, Until: now.Add(-time.Second)}); err == nil {
		t.Error("it was issued")
	}
}

func TestManyMayAskAtOnce(t *testing.T) {
	t.Parallel()
	a := authority(t)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if _, err := a.Issue(person, a.Always()); err != nil {
				t.Errorf("issue: %v", err)
			}
			if err := a.Revoke(big.NewInt(int64(i+1)), now); err != nil {
				t.Errorf("revoke: %v", err)
			}
			a.Trust()
		})
	}
	all.Wait()
	_, lists := a.Trust()
	if n := len(lists[1].RevokedCertificateEntries); n != 8 {
		t.Errorf("%d are on the list, want 8", n)
	}
}
