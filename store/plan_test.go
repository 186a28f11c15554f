package store_test

import (
	"context"
	"strings"
	"testing"

	"ruqsat/store"
	"ruqsat/store/storetest"
)

// Where acts are rehearsed, a statement that lacks an index is found.
func TestAStatementThatReadsAWholeTableIsRefusedUnlessItSaysWhy(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, storetest.Rehearsed(t))
	for query, table := range map[string]string{
		`SELECT count(*) FROM case_file WHERE id = '1'`:                                                  "",
		`SELECT count(*) FROM case_file WHERE executor = '1'`:                                            "case_file",
		`SELECT count(*) FROM case_file c WHERE c.executor = '1'`:                                        "case_file",
		`SELECT count(*) FROM quota_entry WHERE case_id = '1' AND case_id <> ''`:                         "",
		`SELECT count(*) FROM quota_entry WHERE permits = 1`:                                             "quota_entry",
		`SELECT count(*) FROM case_event e JOIN case_file AS f ON f.id = e.case_id WHERE f.version = 1`:  "case_file",
		`SELECT count(*) FROM permit p WHERE p.body = ''`:                                                "permit",
		`/* whole table: to be counted */ SELECT count(*) FROM permit p WHERE p.body = ''`:               "",
		`SELECT count(*) FROM letterhead`:                                                                "",
		`SELECT count(*) FROM paper WHERE case_id IN (SELECT id FROM case_file WHERE executor = 'some')`: "case_file",
	} {
		err := db.View(t.Context(), func(ctx context.Context, tx store.ReadTx) error {
			_, err := tx.Int(ctx, query)
			return err
		})
		switch {
		case table == "" && err != nil:
			t.Errorf("%s\nis refused: %v", query, err)
		case table != "" && (err == nil || !strings.Contains(err.Error(), "read all of "+table+":")):
			t.Errorf("%s\nreads all of %s, and is answered %v", query, table, err)
		}
	}
}
