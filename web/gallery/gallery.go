// Package gallery shows every page and every component in every state, with
// prepared data and no database: for those who write pages, for those who read
// them, and for tests that look at the HTML.
//
// The sheets stand at the addresses of the pages they show, so that one walks
// from one to the next as in the service. Start at [Sheets]; `ruqsat pages`
// serves [Handler].
package gallery

import (
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"ruqsat/lang"
	"ruqsat/web/asset"
	"ruqsat/web/component"
)

// A Sheet is one page in one state.
type Sheet struct {
	Name  string // key of the words for the list of sheets, without "gallery."
	Path  string // without the language
	Query string // which state: "state=errors"; the plain page if empty
	Show  func(component.Page) templ.Component
	Code  int // 200 if 0
}

// Sheets is the page set, in the order a case meets the pages.
func Sheets() []Sheet {
	return slices.Concat(pages(), signSheets())
}

// pages are the pages of a case and those around it.
func pages() []Sheet {
	return []Sheet{
		{Name: "sheet-index", Path: "/pages", Show: index},
		{Name: "sheet-components", Path: "/pages/components", Show: components},
		{Name: "sheet-components-office", Path: "/pages/components", Query: "state=office", Show: officeComponents},

		{Name: "sheet-start", Path: "/", Show: start},
		{Name: "sheet-sign-in", Path: "/sign-in", Show: signIn},
		{Name: "sheet-sign-in-wrong", Path: "/sign-in", Query: "state=wrong", Show: signInWrong, Code: http.StatusUnprocessableEntity},
		{Name: "sheet-verify", Path: "/verify", Show: verify},
		{Name: "sheet-verify-found", Path: "/verify/KZ27-2025-0004417", Show: verifyFound},
		{Name: "sheet-verify-none", Path: "/verify", Query: "state=none", Show: verifyNone},
		{Name: "sheet-track", Path: "/track", Show: track},
		{Name: "sheet-track-found", Path: "/track", Query: "state=found", Show: trackFound},

		{Name: "sheet-cabinet", Path: "/cabinet", Show: cabinet},
		{Name: "sheet-cabinet-empty", Path: "/cabinet", Query: "state=empty", Show: cabinetEmpty},
		{Name: "sheet-tasks", Path: "/cabinet/applications/58", Show: tasks},
		{Name: "sheet-worker", Path: "/cabinet/applications/58/workers/1", Show: worker},
		{Name: "sheet-worker-wrong", Path: "/cabinet/applications/58/workers/1", Query: "state=wrong", Show: workerWrong, Code: http.StatusUnprocessableEntity},
		{Name: "sheet-documents", Path: "/cabinet/applications/58/documents", Show: documents},
		{Name: "sheet-review", Path: "/cabinet/applications/58/review", Show: review},
		{Name: "sheet-sign", Path: "/cabinet/applications/58/sign", Show: sign},
		{Name: "sheet-sent", Path: "/cabinet/applications/58/sent", Show: sent},
		{Name: "sheet-case", Path: "/cabinet/cases/" + caseNumber, Show: applicantCase},

		{Name: "sheet-intake", Path: "/office/intake", Show: intake},
		{Name: "sheet-inbox", Path: "/desk", Show: inbox},
		{Name: "sheet-inbox-empty", Path: "/desk", Query: "state=empty", Show: inboxEmpty},
		{Name: "sheet-desk-case", Path: "/desk/cases/" + caseNumber, Show: deskCase},
		{Name: "sheet-head-sign", Path: "/head/sign", Show: signQueue},
		{Name: "sheet-head-case", Path: "/head/sign/" + caseNumber, Show: signCase},

		{Name: "sheet-404", Path: "/pages/404", Show: problemPage("404"), Code: http.StatusNotFound},
		{Name: "sheet-403", Path: "/pages/403", Show: problemPage("403"), Code: http.StatusForbidden},
		{Name: "sheet-409", Path: "/pages/409", Show: problemPage("409"), Code: http.StatusConflict},
		{Name: "sheet-500", Path: "/pages/500", Show: problemPage("500"), Code: http.StatusInternalServerError},
	}
}

// Handler serves the page set under /kk, /ru and /en, and the files it loads.
// What is sent to it comes back to the same page.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET "+asset.Prefix, asset.Handler())
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/kk/pages", http.StatusFound)
	})
	mux.HandleFunc("POST /", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
	})
	mux.HandleFunc("GET /{lang}/{path...}", serve)
	mux.HandleFunc("GET /{lang}", serve)
	return mux
}

func serve(w http.ResponseWriter, r *http.Request) {
	t, ok := lang.ParseTag(r.PathValue("lang"))
	if !ok {
		t = lang.KK
	}
	path := "/" + strings.Trim(r.PathValue("path"), "/")
	if path == phonePath+".svg" {
		code(w)
		return
	}
	s := find(path, r.URL.RawQuery)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", asset.Policy)
	w.WriteHeader(max(s.Code, http.StatusOK))
	if err := s.Render(t).Render(r.Context(), w); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// find returns the sheet of an address: that of the state asked for, or the
// plain page, or the page that says there is none.
func find(path, query string) Sheet {
	var plain *Sheet
	for _, s := range Sheets() {
		if s.Path == path && s.Query == query {
			return s
		}
		if s.Path == path && s.Query == "" {
			plain = &s
		}
	}
	if plain != nil {
		return *plain
	}
	return Sheet{Path: path, Show: problemPage("404"), Code: http.StatusNotFound}
}

// Render is the sheet in a language.
func (s Sheet) Render(t lang.Tag) templ.Component { return s.Show(page(t, s.Path, s.Query)) }

func (s Sheet) href() string {
	if s.Query == "" {
		return s.Path
	}
	return s.Path + "?" + s.Query
}
