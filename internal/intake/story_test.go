package intake_test

import (
	"slices"
	"testing"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/intake"
	"teduh/internal/person"
	"teduh/internal/testkit"
	"teduh/internal/unit"
)

// desk is an office that takes requests in.
type desk struct {
	*testkit.Office
	cases    *casefile.Service
	requests *intake.Service
}

func newDesk(t *testing.T, d *db.DB) *desk {
	o := testkit.NewOffice(t, d)
	gates := casefile.NewGates()
	gates.Add(intake.Demands()...)
	cases := casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: gates, Office: o.Units, Now: o.Now})
	return &desk{Office: o, cases: cases, requests: intake.NewService(intake.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People,
		Cases: cases, Office: o.Units, Now: o.Now})}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

func (d *desk) record(t *testing.T, as string, q intake.Request) intake.Request {
	t.Helper()
	if q.Told.Narrative == "" {
		q.Told.Narrative = "Suami pulang mabuk lalu memukul"
	}
	q, err := d.requests.Record(t.Context(), d.As(as), q)
	must(t, err)
	return q
}

func numbers(list intake.List) (n []string) {
	for _, q := range list.Items {
		n = append(n, q.Number)
	}
	return n
}

// A call is recorded with danger signs, someone is reached after a try in vain, and it becomes a case whose first gate is
// open because of that contact.
func TestACallBecomesACase(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		q := d.record(t, "intake", intake.Request{Channel: "phone", Danger: []string{"pregnant"}, Village: "21.72.04.1002", Categories: []string{"25"},
			Told: intake.Told{Narrative: "Saya takut pulang malam ini", Reporter: intake.Reporter{Name: "Wulan", Phone: "0800-0000-0417"}}})
		if q.Number != "PM-2026-000001" || q.Urgency != "day" || !q.RespondBy.Equal(d.Now().Add(24*time.Hour)) {
			t.Errorf("recorded as %s, %s until %s", q.Number, q.Urgency, q.RespondBy)
		}
		_, err := d.requests.Triage(ctx, worker, q.ID, intake.Decision{Outcome: "unreachable", Note: "Tidak diangkat"})
		refused(t, err, "no_tries")
		_, err = d.requests.Contact(ctx, worker, q.ID, intake.Contact{How: "phone", Note: "Tidak diangkat"})
		must(t, err)
		d.Clock.Add(time.Hour)
		q, err = d.requests.Contact(ctx, worker, q.ID, intake.Contact{How: "whatsapp", Reached: true, Note: "Aman di rumah teman"})
		must(t, err)
		if q.State != intake.Contacted || q.AssignedTo.Name != "worker" || !q.Contacted.Equal(d.Now()) {
			t.Errorf("after the contact: %s, %s, %s", q.State, q.AssignedTo.Name, q.Contacted)
		}
		_, err = d.requests.Triage(ctx, d.As("intake"), q.ID, intake.Decision{Outcome: "informed", Note: "Sudah jelas"})
		refused(t, err, "forbidden")
		_, err = d.requests.Triage(ctx, worker, q.ID, intake.Decision{Outcome: "case", Note: "Perlu tempat aman"})
		refused(t, err, "invalid") // nobody is named whom the case is about
		out, err := d.requests.Triage(ctx, worker, q.ID, intake.Decision{Outcome: "case", Note: "Perlu tempat aman", NewName: "Wulan Sari"})
		must(t, err)
		if out.CaseNumber != "LK3-2026-000001" || out.Request.State != intake.Decided {
			t.Errorf("made %s, the request is %s", out.CaseNumber, out.Request.State)
		}
		c, err := d.cases.Get(ctx, worker, out.Case, "test")
		must(t, err)
		if c.Client.Name != "Wulan Sari" || c.Channel != "phone" || c.Village != "21.72.04.1002" || !slices.Equal(c.Categories, []string{"25"}) || c.Request != q.ID {
			t.Errorf("the case does not hold what the request did: %+v", c)
		}
		gates, err := d.cases.NextGate(ctx, worker, c.ID)
		must(t, err)
		if len(gates) != 1 || gates[0].Code != "first_contact" || !gates[0].Met {
			t.Errorf("the first gate: %+v", gates)
		}
		_, err = d.requests.Triage(ctx, worker, q.ID, intake.Decision{Outcome: "withdrawn", Note: "Berubah pikiran"})
		refused(t, err, "decided")
		contacts, err := d.requests.Contacts(ctx, worker, q.ID)
		must(t, err)
		if len(contacts) != 2 || contacts[0].Reached || contacts[0].Note != "Tidak diangkat" {
			t.Errorf("contacts: %+v", contacts)
		}
	})
}

