package scenario

import (
	"context"
	"fmt"
	"strings"

	"ruqsat/correspondence"
	"ruqsat/lang"
)

// expectLetter compares what a line says of a request with what is: where it
// stands, until when it must be answered, its number in a journal, the words of
// its reply.
func (p *Player) expectLetter(ctx context.Context, words []string) error {
	if len(words) < 3 {
		return fmt.Errorf("%s wants a name and what is to be found", words[0])
	}
	id, ok := p.requests[words[1]]
	if !ok {
		return fmt.Errorf("no request %s", words[1])
	}
	f, err := p.loadRequest(ctx, id)
	if err != nil {
		return err
	}
	if words[0] == "letter" {
		return p.compareLetter(f, words)
	}
	got := string(f.State)
	if who := correspondence.WaitsFor(f); who != "" {
		got += ", waits for the " + string(who)
	}
	switch words[0] {
	case "answer":
		got = "by " + f.Due.Last().String()
	case "published":
		got = string(f.Published.Naming)
	case "journal":
		got = strings.TrimSpace(f.Incoming.Number + " " + f.Outgoing.Number)
	}
	if want := strings.Join(words[2:], " "); got != want {
		return fmt.Errorf("%s %s %s, want %s", words[0], words[1], got, want)
	}
	return nil
}

// compareLetter holds the words of one half of a reply against a file.
func (p *Player) compareLetter(f correspondence.File, words []string) error {
	if len(words) != 4 || f.Draft == nil {
		return fmt.Errorf("%s wants a drafted request, a language and a file", words[0])
	}
	want, err := p.file(words[3])
	if err != nil {
		return err
	}
	got := correspondence.Letter{Paper: f.Draft.Paper}.Text(lang.Tag(words[2]))
	gotLines, wantLines := strings.Split(strings.TrimSpace(got), "\n"), strings.Split(strings.TrimSpace(string(want)), "\n")
	for i := range max(len(gotLines), len(wantLines)) {
		a, b := lineAt(gotLines, i), lineAt(wantLines, i)
		if a != b {
			return fmt.Errorf("%s, line %d: the letter says %q, want %q", words[3], i+1, a, b)
		}
	}
	return nil
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
