package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/quota"
	"ruqsat/signature/practice"
	"ruqsat/store"
	"ruqsat/web"
)

// productSteps are the acts of a case through the pages: taken in and registered
// at the counter, assigned, examined, drafted, signed, notified, paid, drafted,
// signed, issued, handed over.
const productSteps = 12

const password = "bench password"

// second is the second executor of a region.
const second = "executor-2"

// productWay takes whole cases through the pages over HTTP: session,
// authorisation, procedure, quota, papers as PDF, the head's signature, events.
func productWay(name, limit string, dsn func(clients int) string) way {
	return pagesWay(name, limit, dsn, productSteps, (*counter).keep)
}

// caseSteps are the acts of a case that ends without a paper: taken in, registered,
// which holds of the quota, assigned, given to another, examined, and taken back,
// which releases it.
const caseSteps = 6

// caseWay takes whole cases through the pages that set no paper and want no
// signature: what is measured is session, authorisation, procedure, quota, events
// and log.
func caseWay(name, limit string, dsn func(clients int) string) way {
	return pagesWay(name, limit, dsn, caseSteps, (*counter).takeBack)
}

// stepWay does single acts through the pages that set no paper and want no
// signature: the executor of a case is changed to and fro.
func stepWay(name, limit string, dsn func(clients int) string) way {
	return pagesWay(name, limit, dsn, 1, (*counter).reassign)
}

func pagesWay(name, limit string, dsn func(clients int) string, acts int, do func(*counter, context.Context) error) way {
	return way{name: name, limit: limit, steps: acts, open: func(ctx context.Context, clients int) (func(context.Context, int) error, func() error, error) {
		p, err := openProduct(ctx, dsn(clients))
		if err != nil {
			return nil, func() error { return nil }, err
		}
		counters := make([]*counter, clients)
		for i := range counters {
			if counters[i], err = p.counter(law.Regions()[i%len(law.Regions())].KATO); err != nil {
				return nil, p.close, err
			}
		}
		return func(ctx context.Context, client int) error { return do(counters[client], ctx) }, p.close, nil
	}}
}

// A product is a running site with its store.
type product struct {
	db     *store.DB
	files  *store.Files
	dir    string
	server *httptest.Server
	office *office.Office
}

func openProduct(ctx context.Context, dsn string) (*product, error) {
	db, err := store.Open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	dir, err := os.MkdirTemp("", "ruqsat-bench-files-")
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	files, err := store.OpenFiles(dir)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	now := func() time.Time { return noon }
	signer, err := practice.New(noon)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	p := &product{db: db, files: files, dir: dir}
	p.office = &office.Office{DB: db, Files: files, Now: now, Verifier: signer.Verifier(), Address: "https://example.kz"}
	if err := p.people(ctx); err != nil {
		return nil, errors.Join(err, p.close())
	}
	site := &web.Site{Office: p.office, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Training: signer}
	p.server = httptest.NewServer(site.Handler())
	return p, nil
}

// people gives every region a department and a quota that does not run out.
func (p *product) people(ctx context.Context) error {
	var errs error
	for i, r := range law.Regions() {
		for j, id := range []string{"clerk", "executor", "head", second} {
			iin, _ := party.Complete(fmt.Sprintf("99010%d6%04d", j+1, i+1))
			role := party.Role(strings.TrimSuffix(id, "-2"))
			id = r.KATO + "-" + id
			errs = errors.Join(errs, p.office.AddAccount(ctx, party.Account{
				ID: id, Login: id, Role: role, Region: r.KATO, IIN: party.IIN(iin), Active: true, Name: party.Name{Surname: "Сынақов", Given: id},
			}, password))
		}
		l, _ := quota.LineOf(noon.Year(), r.KATO, law.III)
		errs = errors.Join(errs, p.office.Allot(ctx, party.Actor{Role: party.Ministry}, l, 1_000_000, "Order 274 of 2023-06-30"))
	}
	return errs
}

func (p *product) close() error {
	if p.server != nil {
		p.server.Close()
	}
	return errors.Join(p.files.Close(), p.db.Close(), os.RemoveAll(p.dir))
}

// A counter is where one client has cases taken in and decided, by three people
// who stay signed in.
type counter struct {
	url    string
	region string

	clerk, executor, other, head *http.Client

	open   string // the address of a case that is assigned to and fro
	second bool   // whether the second executor has it
}

func (p *product) counter(region string) (*counter, error) {
	c := &counter{url: p.server.URL + "/ru", region: region}
	var err error
	for who, client := range map[string]**http.Client{"clerk": &c.clerk, "executor": &c.executor, second: &c.other, "head": &c.head} {
		var e error
		*client, e = c.signIn(region + "-" + who)
		err = errors.Join(err, e)
	}
	return c, err
}

func (c *counter) signIn(login string) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{
		Jar:           jar,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 2, DialContext: (&net.Dialer{}).DialContext},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	_, err = c.post(client, "/sign-in", url.Values{"login": {login}, "password": {password}})
	return client, err
}

// post does an act, and returns where it leads. Anything but a redirect is wrong.
func (c *counter) post(client *http.Client, at string, form url.Values) (string, error) {
	resp, err := client.PostForm(c.url+at, form)
	return led(at, resp, err)
}