// Late ones stand first; whatever the order they came in.
func TestLateRequestsStandFirst(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		week := d.record(t, "intake", intake.Request{})
		now := d.record(t, "intake", intake.Request{Danger: []string{"suicide"}})
		day := d.record(t, "intake", intake.Request{Danger: []string{"pregnant"}})
		d.Clock.Add(25 * time.Hour)
		fresh := d.record(t, "intake", intake.Request{Danger: []string{"weapon"}})
		list, err := d.requests.List(t.Context(), d.As("worker"), intake.Filter{State: intake.New, Total: true})
		must(t, err)
		if want := []string{now.Number, day.Number, fresh.Number, week.Number}; !slices.Equal(numbers(list), want) || list.Total != 4 {
			t.Errorf("got %v of %d, want %v", numbers(list), list.Total, want)
		}
		all, late, err := d.requests.Waiting(t.Context(), d.As("worker"))
		must(t, err)
		if all != 4 || late != 2 {
			t.Errorf("%d wait, %d late", all, late)
		}
		first, err := d.requests.List(t.Context(), d.As("worker"), intake.Filter{State: intake.New, Limit: 2})
		must(t, err)
		last := first.Items[1]
		rest, err := d.requests.List(t.Context(), d.As("worker"), intake.Filter{State: intake.New, Limit: 2, After: intake.Place{At: last.RespondBy, ID: last.ID}})
		must(t, err)
		if got := append(numbers(first), numbers(rest)...); !slices.Equal(got, numbers(list)) || !first.More || rest.More {
			t.Errorf("page by page: %v", got)
		}
	})
}

// DOMAIN: a request that can't wait calls those on duty, then the stand-in, then the head; who took it is shown.
func TestWhatCantWaitGoesOnUntilSomeoneTakesIt(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		duty := unit.Duty{First: []db.ID{d.As("worker").User}, StandIns: []db.ID{d.As("worker2").User}, ToStand: 5, ToHead: 10}
		must(t, d.Units.Change(t.Context(), d.As("head"), duty, 0))
		d.record(t, "intake", intake.Request{Danger: []string{"pregnant"}})
		q := d.record(t, "intake", intake.Request{Danger: []string{"violence_now"}})
		called := func() (who []string) {
			for _, word := range []string{"head", "psychologist", "worker", "worker2"} {
				list, err := d.requests.Alerts(t.Context(), d.As(word))
				must(t, err)
				if len(list) == 1 && list[0].ID == q.ID {
					who = append(who, word)
				} else if len(list) != 0 {
					t.Errorf("%s is called for %v", word, list)
				}
			}
			return who
		}
		for _, step := range []struct {
			after time.Duration
			want  []string
		}{{0, []string{"worker"}}, {5 * time.Minute, []string{"worker", "worker2"}}, {5 * time.Minute, []string{"head", "worker", "worker2"}}} {
			d.Clock.Add(step.after)
			if got := called(); !slices.Equal(got, step.want) {
				t.Errorf("called: %v, want %v", got, step.want)
			}
		}
		_, err := d.requests.Take(t.Context(), d.As("worker2"), q.ID, "", 0)
		must(t, err)
		list, err := d.requests.Alerts(t.Context(), d.As("worker"))
		must(t, err)
		if len(list) != 1 || list[0].AssignedTo.Name != "worker2" {
			t.Errorf("who took it is not shown: %+v", list)
		}
		_, err = d.requests.Contact(t.Context(), d.As("worker2"), q.ID, intake.Contact{How: "phone", Reached: true})
		must(t, err)
		if got := called(); len(got) != 0 {
			t.Errorf("still called: %v", got)
		}
	})
}

