package training

import (
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"

	"ruqsat/signature/gost"
)

const (
	nsSignature = "http://www.w3.org/2000/09/xmldsig#"
	c14n        = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
	nationalArc = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:"
)

// SignXML returns a document with a signature in its root over all of it, as
// NCALayer does by signXml. The key is one of GOST-2015-512 or RSA. Signing the
// result once more adds a second signature, over the document with the first.
func (k Key) SignXML(document []byte) ([]byte, error) {
	method, digest := "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmlenc#sha256"
	if _, national := k.private.Public().(*gost.PublicKey); national {
		method, digest = nationalArc+"gostr34102015-gostr34112015-512", nationalArc+"gostr34112015-512"
	}
	d := etree.NewDocument()
	if err := d.ReadFromBytes(document); err != nil {
		return nil, fmt.Errorf("sign XML: %w", err)
	}
	if d.Root() == nil {
		return nil, errors.New("sign XML: no element")
	}
	s, form := k.suite(), dsig.MakeC14N10RecCanonicalizer()
	content, err := form.Canonicalize(d.Root().Copy())
	if err != nil {
		return nil, fmt.Errorf("sign XML: %w", err)
	}
	sig := d.Root().CreateElement("ds:Signature")
	sig.CreateAttr("xmlns:ds", nsSignature)
	info := sig.CreateElement("ds:SignedInfo")
	info.CreateElement("ds:CanonicalizationMethod").CreateAttr("Algorithm", c14n)
	info.CreateElement("ds:SignatureMethod").CreateAttr("Algorithm", method)
	reference := info.CreateElement("ds:Reference")
	reference.CreateAttr("URI", "")
	transforms := reference.CreateElement("ds:Transforms")
	transforms.CreateElement("ds:Transform").CreateAttr("Algorithm", nsSignature+"enveloped-signature")
	transforms.CreateElement("ds:Transform").CreateAttr("Algorithm", c14n+"#WithComments")
	reference.CreateElement("ds:DigestMethod").CreateAttr("Algorithm", digest)
	reference.CreateElement("ds:DigestValue").SetText(base64.StdEncoding.EncodeToString(s.sum(content)))
	signedInfo, err := form.Canonicalize(inScope(info))
	if err != nil {
		return nil, fmt.Errorf("sign XML: %w", err)
	}
	value, err := k.private.Sign(k.rand, s.sum(signedInfo), s.hash)
	if err != nil {
		return nil, fmt.Errorf("sign XML: %w", err)
	}
	sig.CreateElement("ds:SignatureValue").SetText(base64.StdEncoding.EncodeToString(value))
	data := sig.CreateElement("ds:KeyInfo").CreateElement("ds:X509Data")
	data.CreateElement("ds:X509Certificate").SetText(base64.StdEncoding.EncodeToString(k.Certificate.Raw))
	return d.WriteToBytes()
}

// inScope returns a copy of an element with the namespaces its ancestors declare.
func inScope(e *etree.Element) *etree.Element {
	alone := e.Copy()
	for p := e.Parent(); p != nil; p = p.Parent() {
		for _, a := range p.Attr {
			if (a.Space == "xmlns" || a.FullKey() == "xmlns") && alone.SelectAttr(a.FullKey()) == nil {
				alone.CreateAttr(a.FullKey(), a.Value)
			}
		}
	}
	return alone
}
