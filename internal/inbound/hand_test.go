package inbound_test

import (
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/inbound"
	"teduh/internal/intake"
	"teduh/internal/partner"
	"teduh/internal/person"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

// letter is a school writing about a boy.
func letter() inbound.Handed {
	return inbound.Handed{SenderKind: "school", Urgency: "three_days", Agreed: true, Body: inbound.Body{Sender: "SMP Negeri 9", Contact: "0800-0000-0911",
		Reference: "421/SMP9/2026", Shared: referral.Shared{Words: referral.Words{Asked: "Dampingi anak yang sering bolos."},
			Data: []referral.Datum{{Field: "name", Value: "Budi Contoh"}, {Field: "birth_date", Value: "2012-03-04"}}}}}
}

// A letter is typed in, stands among what is owed until the school was told, and what was said is kept. Words about the boy ask
// for his family's word.
func TestALetterIsAnswered(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, intakeOfficer, worker := t.Context(), d.As("intake"), d.As("worker")
		x, err := d.inbound.Record(ctx, intakeOfficer, letter())
		d.must(err)
		q, err := d.requests.Get(ctx, worker, x.Request, "test")
		d.must(err)
		if q.Channel != "referral_in" || q.Urgency != "three_days" || q.Told.About != "Budi Contoh" || !x.DueAt.Equal(d.Now().Add(72*time.Hour)) {
			t.Errorf("the request: %s, %s, about %q, due %s", q.Channel, q.Urgency, q.Told.About, x.DueAt)
		}
		d.wantOwed(1, 0)
		d.Clock.Add(73 * time.Hour)
		d.wantOwed(1, 1)
		_, err = d.requests.Take(ctx, worker, q.ID, "", 0)
		d.must(err)
		d.wantOwed(1, 1) // nobody has told the school
		d.refused("without how", d.inbound.Tell(ctx, worker, x.ID, inbound.Telling{}), "invalid")
		d.must(d.inbound.Tell(ctx, worker, x.ID, inbound.Telling{How: "phone"}))
		w := d.of(q.ID)
		if w.State != referral.Received || w.ToldState != referral.Received || w.Words[len(w.Words)-1].How != "phone" || w.Words[len(w.Words)-1].By.Name != "worker" {
			t.Errorf("told: %s %s %+v", w.State, w.ToldState, w.Words)
		}
		d.refused("words without the family's", d.inbound.Tell(ctx, worker, x.ID, inbound.Telling{How: "letter", Words: "Ia sudah masuk lagi."}), "invalid")
		d.must(d.inbound.Tell(ctx, worker, x.ID, inbound.Telling{To: referral.Completed, Outcome: "helped", How: "letter", Words: "Ia sudah masuk lagi.", Agreed: true}))
		if w = d.of(q.ID); w.Words[len(w.Words)-1].Text != "Ia sudah masuk lagi." || !w.DueAt.IsZero() {
			t.Errorf("at the end: %+v, due %s", w.Words, w.DueAt)
		}
		d.wantOwed(0, 0)
		d.refused("it has ended", d.inbound.Tell(ctx, worker, x.ID, inbound.Telling{To: referral.Accepted, How: "letter"}), "referral_state")
	})
}

// In a case it is the consent to a referral that lets words go back; and an end nobody told of is owed within three days.
func TestWordsFromACaseAskForConsent(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		x, err := d.inbound.Record(ctx, worker, letter())
		d.must(err)
		out, err := d.requests.Triage(ctx, worker, x.Request, intake.Decision{Outcome: "case", Note: "Kami dampingi", NewName: "Budi Contoh"})
		d.must(err)
		d.caseID = out.Case
		d.must(d.inbound.Tell(ctx, worker, x.ID, inbound.Telling{How: "phone"}))
		if got := d.of(x.Request); got.ToldState != referral.Accepted || !got.DueAt.Equal(d.Now().Add(14*24*time.Hour)) {
			t.Errorf("after the state alone: %s, due %s", got.ToldState, got.DueAt)
		}
		words := inbound.Telling{How: "letter", Words: "Orang tuanya datang.", Agreed: true}
		d.refused("no consent in the case", d.inbound.Tell(ctx, worker, x.ID, words), "consent_missing")
		d.refused("the intake officer reads no case", d.inbound.Tell(ctx, d.As("intake"), x.ID, words), "forbidden")
		consent := d.agree()
		d.must(d.inbound.Tell(ctx, worker, x.ID, words))
		d.must(d.practice.WithdrawConsent(ctx, worker, d.caseID, consent, "Tidak mau lagi"))
		d.refused("it was withdrawn", d.inbound.Tell(ctx, worker, x.ID, words), "consent_missing")
		d.Clock.Add(20 * 24 * time.Hour)
		_, err = d.requests.Get(ctx, d.As("other"), x.Request, "test")
		d.refused("the office next door", err, "not_found")
		d.refused("the office next door tells", d.inbound.Tell(ctx, d.As("other"), x.ID, inbound.Telling{How: "phone"}), "not_found")
	})
}

