package inbound_test

import (
	"slices"
	"testing"

	"teduh/internal/db"
	"teduh/internal/inbound"
	"teduh/internal/intake"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

// However a list is cut into pages, each referral stands in it once: those owed by when their sender wants to hear, also where
// many want to hear at the same time, all of them the newest first.
func TestAListIsReadPageByPage(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		var day, week []db.ID
		for i := range 7 {
			h := letter()
			h.Urgency = []string{"day", "week"}[i%2]
			x, err := d.inbound.Record(ctx, worker, h)
			must(t, err)
			if h.Urgency == "day" {
				day = append(day, x.ID)
			} else {
				week = append(week, x.ID)
			}
		}
		byHand := slices.Concat(day, week)
		for _, limit := range []int{1, 2, 3, 7} {
			if got := d.pages(inbound.Filter{Owed: true, Limit: limit}); !slices.Equal(got, byHand) {
				t.Errorf("owed by %d: %v, want %v", limit, got, byHand)
			}
			if got := d.pages(inbound.Filter{Limit: limit}); len(got) != 7 || !slices.IsSortedFunc(got, func(a, b db.ID) int { return b.Compare(a) }) {
				t.Errorf("all by %d: %v", limit, got)
			}
		}
	})
}

// pages reads a list to its end.
func (d *desk) pages(f inbound.Filter) (ids []db.ID) {
	d.t.Helper()
	for range 20 {
		list, more, err := d.inbound.List(d.t.Context(), d.As("worker"), f)
		d.must(err)
		for _, x := range list {
			ids = append(ids, x.ID)
			f.DueAt, f.After = x.DueAt, x.ID
		}
		if !more {
			break
		}
	}
	return ids
}

// In an emergency a client is referred without having agreed: the other office gets what it needs to help, and copies nothing.
func TestWhatWasSentInAnEmergencyIsNotCopied(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker, other := t.Context(), d.As("worker"), d.As("other")
		d.client()
		must(t, d.practice.WithoutConsent(ctx, worker, d.caseID, "referral", "Ia tidak sadar dan perlu tempat aman malam ini"))
		d.refer(d.nextDoor(), "name")
		_, w := d.arrived()
		if w.Consent != inbound.ConsentEmergency {
			t.Errorf("the consent: %s", w.Consent)
		}
		d.refused("the copy", second(d.inbound.TakeOver(ctx, other, w.ID, inbound.Copy{Accept: true})), "consent_missing")
	})
}

// A referral ends with the case it became: each reason for closing has a word for the sender.
func TestEachClosingHasAWordForTheSender(t *testing.T) {
	for reason, want := range map[string]string{"solved_by_family": "completed helped", "withdrew": "completed withdrew",
		"lost_touch": "not_attended ", "moved_away": "completed other", "died": "completed other"} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, testkit.SQLite(t))
			d.client()
			d.agree()
			id := d.refer(d.nextDoor(), "called")
			q, _ := d.arrived()
			out, err := d.requests.Triage(t.Context(), d.As("other"), q.ID, intake.Decision{Outcome: "case", Note: "Kami dampingi", NewName: "Siti"})
			must(t, err)
			d.close(out.Case, reason)
			got := d.sent(id)
			if said := got.Status + " " + got.Outcome; said != want {
				t.Errorf("the sender reads %q, want %q", said, want)
			}
			if last := got.Moves[len(got.Moves)-1]; got.Outcome == "other" && last.Words != "Sudah berakhir di tempat kami." {
				t.Errorf("in words: %q", last.Words)
			}
		})
	}
}

// A worker tells an office how it goes in words: they stand in the conversation of its referral, under the consent of the case.
func TestWordsReachTheOtherOffice(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, other := t.Context(), d.As("other")
		d.client()
		d.agree()
		id := d.refer(d.nextDoor(), "called")
		_, w := d.arrived()
		d.refused("nothing new", d.inbound.Tell(ctx, other, w.ID, inbound.Telling{To: referral.Received, Version: w.Version + 1}), "version_changed")
		d.must(d.inbound.Tell(ctx, other, w.ID, inbound.Telling{To: referral.Accepted, Words: "Ia datang Kamis.", Agreed: true}))
		d.refused("no words", d.inbound.Tell(ctx, other, w.ID, inbound.Telling{}), "invalid")
		d.must(d.inbound.Tell(ctx, other, w.ID, inbound.Telling{Words: "Ia sudah pulang.", Agreed: true}))
		got := d.sent(id)
		if got.Status != referral.Accepted || got.Moves[len(got.Moves)-1].Words != "Ia datang Kamis." {
			t.Errorf("the move: %s %+v", got.Status, got.Moves)
		}
		list, _, err := d.referrals.Messages(ctx, d.As("worker"), id, db.ID{})
		must(t, err)
		if len(list) != 1 || list[0].Text != "Ia sudah pulang." || list[0].Side != referral.PartnerSide || list[0].Name != "LK3 Sebelah" {
			t.Errorf("the conversation: %+v", list)
		}
	})
}

// A file of anything is read without harm: it is refused, or it says what it is.
func FuzzAFileIsReadWithoutHarm(f *testing.F) {
	f.Add([]byte(`{"format":"teduh-rujukan-1","from":"0a1b-2c3d-4e5f-6071","to":"1b2c-3d4e-5f60-7182","sealed":"AA==","signature":"AA=="}`))
	f.Add([]byte(`{"format":"teduh-jawaban-1","sealed":7}`))
	f.Add([]byte("{"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := inbound.ReadParcel(raw)
		if err == nil && p.Format != inbound.ReferralParcel && p.Format != inbound.AnswerParcel {
			t.Errorf("%q was read as %q", raw, p.Format)
		}
	})
}
