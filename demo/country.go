package demo

import (
	"context"
	"fmt"
	"math/rand/v2"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/registry"
	"ruqsat/statistics"
)

// CountryDay is the day on which the register of the country has the published
// figures: total, parts, main citizenships and employers.
var CountryDay = calendar.DateOf(2025, 12, 1)

// countryBegins is the first month of its history.
var countryBegins = calendar.DateOf(2019, 1, 1)

// seed makes every run the same.
const seed = 20251201

// Country adds a whole country to the register of an office: synthetic permits of
// synthetic firms since 2019, with the wave of seasonal work. What is in force on
// [CountryDay] has the parts, main citizenships and number of employers that were
// published of that day (domain: press, secondary); what the register has already
// counts among them. It returns how many permits it added.
func Country(ctx context.Context, o *office.Office, until calendar.Date) (int, error) {
	has, err := o.Stock(ctx, CountryDay)
	if err != nil {
		return 0, err
	}
	if has.Total() >= statistics.PublishedOn(CountryDay).Total {
		return 0, nil // it is there
	}
	employers, err := o.Employers(ctx, CountryDay)
	if err != nil {
		return 0, err
	}
	c, err := newNation(has, employers)
	if err != nil {
		return 0, err
	}
	added := 0
	for month := countryBegins; !month.After(until); month = month.AddMonths(1) {
		permits := c.month(month)
		if err := o.Import(ctx, permits); err != nil {
			return added, fmt.Errorf("country, %s: %w", month, err)
		}
		added += len(permits)
	}
	return added, o.DrawStock(ctx)
}

// A place is one position that somebody fills, with one permit after the other.
type place struct {
	firm        int
	citizenship string
	worker      int
	until       calendar.Date // last day of the permit that fills it; zero if nobody does
}

// A nation is the places of all parts, in the order in which they are filled, and
// what is known of its firms.
type nation struct {
	rand    *rand.Rand
	places  map[statistics.Part][]*place
	firms   []firm
	numbers map[string]int64 // last number of each region
	worker  int
	has     map[statistics.Part]int // what the register had before
}

func newNation(has statistics.Cells, employers int) (*nation, error) {
	published := statistics.PublishedOn(CountryDay)
	c := &nation{
		rand: rand.New(rand.NewPCG(seed, seed)), places: map[statistics.Part][]*place{}, numbers: map[string]int64{}, has: has.ByPart(),
	}
	var err error
	if c.firms, err = c.makeFirms(published.Employers - employers); err != nil {
		return nil, err
	}
	left := map[string]int{}
	for _, x := range published.Countries {
		left[x.Code] = x.Permits - has.ByCitizenship()[x.Code]
	}
	n := 0
	for _, part := range statistics.Parts {
		most := c.most(part)
		now := c.target(part, CountryDay.AddMonths(-1))
		for i := range most {
			p := &place{firm: c.someFirm()}
			if i < now {
				if n < len(c.firms) {
					p.firm = n // every firm has one on the day
				}
				n++
			}
			c.places[part] = append(c.places[part], p)
		}
	}
	c.people(left)
	return c, nil
}

// most is how many places a part ever has.
func (c *nation) most(part statistics.Part) int {
	n := 0
	for month := countryBegins; month.Before(CountryDay.AddMonths(18)); month = month.AddMonths(1) {
		n = max(n, c.target(part, month))
	}
	return n
}

// people gives the places citizenships, so that those filled on the day have the
// published numbers. Uzbekistan is no member of the World Trade Organization, so
// none of its citizens is transferred; most of them come for the season.
func (c *nation) people(left map[string]int) {
	for _, part := range []statistics.Part{
		statistics.PartSeasonal, statistics.PartIV, statistics.PartICT, statistics.PartIII, statistics.PartII, statistics.PartI,
	} {
		now := c.target(part, CountryDay.AddMonths(-1))
		for i, p := range c.places[part] {
			codes := []string{"CN", "TR", "IN"}
			if part == statistics.PartSeasonal || part == statistics.PartIV {
				codes = []string{"UZ", "UZ", "UZ", "UZ", "CN"}
			}
			p.citizenship = codes[c.rand.IntN(len(codes))]
			// Beyond the day's places nobody counts citizenships: fewer came from China.
			if i >= now && c.rand.IntN(3) > 0 || i < now && (left[p.citizenship] <= 0 || c.rand.IntN(100) < 12) {
				p.citizenship = elsewhere[c.rand.IntN(len(elsewhere))]
			}
			if i < now {
				left[p.citizenship]--
			}
		}
	}
	c.settle(left)
}

