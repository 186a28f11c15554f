package demo

import (
	"context"
	"time"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/external/standin"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/scenario"
	"ruqsat/store"
)

// vacancies is how many vacancies the employer of the demo has posted: more than
// its cases need, so that new applications find codes, V-0001 to V-0200.
const vacancies = 200

// Registers stands in for the registers of other bodies as of now. They know the
// employer of the demo, and that its vacancies were posted thirty days ago.
func Registers(now time.Time) *standin.Server {
	s := &standin.Server{}
	e := scenario.Entity()
	s.Put(examination.Entities, string(e.BIN), e)
	y, m, d := now.AddDate(0, 0, -30).Date()
	for n := 1; n <= vacancies; n++ {
		code := scenario.VacancyCode(n)
		s.Put(examination.Vacancies, code, examination.Vacancy{Code: code, BIN: e.BIN, Position: "инженер-строитель", Posted: calendar.DateOf(y, m, d)})
	}
	return s
}

// Treasury has the treasury know that what is awaited now was paid, so that it can
// be proved without copies.
func Treasury(ctx context.Context, o *office.Office, s *standin.Server) error {
	today, err := o.Today(Region)
	if err != nil {
		return err
	}
	head := party.Actor{Role: party.Head, Region: Region}
	list, _, err := o.Cases(ctx, head, store.Queue{States: []procedure.State{procedure.Notified}})
	if err != nil {
		return err
	}
	for _, c := range list {
		due, err := office.Fee(c, today)
		if err != nil {
			return err
		}
		s.Pay(c.Application.Employer.BIN, c.Number, int64(due), today)
	}
	return nil
}