// wantOwed wants so many whose sender waits, and so many of them late.
func (d *desk) wantOwed(all, late int) {
	d.t.Helper()
	list, _, err := d.inbound.List(d.t.Context(), d.As("worker"), inbound.Filter{Owed: true, Limit: 10})
	d.must(err)
	n, overdue, err := d.inbound.CountOwed(d.t.Context(), d.As("worker"), 100)
	d.must(err)
	if len(list) != all || n != all || overdue != late {
		d.t.Errorf("owed: listed %d, counted %d with %d late; want %d with %d late", len(list), n, overdue, all, late)
	}
}

func (d *desk) of(request db.ID) inbound.Whole {
	d.t.Helper()
	w, err := d.inbound.OfRequest(d.t.Context(), d.As("worker"), request)
	d.must(err)
	return w
}

// What was sent along becomes a person only while the client's word covers it; likely twins are shown first; who did it is kept.
func TestWhoWasSentAlongIsWrittenDownUnderConsent(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, other := t.Context(), d.As("other")
		d.client()
		consent := d.agree()
		d.refer(d.nextDoor(), "name", "birth_date", "sex", "nik", "phone", "address")
		_, w := d.arrived()
		known, err := d.People.Add(ctx, other, person.Person{Name: "Siti Penanda Nama", BirthDate: "1990-05-01", BirthPrecision: "day"}, true)
		d.must(err)
		got, err := d.inbound.TakeOver(ctx, other, w.ID, inbound.Copy{})
		d.must(err)
		if len(got.Twins) != 1 || got.Twins[0].ID != known.Person.ID || !got.Person.IsZero() {
			t.Fatalf("the likely twin: %+v", got)
		}
		got, err = d.inbound.TakeOver(ctx, other, w.ID, inbound.Copy{Accept: true})
		d.must(err)
		p, err := d.People.Get(ctx, other, got.Person, "test")
		d.must(err)
		if p.Name != "Siti Penanda Nama" || p.Sex != "f" || p.BirthDate != "1990-05-01" || p.Sealed.NIK != "2172049905900417" || len(p.Sealed.Phones) != 1 ||
			!strings.Contains(p.Sealed.Street, "Jalan Penanda 7") {
			t.Errorf("written down: %+v", p)
		}
		q, w := d.arrived()
		if q.Person != got.Person || w.Person != got.Person || w.CopiedBy.ID != other.User || w.CopiedAt.IsZero() {
			t.Errorf("kept: about %s, copied %s by %s at %s", q.Person, w.Person, w.CopiedBy.ID, w.CopiedAt)
		}
		_, err = d.inbound.TakeOver(ctx, other, w.ID, inbound.Copy{Accept: true})
		d.refused("a second time", err, "person_known")
		d.must(d.practice.WithdrawConsent(ctx, d.As("worker"), d.caseID, consent, "Tidak mau lagi"))
		d.refused("the sender's own desk", second(d.inbound.TakeOver(ctx, d.As("worker"), w.ID, inbound.Copy{})), "not_found")
	})
}

