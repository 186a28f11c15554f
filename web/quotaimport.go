package web

import (
	"io"

	"ruqsat/law"
	"ruqsat/office"
	"ruqsat/party"
	"ruqsat/problem"
	"ruqsat/quota"
)

func (s *Site) importOrderPage(q request) error {
	p, err := s.ministryPage(q, "web.quota-import")
	if err != nil {
		return err
	}
	s.render(q, importPage(p, func(string) string { return "" }))
	return nil
}

// importOrder reads the table of an order from a file and shows what it would do.
func (s *Site) importOrder(q request) error {
	p, err := s.ministryPage(q, "web.quota-import")
	if err != nil {
		return err
	}
	r, err := orderForm(q)
	if err == nil {
		err = readSheet(q, &r)
	}
	if err == nil {
		if err = s.preview(q, r); err == nil {
			return nil
		}
	}
	if err := s.wrong(q, &p, err); err != nil {
		return err
	}
	s.render(q, importPage(p, q.form))
	return nil
}

func readSheet(q request, r *quota.Record) error {
	in, head, err := q.r.FormFile("file")
	if err != nil {
		return problem.New(problem.Invalid, "web.quota-no-file").At("file")
	}
	defer in.Close()
	raw, err := io.ReadAll(io.LimitReader(in, office.MaxSheet+1))
	if err != nil {
		return err
	}
	sheet, err := office.ReadSheet(head.Filename, raw, r.Year)
	if err != nil {
		return err
	}
	r.Gives, r.Shifts, r.Sums = sheet.Gives, sheet.Shifts, sheet.Sums
	return nil
}

// quotaTemplate sends the empty table of an order.
func (s *Site) quotaTemplate(q request) error {
	if err := signedIn(q, party.Ministry); err != nil {
		return err
	}
	today, err := s.Office.Today("71")
	if err != nil {
		return err
	}
	rows := quota.Template(q.lang, law.RegionsOn(today))
	switch q.r.PathValue("form") {
	case "gives.csv":
		return s.sendCSV(q, "quota-gives.csv", rows)
	case "moves.csv":
		return s.sendCSV(q, "quota-moves.csv", quota.Record{}.Table())
	case "gives.xlsx":
		q.w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		q.w.Header().Set("Content-Disposition", `attachment; filename="quota-gives.xlsx"`)
		return office.WriteXLSX(q.w, rows)
	}
	return problem.New(problem.NotFound, "problem.not-found")
}
