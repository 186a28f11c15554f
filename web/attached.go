package web

import (
	"slices"

	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/store"
	"ruqsat/web/component"
)

// strays are the files attached as a document that is not asked for any more: what
// is asked for changed after they were attached.
func strays(files []store.File, documents []law.Rule) []store.File {
	return slices.DeleteFunc(slices.Clone(files), func(f store.File) bool {
		return slices.ContainsFunc(documents, func(d law.Rule) bool { return d.Key == f.Kind })
	})
}

// fileText is a file with the document it was attached as, where that has a name.
func fileText(p component.Page, documents []law.Rule, f store.File) string {
	if f.Kind == office.PaymentProof {
		return p.T("web.payment-file") + " – " + f.Name
	}
	for _, d := range documents {
		if d.Key == f.Kind {
			return d.Name.In(p.Lang) + " – " + f.Name
		}
	}
	return f.Name
}
