// Package asset holds what pages load beside their words: the style sheet, the
// script, the typeface and three small drawings, all of them in the binary.
//
// Nothing comes from another host, and nothing is inline, so that pages can
// forbid both. The style sheet is built from source/ (see README.md there); a
// Go build needs no other tool. Start at [Path] and [Handler].
package asset

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:embed static
var embedded embed.FS

// Prefix is where the files are served: Prefix/version/name.
const Prefix = "/asset/"

// Files are the files by their names, such as ruqsat.css.
func Files() fs.FS {
	files, err := fs.Sub(embedded, "static")
	if err != nil {
		panic(err) // the folder is part of the binary
	}
	return files
}

// Version names the state of all files together. It stands in their addresses,
// so that a browser may keep them for good and still never mixes two builds.
var Version = sync.OnceValue(func() string {
	sum := sha256.New()
	err := fs.WalkDir(Files(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(Files(), name)
		sum.Write([]byte(name))
		sum.Write(b)
		return err
	})
	if err != nil {
		panic(err)
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
})

// Path returns the address of a file: Path("ruqsat.css").
func Path(name string) string { return Prefix + Version() + "/" + name }

// Policy is the Content-Security-Policy every page can bear: all from our own
// host, nothing inline, no plugin, no frame around us.
const Policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Handler serves the files under [Prefix]. Those asked for by their version may
// be kept for a year; with any other the newest is sent, to be asked for again.
func Handler() http.Handler {
	files := http.FileServerFS(Files())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		version, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, Prefix), "/")
		if name == "" || path.Clean("/"+name) != "/"+name {
			http.NotFound(w, r)
			return
		}
		keep := "no-cache"
		if version == Version() {
			keep = "public, max-age=31536000, immutable"
		}
		w.Header().Set("Cache-Control", keep)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		http.StripPrefix(Prefix+version, files).ServeHTTP(w, r)
	})
}
