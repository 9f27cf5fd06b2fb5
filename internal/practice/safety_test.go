package practice_test

import (
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/practice"
	"teduh/internal/testkit"
)

// A plan is written in the steps of Stanley and Brown, over the version that was read.
func TestASafetyPlanHasItsSteps(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		write := func(a access.Actor, p practice.SafetyParts, version int64) error {
			return d.service.WriteSafetyPlan(d.ctx, a, d.caseID, p, version)
		}
		worker := d.As("worker")
		plan := practice.SafetyParts{Signs: "Tidak tidur", Coping: "Menyiram bunga", Distract: "Surau", Helpers: []practice.Contact{{"Rosmawati", "0800-0000-0042"}},
			Experts: []practice.Contact{{"Bu Dewi", ""}}, Safe: "Obat dititipkan kepada Rosmawati", Text: "Ditinjau tiap Senin"}
		for what, p := range map[string]practice.SafetyParts{
			"nothing":                {},
			"a phone without a name": {Helpers: []practice.Contact{{"", "110"}}},
			"too many":               {Helpers: make([]practice.Contact, 5)},
			"too long":               {Signs: strings.Repeat("x", 100_001)},
		} {
			d.refused(what, "invalid", write(worker, p, 0))
		}
		d.refused("a stranger to the case", "forbidden", write(d.As("worker2"), plan, 0))
		must(t, write(worker, plan, 0))
		d.refused("a lost race", "version_changed", write(d.As("head"), practice.SafetyParts{Text: "Lain"}, 0))
		got := d.work().SafetyPlan
		if got.Signs != plan.Signs || got.Coping != plan.Coping || got.Distract != plan.Distract || got.Safe != plan.Safe || got.Text != plan.Text ||
			len(got.Helpers) != 1 || got.Helpers[0] != plan.Helpers[0] || len(got.Experts) != 1 || got.By != "worker" || got.Version != 1 {
			t.Errorf("kept: %+v", got)
		}
	})
}

// A plan that was written as one text before there were steps stays readable, and goes on as «anything else».
func TestAnOldSafetyPlanStaysReadable(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		worker := d.As("worker")
		must(t, database.Write(d.ctx, func(tx db.Tx) error {
			key, err := d.Vault.Key(d.ctx, tx, d.caseID)
			if err != nil {
				return err
			}
			body, err := key.Seal("safety plan", "Ke rumah Bu RT")
			if err != nil {
				return err
			}
			_, err = tx.Exec(d.ctx, `INSERT INTO safety_plan (case_id, body, by_id, at, version) VALUES ($1, $2, $3, $4, 1)`, d.caseID, body, worker.User, db.At(d.Now()))
			return err
		}))
		plan := d.work().SafetyPlan
		if plan.Text != "Ke rumah Bu RT" || plan.Signs != "" || plan.Version != 1 {
			t.Fatalf("read as %+v", plan)
		}
		plan.Signs = "Tidak tidur"
		must(t, d.service.WriteSafetyPlan(d.ctx, worker, d.caseID, plan.SafetyParts, 1))
		if plan = d.work().SafetyPlan; plan.Text != "Ke rumah Bu RT" || plan.Signs != "Tidak tidur" || plan.Version != 2 {
			t.Errorf("stands: %+v", plan)
		}
	})
}

func TestWordsThatBetray(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"Menyiram bunga, ke surau": "", "Telepon Konselor LK3": "lk3,konselor", "Rencana KESELAMATAN": "keselamatan", "call the Police": "police"} {
		if got := strings.Join(practice.Betrays(text), ","); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
