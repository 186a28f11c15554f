package xmldsig

import (
	"errors"

	"github.com/beevik/etree"
)

// info returns the canonical form of what the signature proper is over.
func (s *xmlSigned) info() ([]byte, error) {
	info := s.signature.ChildElements()[0]
	form := info.ChildElements()[0]
	return canonical(info, algorithmOf(form), prefixes(form))
}

// content returns the canonical form of what the digest is over. It takes the
// signature out of the tree for the time.
func (s *xmlSigned) content() ([]byte, error) {
	if s.withoutSelf {
		parent, at := s.signature.Parent(), s.signature.Index()
		parent.RemoveChildAt(at)
		defer parent.InsertChildAt(at, s.signature)
	}
	return canonical(s.target, s.form, s.prefixes)
}

// canonical returns the canonical form of an element as it stands in its document,
// with the namespaces its ancestors declare.
func canonical(e *etree.Element, uri, prefixes string) ([]byte, error) {
	c, err := canonicalizer(uri, prefixes)
	if err != nil {
		return nil, err
	}
	alone := e.Copy()
	for p := e.Parent(); p != nil; p = p.Parent() {
		for _, a := range p.Attr {
			switch {
			case a.Space == "xml":
				return nil, errors.New("an attribute of XML itself above what is signed")
			case a.Space == "xmlns" || a.Space == "" && a.Key == "xmlns":
				if alone.SelectAttr(a.FullKey()) == nil {
					alone.CreateAttr(a.FullKey(), a.Value)
				}
			}
		}
	}
	return c.Canonicalize(alone)
}
