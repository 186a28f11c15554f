package scenario

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ruqsat/calendar"
	"ruqsat/correspondence"
	"ruqsat/lang"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/registry"
	"ruqsat/store"
)

// sections cuts the files off the end of a scenario: what follows a line like
// "-- want.txt --" is the file of that name.
func sections(text string) (lines string, files map[string]string) {
	files = map[string]string{}
	name := ""
	for line := range strings.Lines(text) {
		if n, ok := strings.CutPrefix(strings.TrimSpace(line), "-- "); ok && strings.HasSuffix(n, " --") {
			name = strings.TrimSuffix(n, " --")
			files[name] = ""
			continue
		}
		if name == "" {
			lines += line
		} else {
			files[name] += line
		}
	}
	return lines, files
}

// file returns a file at the end of the scenario, or one beside it.
func (p *Player) file(name string) ([]byte, error) {
	if text, ok := p.files[name]; ok {
		return []byte(text), nil
	}
	if p.Beside != nil {
		return fs.ReadFile(p.Beside, name)
	}
	return os.ReadFile(filepath.Join(filepath.Dir(p.name), filepath.FromSlash(name)))
}

// letterhead enters the letterhead of the department from a file.
func (p *Player) letterhead(ctx context.Context, words []string) error {
	if len(words) != 1 {
		return errors.New("letterhead wants a file")
	}
	raw, err := p.file(words[0])
	if err != nil {
		return err
	}
	paper, err := correspondence.ReadOffice(bytes.NewReader(raw))
	if err != nil {
		return explained(err)
	}
	return p.office.SetLetterhead(ctx, party.Actor{Account: "admin", Role: party.Admin}, p.region, paper)
}

// take takes a register file in.
func (p *Player) take(ctx context.Context, words []string) error {
	if len(words) != 1 {
		return errors.New("import wants a file")
	}
	raw, err := p.file(words[0])
	if err != nil {
		return err
	}
	permits, err := registry.ReadCSV(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	return p.office.Import(ctx, permits)
}

// request has a request for information registered, as received today: the file
// is that of the letter command.
func (p *Player) request(ctx context.Context, by party.Actor, name string, rest []string) error {
	if len(rest) != 1 {
		return errors.New("request wants a name and a file")
	}
	raw, err := p.file(rest[0])
	if err != nil {
		return err
	}
	var words struct {
		Words string `json:"words"`
	}
	raw, err = without(raw, "words", &words)
	if err != nil {
		return err
	}
	q, err := correspondence.ReadRequest(bytes.NewReader(raw))
	if err != nil {
		return explained(err)
	}
	q.Received = p.cal.Day(p.clock)
	f, err := p.office.RegisterRequest(ctx, by, q, words.Words)
	if err == nil {
		p.requests[name] = f.ID
	}
	return err
}

// without reads what one field of a JSON object says, and returns the object
// without it.
func without(raw []byte, field string, into any) ([]byte, error) {
	if err := json.Unmarshal(raw, into); err != nil {
		return nil, err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, err
	}
	delete(all, field)
	return json.Marshal(all)
}

// explained is an error with all that is wrong in it.
func explained(err error) error {
	e := problem.Of(err)
	for _, f := range e.Fields {
		err = fmt.Errorf("%w; %s: %s", err, f.Name, f.Say.In(lang.EN))
	}
	return err
}

// letterAct does what somebody does to a request.
func (p *Player) letterAct(ctx context.Context, by party.Actor, verb, id string, rest []string) (err error) {
	d, o, words := correspondence.Deed{By: by}, p.office, strings.Join(rest, " ")
	switch correspondence.Act(verb) {
	case correspondence.Assign:
		_, err = o.AssignRequest(ctx, d, id, p.executor(rest), "к исполнению")
	case correspondence.Prolong:
		day, why, _ := strings.Cut(words, " ")
		until, bad := calendar.ParseDate(day)
		if bad != nil {
			return bad
		}
		_, err = o.ProlongRequest(ctx, d, id, until, why)
	case correspondence.Write:
		err = p.write(ctx, d, id, rest)
	case correspondence.Sign:
		err = p.signLetter(ctx, d, id, rest)
	case correspondence.SendBack:
		_, err = o.SendLetterBack(ctx, d, id, words)
	case correspondence.Dispatch:
		_, err = o.DispatchLetter(ctx, d, id)
	case correspondence.Publish:
		naming := correspondence.Unnamed
		if words != "" {
			naming = correspondence.Naming(words)
		}
		_, err = o.PublishLetter(ctx, d, id, naming)
	default:
		return fmt.Errorf("there is no act %q on a request", verb)
	}
	return err
}

// signLetter has the head read and sign a letter: "head sign Q", or "head sign Q
// with revoked" for a key that must be refused.
func (p *Player) signLetter(ctx context.Context, d correspondence.Deed, id string, rest []string) error {
	papers, err := p.office.LetterToSign(ctx, d.By, id)
	if err != nil {
		return err
	}
	sigs, err := p.signaturesOver(ctx, d.By, papers, rest, func(paper string) ([]byte, error) {
		_, content, err := p.office.LetterPaper(ctx, d.By, id, paper)
		return content, err
	})
	if err != nil {
		return err
	}
	_, err = p.office.SignLetter(ctx, d, id, sigs)
	return err
}

// write composes the reply to what the request itself asks; words after the act
// are the topics chosen.
func (p *Player) write(ctx context.Context, d correspondence.Deed, id string, topics []string) error {
	f, err := p.loadRequest(ctx, id)
	if err != nil {
		return err
	}
	q := f.Request
	w := office.Wish{AsOf: q.AsOf, Year: q.Year, Topics: q.Topics, Asked: q.Asked, Free: q.Free, Signatory: p.actors["head"].Account}
	for i, t := range topics {
		if i == 0 {
			w.Topics = nil
		}
		w.Topics = append(w.Topics, correspondence.Topic(t))
	}
	_, err = p.office.DraftLetter(ctx, d, id, w)
	return err
}

func (p *Player) loadRequest(ctx context.Context, id string) (correspondence.File, error) {
	var f correspondence.File
	err := p.office.DB.View(ctx, func(ctx context.Context, tx store.ReadTx) (err error) {
		f, err = tx.Request(ctx, id)
		return err
	})
	return f, err
}
