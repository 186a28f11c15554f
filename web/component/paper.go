package component

import (
	"slices"
	"strings"
)

// facts joins what is known of a thing.
func facts(known ...string) string {
	var said []string
	for _, k := range known {
		if k != "" {
			said = append(said, k)
		}
	}
	return strings.Join(said, " · ")
}

func signatureColour(s SignatureState) Colour {
	return map[SignatureState]Colour{
		SignatureValid: Green, SignatureInvalid: Red, SignatureUndetermined: Amber, SignatureMissing: Outline,
	}[s]
}

func (s Signing) signers(p Page) Choices {
	c := Choices{
		Name: "signer", Label: p.T("component.sign-signer"), Hint: p.T("component.sign-signer-hint"),
		Values: []string{s.Chosen}, Size: Small, Small: true,
	}
	for _, one := range s.Signers {
		c.Options = append(c.Options, Option{Value: one.Value, Text: one.Name, Hint: one.More})
	}
	return c
}

// upload is the field for the signature of a document; where there are several,
// it says of which.
func (s Signing) upload(p Page, d Unsigned) FileField {
	f := FileField{
		Name: d.Field, Label: p.T("component.sign-upload"), Hint: p.T("component.sign-upload-hint"),
		Size: Small, Accept: ".p7s,.cms,.sig,application/pkcs7-signature", Most: 1 << 20,
	}
	if len(s.Documents) > 1 {
		f.Label += ": " + d.Name
	}
	return f
}

// uploadWrong reports whether something is wrong with a file that was sent.
func (s Signing) uploadWrong(p Page) bool {
	return slices.ContainsFunc(s.Documents, func(d Unsigned) bool { return p.WrongWith(d.Field) != "" })
}