func TestUrgencyIsRaisedFreelyAndLoweredWithAReason(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		q := d.record(t, "worker", intake.Request{Urgency: "three_days"})
		if q.Urgency != "three_days" {
			t.Errorf("chosen above the least: %s", q.Urgency)
		}
		lower := d.record(t, "worker", intake.Request{Urgency: "week", Danger: []string{"weapon"}})
		if lower.Urgency != "now" {
			t.Errorf("chosen below the least: %s", lower.Urgency)
		}
		q, err := d.requests.SetUrgency(t.Context(), d.As("worker"), q.ID, "now", "", q.Version)
		must(t, err)
		if !q.RespondBy.Equal(d.Now().Add(time.Hour)) {
			t.Errorf("until %s", q.RespondBy)
		}
		_, err = d.requests.SetUrgency(t.Context(), d.As("worker"), q.ID, "week", "", q.Version)
		refused(t, err, "invalid")
		_, err = d.requests.SetUrgency(t.Context(), d.As("worker"), q.ID, "week", "Sudah aman di rumah ibunya", 1)
		refused(t, err, "version_changed")
		_, err = d.requests.SetUrgency(t.Context(), d.As("worker"), q.ID, "week", "Sudah aman di rumah ibunya", q.Version)
		must(t, err)
	})
}

// A request takes on the confidentiality of its case, also when that is raised later.
func TestARequestIsAsSecretAsItsCase(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx := t.Context()
		q := d.record(t, "worker", intake.Request{Told: intake.Told{Narrative: "Rahasia", Reporter: intake.Reporter{Phone: "0800-0000-0001"}}})
		again := d.record(t, "worker", intake.Request{Told: intake.Told{Narrative: "Lagi", Reporter: intake.Reporter{Phone: "0800-0000-0001"}}})
		earlier := func(as string) int {
			list, err := d.requests.Earlier(ctx, d.As(as), again)
			must(t, err)
			return len(list)
		}
		if earlier("worker2") != 1 {
			t.Error("the earlier request from the same phone is not shown")
		}
		out, err := d.requests.Triage(ctx, d.As("worker"), q.ID, intake.Decision{Outcome: "case", Note: "Buka kasus", NewName: "Bunga"})
		must(t, err)
		_, err = d.requests.Get(ctx, d.As("worker2"), q.ID, "test")
		must(t, err)
		_, err = d.cases.Change(ctx, d.As("head"), out.Case, casefile.Edit{Confidentiality: new(casefile.Secret), Named: &[]string{d.As("worker").User.String(), d.As("head").User.String()}})
		must(t, err)
		for _, c := range []struct {
			as   string
			sees bool
		}{{"worker", true}, {"head", true}, {"worker2", false}, {"head2", false}, {"intake", false}, {"supervisor", false}, {"other", false}} {
			_, err := d.requests.Get(ctx, d.As(c.as), q.ID, "test")
			if (err == nil) != c.sees || err != nil && !fault.Is(err, "not_found") {
				t.Errorf("%s: %v", c.as, err)
			}
			list, err := d.requests.List(ctx, d.As(c.as), intake.Filter{State: intake.Decided, Total: true})
			must(t, err)
			if (len(list.Items) == 1) != c.sees || (list.Total == 1) != c.sees {
				t.Errorf("%s lists %d of %d", c.as, len(list.Items), list.Total)
			}
		}
		if earlier("worker2") != 0 {
			t.Error("the secret request still shows beside another")
		}
	})
}

