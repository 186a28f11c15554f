package xmldsig

import (
	"encoding/asn1"
	"fmt"
	"strings"

	dsig "github.com/russellhaering/goxmldsig"
)

// Algorithms by their address in XML, as the identifiers that signature/pki knows.
var (
	methods = map[string]asn1.ObjectIdentifier{
		nationalArc + "gostr34102015-gostr34112015-512":              {1, 2, 398, 3, 10, 1, 1, 2, 3, 2},
		nationalArc + "gostr34102015-gostr34112015-256":              {1, 2, 398, 3, 10, 1, 1, 2, 3, 1},
		"http://www.w3.org/2001/04/xmldsig-more#gost34310-gost34311": {1, 2, 398, 3, 10, 1, 1, 1, 2},
		"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256":          {1, 2, 840, 113549, 1, 1, 11},
		"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384":          {1, 2, 840, 113549, 1, 1, 12},
		"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512":          {1, 2, 840, 113549, 1, 1, 13},
	}
	digests = map[string]asn1.ObjectIdentifier{
		nationalArc + "gostr34112015-512":                  {1, 2, 398, 3, 10, 1, 3, 3},
		nationalArc + "gostr34112015-256":                  {1, 2, 398, 3, 10, 1, 3, 2},
		"http://www.w3.org/2001/04/xmldsig-more#gost34311": {1, 2, 398, 3, 10, 1, 3, 1},
		"http://www.w3.org/2001/04/xmlenc#sha256":          {2, 16, 840, 1, 101, 3, 4, 2, 1},
		"http://www.w3.org/2001/04/xmldsig-more#sha384":    {2, 16, 840, 1, 101, 3, 4, 2, 2},
		"http://www.w3.org/2001/04/xmlenc#sha512":          {2, 16, 840, 1, 101, 3, 4, 2, 3},
	}
)

const nationalArc = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:"

func nationalURI(uri string) bool { return strings.HasPrefix(uri, nationalArc) }

// Canonical forms and the one other transform we know.
const (
	c14n              = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
	c14nComments      = c14n + "#WithComments"
	exclusive         = "http://www.w3.org/2001/10/xml-exc-c14n#"
	exclusiveComments = exclusive + "WithComments"
	enveloped         = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
)

// canonicalizer returns the maker of a canonical form. With or without comments is
// the same here, as there are none.
func canonicalizer(uri, prefixes string) (dsig.Canonicalizer, error) {
	switch uri {
	case c14n, c14nComments:
		return dsig.MakeC14N10RecCanonicalizer(), nil
	case exclusive, exclusiveComments:
		return dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(prefixes), nil
	}
	return nil, fmt.Errorf("canonical form %q", uri)
}
