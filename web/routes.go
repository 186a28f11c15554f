package web

import (
	"fmt"
	"net/http"
	"net/url"

	"ruqsat/api"
	"ruqsat/problem"
	"ruqsat/procedure"
	"ruqsat/web/asset"
)

// Handler returns all pages, in the order a case meets them.
func (s *Site) Handler() http.Handler {
	s.sessions = s.newSessions()
	mux := http.NewServeMux()
	page := func(pattern string, f func(q request) error) { mux.Handle(pattern, s.serve(f)) }

	// Everybody.
	page("GET /{$}", s.start)
	page("GET /{lang}/{$}", s.start)
	page("GET /{lang}", s.start)
	page("GET /{lang}/sign-in", s.signInPage)
	page("POST /{lang}/sign-in", s.signIn)
	page("GET /{lang}/sign-in/eds", s.edsSignInPage)
	page("GET /{lang}/sign-in/eds/challenge.txt", s.edsChallenge)
	page("POST /{lang}/sign-in/eds", s.edsSignIn)
	page("POST /{lang}/sign-out", s.signOut)
	page("GET /{lang}/enrol", s.enrolPage)
	page("POST /{lang}/enrol", s.enrol)
	page("GET /{lang}/verify", s.verify)
	page("GET /{lang}/verify/signature", s.verifySignaturePage)
	page("POST /{lang}/verify/signature", s.verifySignature)
	page("GET /{lang}/track", s.track)
	page("GET /{lang}/rules", s.rules)
	page("GET /{lang}/letters", s.publishedLetters)
	page("GET /{lang}/letters/{id}", s.publishedLetter)
	page("GET /{lang}/services", s.services)
	page("GET /{lang}/services/{code}", s.service)
	page("GET /{lang}/services/{code}/rules", s.serviceRules)
	page("GET /{lang}/services/{code}/compare", s.compare)
	page("GET /{lang}/services/{code}/diagram", s.diagramPage)
	page("GET /{lang}/services/{code}/diagram.svg", s.diagramSVG)
	page("GET /{lang}/services/{code}/diagram.bpmn", s.diagramBPMN)
	page("GET /{lang}/calculators", s.calculators)
	page("GET /{lang}/check-your-case", s.checkCase)
	for _, c := range calculators {
		page("GET /{lang}/calculators/"+c.key, s.calculator(c))
	}

	page("GET /{lang}/stats", s.statsPage)
	page("GET /{lang}/stats/release", s.releasePage)
	page("GET /{lang}/stats/figures.csv", s.statsCSV)
	page("GET /{lang}/stats/figures.json", s.statsJSON)
	page("GET /{lang}/log", s.logPage)
	page("GET /{lang}/log/leaf/{n}", s.leafPage)
	page("GET /log/leaf/{n}", s.leafPage)
	s.quotaPages(page)
	s.booksPages(page)

	// The applicant.
	page("GET /{lang}/cabinet", s.cabinet)
	page("POST /{lang}/cabinet/new", s.prepare)
	page("POST /{lang}/cabinet/from-check", s.takeCase)
	page("GET /{lang}/cabinet/permits", s.ownPermits)
	page("POST /{lang}/cabinet/permits", s.renew)
	page("GET /{lang}/cabinet/{id}/workers/{n}", s.workerPage)
	page("POST /{lang}/cabinet/{id}/workers/{n}", s.saveWorker)
	page("GET /{lang}/cabinet/{id}", s.application)
	page("GET /{lang}/cabinet/{id}/preflight", s.preflight)
	page("POST /{lang}/cabinet/{id}/preflight", s.preflightAsk)
	page("GET /{lang}/cabinet/{id}/{part}", s.part)
	page("POST /{lang}/cabinet/{id}/{part}", s.savePart)
	page("POST /{lang}/cabinet/{id}/workers/{n}/remove", s.removeWorker)
	page("POST /{lang}/cabinet/{id}/files/{file}/remove", s.removeFile)

	// The authority.
	page("GET /{lang}/office", s.inbox)
	page("GET /{lang}/office/intake", s.intakePage)
	page("POST /{lang}/office/intake", s.intake)
	page("GET /{lang}/office/register", s.registerPage)
	page("GET /{lang}/office/sign", s.signQueue)
	page("POST /{lang}/office/sign/prepare", s.prepareQueue)
	page("POST /{lang}/office/sign", s.signRun)
	page("GET /{lang}/office/times", s.timesPage)
	page("GET /{lang}/office/letters", s.letters)
	page("GET /{lang}/office/letters/new", s.letterNew)
	page("POST /{lang}/office/letters/new", s.letterRegister)
	page("GET /{lang}/office/letters/{id}", s.letterPage)
	page("GET /{lang}/office/letters/{id}/sign", s.letterSignPage)
	page("GET /{lang}/office/letters/{id}/{file}", s.letterFiles)
	page("GET /{lang}/office/letters/{id}/figures/{n}", s.letterRows)
	page("POST /{lang}/office/letters/{id}/{act}", s.letterAct)
	page("GET /{lang}/office/permits", s.searchPermits)

	// A permit and a complaint, for both.
	s.rulingPages(page)
	s.consentPages(page)
	page("GET /{lang}/permits/{number}", s.permitPage)
	page("GET /{lang}/permits/{number}/{act}", s.permitPage)
	page("POST /{lang}/permits/{number}/{act}", s.actPermit)
	page("GET /{lang}/complaints", s.complaints)
	page("GET /{lang}/complaints/new", s.newComplaint)
	page("POST /{lang}/complaints/new", s.complain)
	page("GET /{lang}/complaints/{id}", s.complaintPage)
	page("GET /{lang}/complaints/{id}/{act}", s.complaintPage)
	page("POST /{lang}/complaints/{id}/{act}", s.actComplaint)

	// The administrator.
	page("GET /{lang}/office/admin/calendar", s.calendarPage)
	page("POST /{lang}/office/admin/calendar", s.changeDays)
	page("POST /{lang}/office/admin/outage", s.recordOutage)

	// A case, for both.
	page("GET /{lang}/cases/{id}", s.casePage)
	page("GET /{lang}/cases/{id}/terms.json", s.termsJSON)
	page("GET /{lang}/cases/{id}/slip", s.slip)
	page("GET /{lang}/cases/{id}/slip.svg", s.slipCode)
	page("GET /{lang}/cases/{id}/slip.pdf", s.slipPDF)
	page("GET /{lang}/cases/{id}/files/{file}", s.file)
	page("GET /{lang}/cases/{id}/package.zip", s.casePackage)
	page("POST /{lang}/cases/{id}/to-sign", s.toSign)
	page("GET /{lang}/cases/{id}/sign", s.signPage)
	page("POST /{lang}/cases/{id}/correct/sign", s.signCorrection)
	page("GET /{lang}/cases/{id}/receipt.pdf", s.receipt)
	page("GET /{lang}/cases/{id}/receipt.json", s.receiptData)
	page("POST /{lang}/cases/{id}/sign/phone", s.invitePhone)
	page("GET /{lang}/cases/{id}/sign/phone", s.phonePage)
	page("GET /{lang}/cases/{id}/sign/phone.svg", s.phoneCode)
	page("GET /{lang}/cases/{id}/papers/{paper}/{file}", s.paper)
	page("POST /{lang}/cases/{id}/registers", s.askRegisters)
	page("POST /{lang}/cases/{id}/seen", s.noteSeen)
	page("POST /{lang}/cases/{id}/match-payment", s.matchPayment)
	for _, a := range acts {
		page("POST /{lang}/cases/{id}/"+string(a), s.act(a))
	}

	// Acts have no page of their own: who reloads one that failed, or changes the
	// language of what it said, is led to the case. Elsewhere there is nothing.
	page("GET /{lang}/cases/{id}/{act...}", s.backToCase)
	page("/{lang}/{rest...}", s.nowhere)

	// Besides the pages, which all have a language.
	all := http.NewServeMux()
	all.Handle("GET "+asset.Prefix, asset.Handler())
	all.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	all.HandleFunc("GET /readyz", s.ready)
	all.HandleFunc("GET /log/checkpoint", s.checkpoint)
	all.HandleFunc("GET /log/tile/{path...}", s.tile)
	all.HandleFunc("GET /log/proof/{n}", s.proof)
	all.Handle(api.Prefix+"/", api.New(s.Office, s.Log).Handler())
	all.Handle("GET /phone/{secret}", s.phone(s.describe))
	all.Handle("GET /phone/{secret}/documents", s.phone(s.phoneDocuments))
	all.Handle("PUT /phone/{secret}/documents", s.phone(s.phoneSigned))
	all.Handle("/", remembered(s.sessions.LoadAndSave(mux)))
	return secure(http.NewCrossOriginProtection().Handler(all))
}

