package main

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"ruqsat/calendar"
	"ruqsat/lang"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/registry"
	"ruqsat/statistics"
)

// What a made register is like. Ten years of permits; seventy of them to an
// employer, except to the ten largest, who have a thousandth of the register each.
const (
	permitsEach  = 70
	largest      = 10
	largestShare = 1000
)

var (
	firstIssue = calendar.DateOf(2016, 1, 1)
	lastIssue  = calendar.DateOf(2025, 12, 31)
	terms      = []int{3, 6, 12, 12, 12, 12, 24, 36} // months
)

// A country makes permits, the same ones for the same number of them.
type country struct {
	permits, employers     int
	random                 *rand.Rand
	regions, kinds, states []string // codes, as often as their share
}

func newCountry(permits int) *country {
	c := &country{permits: permits, employers: permits/permitsEach + largest + 1, random: rand.New(rand.NewPCG(1, 2))}
	for i, r := range law.Regions() {
		c.regions = append(c.regions, repeated(r.KATO, 60/(i+1))...)
	}
	for i, n := range []int{6, 24, 30, 8, 20, 4, 4, 4} {
		c.kinds = append(c.kinds, repeated(string(law.Categories[i]), n)...)
	}
	for i, x := range law.Countries()[:40] {
		c.states = append(c.states, repeated(x.Code, 120/(i+1))...)
	}
	return c
}

func repeated(s string, n int) []string { return slices.Repeat([]string{s}, n) }

func (c *country) one(list []string) string { return list[c.random.IntN(len(list))] }

// employer returns the number of the n-th employer; the first ten are the largest.
func employer(n int) party.BIN { return party.BIN(fmt.Sprintf("%012d", 900_000_000_000+n)) }

var nameWords = []string{
	"Алтын", "Арман", "Береке", "Дала", "Жетісу", "Кеме", "Көкше", "Қайрат", "Мұнай", "Нұр", "Сарыарқа", "Тұлпар", "Шаңырақ", "Ұлытау",
}

var trades = []string{"Құрылыс", "Сервис", "Монтаж", "Логистика", "Энерго", "Агро", "Инжиниринг", "Трейд"}

// nameOf returns what the n-th employer is called.
func nameOf(n int) lang.Text {
	return lang.Same(fmt.Sprintf("ТОО «%s %s %d»", nameWords[n%len(nameWords)], trades[n/7%len(trades)], n))
}

// permit makes the i-th permit, and the entry of its revocation if it has one.
func (c *country) permit(i int) registry.Permit {
	n := largest + c.random.IntN(c.employers-largest)
	if x := c.random.IntN(largestShare); x < largest {
		n = x
	}
	p := registry.Permit{
		Seq: int64(i + 1), Operation: law.Issue, Employer: employer(n), Name: nameOf(n), Region: c.one(c.regions),
		Category: law.Category(c.one(c.kinds)), Citizenship: c.one(c.states), WorkerRef: fmt.Sprintf("W%d", i),
		NKZ: "2142-0", Position: lang.Same([]string{"инженер-строитель", "сварщик", "менеджер проекта", "монтажник", "технолог"}[c.random.IntN(5)]),
		Issued: firstIssue.AddDays(int(int64(i) * int64(firstIssue.Days(lastIssue)) / int64(c.permits))),
	}
	p.Scheme = p.Category.Scheme()
	p.Number = registry.FormatNumber(p.Region, p.Seq)
	p.From = p.Issued.AddDays(3)
	p.Until = p.From.PlusMonths(terms[c.random.IntN(len(terms))]).AddDays(-1)
	if c.random.IntN(50) == 0 {
		p = p.With(registry.Entry{Number: p.Number, Kind: registry.RevokedEntry, On: p.From.AddDays(c.random.IntN(80))})
	}
	return p
}

func keyOf(p registry.Permit) statistics.Key {
	return statistics.Key{Region: p.Region, Category: p.Category, Citizenship: p.Citizenship}
}
