package scenario

import (
	"fmt"
	"strings"

	"ruqsat/calendar"
	"ruqsat/law"
	"ruqsat/party"
	"ruqsat/procedure"
)

// with changes what the next application says: "with citizenship RU, position
// водитель, size small".
func (p *Player) with(words []string) error {
	for _, part := range strings.Split(strings.Join(words, " "), ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), " ")
		change, known := changes[name]
		if !ok || !known {
			return fmt.Errorf("nobody knows how to change %q", part)
		}
		p.changes = append(p.changes, func(a *procedure.Application) error { return change(a, value) })
	}
	return nil
}

// changes are what "with" can change.
var changes = map[string]func(a *procedure.Application, value string) error{
	"citizenship": func(a *procedure.Application, v string) error { a.Workers[0].Citizenship = v; return nil },
	"passport":    func(a *procedure.Application, v string) error { a.Workers[0].Passport = v; return nil },
	"passport-until": func(a *procedure.Application, v string) (err error) {
		if months, ok := strings.CutPrefix(v, "+"); ok { // so many after the first day asked for
			var n int
			err = number(months, &n)
			a.Workers[0].PassportUntil = a.From.AddMonths(n)
			return err
		}
		a.Workers[0].PassportUntil, err = calendar.ParseDate(v)
		return err
	},
	"position": func(a *procedure.Application, v string) error {
		a.Workers[0].PositionRU, a.Workers[0].PositionKK = v, v
		return nil
	},
	"nkz":     func(a *procedure.Application, v string) error { a.Workers[0].NKZ = v; return nil },
	"vacancy": func(a *procedure.Application, v string) error { a.Workers[0].Vacancy = dash(v); return nil },
	"and": func(a *procedure.Application, v string) error { // one more, of another category
		w := a.Workers[0]
		w.Passport, w.Category, w.NKZ = w.Passport+v, law.Category(v), posts[law.Category(v)].EN
		w.PositionRU, w.PositionKK = posts[w.Category].RU, posts[w.Category].KK
		a.Workers = append(a.Workers, w)
		return nil
	},
	"exempt":     func(a *procedure.Application, v string) error { a.Workers[0].Exempt = v; return nil },
	"experience": func(a *procedure.Application, v string) error { return number(v, &a.Workers[0].Experience) },
	"transfer":   func(a *procedure.Application, v string) error { return number(v, &a.Workers[0].Transfer) },
	"kind":       func(a *procedure.Application, v string) error { a.Employer.Kind = party.Kind(v); return nil },
	"size":       func(a *procedure.Application, v string) error { a.Employer.Size = party.Size(v); return nil },
	"foreign":    func(a *procedure.Application, v string) error { return number(v, &a.Employer.Foreign) },
	"sending":    func(a *procedure.Application, v string) error { a.Sending.Country = v; return nil },
	"leaders": func(a *procedure.Application, v string) error {
		return pair(v, &a.Content.LeadersKZ, &a.Content.LeadersForeign)
	},
	"others": func(a *procedure.Application, v string) error {
		return pair(v, &a.Content.OthersKZ, &a.Content.OthersForeign)
	},
	"outstaffed": func(a *procedure.Application, v string) error {
		return pair(v, &a.Content.OutOthersKZ, &a.Content.OutOthersForeign)
	},
	"managers": func(a *procedure.Application, v string) error {
		return pair(v, &a.Content.ManagersKZ, &a.Content.ManagersForeign)
	},
}

func dash(v string) string {
	if v == "-" {
		return ""
	}
	return v
}

func number(v string, n *int) error {
	_, err := fmt.Sscan(v, n)
	return err
}

// pair reads citizens and foreigners: 90/10.
func pair(v string, citizens, foreigners *int) error {
	_, err := fmt.Sscanf(v, "%d/%d", citizens, foreigners)
	return err
}