// settle changes citizenships of the day's places until the published ones are met.
func (c *nation) settle(left map[string]int) {
	for _, part := range []statistics.Part{statistics.PartIII, statistics.PartII, statistics.PartICT, statistics.PartSeasonal, statistics.PartIV, statistics.PartI} {
		now := c.target(part, CountryDay.AddMonths(-1))
		for _, p := range c.places[part][:now] {
			if n, named := left[p.citizenship]; named && n >= 0 && isNamed(p.citizenship) {
				continue
			}
			for _, code := range []string{"CN", "UZ", "TR", "IN"} {
				if left[code] > 0 && (code != "UZ" || part != statistics.PartICT) {
					left[code]--
					left[p.citizenship]++
					p.citizenship = code
					break
				}
			}
		}
	}
}

func isNamed(code string) bool { return code == "CN" || code == "UZ" || code == "TR" || code == "IN" }

// month fills and empties the places of a month, and returns the permits issued.
func (c *nation) month(month calendar.Date) []registry.Permit {
	var permits []registry.Permit
	next := month.AddMonths(1)
	for _, part := range statistics.Parts {
		for i, p := range c.places[part] {
			filled := i < c.target(part, month)
			for filled && (p.until.IsZero() || p.until.Before(next)) {
				permits = append(permits, c.permit(part, i, p, month))
			}
		}
	}
	return permits
}

// permit issues the next permit of a place: from the day after the last one, or
// from a day of the month. Its place is left when the part shrinks.
func (c *nation) permit(part statistics.Part, i int, p *place, month calendar.Date) registry.Permit {
	from, operation := p.until.AddDays(1), law.Extension
	if p.until.IsZero() || from.Before(month) {
		from, operation = month.AddDays(c.rand.IntN(27)), law.Issue
		c.worker++
		p.worker = c.worker
	}
	months := term(part, from)
	if month == countryBegins && p.until.IsZero() { // those there are did not all begin at once
		from = month.AddDays(-c.rand.IntN((months-1)*30 + 1))
	}
	f := c.firms[p.firm]
	c.numbers[f.region]++
	x := registry.Permit{
		Number: registry.FormatNumber(f.region, firstNumber+c.numbers[f.region]), Operation: operation,
		Employer: f.bin, Name: f.name, Region: f.region, Category: c.category(part), WorkerRef: fmt.Sprintf("C%06d", p.worker),
		Citizenship: p.citizenship, Issued: from.AddDays(-1 - c.rand.IntN(9)), From: from, Until: from.AddMonths(months).AddDays(-1),
	}
	x.Scheme = x.Category.Scheme()
	job := jobs[part][c.rand.IntN(len(jobs[part]))]
	x.Position, x.NKZ = job.name, job.nkz
	p.until = x.Until
	for m := month.AddMonths(1); !m.After(x.Until); m = m.AddMonths(1) {
		if i >= c.target(part, m) {
			x.Ended, x.EndedReason = m.AddDays(1+c.rand.IntN(26)), string(registry.Surrendered)
			if x.Ended.After(x.Until) {
				x.Ended, x.EndedReason = calendar.Date{}, ""
				break
			}
			p.until = x.Ended.AddDays(-1)
			break
		}
	}
	return x
}

// firstNumber keeps the numbers of the country apart from those of the demo.
const firstNumber = 100_000

// term is how long a permit runs, in months.
func term(part statistics.Part, from calendar.Date) int {
	switch part {
	case statistics.PartICT:
		return 36
	case statistics.PartI:
		return 24
	case statistics.PartSeasonal:
		return 6 + int(from.Month)%6
	}
	return 12
}

func (c *nation) category(part statistics.Part) law.Category {
	switch part {
	case statistics.PartICT:
		return []law.Category{law.ICTHead, law.ICTManager, law.ICTManager, law.ICTSpecialist, law.ICTSpecialist, law.ICTSpecialist}[c.rand.IntN(6)]
	case statistics.PartSeasonal:
		return law.Seasonal
	}
	return law.Category(part)
}

// someFirm is a firm: a few have most of the places.
func (c *nation) someFirm() int {
	n := c.rand.Float64()
	return min(int(n*n*n*float64(len(c.firms))), len(c.firms)-1)
}

type firm struct {
	bin    party.BIN
	name   lang.Text
	region string
}
