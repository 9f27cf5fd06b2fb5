package journal_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/testkit"
)

var seed = []byte("the seed of a test, 32 bytes    ")

// An auditor notes a head, the office works on, and everything still agrees: with the signed heads and with the note.
func TestTheAuditLogAgreesWithWhatWasNoted(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		tree := journal.NewTree(d, seed, o.Now)
		ctx := t.Context()
		joined, err := tree.Append(ctx, true)
		if err != nil || joined < 15 {
			t.Fatalf("%d joined: %v", joined, err)
		}
		noted, err := tree.LastHead(ctx)
		if err != nil || noted.Size != int64(joined) {
			t.Fatalf("%+v %v", noted, err)
		}
		work(t, o, 300)
		if n, err := tree.Append(ctx, false); err != nil || n != 300 {
			t.Errorf("%d joined: %v", n, err)
		}
		if n, err := tree.Append(ctx, false); err != nil || n != 0 {
			t.Errorf("%d joined twice: %v", n, err)
		}
		p, err := tree.Verify(ctx, noted.String())
		if err != nil || len(p.Findings) > 0 || p.Size != noted.Size+300 || p.Heads < 3 || p.Waiting {
			t.Errorf("%+v %v", p, err)
		}
		if _, err := tree.Verify(ctx, "12"); err == nil {
			t.Error("half a head was read")
		}
	})
}

// work makes changes, each in a transaction of its own.
func work(t *testing.T, o *testkit.Office, n int) {
	t.Helper()
	for i := range n {
		err := o.Journal.Write(t.Context(), func(tx *journal.Tx) error {
			return tx.Record(t.Context(), journal.Change{Office: o.ID, Actor: o.As("worker").User, Code: "person.changed", Kind: "person", Subject: db.NewID(),
				Detail: journal.Detail{"fields": []string{fmt.Sprint("f", i)}}})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Whoever can write into the database changes history in every way there is; each is found, and where.
func TestWhoeverChangesHistoryIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		statements []string
		note       bool
		found      string
	}{
		"a change was changed":       {[]string{`UPDATE change SET code = 'person.added' WHERE id = (SELECT change_id FROM audit_leaf WHERE n = 20)`}, false, "place 20"},
		"its detail was changed":     {[]string{`UPDATE change SET detail = '{}' WHERE id = (SELECT change_id FROM audit_leaf WHERE n = 25)`}, false, "place 25"},
		"a leaf was made to fit":     {[]string{`UPDATE audit_leaf SET hash = (SELECT hash FROM audit_leaf WHERE n = 3) WHERE n = 20`}, false, "another root"},
		"a place was taken out":      {[]string{`DELETE FROM audit_leaf WHERE n = 20`}, false, "place 20 of the tree is empty"},
		"two changed their places":   {[]string{`UPDATE audit_leaf SET n = -1 WHERE n = 20`, `UPDATE audit_leaf SET n = 20 WHERE n = 21`, `UPDATE audit_leaf SET n = 21 WHERE n = -1`}, false, "another root"},
		"a head was changed":         {[]string{`UPDATE audit_head SET at = at + 1`}, false, "not signed"},
		"the newest heads were lost": {[]string{`DELETE FROM audit_head WHERE size = (SELECT MAX(size) FROM audit_head)`}, false, "newest head"},
		"the end was cut off":        {[]string{`DELETE FROM audit_head WHERE size = (SELECT MAX(size) FROM audit_head)`, `DELETE FROM audit_leaf WHERE n >= (SELECT MAX(size) FROM audit_head)`}, true, "noted down"},
	} {
		t.Run(name, func(t *testing.T) {
			testkit.Engines(t, func(t *testing.T, d *db.DB) {
				o := testkit.NewOffice(t, d)
				ctx, tree := t.Context(), journal.NewTree(d, seed, o.Now)
				if _, err := tree.Append(ctx, true); err != nil {
					t.Fatal(err)
				}
				work(t, o, 30)
				if _, err := tree.Append(ctx, false); err != nil {
					t.Fatal(err)
				}
				head, err := tree.LastHead(ctx)
				if err != nil {
					t.Fatal(err)
				}
				err = d.Write(ctx, func(tx db.Tx) error { return all(ctx, tx, append(lifted(d.Engine()), c.statements...)) })
				if err != nil {
					t.Fatal(err)
				}
				noted := ""
				if c.note {
					noted = head.String()
				}
				p, err := tree.Verify(ctx, noted)
				if err != nil || !strings.Contains(strings.Join(p.Findings, "\n"), c.found) {
					t.Errorf("%+v %v", p, err)
				}
			})
		})
	}
}

// lifted takes away what keeps the tables from being changed, as somebody with the whole database can.
func lifted(e db.Engine) (statements []string) {
	for _, table := range []string{"change", "audit_leaf", "audit_head"} {
		if e == db.Postgres {
			statements = append(statements, "ALTER TABLE "+table+" DISABLE TRIGGER USER")
			continue
		}
		statements = append(statements, "DROP TRIGGER "+table+"_kept", "DROP TRIGGER "+table+"_stays")
	}
	return statements
}

func all(ctx context.Context, tx db.Tx, statements []string) error {
	for _, text := range statements {
		if _, err := tx.Exec(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// Another key signs another tree: who writes the database and has no key can't sign.
func TestAHeadIsSignedByTheInstallationAlone(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		forger := journal.NewTree(d, []byte("the seed of somebody, 32 bytes  "), o.Now)
		if _, err := forger.Append(t.Context(), true); err != nil {
			t.Fatal(err)
		}
		p, err := journal.NewTree(d, seed, o.Now).Verify(t.Context(), "")
		if err != nil || len(p.Findings) == 0 || !strings.Contains(p.Findings[0], "not signed") {
			t.Errorf("%+v %v", p, err)
		}
	})
}
