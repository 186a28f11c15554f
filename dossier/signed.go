package dossier

import (
	"encoding/json"
	"slices"
	"strings"

	"ruqsat/signature"
)

// A SignedPaper is a paper of a package with its detached signature, and what was
// found out about that when it came: the moment it is judged by, the answers and the
// authorities it rested on.
type SignedPaper struct {
	Name      string // of the paper
	Document  []byte
	Signature []byte // DER
	Found     signature.Report
}

// Signed returns the signed papers of a package that [Check] has found to agree, in
// the order of their names.
func Signed(pkg []byte) ([]SignedPaper, error) {
	c := &check{}
	c.open(pkg)
	var list []SignedPaper
	for name, content := range c.files {
		id, ok := strings.CutPrefix(name, "signatures/")
		if id, ok = strings.CutSuffix(id, ".p7s"); !ok {
			continue
		}
		s := SignedPaper{Signature: content}
		if err := json.Unmarshal(c.files[ReportFile(id)], &s.Found); err != nil {
			return nil, err
		}
		for paper, document := range c.files {
			if strings.HasPrefix(paper, "papers/") && strings.HasSuffix(paper, "-"+id+".pdf") {
				s.Name, s.Document = paper, document
			}
		}
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b SignedPaper) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}
