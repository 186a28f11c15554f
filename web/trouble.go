package web

import (
	"ruqsat/lang"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/web/component"
)

// partLabels are the labels of the fields of an application whose messages do not
// say where they stand; those of files and workers do.
var partLabels = map[string]string{
	"bin": "bin", "name_kk": "name-kk", "name_ru": "name-ru", "address": "address", "phone": "phone", "email": "email", "section": "section",
	"kind": "employer-kind", "size": "employer-size", "foreign": "foreign-share",
	"months": "months", "from": "from", "reason": "reason", "change": "change", "more_regions": "more-regions",
	"sending_name": "sender-name", "sending_country": "sender-country",
	"leaders_kz": "leaders_kz", "leaders_foreign": "leaders_foreign", "others_kz": "others_kz", "others_foreign": "others_foreign",
	"managers_kz": "managers_kz", "managers_foreign": "managers_foreign",
	"specialists_kz": "specialists_kz", "specialists_foreign": "specialists_foreign", "ratio_exempt": "no-ratio",
}

// inPart says what is wrong in which part of an application and at which field,
// and links to it; what is wrong elsewhere it says alone.
func inPart(q request, f problem.Field) component.Link {
	say := f.Say.In(q.lang)
	if f.Part == "" {
		return component.Link{Text: say}
	}
	part := procedure.Part(f.Part).In(q.lang)
	if label, ok := partLabels[f.Name]; ok {
		say = lang.M("web.at-field", lang.Args{"field": lang.M("web." + label), "say": say}).In(q.lang)
	}
	return component.Link{
		Text: lang.M("web.in-part", lang.Args{"part": part, "say": say}).In(q.lang),
		Href: "/cabinet/" + q.id() + "/" + f.Part + "#" + f.Name,
	}
}