// A consent that was withdrawn, or never given, lets nothing be copied.
func TestNothingIsCopiedWithoutConsent(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, other := t.Context(), d.As("other")
		d.client()
		consent := d.agree()
		d.refer(d.nextDoor(), "name")
		_, w := d.arrived()
		d.must(d.practice.WithdrawConsent(ctx, d.As("worker"), d.caseID, consent, "Tidak mau lagi"))
		d.refused("withdrawn", second(d.inbound.TakeOver(ctx, other, w.ID, inbound.Copy{Accept: true})), "consent_missing")
		h := letter()
		h.Agreed = false
		x, err := d.inbound.Record(ctx, d.As("worker"), h)
		d.must(err)
		d.refused("not said", second(d.inbound.TakeOver(ctx, d.As("worker"), x.ID, inbound.Copy{Accept: true})), "consent_missing")
		d.refused("by who writes no people", second(d.inbound.TakeOver(ctx, d.As("supervisor"), x.ID, inbound.Copy{})), "forbidden")
	})
}

// A partner's user hands somebody in and follows the state; what another partner handed in is not there.
func TestAPartnerFollowsWhatItHandedIn(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, user, worker := t.Context(), d.As("partner"), d.As("worker")
		h := letter()
		h.SenderKind, h.Sender, h.Partner = "police", "Orang lain", db.NewID() // who they are stands in the directory
		x, err := d.inbound.HandIn(ctx, user, h)
		d.must(err)
		if x.Sender != "Yayasan Bahari" || x.SenderKind != "partner" || x.Partner != user.Partner {
			t.Errorf("handed in by %q, a %s", x.Sender, x.SenderKind)
		}
		_, err = d.requests.Triage(ctx, worker, x.Request, intake.Decision{Outcome: "out_of_area", Note: "Kata untuk kami saja"})
		d.must(err)
		list, _, err := d.inbound.Ours(ctx, user, db.ID{}, 10)
		d.must(err)
		if len(list) != 1 || list[0].State != referral.Declined || list[0].Reason != "area" || list[0].ToldState != referral.Declined ||
			len(list[0].Words) != 1 || list[0].Words[0].Text != "" {
			t.Errorf("the partner reads %+v", list)
		}
		stranger := user
		if stranger.Partner, err = d.Network.AddPartner(ctx, d.As("head"), partner.Partner{Name: "RSUD", Kind: "hospital"}); err != nil {
			t.Fatal(err)
		}
		d.refused("another partner", second(d.inbound.Own(ctx, stranger, x.ID)), "not_found")
		if list, _, err = d.inbound.Ours(ctx, stranger, db.ID{}, 10); err != nil || len(list) != 0 {
			t.Errorf("another partner reads %+v, %v", list, err)
		}
		d.refused("the worker hands nothing in", second(d.inbound.HandIn(ctx, worker, h)), "forbidden")
		d.refused("the partner types no letter in", second(d.inbound.Record(ctx, user, h)), "forbidden")
		d.refused("nor reads the request", second(d.inbound.OfRequest(ctx, user, x.Request)), "forbidden")
		_, err = d.inbound.Record(ctx, access.Actor{}, h)
		d.refused("nobody", err, "unauthorized")
	})
}

// What cannot be is refused, each by its field.
func TestWhatCannotBeHandedInIsRefused(t *testing.T) {
	d := newDesk(t, testkit.SQLite(t))
	for field, spoil := range map[string]func(*inbound.Handed){
		"sender_kind": func(h *inbound.Handed) { h.SenderKind = "army" },
		"sender":      func(h *inbound.Handed) { h.Sender = "" },
		"urgency":     func(h *inbound.Handed) { h.Urgency = "" },
		"kind":        func(h *inbound.Handed) { h.Kind = "gift" },
		"asked":       func(h *inbound.Handed) { h.Asked = "" },
		"feedback_on": func(h *inbound.Handed) { h.FeedbackOn = "2026-11-23" },
		"data":        func(h *inbound.Handed) { h.Data = []referral.Datum{{Field: "diagnosis", Value: "x"}} },
		"partner":     func(h *inbound.Handed) { h.Partner = db.NewID() },
	} {
		h := letter()
		spoil(&h)
		_, err := d.inbound.Record(t.Context(), d.As("worker"), h)
		wantField(t, err, field)
	}
}
