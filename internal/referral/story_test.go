package referral_test

import (
	"fmt"
	"slices"
	"testing"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// desk is an office that took in the past of its workers.
type desk struct {
	*testkit.Office
	t         *testing.T
	cases     *casefile.Service
	referrals *referral.Service
}

func newDesk(t *testing.T, d *db.DB) *desk {
	o := testkit.NewOffice(t, d)
	cases := casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})
	return &desk{o, t, cases, referral.NewService(referral.Needs{DB: d, Journal: o.Journal, Cases: cases, People: o.People, Office: o.Units, Now: o.Now})}
}

// past takes in open cases of a worker, one a day from the first on, and gives them in that order.
func (d *desk) past(worker string, n int, level int) (cases []db.ID) {
	d.t.Helper()
	ctx, head := d.t.Context(), d.As("head")
	added, err := d.People.Add(ctx, head, person.Person{Name: "Siti Aminah"}, true)
	must(d.t, err)
	people, err := d.People.NewLoader(head)
	must(d.t, err)
	loader, err := d.cases.NewLoader(head, people)
	must(d.t, err)
	list := make([]casefile.PreparedCase, n)
	for i := range list {
		list[i], err = loader.PrepareCase(casefile.Past{OldNumber: fmt.Sprint(worker, level, i), Person: added.Person.ID, Worker: d.As(worker).User, Status: "open",
			Stage: "intervention", Confidentiality: level, OpenedOn: db.Date("2024-01-01").AddDays(i)})
		must(d.t, err)
		cases = append(cases, list[i].ID())
	}
	must(d.t, d.Journal.Write(ctx, func(tx *journal.Tx) error { return loader.WriteCases(ctx, tx, list) }))
	return cases
}

// send takes in a referral that was sent so many days ago.
func (d *desk) send(c db.ID, name, status string, days int) {
	d.t.Helper()
	p := referral.Past{Name: name, Case: c, Service: "RSUD " + name, Status: status}
	if days >= 0 {
		p.SentAt = db.At(d.Now().AddDate(0, 0, -days))
	}
	loader, err := referral.NewLoader(d.DB, d.As("head"))
	must(d.t, err)
	must(d.t, d.Journal.Write(d.t.Context(), func(tx *journal.Tx) error { return loader.Write(d.t.Context(), tx, []referral.Past{p}) }))
}

func (d *desk) unanswered(who string, most int) (services []string) {
	d.t.Helper()
	list, err := d.referrals.Unanswered(d.t.Context(), d.As(who), most)
	must(d.t, err)
	for _, x := range list {
		services = append(services, x.ServiceName)
	}
	return services
}

// However many cases someone has, a referral that was left without an answer is asked after, the one that waits longest first;
// one that was answered, was not sent, or still has time is not, nor one from a case of another or a closed case.
func TestAReferralThatWaitsIsAskedAfterHoweverManyCasesThereAre(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		cases := d.past("worker", 620, casefile.Ordinary)
		d.send(cases[0], "pertama", "sent", 30)
		d.send(cases[619], "terakhir", "received", 8)
		d.send(cases[300], "terlama", "sent", 60)
		d.send(cases[1], "baru", "sent", 6)
		d.send(cases[2], "dijawab", "accepted", 30)
		d.send(cases[3], "konsep", "draft", -1)
		d.send(d.past("worker2", 1, casefile.Restricted)[0], "rekan", "sent", 90)
		want := []string{"RSUD terlama", "RSUD pertama", "RSUD terakhir"}
		if got := d.unanswered("worker", 8); !slices.Equal(got, want) {
			t.Errorf("the worker is told of %q, want %q", got, want)
		}
		if got := d.unanswered("worker", 2); !slices.Equal(got, want[:2]) {
			t.Errorf("of two: %q", got)
		}
		if got := d.unanswered("worker2", 8); !slices.Equal(got, []string{"RSUD rekan"}) {
			t.Errorf("the colleague is told of %q", got)
		}
		if got := d.unanswered("head", 8); len(got) != 0 {
			t.Errorf("the head has no cases and is told of %q", got)
		}
		must(t, d.cases.Wall(t.Context(), d.As("head"), cases[300], d.As("worker").User))
		if got := d.unanswered("worker", 8); !slices.Equal(got, want[1:]) {
			t.Errorf("behind a wall: %q", got)
		}
		if _, err := d.referrals.Unanswered(t.Context(), d.As("intake"), 8); !fault.Is(err, "forbidden") {
			t.Errorf("intake: %v", err)
		}
	})
}

// offer makes a partner with one service and a user of theirs.
func (d *desk) offer(name string) (service db.ID, user access.Actor) {
	d.t.Helper()
	partner, service := db.NewID(), db.NewID()
	must(d.t, d.DB.Write(d.t.Context(), func(tx db.Tx) error {
		if _, err := tx.Exec(d.t.Context(), `INSERT INTO partner (id, office_id, name, name_key, created_at, version) VALUES ($1, $2, $3, $3, $4, 1)`,
			partner, d.ID, "P2TP2A "+name, db.At(d.Now())); err != nil {
			return err
		}
		_, err := tx.Exec(d.t.Context(), `INSERT INTO partner_service (id, office_id, partner_id, name, name_key, created_at, version) VALUES ($1, $2, $3, $4, $4, $5, 1)`,
			service, d.ID, partner, name, db.At(d.Now()))
		return err
	}))
	user = d.As("partner")
	user.Partner = partner
	return service, user
}

// order asks a service for what is needed, with what goes along unless one chooses.
func order(services ...db.ID) referral.Order {
	return referral.Order{Services: services, Kind: "referral", Urgency: "day", Fields: referral.Least,
		Words: referral.Words{Why: "Perlu pendampingan visum.", Asked: "Pendampingan dan laporan."}}
}
