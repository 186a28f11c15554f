package document_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"ruqsat/document"
)

// forms are all forms with data that fill every field.
var forms = map[string]func() ([]byte, error){
	"slip":        func() ([]byte, error) { return document.Slip(slip) },
	"return":      func() ([]byte, error) { return document.ReturnLetter(returned) },
	"notice":      func() ([]byte, error) { return document.Notice(notice) },
	"refusal":     func() ([]byte, error) { return document.Refusal(refusal) },
	"permit":      func() ([]byte, error) { return document.Permit(permit) },
	"letter":      func() ([]byte, error) { return document.Letter(letter) },
	"application": func() ([]byte, error) { return document.Application(application) },
	"sheet":       func() ([]byte, error) { return document.Sheet(sheet) },
}

// RUQSAT_FORMS names a folder to put the papers in, to look at them.
func TestTheSameDataGiveTheSameBytes(t *testing.T) {
	for name, form := range forms {
		first, err := form()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		again, err := form()
		if err != nil || !bytes.Equal(first, again) {
			t.Errorf("%s: two runs differ (%v)", name, err)
		}
		if dir := os.Getenv("RUQSAT_FORMS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".pdf"), first, 0o600); err != nil {
				t.Error(err)
			}
		}
	}
}
