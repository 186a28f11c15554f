package office

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/store"
)

// Limits of what can be attached.
const (
	MaxFile  = 10 << 20 // bytes of one file
	MaxFiles = 100      // files of one case
)

// PaymentProof is the kind of the copies that prove a payment (WKO 142/2017
// ¶ 10(13)).
const PaymentProof = "payment"

// media are the types of files we take, told by their content.
var media = []string{"application/pdf", "image/jpeg", "image/png"}

// Attach adds a file to a case: a document of the package while it is being
// prepared, a proof of payment while payment is awaited.
func (o *Office) Attach(ctx context.Context, by party.Actor, id, kind, name string, content []byte) error {
	c, err := o.Case(ctx, by, id)
	if err != nil {
		return err
	}
	field := "file-" + kind
	today, err := o.Today(c.Region)
	if err != nil {
		return err
	}
	if !attachable(c, kind, law.DocumentsFor(c.Application.Operation, c.Application.Scheme, today)) {
		return problem.New(problem.Conflict, "problem.moved-on").At(field)
	}
	found, err := readable(content)
	if err != nil {
		return problem.Of(err).At(field)
	}
	sum, err := o.Files.Put(ctx, content)
	if err != nil {
		return err
	}
	f := store.File{
		ID: newID(), Case: id, Kind: kind, Name: fileName(name), Media: found, Size: int64(len(content)), SHA256: sum, At: o.Now(),
	}
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error {
		files, err := tx.FilesOf(ctx, id)
		if err != nil {
			return err
		}
		if len(files) >= MaxFiles {
			return problem.New(problem.TooLarge, "office.many-files", lang.Args{"most": MaxFiles}).At(field)
		}
		return tx.AddFile(ctx, f)
	})
}

func attachable(c procedure.Case, kind string, documents []law.Rule) bool {
	if kind == PaymentProof {
		return c.State == procedure.Notified
	}
	for _, d := range documents {
		if d.Key == kind {
			return c.State == procedure.Preparing || c.State == procedure.Correcting
		}
	}
	return false
}

// readable returns the type of a file by its content, or says why we do not take
// it.
func readable(content []byte) (string, error) {
	if len(content) == 0 {
		return "", problem.New(problem.Invalid, "office.empty-file")
	}
	if len(content) > MaxFile {
		return "", problem.New(problem.TooLarge, "office.large-file", lang.Args{"most": MaxFile >> 20})
	}
	found := mimetype.Detect(content)
	for _, m := range media {
		if found.Is(m) {
			if m == "application/pdf" && !hasPage(content) {
				return "", problem.New(problem.Invalid, "office.no-pages")
			}
			return m, nil
		}
	}
	return "", problem.New(problem.Invalid, "office.wrong-type", lang.Args{"type": found.String()})
}

// hasPage reports whether a PDF says that it has pages. One whose objects are
// compressed cannot be told so, and is taken.
func hasPage(pdf []byte) bool {
	flat := bytes.ReplaceAll(pdf, []byte("/Type /"), []byte("/Type/"))
	return bytes.Contains(flat, []byte("/Type/ObjStm")) ||
		bytes.Contains(bytes.ReplaceAll(flat, []byte("/Type/Pages"), nil), []byte("/Type/Page"))
}

// fileName returns the name of a file as it is shown: no folders, no signs that
// steer a terminal, at most 120 letters.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e {
			return -1
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 120 {
		name = string(r[:120])
	}
	if name == "" || name == "." || name == "/" {
		return "file"
	}
	return name
}

// Detach takes a file off an application that is being prepared, or off its
// correction: what was handed in once stays.
func (o *Office) Detach(ctx context.Context, by party.Actor, id, file string) error {
	c, err := o.Case(ctx, by, id)
	if err != nil {
		return err
	}
	added := c.State == procedure.Correcting && !slices.Contains(c.Course.Correction.Files, file)
	if c.State != procedure.Preparing && !added {
		return problem.New(problem.Conflict, "problem.moved-on")
	}
	return o.DB.Do(ctx, func(ctx context.Context, tx store.Tx) error { return tx.RemoveFile(ctx, id, file) })
}
