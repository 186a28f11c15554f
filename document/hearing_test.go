package document_test

import (
	"fmt"
	"strings"
	"testing"

	"ruqsat/document"
	"ruqsat/lang"
)

// hearingForms are the papers of a correction and a hearing, with a text of an
// official's in each.
func hearingForms(words string) map[string]func() ([]byte, error) {
	point := document.Point{Text: lang.Text{KK: "Квота асып кеткен", RU: "Квота превышена"}, Cite: "Order 559 of 2016-06-27"}
	when := lang.Text{KK: "2021 жылғы 15 шілде, 11:00", RU: "15 июля 2021 года, 11:00"}
	return map[string]func() ([]byte, error){
		"correction": func() ([]byte, error) {
			return document.Correction(document.CorrectionData{Paper: paper, Parts: lang.Text{KK: "құжаттар", RU: "документы"}, Reasons: words, Until: when})
		},
		"invitation": func() ([]byte, error) {
			return document.Invitation(document.InvitationData{Paper: paper, Grounds: []document.Point{point}, Reasons: words, When: when, Place: "кабинет 12"})
		},
		"protocol": func() ([]byte, error) {
			return document.Protocol(document.ProtocolData{Paper: paper, Began: when, Place: "кабинет 12", Present: words, Said: words, Objections: []string{words}})
		},
	}
}

// An official may write four thousand letters, and all of them reach the paper.
func TestWhatOfficialsWriteOfAHearingReachesThePaper(t *testing.T) {
	t.Parallel()
	var long []string
	for i := range 400 {
		long = append(long, fmt.Sprintf("сөз%04d", i))
	}
	for _, words := range []string{"Опыт не подтверждён.", strings.Join(long, " ")} {
		for name, form := range hearingForms(words) {
			pdf, err := form()
			if err != nil {
				t.Errorf("%s of %d letters: %v", name, len([]rune(words)), err)
				continue
			}
			found := text(t, pdf)
			for _, w := range strings.Fields(words) {
				if !strings.Contains(found, w) {
					t.Errorf("%s of %d letters lacks %q", name, len([]rune(words)), w)
					break
				}
			}
			if name == "invitation" && !strings.Contains(strings.Join(strings.Fields(found), " "), "кабинет 12") {
				t.Errorf("the invitation does not say where")
			}
		}
	}
}
