package web

import (
	"net/http"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/problem"
	"ruqsat/transparency"
	"ruqsat/web/component"
)

// logPage tells what the transparency log is, where it stands, and how to check it.
func (s *Site) logPage(q request) error {
	p := s.page(q, "web.log")
	published, err := s.Office.Published(q.r.Context())
	if problem.IsKind(err, problem.NotFound) {
		s.render(q, logPage(p, nil, ""))
		return nil
	}
	if err != nil {
		return err
	}
	s.render(q, logPage(p, []component.Row{
		{Key: p.T("web.log-size"), Value: strconv.FormatInt(published.Tree.Size, 10)},
		{Key: p.T("web.log-root"), Content: component.Digest(published.Tree.Root.String())},
		{Key: p.T("web.log-published"), Value: calendar.Moment{Time: published.At.In(almaty())}.In(q.lang)},
		{Key: p.T("web.log-key"), Content: component.Digest(published.Verifier)},
	}, published.Note))
	return nil
}

// leafPage shows a leaf to people: what it says, and what shows that it is there.
func (s *Site) leafPage(q request) error {
	n, err := strconv.ParseInt(q.r.PathValue("n"), 10, 64)
	if err != nil || n < 0 {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	proven, err := s.Office.Prove(q.r.Context(), n)
	if err != nil {
		return err
	}
	p := s.page(q, "web.log-leaf", lang.Args{"leaf": n})
	p.Back = &component.Link{Text: p.T("web.log"), Href: "/log"}
	s.render(q, leafPage(p, leafRows(p, proven), string(proven.Data), proven))
	return nil
}

// leafRows says what a leaf says.
func leafRows(p component.Page, proven office.Proven) []component.Row {
	says := proven.Says
	rows := []component.Row{{Key: p.T("web.log-kind"), Value: says.Kind.In(p.Lang), Lines: logWhat(p.Lang, says)}}
	if says.At != "" {
		rows = append(rows, component.Row{Key: p.T("web.log-at"), Value: logAt(p.Lang, says.At)})
	}
	if says.Region != "" {
		rows = append(rows, component.Row{Key: p.T("web.region"), Value: law.RegionName(says.Region).In(p.Lang)})
	}
	return append(rows,
		component.Row{Key: p.T("web.log-digest"), Content: component.Digest(says.Digest)},
		component.Row{Key: p.T("web.log-hash"), Content: component.Digest(transparency.Hash(proven.Data).String())},
		component.Row{Key: p.T("web.log-in-tree"), Value: strconv.FormatInt(proven.Tree.Size, 10)})
}

// logWhat says the act, the state, the kind of entry or the form of paper a leaf
// names. A word that has no translation is shown as the leaf has it.
func logWhat(t lang.Tag, says transparency.Leaf) []string {
	switch {
	case says.What == "" && says.Kind == transparency.Quota: // entries of the ledger name their kind
		return []string{lang.M("web.log-quota-order").In(t)}
	case says.What == "":
		return nil
	}
	for _, prefix := range vocabularies[says.Kind] {
		if said := lang.M(prefix + says.What).In(t); said != prefix+says.What {
			return []string{said}
		}
	}
	return []string{says.What}
}

// vocabularies are where the words of each kind of leaf are said.
var vocabularies = map[transparency.Kind][]string{
	transparency.Registration: {"procedure.act-"},
	transparency.Decision:     {"procedure.act-"},
	transparency.Act:          {"procedure.act-", "correspondence.act-"},
	transparency.State:        {"procedure.state-", "correspondence.state-", "complaint.state-"},
	transparency.Status:       {"registry.entry-"},
	transparency.Quota:        {"quota.kind-"},
	transparency.Paper:        {"web.paper-"},
}

// logAt says the moment or the day of a leaf.
func logAt(t lang.Tag, at string) string {
	if day, err := calendar.ParseDate(at); err == nil {
		return day.In(t)
	}
	if moment, err := time.Parse(time.RFC3339Nano, at); err == nil {
		return calendar.Moment{Time: moment.In(almaty())}.In(t)
	}
	return at
}

// inLog says what the log has of a row: nothing yet, or its leaf, and whether the
// row still says what was committed to.
func (s *Site) inLog(q request, p component.Page, source, key string) ([]component.Row, error) {
	t, err := s.Office.Trace(q.r.Context(), source, key)
	if problem.IsKind(err, problem.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []component.Row{{Key: p.T("web.log"), Content: traced(p, t)}}, nil
}

// casePackage sends everything of a case in one file.
func (s *Site) casePackage(q request) error {
	if err := signedIn(q, everyone...); err != nil {
		return err
	}
	c, pkg, err := s.Office.Package(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	return s.sendAs(q, "application/zip", `attachment; filename="`+c.Number+`.zip"`, pkg)
}

// checkpoint sends the latest signed checkpoint as it is.
func (s *Site) checkpoint(w http.ResponseWriter, r *http.Request) {
	p, err := s.Office.Published(r.Context())
	s.raw(w, r, []byte(p.Note), "text/plain; charset=utf-8", err)
}

// tile sends a tile where tools look for it (c2sp.org/tlog-tiles). A full one never
// changes.
func (s *Site) tile(w http.ResponseWriter, r *http.Request) {
	path := "tile/" + r.PathValue("path")
	data, err := s.Office.Tile(r.Context(), path)
	if t, bad := transparency.ParseTilePath(path); bad == nil && err == nil && full(t) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	s.raw(w, r, data, "application/octet-stream", err)
}

func full(t tlog.Tile) bool { return t.W == 1<<transparency.TileHeight }

// proof sends the proof of a leaf as tools read it (c2sp.org/tlog-proof).
func (s *Site) proof(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.ParseInt(r.PathValue("n"), 10, 64)
	if err != nil {
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	var p office.Proven
	if err == nil {
		p, err = s.Office.Prove(r.Context(), n)
	}
	s.raw(w, r, []byte(p.Proof.String()), "text/plain; charset=utf-8", err)
}

// raw sends bytes for tools, or says in plain words why there are none.
func (s *Site) raw(w http.ResponseWriter, r *http.Request, data []byte, media string, err error) {
	if err != nil {
		e := problem.Of(err)
		if e.Kind == problem.Internal {
			s.Log.Error("request failed", "method", r.Method, "path", r.URL.Path, "error", err)
		}
		http.Error(w, e.Say.In(lang.EN), statuses[e.Kind])
		return
	}
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	if _, err := w.Write(data); err != nil {
		s.Log.Warn("log was not sent", "path", r.URL.Path, "error", err)
	}
}

// proofLines are the hashes of a proof, from the leaf up to the root.
func proofLines(p transparency.Proof) []string {
	var lines []string
	for _, h := range p.Hashes {
		lines = append(lines, h.String())
	}
	return lines
}
