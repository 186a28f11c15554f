package pki

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"strings"

	"ruqsat/signature"
)

// Identifiers of names (X.520). In Kazakhstan's profile the given name holds the
// patronymic, and the common name the surname with the given name.
var (
	oidCommonName   = asn1.ObjectIdentifier{2, 5, 4, 3}
	oidSerialNumber = asn1.ObjectIdentifier{2, 5, 4, 5}
	oidOrganisation = asn1.ObjectIdentifier{2, 5, 4, 10}
	oidUnit         = asn1.ObjectIdentifier{2, 5, 4, 11}
	oidGivenName    = asn1.ObjectIdentifier{2, 5, 4, 42}
)

// roles is the arc of what a signer is; see [signature.Role].
const roles = "1.2.398.3.3.4."

// SignerOf reads who a certificate is of: IIN and twelve digits in the serial
// number of the subject, BIN and twelve digits in an organisational unit. Where
// one stands twice it is taken for none. Check digits are left alone: the number
// is only ever compared with one that was checked.
func SignerOf(c *Certificate) signature.Signer {
	s := signature.Signer{
		Name:         strings.TrimSpace(only(c.Subject, oidCommonName, "") + " " + only(c.Subject, oidGivenName, "")),
		IIN:          number(only(c.Subject, oidSerialNumber, "IIN")),
		BIN:          number(only(c.Subject, oidUnit, "BIN")),
		Organisation: only(c.Subject, oidOrganisation, ""),
		Serial:       c.SerialNumber.Text(16),
		Issuer:       nameOf(c.Issuer),
		NotBefore:    c.NotBefore,
		NotAfter:     c.NotAfter,
		Certificate:  c.Raw,
	}
	for _, oid := range c.UnknownExtKeyUsage {
		if strings.HasPrefix(oid.String(), roles) {
			s.Roles = append(s.Roles, oid.String())
		}
	}
	return s
}

// only returns the one value of a kind that begins with prefix, without it;
// nothing where there is none or more than one.
func only(name pkix.Name, kind asn1.ObjectIdentifier, prefix string) string {
	found, times := "", 0
	for _, part := range name.Names {
		value, isText := part.Value.(string)
		if rest, ok := strings.CutPrefix(value, prefix); isText && ok && part.Type.Equal(kind) {
			found, times = rest, times+1
		}
	}
	if times != 1 {
		return ""
	}
	return found
}

// number returns s if it is twelve digits, and nothing otherwise.
func number(s string) string {
	if len(s) != 12 || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

// rawName returns nameOf of a name in DER.
func rawName(raw []byte) string {
	var parts pkix.RDNSequence
	if rest, err := asn1.Unmarshal(raw, &parts); err != nil || len(rest) > 0 {
		return "?"
	}
	var n pkix.Name
	n.FillFromRDNSequence(&parts)
	return nameOf(n)
}

// nameOf returns the common name of an authority, or all of its name.
func nameOf(n pkix.Name) string {
	if n.CommonName != "" {
		return n.CommonName
	}
	return n.String()
}
