package inbound_test

import (
	"slices"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/inbound"
	"teduh/internal/intake"
	"teduh/internal/partner"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

// desk is an office that refers and is referred to; LK3 Sebelah, in the same installation, stands in its directory.
type desk struct {
	*testkit.Office
	t         *testing.T
	cases     *casefile.Service
	practice  *practice.Service
	requests  *intake.Service
	referrals *referral.Service
	inbound   *inbound.Service
	person    db.ID
	caseID    db.ID
}

func newDesk(t *testing.T, d *db.DB) *desk {
	o := testkit.NewOffice(t, d)
	x := &desk{Office: o, t: t}
	x.cases = casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})
	x.cases.AskConsent(practice.LetOut)
	x.practice = practice.NewService(x.cases)
	x.requests = intake.NewService(intake.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Cases: x.cases, Office: o.Units, Now: o.Now})
	x.referrals = referral.NewService(referral.Needs{DB: d, Journal: o.Journal, Cases: x.cases, People: o.People, Office: o.Units, Now: o.Now})
	x.cases.AskHanding(x.referrals.Handing())
	x.inbound = inbound.NewService(inbound.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, Cases: x.cases, People: o.People, Requests: x.requests,
		Referrals: x.referrals, Directory: o.Network, Now: o.Now})
	return x
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (d *desk) must(err error) {
	d.t.Helper()
	must(d.t, err)
}

// refused wants a refusal with a code.
func (d *desk) refused(what string, err error, code string) {
	d.t.Helper()
	if !fault.Is(err, code) {
		d.t.Errorf("%s: %v, want %s", what, err, code)
	}
}

// client has a case with the worker; everything told of her is a marker.
func (d *desk) client() {
	d.t.Helper()
	ctx, worker := d.t.Context(), d.As("worker")
	p := person.Person{Name: "Siti Penanda Nama", CallName: "Siti", Sex: "f", BirthDate: "1990-05-01", BirthPrecision: "day",
		Sealed: person.Sealed{NIK: "2172049905900417", Street: "Jalan Penanda 7", Phones: []person.Phone{{Number: "0800-0000-0417", SafeToCall: true}}}}
	added, err := d.People.Add(ctx, worker, p, true)
	d.must(err)
	d.person = added.Person.ID
	c, err := d.cases.Open(ctx, worker, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: d.person}, Categories: []string{"25"}})
	d.must(err)
	d.caseID = c.ID
	_, err = d.cases.WriteNote(ctx, worker, c.ID, casefile.NewNote{Kind: "short_record", NoteText: casefile.NoteText{Text: "Penanda catatan."}, Sign: true})
	d.must(err)
}

// agree keeps the client's word that she may be referred.
func (d *desk) agree() db.ID {
	d.t.Helper()
	id, err := d.practice.GiveConsent(d.t.Context(), d.As("worker"), d.caseID, practice.Consent{Kind: "referral", Signed: practice.Signed{Manner: "spoken",
		Witness: "Rina"}, Recipient: "LK3 Sebelah", Data: "nama dan umur"}, nil)
	d.must(err)
	return id
}

// nextDoor is a service of the other office in the directory of this one.
func (d *desk) nextDoor() db.ID {
	d.t.Helper()
	ctx, head := d.t.Context(), d.As("head")
	p, err := d.Network.AddPartner(ctx, head, partner.Partner{Name: "LK3 Sebelah", Kind: "social_office", Unit: d.As("other").Office.ID})
	d.must(err)
	s, err := d.Network.AddService(ctx, head, partner.Service{Partner: p, Name: "Konseling keluarga"})
	d.must(err)
	return s
}

func (d *desk) refer(service db.ID, fields ...string) db.ID {
	d.t.Helper()
	ids, err := d.referrals.Refer(d.t.Context(), d.As("worker"), d.caseID, referral.Order{Services: []db.ID{service}, Kind: "referral", Urgency: "day",
		Fields: fields, Words: referral.Words{Why: "Ia pindah ke dekat Anda.", Asked: "Konseling lanjutan."}})
	d.must(err)
	return ids[0]
}

// arrived is the only request of the other office, with what came with it.
func (d *desk) arrived() (intake.Request, inbound.Whole) {
	d.t.Helper()
	other := d.As("other")
	list, err := d.requests.List(d.t.Context(), other, intake.Filter{Channel: "referral_in"})
	d.must(err)
	if len(list.Items) != 1 {
		d.t.Fatalf("the other office has %d requests", len(list.Items))
	}
	w, err := d.inbound.OfRequest(d.t.Context(), other, list.Items[0].ID)
	d.must(err)
	return list.Items[0], w
}

