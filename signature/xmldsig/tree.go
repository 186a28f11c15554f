package xmldsig

import (
	"bytes"
	"errors"
	"regexp"
	"strings"

	"github.com/beevik/etree"
)

// declaration is the one form of the XML declaration we take.
var declaration = regexp.MustCompile(`^version="1\.0"( encoding="(UTF-8|utf-8)")?( standalone="(yes|no)")?\s?$`)

// parse reads a document without anything that programs differ over.
func parse(raw []byte) (*etree.Document, error) {
	if !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<")) {
		return nil, errors.New("no XML")
	}
	d := etree.NewDocument()
	if err := d.ReadFromBytes(raw); err != nil {
		return nil, err
	}
	if d.Root() == nil {
		return nil, errors.New("no XML element")
	}
	roots, elements := 0, 0
	for _, t := range d.Child {
		switch t := t.(type) {
		case *etree.ProcInst:
			if t.Target != "xml" || !declaration.MatchString(t.Inst) {
				return nil, errors.New("a processing instruction, or a declaration of another form")
			}
		case *etree.Element:
			roots++
		case *etree.CharData:
			if strings.TrimSpace(t.Data) != "" {
				return nil, errors.New("text outside the document")
			}
		default:
			return nil, errors.New("a comment or document type")
		}
	}
	if roots != 1 {
		return nil, errors.New("two documents")
	}
	return d, plain(d.Root(), 0, &elements)
}

// plain reports whether an element holds elements and text alone.
func plain(e *etree.Element, depth int, elements *int) error {
	if *elements++; depth > maxDepth || *elements > maxElements {
		return errors.New("too deep or too large")
	}
	for _, t := range e.Child {
		switch t := t.(type) {
		case *etree.Element:
			if err := plain(t, depth+1, elements); err != nil {
				return err
			}
		case *etree.CharData:
		default:
			return errors.New("a comment or processing instruction")
		}
	}
	return nil
}

// signatures returns the signatures below an element, in the order of the document.
func signatures(e *etree.Element) []*etree.Element {
	if is(e, nsSignature, "Signature") {
		return []*etree.Element{e}
	}
	var all []*etree.Element
	for _, child := range e.ChildElements() {
		all = append(all, signatures(child)...)
	}
	return all
}

func is(e *etree.Element, namespace, name string) bool {
	return e != nil && e.Tag == name && e.NamespaceURI() == namespace
}

func soap(e *etree.Element) bool { return is(e, nsSOAP11, "Envelope") || is(e, nsSOAP12, "Envelope") }

func bodies(root *etree.Element) int {
	n := 0
	for _, child := range root.ChildElements() {
		if child.Tag == "Body" {
			n++
		}
	}
	return n
}

func withID(e *etree.Element, id string) []*etree.Element {
	var hits []*etree.Element
	for _, a := range e.Attr {
		if strings.EqualFold(a.Key, "id") && a.Value == id {
			hits = append(hits, e)
			break
		}
	}
	for _, child := range e.ChildElements() {
		hits = append(hits, withID(child, id)...)
	}
	return hits
}

func descendants(e *etree.Element, namespace, name string) []*etree.Element {
	var all []*etree.Element
	for _, child := range e.ChildElements() {
		if is(child, namespace, name) {
			all = append(all, child)
		}
		all = append(all, descendants(child, namespace, name)...)
	}
	return all
}
