package component

import "strings"

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

func (s Signing) upload(p Page) FileField {
	return FileField{
		Name: "signature", Label: p.T("component.sign-upload"), Hint: p.T("component.sign-upload-hint"),
		Size: Small, Accept: ".p7s,.cms,.sig,application/pkcs7-signature", Most: 1 << 20,
	}
}