func (s *Site) backToCase(q request) error {
	http.Redirect(q.w, q.r, "/"+string(q.lang)+"/cases/"+url.PathEscape(q.id()), http.StatusSeeOther)
	return nil
}

func (s *Site) nowhere(request) error { return problem.New(problem.NotFound, "problem.not-found") }

// acts are the acts a page can do to a case. Which of them are offered,
// procedure.Ways says.
var acts = []procedure.Act{
	procedure.Submit, procedure.Register, procedure.Assign, procedure.Reassign, procedure.Examine,
	procedure.ReturnIncomplete, procedure.Draft, procedure.Sign, procedure.SendBack, procedure.Notify, procedure.Refuse,
	procedure.ProvePayment, procedure.Issue, procedure.HandOver, procedure.Withdraw, procedure.Discard,
	procedure.AskCorrection, procedure.Correct, procedure.GoOn, procedure.Forewarn, procedure.Object, procedure.Waive,
	procedure.Hear, procedure.Answer, procedure.AskLater, procedure.Postpone, procedure.KeepHour,
}

// ready answers whether the store really does.
func (s *Site) ready(w http.ResponseWriter, r *http.Request) {
	if err := s.Office.DB.Ping(r.Context()); err != nil {
		s.Log.Error("not ready", "error", err)
		http.Error(w, "store does not answer", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
	for _, gap := range s.trustGaps() {
		fmt.Fprintln(w, "trust:", gap)
	}
}