// sent is how the sending office sees its referral.
func (d *desk) sent(id db.ID) referral.Whole {
	d.t.Helper()
	w, err := d.referrals.Open(d.t.Context(), d.As("worker"), id)
	d.must(err)
	return w
}

// close ends a case of the other office.
func (d *desk) close(id db.ID, reason string) {
	d.t.Helper()
	tasks, err := d.cases.TasksOf(d.t.Context(), d.As("other"), id)
	d.must(err)
	end := casefile.Settlement{Word: "selesai"}
	for _, task := range tasks {
		end.Cancelled = append(end.Cancelled, task.ID)
	}
	_, err = d.cases.Close(d.t.Context(), d.As("other"), id, casefile.Closing{Reason: reason, Outcome: casefile.Outcome{Overcome: "gone"}, NoFollowUp: "Tidak perlu", Settle: end})
	d.must(err)
}

func states(w referral.Whole) (list []string) {
	for _, m := range w.Moves {
		list = append(list, m.To)
	}
	return list
}

// A woman moves to the next district; her worker refers her to the LK3 there. It appears there as a request with what was sent
// along, and what becomes of it is seen where she came from.
func TestAReferralGoesFromOfficeToOffice(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, other := t.Context(), d.As("other")
		d.client()
		d.agree()
		id := d.refer(d.nextDoor(), "called", "age")
		q, w := d.arrived()
		if q.Urgency != "day" || q.Told.About != "Siti" || !strings.HasPrefix(q.Told.Narrative, "Konseling lanjutan.") || q.Told.Reporter.Name != "LK3 Bina Sejahtera" {
			t.Errorf("the request: %s, about %q, %q, from %q", q.Urgency, q.Told.About, q.Told.Narrative, q.Told.Reporter.Name)
		}
		if w.Sender != "LK3 Bina Sejahtera" || w.SenderKind != "lk3" || w.Reference != "RJ-2026-000001" || w.Consent != inbound.ConsentGiven ||
			!slices.Equal(w.Data, []referral.Datum{{Field: "called", Value: "Siti"}, {Field: "age", Value: "36"}}) {
			t.Errorf("what came along: %+v", w.Body)
		}
		if due := d.sent(id).DueAt; w.DueAt.IsZero() || !w.DueAt.Equal(due.Time) {
			t.Errorf("they want to hear until %s, the clock of the referral is %s", w.DueAt, due)
		}
		_, err := d.requests.Take(ctx, other, q.ID, "", 0)
		d.must(err)
		_, err = d.requests.Contact(ctx, other, q.ID, intake.Contact{How: "phone", Reached: true})
		d.must(err)
		if got := d.sent(id); got.Status != referral.Received || got.Moves[1].Side != referral.PartnerSide || got.Moves[1].Name != "LK3 Sebelah" {
			t.Errorf("after it was taken: %s, %+v", got.Status, got.Moves)
		}
		out, err := d.requests.Triage(ctx, other, q.ID, intake.Decision{Outcome: "case", Note: "Kami dampingi", NewName: "Siti"})
		d.must(err)
		if got := states(d.sent(id)); !slices.Equal(got, []string{"sent", "received", "accepted", "in_service"}) {
			t.Errorf("after it became a case: %v", got)
		}
		d.close(out.Case, "goals_reached")
		got := d.sent(id)
		if got.Status != referral.Completed || got.Outcome != "helped" {
			t.Errorf("after the case was closed: %s, %s", got.Status, got.Outcome)
		}
		if _, w = d.arrived(); w.State != referral.Completed || w.ToldState != referral.Completed || !w.DueAt.IsZero() {
			t.Errorf("at the other office: %s, told %s, due %s", w.State, w.ToldState, w.DueAt)
		}
	})
}

