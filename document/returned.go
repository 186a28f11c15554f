package document

import "time"

// ReturnData is what the written justification of a return says (WKO 142/2017
// ¶ 7(3)).
type ReturnData struct {
	Paper
	Received time.Time // when the package came in; zero leaves it out
	Reasons  []Point
}

// ReturnLetter returns the letter with which an incomplete or expired package
// goes back.
func ReturnLetter(d ReturnData) ([]byte, error) { return nil, nil }
