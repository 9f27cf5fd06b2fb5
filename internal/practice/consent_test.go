package practice_test

import (
	"slices"
	"testing"
	"time"

	"teduh/internal/db"
	"teduh/internal/practice"
	"teduh/internal/testkit"
)

func (d *desk) give(c practice.Consent) (db.ID, error) {
	return d.service.GiveConsent(d.ctx, d.As("worker"), d.caseID, c, nil)
}

// What is needed for each kind and manner is asked for; what was given stays as it was, with the text that was read.
func TestConsentIsARecord(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		screen := practice.Signed{Manner: "screen", Name: "Nenek Saodah", Read: true}
		for what, c := range map[string]practice.Consent{
			"of no kind":                       {Kind: "marriage", Signed: screen},
			"in no language":                   {Kind: "service", Language: "fr", Signed: screen},
			"unsigned":                         {Kind: "service", Signed: practice.Signed{Manner: "screen"}},
			"spoken without a witness":         {Kind: "service", Signed: practice.Signed{Manner: "spoken"}},
			"on paper that lies nowhere":       {Kind: "service", Signed: practice.Signed{Manner: "paper"}},
			"a referral to nobody":             {Kind: "referral", Data: "nama", Signed: screen},
			"a referral without named data":    {Kind: "referral", Recipient: "RSUD", Signed: screen},
			"a recording for nothing":          {Kind: "recording", Signed: screen},
			"a child without a guardian":       {Kind: "child", Signed: screen},
			"a guardian who is nobody's":       {Kind: "child", Guardian: "Pak Ramli", Signed: screen},
			"to a text that was never written": {Kind: "service", TextVersion: "x", Signed: screen},
		} {
			_, err := d.give(c)
			d.refused(what, "invalid", err)
		}
		_, err := d.give(practice.Consent{Kind: "service", TextVersion: "2", Signed: screen})
		d.refused("to a version that was never published", "not_found", err)
		_, err = d.service.GiveConsent(d.ctx, d.As("worker2"), d.caseID, practice.Consent{Kind: "service", Signed: screen}, nil)
		d.refused("a stranger to the case", "forbidden", err)

		given := practice.Consent{Kind: "referral", Language: "en", Recipient: "RSUD, poli jiwa", Data: "nama dan telepon",
			Signed: practice.Signed{Manner: "screen", Name: "Nenek Saodah", Mark: "M1 2L3 4"}}
		id, err := d.give(given)
		must(t, err)
		c, text, err := d.service.Record(d.ctx, d.As("head"), d.caseID, id)
		must(t, err)
		if c.Recipient != given.Recipient || c.Data != given.Data || c.Signed != given.Signed || c.TextVersion != "1" || c.Language != "en" || c.By != "worker" || !c.GivenAt.Equal(d.Now()) {
			t.Errorf("kept: %+v", c)
		}
		if text.Version != 1 || text.Language != "en" || text.Title != "Consent to a referral" {
			t.Errorf("read: %+v", text)
		}
		_, _, err = d.service.Record(d.ctx, d.As("other"), d.caseID, id)
		d.refused("another office", "not_found", err)
	})
}

// A consent of before there were records keeps its witness.
func TestAnOldConsentStaysReadable(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		must(t, database.Write(d.ctx, func(tx db.Tx) error {
			key, err := d.Vault.Key(d.ctx, tx, d.caseID)
			if err != nil {
				return err
			}
			body, err := key.Seal("consent", "Ketua RT")
			if err != nil {
				return err
			}
			_, err = tx.Exec(d.ctx, `INSERT INTO consent (id, case_id, kind, text_version, manner, body, given_at, by_id) VALUES ($1, $2, 'service', '1', 'spoken', $3, $4, $5)`,
				db.NewID(), d.caseID, body, db.At(d.Now()), d.As("worker").User)
			return err
		}))
		list := d.work().Consents
		if len(list) != 1 || list[0].Witness != "Ketua RT" || list[0].Manner != "spoken" || list[0].Language != "id" || !list[0].Stands() {
			t.Errorf("%+v", list)
		}
	})
}

