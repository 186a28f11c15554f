package procedure

// Limits of what is said about a hearing.
const (
	MaxObjections = 50   // of one case
	MaxWords      = 4000 // letters of one text
)

// A Course is what a case keeps of its correction and its hearing.
type Course struct {
	Correction *Correction `json:"correction,omitempty"` // the last that was asked for
	Hearing    *Hearing    `json:"hearing,omitempty"`
	Paused     []Paused    `json:"paused,omitempty"`
	Consents   []Consent   `json:"consents,omitempty"` // of further regions
}

// A Correction is what the executor asked the applicant to put right.
type Correction struct {
	Reasons string      `json:"reasons"` // in writing
	Parts   []Part      `json:"parts"`
	Was     Application `json:"was"`             // as it was when asked
	Files   []string    `json:"files"`           // ids of the files there were
	Words   string      `json:"words,omitempty"` // what the applicant says to the correction
}