// What each outcome asks for, and what it refuses.
func TestEveryOutcomeOfTriage(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		added, err := d.People.Add(ctx, worker, person.Person{Name: "Siti Aminah"}, true)
		must(t, err)
		c, err := d.cases.Open(ctx, worker, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}})
		must(t, err)
		first := d.record(t, "worker", intake.Request{})
		for _, x := range []struct {
			decision intake.Decision
			code     string
		}{
			{intake.Decision{Outcome: "informed", Note: "Alur akta kelahiran"}, ""},
			{intake.Decision{Outcome: "informed", Note: ""}, "invalid"},
			{intake.Decision{Outcome: "thrown_away", Note: "Tidak jelas"}, "invalid"},
			{intake.Decision{Outcome: "existing_case", Note: "Keluarga sama", Case: c.ID}, ""},
			{intake.Decision{Outcome: "existing_case", Note: "Keluarga sama", Case: db.NewID()}, "invalid"},
			{intake.Decision{Outcome: "referred", Note: "Ke puskesmas"}, ""},
			{intake.Decision{Outcome: "resolved_nearby", Note: "Diselesaikan RT"}, ""},
			{intake.Decision{Outcome: "out_of_area", Note: "Tinggal di Bintan", Unit: d.As("other").Office.ID}, ""},
			{intake.Decision{Outcome: "out_of_area", Note: "Tinggal di Bintan", Unit: db.NewID()}, "invalid"},
			{intake.Decision{Outcome: "duplicate", Note: "Sama", Duplicate: first.ID}, ""},
			{intake.Decision{Outcome: "duplicate", Note: "Sama"}, "invalid"},
			{intake.Decision{Outcome: "withdrawn", Note: "Ditarik pelapor"}, ""},
		} {
			q := d.record(t, "worker", intake.Request{})
			out, err := d.requests.Triage(ctx, worker, q.ID, x.decision)
			if x.code != "" {
				refused(t, err, x.code)
				continue
			}
			must(t, err)
			if out.Request.Outcome != x.decision.Outcome {
				t.Errorf("%s became %s", x.decision.Outcome, out.Request.Outcome)
			}
		}
	})
}

func TestBadRequestsAreRefusedWithAWordAtTheField(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		for field, q := range map[string]intake.Request{
			"narrative":       {Told: intake.Told{Narrative: "  "}},
			"channel":         {Channel: "pigeon", Told: intake.Told{Narrative: "x"}},
			"arrived_at":      {ArrivedAt: db.At(d.Now().Add(time.Hour)), Told: intake.Told{Narrative: "x"}},
			"danger_signs":    {Danger: []string{"dragon"}, Told: intake.Told{Narrative: "x"}},
			"village_code":    {Village: "99.99.99.9999", Told: intake.Told{Narrative: "x"}},
			"categories":      {Categories: []string{"999"}, Told: intake.Told{Narrative: "x"}},
			"about.person_id": {Person: db.NewID(), Told: intake.Told{Narrative: "x"}},
		} {
			_, err := d.requests.Record(t.Context(), d.As("intake"), q)
			e, ok := fault.As(err)
			if !ok || len(e.Fields) != 1 || e.Fields[0].Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		_, err := d.requests.Record(t.Context(), d.As("facilitator"), intake.Request{Village: "21.72.01.1001", Told: intake.Told{Narrative: "x"}})
		refused(t, err, "invalid")
		sent := d.record(t, "facilitator", intake.Request{Village: "21.72.04.1002"})
		if sent.Channel != "facilitator" {
			t.Errorf("came by %s", sent.Channel)
		}
		_, err = d.requests.Record(t.Context(), d.As("viewer"), intake.Request{})
		refused(t, err, "forbidden")
	})
}