// A withdrawal ends the consent at once and leaves a task that is due three days later (Law 27 of 2022: 3 × 24 hours); the
// client may withdraw when the case is closed too.
func TestAWithdrawalEndsIt(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		id, err := d.give(practice.Consent{Kind: "data", Signed: read})
		must(t, err)
		d.leaves("worker", true)
		withdraw := func(as string, id db.ID) error {
			return d.service.WithdrawConsent(d.ctx, d.As(as), d.caseID, id, "Tidak mau data keluar")
		}
		d.refused("a stranger to the case", "forbidden", withdraw("worker2", id))
		d.refused("none", "not_found", withdraw("worker", db.NewID()))
		must(t, withdraw("worker", id))
		d.leaves("worker", false)
		d.leaves("head", false)
		d.refused("twice", "not_found", withdraw("worker", id))
		if due := d.tasks("consent_withdrawn", false); !slices.Equal(due, []db.Date{"2026-11-27"}) {
			t.Errorf("due %v", due)
		}
		c := d.work().Consents[0]
		if c.Stands() || c.WithdrawnWhy != "Tidak mau data keluar" || c.WithdrawnBy != "worker" || c.Name != read.Name || !c.Read {
			t.Errorf("%+v", c)
		}
		if codes := d.timeline(2); !slices.Contains(codes, "practice.consent_withdrawn") {
			t.Errorf("the timeline says %v", codes)
		}
	})
}

// leaves insists on whether the case's data may leave by somebody's hand.
func (d *desk) leaves(as string, want bool) {
	d.t.Helper()
	err := d.cases.Leaving(d.ctx, d.As(as), d.caseID, "data")
	if want && err != nil {
		d.t.Errorf("%s: %v", as, err)
	}
	if !want {
		d.refused(as, "consent_missing", err)
	}
}

// In an emergency the reason opens the door for an hour, to who gave it alone.
func TestAnEmergencyNeedsAReason(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		let := func(as, reason string) error {
			return d.service.WithoutConsent(d.ctx, d.As(as), d.caseID, "data", reason)
		}
		d.leaves("worker", false)
		d.refused("without a reason", "invalid", let("worker", ""))
		d.refused("with a word", "invalid", let("worker", "Darurat"))
		d.refused("a stranger to the case", "forbidden", let("worker2", "Nyawa klien terancam malam ini"))
		must(t, let("worker", "Nyawa klien terancam malam ini"))
		d.leaves("worker", true)
		d.leaves("head", false)
		d.refused("another kind", "consent_missing", d.cases.Leaving(d.ctx, d.As("worker"), d.caseID, "referral"))
		d.Clock.Add(61 * time.Minute)
		d.leaves("worker", false)
		w := d.work().Waivers
		if len(w) != 1 || w[0].Reason != "Nyawa klien terancam malam ini" || w[0].By != "worker" || w[0].Kind != "data" {
			t.Errorf("%+v", w)
		}
		if codes := d.timeline(1); codes[0] != "practice.without_consent" {
			t.Errorf("the timeline says %v", codes)
		}
	})
}

// The office publishes a new version; what was given before keeps the text it was given to, and a lost race writes nothing.
func TestAnOfficePublishesItsOwnText(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		texts := practice.NewTexts(database, d.Journal)
		before, err := d.give(practice.Consent{Kind: "service", Signed: read})
		must(t, err)
		mine := practice.Text{Kind: "service", Language: "id", Version: 1, Terms: practice.Terms{Title: "Izin", Read: "Saya mau.", Purposes: "Ditolong", Data: "Nama",
			Recipients: "Petugas", Storage: "Lemari", Withdrawal: "Bilang saja"}}
		d.refused("a worker", "forbidden", texts.Publish(d.ctx, d.As("worker"), mine))
		empty := mine
		empty.Read = ""
		d.refused("nothing to read", "invalid", texts.Publish(d.ctx, d.As("head"), empty))
		must(t, texts.Publish(d.ctx, d.As("head"), mine))
		d.refused("a lost race", "version_changed", texts.Publish(d.ctx, d.As("head2"), mine))
		after, err := d.give(practice.Consent{Kind: "service", Signed: read})
		must(t, err)
		old, err := d.give(practice.Consent{Kind: "service", TextVersion: "1", Signed: read}) // the page stood open meanwhile
		must(t, err)
		for id, want := range map[db.ID]string{before: "Persetujuan layanan", after: "Izin", old: "Persetujuan layanan"} {
			_, text, err := d.service.Record(d.ctx, d.As("worker"), d.caseID, id)
			must(t, err)
			if text.Title != want {
				t.Errorf("%q, want %q", text.Title, want)
			}
		}
		_, err = texts.All(d.ctx, d.As("worker"))
		d.refused("a worker reads the settings", "forbidden", err)
		all, err := texts.All(d.ctx, d.As("head"))
		must(t, err)
		if len(all) != 10 || all[0].Title != "Izin" || all[0].Version != 2 || all[1].Version != 1 {
			t.Errorf("%d texts: %+v", len(all), all[0])
		}
	})
}
