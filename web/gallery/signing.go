package gallery

import (
	"net/http"

	"github.com/a-h/templ"

	"ruqsat/lang"
	"ruqsat/web/component"
)

// refusals are why a signature is not taken, with what the words name.
var refusals = []struct {
	key  string
	args lang.Args
}{
	{"missing", nil},
	{"document-changed", nil},
	{"expired", lang.Args{"day": "31.03.2025"}},
	{"revoked", lang.Args{"day": "14.04.2025"}},
	{"never-issued", lang.Args{"issuer": authorityName}},
	{"other-firm", lang.Args{"got": "190540000113", "bin": "120540000110"}},
	{"no-firm", lang.Args{"bin": "120540000110"}},
	{"wrong-role", lang.Args{"wanted": lang.All(lang.M("signature.role-head"))}},
	{"unknown-authority", lang.Args{"issuer": "Test CA"}},
	{"authentication-key", nil},
	{"no-stamp", nil},
	{"stamp-broken", nil},
	{"unreadable", nil},
}

// phonePath is where the page to sign on with a telephone is.
const phonePath = "/cabinet/applications/58/sign/phone"

// authorityName is the name of the national authority in its certificates.
const authorityName = "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) 2022"

// signSheets are the pages to sign on: while a signature is checked, when it is
// refused for each reason, and with a telephone.
func signSheets() []Sheet {
	const sign, head, phone = "/cabinet/applications/58/sign", "/head/sign/" + caseNumber, phonePath
	sheets := []Sheet{
		{Name: "sheet-sign-waits", Path: sign, Query: "state=waits", Show: signWaits("list-missing", lang.Args{"issuer": authorityName})},
		{Name: "sheet-sign-stamp-awaited", Path: sign, Query: "state=stamp-awaited", Show: signWaits("stamp-awaited", nil)},
		{Name: "sheet-sign-waited", Path: sign, Query: "state=waited", Show: signWaited},
		{Name: "sheet-head-waits", Path: head, Query: "state=waits", Show: headWaits},
		{Name: "sheet-phone", Path: phone, Show: phoneCode},
		{Name: "sheet-phone-failed", Path: phone, Query: "state=failed", Show: phoneFailed},
	}
	for _, r := range refusals {
		sheets = append(sheets, Sheet{
			Name: "sheet-sign-" + r.key, Path: sign, Query: "state=" + r.key, Show: signRefused(r.key, r.args), Code: http.StatusUnprocessableEntity,
		})
	}
	return sheets
}

func signWaits(key string, args lang.Args) func(component.Page) templ.Component {
	return func(at component.Page) templ.Component { return signAfter(at, waits(at, key, args)) }
}

// said is a sentence about a signature.
func said(p component.Page, key string, args lang.Args) string {
	return lang.M("signature."+key, args).In(p.Lang)
}

func signRefused(key string, args lang.Args) func(component.Page) templ.Component {
	return func(at component.Page) templ.Component {
		at.Errors = []component.FieldError{{Name: "signature", Text: said(at, key, args)}}
		return sign(at)
	}
}

// waits is what a page says of a signature that is being checked.
func waits(p component.Page, key string, args lang.Args) component.SignatureWait {
	return component.SignatureWait{
		Say: p.T("web.eds-waits", "at", now(p.Lang)), Why: said(p, key, args),
		Again: p.T("web.eds-waits-again", "at", later(p.Lang)), Look: p.T("web.eds-look-again"),
	}
}

// code draws the code of the page to sign on with a telephone.
func code(w http.ResponseWriter) {
	svg, err := component.CodeSVG("mobileSign:https://permits.example.kz/phone/JBSWY3DPEHPK3PXPJBSWY3DPEH")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	_, _ = w.Write(svg)
}
