package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"ruqsat/lang"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/web/component"
)

// The protocol of signing with a telephone, as the national application speaks it:
// it reads the code, gets the description, gets the documents, and puts them back
// with signatures in their place.
type (
	phoneDescription struct {
		Description  string            `json:"description"`
		Expiry       string            `json:"expiry_date"`
		Organisation phoneOrganisation `json:"organisation"`
		Document     phoneDocumentAt   `json:"document"`
	}
	phoneOrganisation struct {
		RU  string `json:"nameRu"`
		KK  string `json:"nameKz"`
		EN  string `json:"nameEn"`
		BIN string `json:"bin"`
	}
	phoneDocumentAt struct {
		URI   string `json:"uri"`
		Auth  string `json:"auth_type"`
		Token string `json:"auth_token"`
	}
	phoneDocuments struct {
		Method    string          `json:"signMethod"`
		Documents []phoneDocument `json:"documentsToSign"`
	}
	phoneDocument struct {
		ID       string      `json:"id"`
		RU       string      `json:"nameRu"`
		KK       string      `json:"nameKz"`
		EN       string      `json:"nameEn"`
		Meta     []any       `json:"meta"`
		Document phoneHolder `json:"document"`
	}
	phoneHolder struct {
		File phoneFile `json:"file"`
	}
	phoneFile struct {
		Mime string `json:"mime"`
		Data string `json:"data"` // base64: the document, or the CMS over it
	}
)

// phoneScheme is what the text of the code begins with.
const phoneScheme = "mobileSign:"

// invitePhone makes an invitation, kept in the session of who asked for it.
func (s *Site) invitePhone(q request) error {
	if err := signedIn(q, party.Applicant, party.Head); err != nil {
		return err
	}
	invited, err := s.Office.InvitePhone(q.r.Context(), q.actor(), q.id())
	if err != nil {
		return err
	}
	s.sessions.Put(q.r.Context(), "phone", invited.Secret)
	return s.redirect(q, "/cases/"+q.id()+"/sign/phone")
}

// invited is the invitation of the session for the case of the address.
func (s *Site) invited(q request) (office.Phone, error) {
	if err := signedIn(q, party.Applicant, party.Head); err != nil {
		return office.Phone{}, err
	}
	invited, err := s.Office.Phone(q.r.Context(), s.sessions.GetString(q.r.Context(), "phone"))
	if err == nil && (invited.Case != q.id() || invited.By.Account != q.user.ID) {
		err = problem.New(problem.NotFound, "problem.not-found")
	}
	return invited, err
}

// phonePage shows the code, and waits: it asks for itself again every few seconds,
// with no script.
func (s *Site) phonePage(q request) error {
	invited, err := s.invited(q)
	if problem.IsKind(err, problem.Conflict) || problem.IsKind(err, problem.NotFound) {
		return s.redirect(q, "/cases/"+q.id()+"/sign")
	}
	if err != nil {
		return err
	}
	if invited.Used && (invited.Failed.Key == "" || invited.Waiting) {
		return s.redirect(q, "/cases/"+q.id()+"/sign") // leads on to the case, once it is signed
	}
	p := s.page(q, "web.eds-phone")
	p.Path = "/cases/" + q.id() + "/sign/phone"
	p.Back = &component.Link{Text: p.T("web.to-sign"), Href: "/cases/" + q.id() + "/sign"}
	if q.user.Role != party.Applicant {
		if err := s.desk(q, &p); err != nil {
			return err
		}
	}
	failed := ""
	switch {
	case invited.Failed.Key != "":
		failed = invited.Failed.In(p.Lang)
	case !s.Office.Now().Before(invited.Expires):
		failed = p.T("office.phone-late")
	default:
		q.w.Header().Set("Refresh", "5")
	}
	s.render(q, phonePage(p, q.user.Role == party.Applicant, "/cases/"+q.id()+"/sign/phone", failed, s.phoneText(invited)))
	return nil
}

func (s *Site) phoneText(invited office.Phone) string {
	return phoneScheme + s.phoneAddress(invited)
}

func (s *Site) phoneAddress(invited office.Phone) string {
	return strings.TrimSuffix(s.Office.Address, "/") + "/phone/" + invited.Secret
}

// phoneCode is the code as a drawing.
func (s *Site) phoneCode(q request) error {
	invited, err := s.invited(q)
	if err != nil {
		return err
	}
	return s.drawCode(q, s.phoneText(invited))
}

// phone answers the telephone, which knows the secret and nothing else.
func (s *Site) phone(do func(r *http.Request, invited office.Phone) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		invited, err := s.Office.OpenPhone(r.Context(), r.PathValue("secret"))
		var answer any
		if err == nil {
			answer, err = do(r, invited)
		}
		w.Header().Set("Content-Type", "application/json")
		if err != nil {
			e := problem.Of(err)
			say := e.Say
			if len(e.Fields) > 0 {
				say = e.Fields[0].Say
			}
			if e.Kind == problem.Internal {
				s.Log.Error("telephone", "error", err)
			}
			w.WriteHeader(statuses[e.Kind])
			answer = map[string]string{"message": say.In(preferred(r))}
		}
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			s.Log.Warn("telephone was not answered", "error", err)
		}
	})
}

// describe answers GET of the address in the code.
func (s *Site) describe(_ *http.Request, invited office.Phone) (any, error) {
	d := phoneDescription{
		Description: lang.M("web.signing-" + string(invited.Act())).In(lang.RU), Expiry: invited.Expires.UTC().Format(time.RFC3339),
		Document: phoneDocumentAt{URI: s.phoneAddress(invited) + "/documents", Auth: "None"},
	}
	d.Organisation = phoneOrganisation{RU: "рұқсат", KK: "рұқсат", EN: "ruqsat"}
	return d, nil
}

// phoneDocuments answers GET of the documents.
func (s *Site) phoneDocuments(r *http.Request, invited office.Phone) (any, error) {
	all := phoneDocuments{Method: "CMS_SIGN_ONLY"}
	for _, paper := range invited.Papers {
		content, err := s.Office.PhonePaper(r.Context(), paper)
		if err != nil {
			return nil, err
		}
		all.Documents = append(all.Documents, phoneDocument{
			ID: paper.ID, RU: paperName(lang.RU, paper), KK: paperName(lang.KK, paper), EN: paperName(lang.EN, paper), Meta: []any{},
			Document: phoneHolder{phoneFile{"application/pdf", base64.StdEncoding.EncodeToString(content)}},
		})
	}
	return all, nil
}

// phoneSigned answers PUT of the signatures.
func (s *Site) phoneSigned(r *http.Request, invited office.Phone) (any, error) {
	var all phoneDocuments
	if err := json.NewDecoder(r.Body).Decode(&all); err != nil {
		return nil, problem.New(problem.Invalid, "web.bad-form").Because(err)
	}
	sigs := office.Signatures{}
	for _, d := range all.Documents {
		sigs[d.ID] = signedText(d.Document.File.Data)
	}
	if err := s.Office.SignByPhone(r.Context(), invited.Secret, sigs); err != nil && !office.Waits(err) {
		return nil, err
	}
	return struct{}{}, nil
}
