package main

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"ruqsat/signature/training"
)

// writeSigned puts into a folder what the script verify.txt speaks of: the trust of
// a training authority, a document, and signatures over it.
func writeSigned(dir string) error {
	at := time.Date(2026, time.May, 4, 9, 30, 0, 0, time.UTC)
	a, err := training.NewNational(at, rand.Reader)
	if err != nil {
		return err
	}
	other, err := training.NewNational(at, rand.Reader)
	if err != nil {
		return err
	}
	person := training.Person{
		Name: "АХМЕТОВ ЕРЛАН", IIN: "850213400125", BIN: "220740008203", Organisation: "ТОО «Тестовое»", Head: true,
	}
	k, err := a.Issue(person, a.Always())
	if err != nil {
		return err
	}
	document := []byte("өтініш\n")
	files := map[string][]byte{"document.txt": document, "changed.txt": []byte("өтініш!\n"), "text.sig": []byte("подпись"), "page.xml": []byte("<a>б</a>")}
	for name, sign := range map[string]func() ([]byte, error){
		"detached.sig": func() ([]byte, error) { return k.SignStamped(document, at, a, at) },
		"attached.sig": func() ([]byte, error) { return k.SignAttached(document, at) },
		"signed.xml":   func() ([]byte, error) { return k.SignXML(files["page.xml"]) },
		"foreign.sig":  func() ([]byte, error) { return k.SignStamped(document, at, other, at) },
	} {
		if files[name], err = sign(); err != nil {
			return err
		}
	}
	certificates, _ := a.Trust()
	files["root.crt"], files["issuing.crt"] = certificates[0].Raw, certificates[1].Raw
	for i, name := range []string{"ROOT", "ISSUING"} {
		files[name] = fmt.Appendf(nil, "%x", sha256.Sum256(certificates[i].Raw))
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return err
		}
	}
	return a.Save(filepath.Join(dir, "trust"))
}