func led(at string, resp *http.Response, err error) (string, error) {
	if err != nil {
		return "", err
	}
	body, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		return "", fmt.Errorf("%s: status %d: %.300s", path.Base(at), resp.StatusCode, body)
	}
	return resp.Header.Get("Location"), nil
}

// keep takes one case from the counter to the permit in the applicant's hands.
func (c *counter) keep(context.Context) error {
	at, err := c.takeIn()
	if err != nil {
		return err
	}
	own := url.Values{"signer": {"own"}}
	for _, act := range []struct {
		by   *http.Client
		name string
		form url.Values
	}{
		{c.executor, "examine", nil}, {c.executor, "draft", url.Values{"verdict": {"grant"}}},
		{c.head, "to-sign", nil}, {c.head, "sign", own}, {c.executor, "notify", nil}, {c.clerk, "prove-payment", nil},
		{c.executor, "draft", nil}, {c.head, "to-sign", nil}, {c.head, "sign", own},
		{c.executor, "issue", nil}, {c.executor, "hand-over", url.Values{"receiver": {"Оспанов Т."}}},
	} {
		if act.name == "prove-payment" {
			err = c.pay(at)
		} else {
			_, err = c.post(act.by, at+"/"+act.name, act.form)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// takeBack takes one case from the counter until the applicant takes it back.
func (c *counter) takeBack(context.Context) error {
	at, err := c.takeIn()
	if err != nil {
		return err
	}
	for _, act := range []struct {
		by   *http.Client
		name string
		form url.Values
	}{
		{c.head, "reassign", url.Values{"executor": {c.region + "-" + second}, "resolution": {"По загрузке"}}},
		{c.other, "examine", nil}, {c.clerk, "withdraw", url.Values{"why": {"Планы изменились"}}},
	} {
		if _, err := c.post(act.by, at+"/"+act.name, act.form); err != nil {
			return err
		}
	}
	return nil
}

// takeIn has a package taken in and assigned to the first executor, and returns
// the address of the case.
func (c *counter) takeIn() (string, error) {
	slip, err := c.post(c.clerk, "/office/intake", packageForm())
	if err != nil {
		return "", err
	}
	at := path.Dir(slip[len("/ru"):])
	_, err = c.post(c.head, at+"/assign", url.Values{"executor": {c.region + "-executor"}})
	return at, err
}

// reassign gives a case to the executor who does not have it.
func (c *counter) reassign(context.Context) error {
	if c.open == "" {
		at, err := c.takeIn()
		if err != nil {
			return err
		}
		c.open = at
	}
	to := second
	if c.second {
		to = "executor"
	}
	c.second = !c.second
	_, err := c.post(c.head, c.open+"/reassign", url.Values{"executor": {c.region + "-" + to}, "resolution": {"По загрузке"}})
	return err
}

// pay proves the payment with a copy of its own.
func (c *counter) pay(at string) error {
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, value := range map[string]string{
		"paid_on-day": strconv.Itoa(noon.Day()), "paid_on-month": strconv.Itoa(int(noon.Month())), "paid_on-year": strconv.Itoa(noon.Year()), "sum": "9999999",
	} {
		_ = m.WriteField(name, value)
	}
	part, err := m.CreateFormFile("file-payment", "payment.pdf")
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(part, "%%PDF-1.4\n%% %s\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page>>endobj\n%%%%EOF\n", rand.Text())
	if err := m.Close(); err != nil {
		return err
	}
	at += "/prove-payment"
	resp, err := c.clerk.Post(c.url+at, m.FormDataContentType(), &body)
	_, err = led(at, resp, err)
	return err
}

// permitsOfFirm is how many permits a firm gets, before the next one comes.
const permitsOfFirm = 8 // 14,100 permits of 1,800 employers, as in December 2025

var firms atomic.Int64

// firm returns the number of a made-up firm.
func firm(n int64) party.BIN {
	for ; ; n++ {
		if number, ok := party.Complete(fmt.Sprintf("940140%05d", n%100_000)); ok {
			return party.BIN(number)
		}
	}
}

// packageForm is a package of one worker as the clerk types it off.
func packageForm() url.Values {
	return url.Values{
		"bin": {string(firm(firms.Add(1) / permitsOfFirm))}, "operation": {"issue"}, "name_kk": {"«Үлгі» ЖШС"}, "name_ru": {"ТОО «Үлгі»"}, "address": {"ул. Примерная, 1"},
		"phone": {"8 7282 000000"}, "email": {"office@example.kz"}, "section": {"F"},
		"surname": {"SAMPLE"}, "given": {"WORKER"}, "surname_cyr": {"Сэмпл"}, "given_cyr": {"Уоркер"}, "born-day": {"5"}, "born-month": {"6"},
		"born-year": {"1980"}, "citizenship": {"TR"}, "passport": {rand.Text()[:9]}, "passport_until-day": {"1"}, "passport_until-month": {"2"},
		"passport_until-year": {"2032"}, "category": {"III"}, "position_ru": {"инженер-строитель"}, "position_kk": {"инженер-құрылысшы"},
		"education": {"высшее"}, "experience": {"7"}, "months": {"12"},
		"from-day": {"1"}, "from-month": {"9"}, "from-year": {strconv.Itoa(noon.Year())}, "reason": {"Монтаж оборудования."},
	}
}
