package xmldsig

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"ruqsat/signature/pki"
)

// Namespaces.
const (
	nsSignature = "http://www.w3.org/2000/09/xmldsig#"
	nsSecurity  = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
	nsSOAP11    = "http://schemas.xmlsoap.org/soap/envelope/"
	nsSOAP12    = "http://www.w3.org/2003/05/soap-envelope"
)

const (
	maxDepth      = 64
	maxElements   = 200_000
	maxSignatures = 8
)

var errNoCertificate = errors.New("the signer's certificate is not in it")

// An xmlSigned is a document with the signature that is examined, the later ones
// taken out.
type xmlSigned struct {
	tree        *etree.Document
	signature   *etree.Element
	target      *etree.Element
	over, part  string // what is signed; part is set where that is not all
	withoutSelf bool   // the transform that takes the signature itself out

	form, prefixes string // canonical form of the target
	method         string
	digestMethod   string
	digestValue    []byte
	value          []byte
	certificate    *pki.Certificate
}

// read reads the signature of a number, from 0, and returns how many there are.
func read(raw []byte, which int) (*xmlSigned, int, error) {
	d, err := parse(raw)
	if err != nil {
		return nil, 0, err
	}
	all := signatures(d.Root())
	if len(all) == 0 {
		return nil, 0, nil
	}
	if len(all) > maxSignatures {
		return nil, 0, fmt.Errorf("%d signatures", len(all))
	}
	for _, later := range all[which+1:] {
		later.Parent().RemoveChild(later)
	}
	s := &xmlSigned{tree: d, signature: all[which]}
	return s, len(all), s.read()
}

// only returns the children of an element if they are those named, in order and
// each once; a name that ends in ? may be missing.
func only(e *etree.Element, names ...string) (map[string]*etree.Element, error) {
	found := map[string]*etree.Element{}
	children := e.ChildElements()
	for _, name := range names {
		name, optional := strings.CutSuffix(name, "?")
		switch {
		case len(children) > 0 && is(children[0], nsSignature, name):
			found[name], children = children[0], children[1:]
		case !optional:
			return nil, fmt.Errorf("%s without %s", e.Tag, name)
		}
	}
	if len(children) > 0 {
		return nil, fmt.Errorf("%s with %s", e.Tag, children[0].Tag)
	}
	return found, nil
}

func (s *xmlSigned) read() error {
	if !s.inPlace() {
		return errors.New("the signature stands where none belongs")
	}
	parts, err := only(s.signature, "SignedInfo", "SignatureValue", "KeyInfo")
	if err != nil {
		return err
	}
	info, err := only(parts["SignedInfo"], "CanonicalizationMethod", "SignatureMethod", "Reference")
	if err != nil {
		return err
	}
	reference, err := only(info["Reference"], "Transforms?", "DigestMethod", "DigestValue")
	if err != nil {
		return err
	}
	s.method = algorithmOf(info["SignatureMethod"])
	s.digestMethod = algorithmOf(reference["DigestMethod"])
	if s.value, err = decode(parts["SignatureValue"]); err != nil {
		return err
	}
	if s.digestValue, err = decode(reference["DigestValue"]); err != nil {
		return err
	}
	if err := s.readTransforms(reference["Transforms"]); err != nil {
		return err
	}
	if err := s.find(info["Reference"]); err != nil {
		return err
	}
	return s.readCertificate(parts["KeyInfo"])
}

// inPlace reports whether the signature is a child of the root, or of the security
// header of a SOAP message.
func (s *xmlSigned) inPlace() bool {
	root, parent := s.tree.Root(), s.signature.Parent()
	if parent == root {
		return true
	}
	return soap(root) && is(parent, nsSecurity, "Security") && parent.Parent() != nil &&
		parent.Parent().Tag == "Header" && parent.Parent().Parent() == root
}

func algorithmOf(e *etree.Element) string { return e.SelectAttrValue("Algorithm", "") }

func decode(e *etree.Element) ([]byte, error) {
	if len(e.ChildElements()) > 0 {
		return nil, fmt.Errorf("%s with elements", e.Tag)
	}
	return base64.StdEncoding.Strict().DecodeString(strings.Join(strings.Fields(e.Text()), ""))
}

func (s *xmlSigned) readTransforms(all *etree.Element) error {
	s.form = c14n // where none is named
	if all == nil {
		return nil
	}
	formed := false
	for _, t := range all.ChildElements() {
		switch uri := algorithmOf(t); {
		case formed || !is(t, nsSignature, "Transform"):
			return errors.New("a transform after the canonical form")
		case uri == enveloped:
			s.withoutSelf = true
		default:
			s.form, s.prefixes, formed = uri, prefixes(t), true
			if _, err := canonicalizer(uri, s.prefixes); err != nil {
				return err
			}
		}
	}
	return nil
}

func prefixes(e *etree.Element) string {
	for _, child := range e.ChildElements() {
		if is(child, exclusive, "InclusiveNamespaces") {
			return child.SelectAttrValue("PrefixList", "")
		}
	}
	return ""
}

// find looks for what is signed: the document, or the one element with an Id. That
// element must be all there is: the root, or the body of a SOAP message.
func (s *xmlSigned) find(reference *etree.Element) error {
	root := s.tree.Root()
	uri := reference.SelectAttr("URI")
	if uri == nil {
		return errors.New("a reference to nothing")
	}
	if uri.Value == "" {
		s.target, s.over = root, "the document"
	} else {
		id, local := strings.CutPrefix(uri.Value, "#")
		if !local || id == "" {
			return fmt.Errorf("a reference to %q", uri.Value)
		}
		hits := withID(root, id)
		if len(hits) != 1 {
			return fmt.Errorf("%d elements with the Id %q", len(hits), id)
		}
		s.target, s.over = hits[0], hits[0].Tag
	}
	inside := s.target == root
	if inside && !s.withoutSelf {
		return errors.New("a signature over itself")
	}
	body := soap(root) && s.target.Parent() == root && is(s.target, root.NamespaceURI(), "Body") && bodies(root) == 1
	if !inside && !body {
		s.part = s.target.Tag
	}
	return nil
}

// readCertificate reads the one certificate in the key's description, where
// SmartBridge has it in the header beside.
func (s *xmlSigned) readCertificate(key *etree.Element) error {
	found := descendants(key, nsSignature, "X509Certificate")
	found = append(found, descendants(key, nsSecurity, "KeyIdentifier")...)
	if len(found) == 0 && s.signature.Parent() != s.tree.Root() {
		found = descendants(s.signature.Parent(), nsSecurity, "BinarySecurityToken")
	}
	if len(found) == 0 {
		return errNoCertificate
	}
	if len(found) > 1 {
		return errors.New("two certificates of the signer")
	}
	der, err := decode(found[0])
	if err != nil {
		return err
	}
	s.certificate, err = pki.ParseCertificate(der)
	return err
}
