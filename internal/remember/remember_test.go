package remember_test

import (
	"errors"
	"maps"
	"strconv"
	"strings"
	"testing"

	"ruqsat/internal/remember"
)

func words(text string) (map[string]int, error) {
	if text == "" {
		return nil, errors.New("nothing to read")
	}
	n := map[string]int{}
	for _, w := range strings.Fields(text) {
		n[w]++
	}
	return n, nil
}

func TestWhatIsGivenOutCanBeChanged(t *testing.T) {
	m := remember.New(words, maps.Clone[map[string]int])
	for range 3 {
		v, err := m.Read("one two two")
		if err != nil || v["one"] != 1 || v["two"] != 2 || len(v) != 2 {
			t.Fatalf("read as %v: %v", v, err)
		}
		v["one"], v["three"] = 9, 9
	}
}

func TestATextIsReadOnce(t *testing.T) {
	read := 0
	m := remember.New(func(text string) (int, error) { read++; return strconv.Atoi(text) }, func(n int) int { return n })
	for range 3 {
		if n, err := m.Read("42"); n != 42 || err != nil {
			t.Fatalf("read as %d: %v", n, err)
		}
	}
	if v, ok := m.Peek("42"); !ok || v != 42 || read != 1 {
		t.Errorf("it was read %d times, and remembered as %d, %t", read, v, ok)
	}
}

func TestWhatCannotBeReadIsNotRemembered(t *testing.T) {
	m := remember.New(words, maps.Clone[map[string]int])
	if _, err := m.Read(""); err == nil {
		t.Error("an error was swallowed")
	}
	if _, ok := m.Peek(""); ok {
		t.Error("what could not be read is remembered")
	}
}

func TestAMemoryDoesNotGrowForEver(t *testing.T) {
	m := remember.New(words, maps.Clone[map[string]int])
	held := 0
	for i := range 10_000 {
		if _, err := m.Read(strconv.Itoa(i)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 10_000 {
		if _, ok := m.Peek(strconv.Itoa(i)); ok {
			held++
		}
	}
	if held == 0 || held > 2048 {
		t.Errorf("it holds %d texts", held)
	}
	long := strings.Repeat("word ", 10_000)
	if _, err := m.Read(long); err != nil {
		t.Fatal(err)
	}
	if _, ok := m.Peek(long); ok {
		t.Error("a very long text is kept")
	}
}
