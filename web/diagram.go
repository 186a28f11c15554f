package web

import (
	"net/http"
	"net/url"
	"strconv"

	"ruqsat/calendar"
	"ruqsat/diagram"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/problem"
	"ruqsat/web/component"
)

// An appendix is one of the two drawings of the regulation (WKO 142/2017 ¶ 11).
type appendix struct {
	number int
	make   func(diagram.Asked) (diagram.Graph, error)
}

var appendices = []appendix{{1, diagram.Portal}, {2, diagram.Business}}

// In names the appendix.
func (a appendix) In(t lang.Tag) string {
	return lang.M("web.appendix-" + strconv.Itoa(a.number)).In(t)
}

// appendixOf is the appendix asked for; the second if none is.
func appendixOf(q request) appendix {
	for _, a := range appendices {
		if q.r.URL.Query().Get("appendix") == strconv.Itoa(a.number) {
			return a
		}
	}
	return appendices[1]
}

// serviceOf is the service in the address.
func serviceOf(q request) (law.Service, error) {
	s, ok := law.ServiceBy(q.r.PathValue("code"))
	if !ok {
		return s, problem.New(problem.NotFound, "problem.not-found")
	}
	return s, nil
}

// picture draws what is asked for in an address.
func (s *Site) picture(q request) (diagram.Picture, error) {
	service, err := serviceOf(q)
	if err != nil {
		return diagram.Picture{}, err
	}
	on, err := s.dayOf(q, "on")
	if err != nil {
		return diagram.Picture{}, err
	}
	g, err := appendixOf(q).make(diagram.Asked{Operation: service.Operation, Scheme: service.Scheme, On: on})
	if err != nil {
		return diagram.Picture{}, outsideLaw(err, "on")
	}
	return diagram.Draw(g, q.lang), nil
}

// diagramPage shows an appendix: drawn by the server, and where there is a script
// in a viewer that zooms and moves.
func (s *Site) diagramPage(q request) error {
	p := s.page(q, "web.diagram")
	service, err := serviceOf(q)
	if err != nil {
		return err
	}
	p.Title = serviceName(p, service)
	p.Crumbs = s.crumbs(p, service)
	on, err := s.dayOf(q, "on")
	if err == nil {
		picture, drawn := s.picture(q)
		if drawn == nil {
			s.render(q, diagramView(p, s.diagramTabs(p, service, on), on.String(), appendixOf(q).number, service, picture.SVG()))
			return nil
		}
		err = drawn
	}
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	s.render(q, diagramView(p, nil, q.r.URL.Query().Get("on"), appendixOf(q).number, service, ""))
	return nil
}

func (s *Site) diagramTabs(p component.Page, service law.Service, on calendar.Date) []component.Tab {
	var tabs []component.Tab
	for _, a := range appendices {
		current := p.Query != "" && mustQuery(p.Query).Get("appendix") == strconv.Itoa(a.number)
		tabs = append(tabs, component.Tab{Text: a.In(p.Lang), Href: diagramHref(service, "diagram", a.number, on.String()), Current: current})
	}
	if !tabs[0].Current {
		tabs[1].Current = true
	}
	return tabs
}

func mustQuery(raw string) url.Values {
	v, _ := url.ParseQuery(raw) // what cannot be read asks for nothing
	return v
}

func diagramHref(service law.Service, name string, appendix int, on string) string {
	return "/services/" + service.Code() + "/" + name + "?" + url.Values{"appendix": {strconv.Itoa(appendix)}, "on": {on}}.Encode()
}

// diagramSVG answers the drawing as a file.
func (s *Site) diagramSVG(q request) error {
	picture, err := s.picture(q)
	if err != nil {
		return err
	}
	return s.download(q, "image/svg+xml", picture.ID+".svg", []byte(picture.SVG()))
}

// diagramBPMN answers the drawing for a modeller.
func (s *Site) diagramBPMN(q request) error {
	picture, err := s.picture(q)
	if err != nil {
		return err
	}
	b, err := picture.BPMN()
	if err != nil {
		return err
	}
	return s.download(q, "application/xml", picture.ID+".bpmn", b)
}

func (s *Site) download(q request, media, name string, content []byte) error {
	q.w.Header().Set("Content-Type", media+"; charset=utf-8")
	q.w.Header().Set("Content-Disposition", `attachment; filename="ruqsat-`+q.r.PathValue("code")+"-"+name+`"`)
	q.w.WriteHeader(http.StatusOK)
	if _, err := q.w.Write(content); err != nil {
		s.Log.Warn("file was not sent", "error", err)
	}
	return nil
}
