package pki

import (
	"slices"

	"ruqsat/signature"
)

// A domain is whose world a root is of. Roots of two never stand in one trust.
type domain string

const (
	domainReal     domain = "real documents"
	domainTest     domain = "the national test centre"
	domainTraining domain = "training"
)

// testRoots are the roots of the national authority's test centre, by the SHA-256
// of the certificate. Its private keys of signers are public.
var testRoots = []string{
	"b995e79e7c07429f8f79e185451e5599ce342ac720000f01b3854fdfa03031a6", // GOST-2015, 2022 to 2032
	"06021684f52054692a1859686d5af527eda779e6183c2f3cd4fc1278e4067beb", // GOST-2004, 2018 to 2038
	"4d05179bcb02180bfc37618372671357df7dd8b7865973eae77b83213cae717b", // RSA, 2018 to 2038
}

func domainOf(root *Certificate) domain {
	switch {
	case slices.Contains(root.Subject.Organization, signature.TrainingMark):
		return domainTraining
	case slices.Contains(testRoots, Sum(root.Raw)):
		return domainTest
	}
	return domainReal
}