// What neither office may know of the other: the case, its notes and people, the request and the case it became.
func TestTheWallBetweenTwoOfficesStands(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, other, worker := t.Context(), d.As("other"), d.As("worker")
		d.client()
		d.agree()
		id := d.refer(d.nextDoor(), "called")
		q, w := d.arrived()
		for name, err := range map[string]error{
			"the case":     second(d.cases.Get(ctx, other, d.caseID, "test")),
			"the person":   second(d.People.Get(ctx, other, d.person, "test")),
			"the referral": second(d.referrals.Open(ctx, other, id)),
		} {
			d.refused("the other office opens "+name, err, "not_found")
		}
		d.refused("the other office moves it", d.referrals.Move(ctx, other, id, referral.Step{To: referral.Accepted}), "not_found")
		d.refused("the sender opens the request", second(d.requests.Get(ctx, worker, q.ID, "test")), "not_found")
		d.refused("the sender opens what came with it", second(d.inbound.OfRequest(ctx, worker, q.ID)), "not_found")
		for _, hidden := range []string{"Penanda", "0417", "1990"} {
			if strings.Contains(q.Told.Narrative+q.Told.About, hidden) || strings.Contains(w.Asked+w.Why+w.Summary+join(w.Data), hidden) {
				t.Errorf("%q reached the other office", hidden)
			}
		}
		_, err := d.requests.Triage(ctx, other, q.ID, intake.Decision{Outcome: "case", Note: "Kata rahasia mereka", NewName: "Nama mereka"})
		d.must(err)
		for _, m := range d.sent(id).Moves[1:] {
			if m.Words != "" || m.By.Name != "" || m.Name != "LK3 Sebelah" {
				t.Errorf("the sender reads %+v", m)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

func join(data []referral.Datum) (s string) {
	for _, d := range data {
		s += d.Value + " "
	}
	return s
}

// Each decision of the other office says something to the sender; the sender may take it back, and both ends agree always.
func TestEachDecisionIsKnownToTheSender(t *testing.T) {
	for outcome, want := range map[string]string{"informed": "completed helped", "resolved_nearby": "completed helped", "referred": "completed passed_on",
		"out_of_area": "declined area", "withdrawn": "not_attended ", "case": "accepted "} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, testkit.SQLite(t))
			d.client()
			d.agree()
			id := d.refer(d.nextDoor(), "called")
			q, _ := d.arrived()
			_, err := d.requests.Triage(t.Context(), d.As("other"), q.ID, intake.Decision{Outcome: outcome, Note: "Sudah jelas", NewName: "Siti"})
			d.must(err)
			got := d.sent(id)
			if said := got.Status + " " + got.Outcome + got.Reason; said != want {
				t.Errorf("the sender reads %q, want %q", said, want)
			}
			if _, w := d.arrived(); w.State != got.Status {
				t.Errorf("the two ends differ: %s and %s", w.State, got.Status)
			}
		})
	}
}

// The sender takes it back, and sends it once more: a request that was withdrawn says so, and a new try is a new request.
func TestTheSenderTakesItBackOrTriesAgain(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker, other := t.Context(), d.As("worker"), d.As("other")
		d.client()
		d.agree()
		service := d.nextDoor()
		id := d.refer(service, "called")
		q, _ := d.arrived()
		d.must(d.referrals.Move(ctx, worker, id, referral.Step{To: referral.Cancelled}))
		if _, w := d.arrived(); w.State != referral.Cancelled || !w.DueAt.IsZero() {
			t.Errorf("taken back: %s, due %s", w.State, w.DueAt)
		}
		_, err := d.requests.Triage(ctx, other, q.ID, intake.Decision{Outcome: "informed", Note: "Tetap kami bantu"})
		d.must(err)
		if got := d.sent(id).Status; got != referral.Cancelled {
			t.Errorf("what was taken back became %s", got)
		}
		id = d.refer(service, "called")
		d.must(d.referrals.Move(ctx, worker, id, referral.Step{To: referral.Declined, Reason: "capacity"}))
		d.must(d.referrals.Move(ctx, worker, id, referral.Step{To: referral.Sent}))
		list, err := d.requests.List(ctx, other, intake.Filter{Channel: "referral_in"})
		d.must(err)
		if len(list.Items) != 3 {
			t.Errorf("the other office has %d requests, want the one taken back, the one said to be declined, and the new try", len(list.Items))
		}
		n, err := d.inbound.Senders(ctx, other, d.Now().AddDate(0, 0, -1), d.Now().AddDate(0, 0, 1))
		d.must(err)
		if len(n) != 1 || n[0].Kind != "lk3" || n[0].Name != "LK3 Bina Sejahtera" || n[0].Sent() != 3 || n[0].Counts[referral.Cancelled] != 1 {
			t.Errorf("who refers to them: %+v", n)
		}
		d.refused("the intake officer counts", second(d.inbound.Senders(ctx, access.Actor{}, d.Now(), d.Now())), "unauthorized")
	})
}

// wantField wants a refusal that names one field.
func wantField(t *testing.T, err error, field string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || len(f.Fields) != 1 || f.Fields[0].Field != field {
		t.Errorf("%v, want the field %s named", err, field)
	}
}
