package lang

import (
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Args are the values a message is filled with, by placeholder. A [Speaker]
// among them says itself; "n" chooses the plural form.
type Args map[string]any

// A Message is a sentence of the catalog with its values. The zero message says
// nothing.
type Message struct {
	Key  string `json:"key"`
	Args Args   `json:"args,omitempty"`
}

// M returns the message of a key, filled with args.
func M(key string, args ...Args) Message {
	m := Message{Key: key}
	if len(args) > 0 {
		m.Args = args[0]
	}
	return m
}

// IsZero reports whether the message says nothing.
func (m Message) IsZero() bool { return m.Key == "" }

// In returns the message in a language. A key nobody wrote is shown as it is:
// a test finds it before a reader does.
func (m Message) In(t Tag) string {
	if m.IsZero() {
		return ""
	}
	e, ok := catalog()[m.Key]
	if !ok {
		return m.Key
	}
	return fill(e.form(t, m.Args), t, m.Args)
}

// MarshalJSON writes the message with its values said in the three languages,
// so that what is stored can be read in ten years without the catalog.
func (m Message) MarshalJSON() ([]byte, error) {
	if m.IsZero() {
		return []byte("null"), nil
	}
	type out struct {
		Key string `json:"key"`
		Text
	}
	return json.Marshal(out{m.Key, All(m)})
}

// said is the key of a message that carries its own words, as one read back
// from storage does.
const said = "lang.said"

// UnmarshalJSON reads what MarshalJSON wrote. The words are those of the day it
// was written, whatever the catalog says now.
func (m *Message) UnmarshalJSON(b []byte) error {
	var in *struct{ Text }
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*m = Message{}
	if in != nil {
		*m = Say(in.Text)
	}
	return nil
}

// Say returns a message that says a text: somebody's own words, or words kept.
func Say(x Text) Message { return M(said, Args{"text": x}) }

// fill puts values where a text has their names in braces. What no value is named
// after stays as it is.
func fill(s string, t Tag, args Args) string {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(s, "{")
		b.WriteString(before)
		if !open {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		if v, ok := args[name]; closed && ok {
			b.WriteString(speak(v, t))
			s = after
			continue
		}
		b.WriteByte('{')
		s = rest
	}
}

func speak(v any, t Tag) string {
	switch v := v.(type) {
	case Speaker:
		return v.In(t)
	case string:
		return v
	}
	return fmt.Sprint(v)
}

var tags = map[Tag]language.Tag{KK: language.Kazakh, RU: language.Russian, EN: language.English}

// formOf returns the plural form a language uses for n of something.
func formOf(t Tag, n int) plural.Form {
	return plural.Cardinal.MatchPlural(tags[t], max(n, -n), 0, 0, 0, 0)
}
