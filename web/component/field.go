package component

import (
	"strings"

	"github.com/a-h/templ"
)

// A Size is how large the question of a field is set.
type Size string

// The sizes of questions.
const (
	Plain  Size = ""
	Small  Size = "s"
	Medium Size = "m"
	Large  Size = "l"
)

// A Field is a question with one answer. What is wrong with it the page knows by
// its name ([Page].Errors).
type Field struct {
	Name     string // also the id of the control
	Label    string
	Hint     string
	Value    string
	Size     Size
	Heading  bool // the question is the heading of the page
	Optional bool // says so after the label; what is not so marked is asked for
	Hidden   bool // the label is only read out

	Width   int    // about how many letters: 2, 3, 4, 5, 10, 20; 0 is the whole column
	Kind    string // text, email, tel, password, search; text if empty
	Digits  bool   // a number in digits: a keyboard of digits
	Code    bool   // a number to be typed off: wider letters
	Auto    string // autocomplete, such as "username"
	Lang    string // the language of the answer, if not that of the page
	Before  string // before the box: "№"
	After   string // behind the box: "₸"
	Source  string // where the answer was taken from, if not typed
	Rows    int    // of a text area; 5 if 0
	Most    int    // letters at most, of a text area; 0 is no limit
	Options []Option
}

// An Option is one of several answers.
type Option struct {
	Value string
	Text  string
	Hint  string
	Group string // heading among the options of a Select

	// Further is asked only of who gives this answer. With a script it is hidden
	// until then; without one it is in sight, so its words must say when it counts.
	Further templ.Component
}

// Choices is a question with answers to choose from. In Radios at most one of
// Values counts.
type Choices struct {
	Name    string
	Label   string
	Hint    string
	Values  []string
	Options []Option
	Size    Size
	Heading bool
	Small   bool // smaller circles and boxes, for filters and the office
	Inline  bool // side by side; for two short answers
	Hidden  bool
}

// A DateField is a question for a day, answered in three boxes named Name-day,
// Name-month and Name-year. The first has Name as its id, for links.
type DateField struct {
	Name             string
	Label            string
	Hint             string // an example if empty
	Size             Size
	Heading          bool
	Day, Month, Year string
}

// A FileField is a question for one or more files.
type FileField struct {
	Name     string
	Label    string
	Hint     string
	Size     Size
	Accept   string // ".pdf,image/*"
	Most     int64  // bytes of one file; 0 is no limit here
	Multiple bool
	Optional bool
}

// A Form is what the form around questions must know. It is always sent by POST.
type Form struct {
	Action string // without the language
	Upload bool   // has files
	Keep   bool   // asks before it is left with answers not sent
}

// has reports whether an answer was chosen.
func (c Choices) has(value string) bool {
	for _, v := range c.Values {
		if v == value {
			return true
		}
	}
	return false
}

// id is the id of one of the answers: the first has the name of the question,
// so that the error summary leads to it.
func (c Choices) id(i int, o Option) string {
	if i == 0 {
		return c.Name
	}
	return c.Name + "-" + strings.ReplaceAll(o.Value, " ", "-")
}

// further is the id of what an answer asks further.
func (c Choices) further(o Option) string { return c.id(1, o) + "-further" }

// describedBy lists the ids of what explains a control: its hint and its error.
func (p Page) describedBy(name string, hint bool, more ...string) string {
	var ids []string
	if hint {
		ids = append(ids, name+"-hint")
	}
	if p.WrongWith(name) != "" {
		ids = append(ids, name+"-error")
	}
	return strings.Join(append(ids, more...), " ")
}

// groupClass is the class of the box around a question.
func (p Page) groupClass(name string) string {
	return classes("govuk-form-group", when(p.WrongWith(name) != "", "govuk-form-group--error"))
}

// controlClass is the class of a control: input, textarea or select.
func (p Page) controlClass(block string, f Field) string {
	width := ""
	if f.Width > 0 && block == "govuk-input" {
		width = "govuk-input--width-" + widths[f.Width]
	}
	return classes(block, width,
		when(f.Code, "govuk-input--code"),
		when(p.WrongWith(f.Name) != "", block+"--error"))
}

var widths = map[int]string{2: "2", 3: "3", 4: "4", 5: "5", 10: "10", 20: "20", 30: "30"}

func labelClass(size Size, hidden bool) string {
	return classes("govuk-label", sized("govuk-label", size), when(hidden, "govuk-visually-hidden"))
}

func legendClass(size Size, hidden bool) string {
	return classes("govuk-fieldset__legend", sized("govuk-fieldset__legend", size), when(hidden, "govuk-visually-hidden"))
}

func sized(block string, s Size) string {
	if s == Plain {
		return ""
	}
	return block + "--" + string(s)
}

// kind is the type of an input; passwords never get their value back.
func (f Field) kind() string { return or(f.Kind, "text") }

func (f Field) shown() string {
	if f.Kind == "password" {
		return ""
	}
	return f.Value
}
