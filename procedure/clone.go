package procedure

import (
	"maps"
	"slices"
)

// Clone returns a case that shares no memory with c, so that either can be changed
// without the other.
func (c Case) Clone() Case {
	c.Application = c.Application.Clone()
	c.Running = CloneRunning(c.Running)
	c.Course = c.Course.Clone()
	return c
}

// Clone returns an application that shares no memory with a.
func (a Application) Clone() Application {
	a.Workers, a.MoreRegions = slices.Clone(a.Workers), slices.Clone(a.MoreRegions)
	a.PapersUntil = maps.Clone(a.PapersUntil)
	return a
}

// CloneRunning returns terms that share no memory with those of list.
func CloneRunning(list []Running) []Running {
	list = slices.Clone(list)
	for i := range list {
		list[i] = list[i].clone()
	}
	return list
}

func (r Running) clone() Running {
	r.End.Skipped, r.Changes = slices.Clone(r.End.Skipped), slices.Clone(r.Changes)
	return r
}

// Clone returns a course that shares no memory with o.
func (o Course) Clone() Course {
	if o.Correction != nil {
		k := *o.Correction
		k.Parts, k.Files, k.Was = slices.Clone(k.Parts), slices.Clone(k.Files), k.Was.Clone()
		o.Correction = &k
	}
	if o.Hearing != nil {
		h := *o.Hearing
		h.Grounds, h.Objections, h.Moves = slices.Clone(h.Grounds), slices.Clone(h.Objections), slices.Clone(h.Moves)
		o.Hearing = &h
	}
	o.Paused, o.Consents = slices.Clone(o.Paused), slices.Clone(o.Consents)
	for i := range o.Paused {
		o.Paused[i].Running = o.Paused[i].Running.clone()
	}
	for i := range o.Consents {
		o.Consents[i].End.Skipped = slices.Clone(o.Consents[i].End.Skipped)
	}
	return o
}
