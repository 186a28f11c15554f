package store_test

import (
	"context"
	"testing"
	"time"

	"ruqsat/calendar"
	"ruqsat/examination"
	"ruqsat/party"
	"ruqsat/procedure"
	"ruqsat/store"
	"ruqsat/store/storetest"
)

func TestWhatARegisterAnsweredIsKeptAsItCame(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		by := party.Actor{Account: "1", Role: party.Executor, Region: "27"}
		answers := []examination.Answer{
			{Question: examination.Question{Register: examination.Offences, Subject: "940140000385"}, Status: examination.Found,
				At: noon, Reply: []byte(`{"bin":"940140000385","offences":[]}`), By: by},
			{Question: examination.Question{Register: examination.Persons, Subject: "TR T1"}, Status: examination.Down, At: noon.Add(time.Second), Why: "slow", By: by},
			{Question: examination.Question{Register: examination.Persons, Subject: "TR T1"}, Status: examination.Seen, At: noon.Add(time.Minute), By: by,
				Seen: examination.Sight{Result: examination.OK, Source: "қағаз", On: day, Words: "бар"}},
		}
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			if err := tx.AddCase(ctx, procedure.Case{ID: "A", Region: "27", Channel: procedure.Portal, State: procedure.Assigned}); err != nil {
				return err
			}
			for i, a := range answers {
				if err := tx.AddAnswer(ctx, string(rune('a'+i)), "A", a); err != nil {
					return err
				}
			}
			return nil
		})
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			got, err := tx.Answers(ctx, "A")
			same(t, err, got, answers)
			none, err := tx.Answers(ctx, "B")
			same(t, err, len(none), 0)
			return nil
		})
		for what, a := range map[string]examination.Answer{
			"a register nobody knows": {Question: examination.Question{Register: "gossip", Subject: "x"}, Status: examination.None},
			"a status nobody knows":   {Question: examination.Question{Register: examination.Persons, Subject: "x"}, Status: "perhaps"},
			"an answer to nothing":    {Question: examination.Question{Register: examination.Persons}, Status: examination.None},
		} {
			err := db.Do(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.AddAnswer(ctx, what, "A", a) })
			if err == nil {
				t.Errorf("%s was kept", what)
			}
		}
	})
}

func TestACaseIsFoundByWhomItIsAbout(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		mustDo(t, db, func(ctx context.Context, tx store.Tx) error {
			for i, id := range []string{"A", "B", "C"} {
				c := procedure.Case{ID: id, Region: "27", Channel: procedure.Portal, State: procedure.Submitted, Submitted: noon.Add(time.Duration(i) * time.Hour),
					Application: procedure.Application{Workers: []party.Worker{{Passport: id, Born: calendar.DateOf(1980, 1, 1)}}}}
				if err := tx.AddCase(ctx, c); err != nil {
					return err
				}
				if err := tx.NameWorkers(ctx, id, []string{"TR " + id, "TR ALL", "TR ALL"}); err != nil {
					return err
				}
			}
			return nil
		})
		look(t, db, func(ctx context.Context, tx store.ReadTx) error {
			for _, c := range []struct {
				persons []string
				but     string
				want    string
			}{
				{[]string{"TR ALL"}, "B", "CA"}, {[]string{"TR A", "TR B"}, "", "BA"}, {[]string{"TR A"}, "A", ""}, {nil, "", ""}, {[]string{"CN A"}, "", ""},
			} {
				list, err := tx.CasesNaming(ctx, c.persons, c.but)
				got := ""
				for _, x := range list {
					got += x.ID
				}
				same(t, err, got, c.want)
			}
			return nil
		})
	})
}
