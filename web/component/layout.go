package component

import "ruqsat/lang"

// ownName is how a language calls itself, whatever language the page is in.
func ownName(t lang.Tag) string {
	return map[lang.Tag]string{lang.KK: "Қазақша", lang.RU: "Русский", lang.EN: "English"}[t]
}

// shortName is the same where there is little room.
func shortName(t lang.Tag) string {
	return map[lang.Tag]string{lang.KK: "Қаз", lang.RU: "Рус", lang.EN: "Eng"}[t]
}

// ariaPage tells the very page from a place above it.
func ariaPage(same bool) string {
	if same {
		return "page"
	}
	return "true"
}

func footerLinks(p Page) []Link {
	return []Link{
		{p.T("component.footer-verify"), "/verify"},
		{p.T("component.footer-track"), "/track"},
		{p.T("component.footer-law"), "/rules"},
		{p.T("component.footer-log"), "/log"},
		{p.T("component.footer-api"), "/api"},
	}
}

// or returns s, or what stands in for it where it is empty.
func or(s, instead string) string {
	if s != "" {
		return s
	}
	return instead
}
