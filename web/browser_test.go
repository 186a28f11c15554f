package web_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"ruqsat/law"
)

// A browser is a real Chromium. What it complains of, such as a breach of the
// page's own policy, fails the test.
type browser struct {
	*town
	ctx  context.Context
	lang string
	shot int
	// expect is part of a complaint that the test means to bring about.
	expect string
}

// browse starts Chromium. Without one the test is skipped, loudly, and fails where
// RUQSAT_REQUIRE names chromium, as test.sh does.
func (w *town) browse(lang string) *browser {
	w.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if strings.Contains(os.Getenv("RUQSAT_REQUIRE"), "chromium") {
			w.Fatal("no chromium: sudo apt-get install chromium")
		}
		w.Skip("SKIPPED: no chromium; sudo apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-sync", true), chromedp.WindowSize(1280, 1000))
	ctx, stop := chromedp.NewExecAllocator(w.Context(), options...)
	w.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	w.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 8*time.Minute)
	w.Cleanup(stop)
	b := &browser{town: w, ctx: ctx, lang: lang}
	chromedp.ListenTarget(ctx, b.complain)
	b.run(cdplog.Enable())
	return b
}

func (b *browser) complain(event any) {
	switch e := event.(type) {
	case *cdplog.EventEntryAdded:
		if b.expect != "" && strings.Contains(e.Entry.Text, b.expect) {
			return
		}
		if e.Entry.Level == cdplog.LevelError && !strings.Contains(e.Entry.Text, "status of 4") {
			b.Errorf("the browser complains at %s: %s", e.Entry.URL, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		b.Errorf("a script fails: %s", e.ExceptionDetails.Text)
	}
}

func (b *browser) run(actions ...chromedp.Action) {
	b.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

func (b *browser) open(path string) {
	b.Helper()
	b.run(chromedp.Navigate(b.url + "/" + b.lang + path))
	b.look()
}

// press presses the button of a form, and waits for the page it leads to.
func (b *browser) press(form string) {
	b.Helper()
	selector := `form[action$="` + form + `"] button:not([type=button]):not([name]):not([tabindex])`
	b.run(chromedp.WaitReady(selector, chromedp.ByQuery))
	if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(selector, chromedp.ByQuery)); err != nil {
		b.Fatalf("press %s: %v", form, err)
	}
	b.look()
}

// fill types values into fields, by their ids.
func (b *browser) fill(values map[string][]string) {
	b.Helper()
	for name, v := range values {
		selector := `[name="` + name + `"]`
		if name == "category" || name == "operation" {
			b.run(chromedp.Click(selector+`[value="`+v[0]+`"]`, chromedp.ByQuery))
			continue
		}
		b.run(chromedp.SetValue(selector, v[0], chromedp.ByQuery))
	}
}

// look keeps a picture of the page where RUQSAT_SHOTS names a folder for it.
func (b *browser) look() {
	dir := os.Getenv("RUQSAT_SHOTS")
	if dir == "" {
		return
	}
	var png []byte
	b.run(chromedp.FullScreenshot(&png, 100))
	b.shot++
	name := strings.NewReplacer("/", "-", "Test", "").Replace(b.Name())
	if err := os.WriteFile(filepath.Join(dir, name+"-"+string(rune('a'+b.shot/26))+string(rune('a'+b.shot%26))+".png"), png, 0o600); err != nil {
		b.Fatal(err)
	}
}

func (b *browser) signIn(login string) {
	b.Helper()
	b.run(chromedp.Navigate(b.url+"/"+b.lang+"/sign-in"), chromedp.SetValue("#login", login), chromedp.SetValue("#password", "password 2017"))
	b.press("/sign-in")
}

func (b *browser) at() string {
	b.Helper()
	var url string
	b.run(chromedp.Location(&url))
	return strings.TrimPrefix(url, b.url+"/"+b.lang)
}

// as does the acts of somebody on a case.
func (b *browser) as(login, path string, acts ...string) {
	b.Helper()
	b.signIn(login)
	for _, act := range acts {
		b.open(path)
		b.press(path + "/" + act)
	}
}

// decide is the authority's part, from the registered case to the issued permit;
// prove proves the payment a day later.
func (b *browser) decide(path string, prove func()) {
	b.Helper()
	b.as("head", path, "assign")
	b.as("executor", path, "examine", "draft")
	b.sign("head", path, "sign")
	b.as("executor", path, "notify")
	b.clock = b.clock.AddDate(0, 0, 1)
	prove()
	b.as("executor", path, "draft")
	b.sign("head", path, "sign")
	b.as("executor", path, "issue")
}

// sign reads what an act is to be signed over, and signs it with a training key.
func (b *browser) sign(login, path, act string) {
	b.Helper()
	b.signIn(login)
	b.open(path)
	b.press(path + "/to-sign")
	b.press(path + "/" + act)
}

// pay proves the payment of what the page says is due.
func (b *browser) pay(login, path string) {
	b.Helper()
	b.signIn(login)
	b.open(path)
	b.fill(map[string][]string{"paid_on-day": {"4"}, "paid_on-month": {"7"}, "paid_on-year": {"2017"}, "sum": {"508256"}})
	b.run(chromedp.SetUploadFiles(`[name="file-payment"]`, []string{b.file()}, chromedp.ByQuery))
	b.press(path + "/prove-payment")
}

func (b *browser) file() string {
	name := filepath.Join(b.TempDir(), "scan.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		b.Fatal(err)
	}
	return name
}

func (b *browser) sees(want string) {
	b.Helper()
	var text string
	b.run(chromedp.Text("main", &text, chromedp.ByQuery))
	if !strings.Contains(text, want) {
		b.Errorf("the page at %s does not say %q:\n%s", b.at(), want, text)
	}
}

func TestInABrowserAnApplicationGoesThroughThePortal(t *testing.T) {
	for _, tag := range []string{"ru", "kk"} {
		t.Run(tag, func(t *testing.T) {
			b := open(t).browse(tag)
			b.signIn("940140000385")
			b.run(chromedp.SetValue("#region", "27"))
			b.press("/cabinet/new")
			at := b.at()
			for part, values := range map[string]map[string][]string{
				"employer": employerForm, "workers": workerForm, "terms": termsForm,
				"content": {"leaders_kz": {"10"}, "leaders_foreign": {"1"}, "others_kz": {"90"}, "others_foreign": {"3"}},
			} {
				b.open(at + "/" + part)
				b.fill(values)
				b.press(at + "/" + part)
			}
			b.open(at + "/documents")
			for _, d := range law.DocumentsFor(law.Issue, law.Regional, day2017) {
				b.run(chromedp.SetUploadFiles(`[name="file-`+d.Key+`"]`, []string{b.file()}, chromedp.ByQuery))
			}
			b.press(at + "/documents")
			path := "/cases/" + strings.TrimPrefix(at, "/cabinet/")
			b.open(at)
			b.press(path + "/to-sign")
			b.run(chromedp.Click(`[name="signer"][value="revoked"]`, chromedp.ByQuery))
			b.press(path + "/submit")
			b.run(chromedp.Click(`[name="signer"][value="own"]`, chromedp.ByQuery))
			b.press(path + "/submit")
			b.as("clerk", path, "register")
			b.decide(path, func() { b.pay("940140000385", path) })
			b.as("executor", path, "hand-over")
			b.open("/verify?number=KZ27IRS00000001")
			b.sees("940140000385")
		})
	}
}

func TestInABrowserAPackageOnPaperGoesThroughTheCounter(t *testing.T) {
	for _, tag := range []string{"ru", "kk"} {
		t.Run(tag, func(t *testing.T) {
			b := open(t).browse(tag)
			b.signIn("clerk")
			b.open("/office/intake")
			for _, values := range []map[string][]string{employerForm, workerForm, termsForm, {"bin": {"940140000385"}}} {
				b.fill(values)
			}
			b.press("/office/intake")
			b.sees("27-2017-000001")
			path := strings.TrimSuffix(b.at(), "/slip")
			b.decide(path, func() { b.pay("clerk", path) })
			b.signIn("executor")
			b.open(path)
			b.fill(map[string][]string{"receiver": {"Оспанов Т."}})
			b.press(path + "/hand-over")
			b.open("/verify?number=KZ27IRS00000001")
			b.sees("940140000385")
		})
	}
}
