package external

import (
	"testing"

	"ruqsat/examination"
)

// Whatever comes, it is an answer to the question or it is wrong, and nothing
// breaks.
func FuzzRead(f *testing.F) {
	f.Add(`{"subject":"940140000385","found":true,"record":{"bin":"940140000385","offences":[{"number":"1","kind":"x","on":"2025-01-02"}]}}`)
	f.Add(`{"subject":"940140000385","found":false}`)
	f.Add(`{"subject":"940140000385","found":true,"record":null}`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, raw string) {
		for _, r := range examination.Registers {
			q := examination.Question{Register: r, Subject: "940140000385"}
			got, why := read([]byte(raw), q)
			if (why == "") != (got.Found != nil) {
				t.Errorf("%s: %q is wrong for %q, and is read all the same", r, raw, why)
			}
			if why == "" && (got.Subject != q.Subject || *got.Found && len(got.Record) == 0) {
				t.Errorf("%s: %q is taken for an answer", r, raw)
			}
		}
	})
}
