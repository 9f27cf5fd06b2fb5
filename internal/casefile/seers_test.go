package casefile_test

import (
	"slices"
	"testing"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/testkit"
)

// seers is who can see something behind cases, as someone is told.
func (d *desk) seers(t *testing.T, as string, b casefile.Behind) (list []string) {
	t.Helper()
	staff, err := d.Access.Colleagues(t.Context(), d.As(as))
	must(t, err)
	seers, err := d.cases.SeersBehind(t.Context(), d.As(as), b, staff)
	must(t, err)
	for _, s := range seers {
		list = append(list, s.User.Name+": "+s.Why)
	}
	slices.Sort(list)
	return list
}

// «Who can see this, and why» names those whose role shows it and those near its cases, and tells of no case that is not the
// asker's.
func TestWhoCanSeeWhatStandsBehindACase(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		client := d.client(t, "Siti Aminah")
		ordinary := d.open(t, "worker", casefile.Order{Client: client})
		secret := d.open(t, "head2", casefile.Order{Client: client, Confidentiality: casefile.Secret, Named: []string{d.As("psychologist").User.String()}})
		restricted := d.open(t, "worker", casefile.Order{Client: d.client(t, "Arif Budiman"), Confidentiality: casefile.Restricted})
		is := func(as string, b casefile.Behind, want ...string) {
			t.Helper()
			if got := d.seers(t, as, b); !slices.Equal(got, want) {
				t.Errorf("%s is told %q, want %q", as, got, want)
			}
		}
		everyone := []string{"head2: head", "head: head", "intake: desk", "psychologist: desk", "supervisor: desk", "worker2: desk", "worker: desk"}
		is("worker", casefile.Behind{Level: casefile.Ordinary, May: access.PersonRead, Cases: []db.ID{ordinary.ID, secret.ID}}, everyone...)
		is("worker", casefile.Behind{Level: casefile.Restricted, May: access.PersonRead, Cases: []db.ID{restricted.ID}},
			"head2: head", "head: head", "supervisor: supervisor", "worker: worker")
		is("head2", casefile.Behind{Level: casefile.Secret, May: access.PersonRead, Cases: []db.ID{secret.ID}}, "head2: named", "psychologist: named")
		is("worker", casefile.Behind{Level: casefile.Secret, May: access.PersonRead, Cases: []db.ID{secret.ID}})

		must(t, d.cases.Wall(t.Context(), d.As("head"), ordinary.ID, d.As("worker2").User))
		b := casefile.Behind{Level: casefile.Ordinary, May: access.RequestRead, Cases: []db.ID{ordinary.ID}, Walls: true}
		is("worker", b, "head2: head", "head: head", "intake: desk", "psychologist: desk", "supervisor: desk", "worker: desk")
		_, err := d.cases.SeersBehind(t.Context(), d.As("admin"), b, nil)
		refused(t, err, "forbidden")
	})
}
