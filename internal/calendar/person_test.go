package calendar_test

import (
	"slices"
	"testing"
	"time"

	"teduh/internal/calendar"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

// Siti's page tells each reader what they may know of her appointments: her own, those of her cases and of requests about her.
// What stands in a case that is closed to them is not there, nor is what belongs to a family she is only a member of.
func TestAPersonsAppointments(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx := t.Context()
		siti := person.Person{Name: "Siti Aminah"}
		open := d.open(t, siti, casefile.Ordinary)
		id := open.Client.Person
		secret, err := d.cases.Open(ctx, d.As("worker"), casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: id},
			Confidentiality: casefile.Secret, Named: []string{d.As("head2").User.String()}})
		must(t, err)
		family, err := d.People.AddFamily(ctx, d.As("worker"), person.Family{Name: "Keluarga Darwis", Members: []person.Member{{Found: person.Found{Person: person.Person{ID: id}}, Role: "spouse"}}}, true)
		must(t, err)
		together, err := d.cases.Open(ctx, d.As("worker"), casefile.Order{Client: person.ClientChoice{Kind: "family", Family: family.Family.ID}})
		must(t, err)
		q, err := d.requests.Record(ctx, d.As("intake"), intake.Request{Person: id, Told: intake.Told{Narrative: "Ibu menelepon"}})
		must(t, err)
		made := map[db.ID]string{}
		for hour, x := range []struct {
			name    string
			subject calendar.Subject
		}{{"her own", calendar.Subject{Person: id}}, {"case", calendar.Subject{Case: open.ID}}, {"secret", calendar.Subject{Case: secret.ID}},
			{"family", calendar.Subject{Case: together.ID}}, {"request", calendar.Subject{Request: q.ID}}} {
			p := d.make(t, "worker", calendar.Order{Kind: "office", From: at(10+hour, 0), To: at(11+hour, 0), Subject: x.subject})
			made[p.ID] = x.name
		}
		names := func(list []calendar.Appointment) (out []string) {
			for _, p := range list {
				out = append(out, made[p.ID])
			}
			return out
		}
		see := func(as string, coming, gone []string) {
			t.Helper()
			c, g, err := d.calendar.OfPerson(ctx, d.As(as), id)
			must(t, err)
			if !slices.Equal(names(c), coming) || !slices.Equal(names(g), gone) {
				t.Errorf("%s sees %v coming and %v gone, want %v and %v", as, names(c), names(g), coming, gone)
			}
		}
		see("worker", []string{"her own", "case", "secret", "request"}, nil)
		see("head2", []string{"her own", "case", "secret", "request"}, nil)
		see("head", []string{"her own", "case", "request"}, nil)
		see("intake", []string{"her own", "request"}, nil) // does not know whose case it is
		if _, _, err := d.calendar.OfPerson(ctx, d.As("facilitator"), id); err == nil {
			t.Error("a facilitator has no calendar to read")
		}
		if c, g, err := d.calendar.OfPerson(ctx, d.As("other"), id); err != nil || len(c)+len(g) != 0 {
			t.Errorf("another office sees %v, %v, %v", names(c), names(g), err)
		}

		d.Clock.Add(4 * time.Hour) // 13.00
		for p, name := range made {
			if name == "case" || name == "her own" {
				_, err := d.calendar.Change(ctx, d.As("worker"), p, calendar.Edit{State: ptr(calendar.Kept)})
				must(t, err)
			}
		}
		see("head", []string{"request"}, []string{"case", "her own"})

		must(t, d.cases.Wall(ctx, d.As("head"), open.ID, d.As("worker2").User))
		see("worker2", []string{"request"}, []string{"her own"})

		twin, err := d.People.Add(ctx, d.As("worker"), person.Person{Name: "Sitti Aminah"}, true)
		must(t, err)
		kept, err := d.People.Get(ctx, d.As("worker"), twin.Person.ID, "page")
		must(t, err)
		gone, err := d.People.Get(ctx, d.As("worker"), id, "page")
		must(t, err)
		must(t, d.People.Merge(ctx, d.As("worker"), person.Choice{Kept: kept, Gone: gone}))
		id = kept.ID
		see("head", []string{"request"}, []string{"case", "her own"})
	})
}

// A page shows the ten that come first, however many there are.
func TestAPersonsPageShowsTheNextTen(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open(t, person.Person{Name: "Siti Aminah"}, casefile.Ordinary)
		for i := range 12 {
			d.make(t, "worker", calendar.Order{Kind: "phone", From: at(22-i, 0), To: at(22-i, 30), Accept: true,
				Subject: []calendar.Subject{{Case: c.ID}, {Person: c.Client.Person}}[i%2]})
		}
		coming, _, err := d.calendar.OfPerson(t.Context(), d.As("worker"), c.Client.Person)
		must(t, err)
		if len(coming) != 10 || !coming[0].From.Equal(at(11, 0)) || !coming[9].From.Equal(at(20, 0)) {
			t.Errorf("%d, from %v to %v", len(coming), coming[0].From, coming[len(coming)-1].From)
		}
	})
}
