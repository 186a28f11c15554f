package component

import (
	"strconv"

	"github.com/a-h/templ"
)

// The attributes of controls, where more depends on the field than a template
// shows well. Values are escaped where they are written out.

func (p Page) inputAttributes(f Field) templ.Attributes {
	a := p.controlAttributes("govuk-input", f)
	a["type"] = f.kind()
	if v := f.shown(); v != "" {
		a["value"] = v
	}
	if f.Digits {
		a["inputmode"] = "numeric"
	}
	if f.Auto != "" {
		a["autocomplete"] = f.Auto
	}
	if f.Code || f.Kind == "password" || f.Kind == "email" {
		a["spellcheck"], a["autocapitalize"] = "false", "none"
	}
	return a
}

func (p Page) areaAttributes(f Field) templ.Attributes {
	a := p.controlAttributes("govuk-textarea", f)
	a["rows"] = strconv.Itoa(f.Rows)
	if f.Rows == 0 {
		a["rows"] = "5"
	}
	if f.Most > 0 {
		a["data-most"] = strconv.Itoa(f.Most)
		a["aria-describedby"] = p.describedBy(f.Name, f.Hint != "", f.Name+"-counter")
	}
	return a
}

func (p Page) selectAttributes(f Field) templ.Attributes {
	return p.controlAttributes("govuk-select", f)
}

// controlAttributes are those every control has: its name, and what explains it.
func (p Page) controlAttributes(block string, f Field) templ.Attributes {
	a := templ.Attributes{"id": f.Name, "name": f.Name, "class": p.controlClass(block, f)}
	if by := p.describedBy(f.Name, f.Hint != ""); by != "" {
		a["aria-describedby"] = by
	}
	if p.WrongWith(f.Name) != "" {
		a["aria-invalid"] = "true"
	}
	if f.Lang != "" {
		a["lang"] = f.Lang
	}
	return a
}

func (p Page) fileAttributes(f FileField) templ.Attributes {
	a := p.controlAttributes("govuk-file-upload", Field{Name: f.Name, Hint: f.Hint})
	a["type"] = "file"
	a["multiple"] = f.Multiple
	if f.Accept != "" {
		a["accept"] = f.Accept
	}
	if f.Most > 0 {
		a["data-most"] = strconv.FormatInt(f.Most, 10)
		a["data-too-big"] = p.T("component.file-too-big", "most", f.Most>>20)
	}
	return a
}

func (p Page) fieldsetAttributes(name string, hint bool) templ.Attributes {
	a := templ.Attributes{"class": "govuk-fieldset"}
	if by := p.describedBy(name, hint); by != "" {
		a["aria-describedby"] = by
	}
	return a
}

// optional is the label with, where it is so, that no answer is needed.
func optional(p Page, f Field) string {
	if !f.Optional {
		return f.Label
	}
	return p.T("component.optional", "label", f.Label)
}

func choicesClass(c Choices, block string) string {
	return classes(block, when(c.Small, block+"--small"), when(c.Inline, block+"--inline"))
}

type optionGroup struct {
	name    string
	options []Option
}

// grouped puts neighbouring options of the same group together.
func grouped(list []Option) []optionGroup {
	var groups []optionGroup
	for _, o := range list {
		if n := len(groups); n == 0 || groups[n-1].name != o.Group {
			groups = append(groups, optionGroup{name: o.Group})
		}
		last := &groups[len(groups)-1]
		last.options = append(last.options, o)
	}
	return groups
}
