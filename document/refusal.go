package document

import "ruqsat/lang"

// RefusalData is what a reasoned refusal says (WKO 142/2017 ¶ 3).
type RefusalData struct {
	Paper
	Heard   lang.Text // how the applicant was heard; empty where the law of the day knows no hearing
	Grounds []Point
}

// Refusal returns the refusal, with its grounds numbered.
func Refusal(d RefusalData) ([]byte, error) { return nil, nil }
