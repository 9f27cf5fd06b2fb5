package casefile_test

import (
	"slices"
	"testing"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

// kinds of the marks that someone sees beside a person's name.
func (d *desk) marks(t *testing.T, who string, id db.ID) (kinds []string) {
	t.Helper()
	marks, err := d.People.Marks(t.Context(), d.As(who), []db.ID{id})
	must(t, err)
	for _, m := range marks[id] {
		kinds = append(kinds, m.Kind)
	}
	return kinds
}

// POLICY 12: «do not call» and «minor» for all who may see the person; violence and weapon also for those who are to go
// there; self-harm and infectious for the team; a mark from a secret case for its named only.
func TestASafetyMarkIsSeenByItsAudience(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.People.SetCircle(d.cases.Circle())
		ctx := t.Context()
		added, err := d.People.Add(ctx, d.As("intake"), person.Person{Name: "Arif", BirthDate: "2012-11-25"}, true)
		must(t, err)
		boy := added.Person.ID
		d.open(t, "worker", casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: boy}})
		for _, kind := range person.MarkKinds {
			must(t, d.People.SetMark(ctx, d.As("intake"), boy, kind, db.ID{}))
			must(t, d.People.SetMark(ctx, d.As("intake"), boy, kind, db.ID{})) // a mark that stands is not set twice
		}
		refused(t, d.People.SetMark(ctx, d.As("supervisor"), boy, "weapon", db.ID{}), "forbidden")
		refused(t, d.People.SetMark(ctx, d.As("worker"), boy, "minor", db.ID{}), "invalid")
		refused(t, d.People.SetMark(ctx, d.As("other"), boy, "weapon", db.ID{}), "not_found")
		for who, want := range map[string][]string{
			"worker":     {"do_not_call", "violence", "weapon", "self_harm", "infectious", "minor"},
			"worker2":    {"do_not_call", "violence", "weapon", "minor"},
			"head":       {"do_not_call", "violence", "weapon", "minor"},
			"intake":     {"do_not_call", "violence", "weapon", "minor"},
			"supervisor": {"do_not_call", "minor"},
		} {
			if got := d.marks(t, who, boy); !slices.Equal(got, want) {
				t.Errorf("%s sees %v, want %v", who, got, want)
			}
		}
		marks, err := d.People.Marks(ctx, d.As("worker"), []db.ID{boy})
		must(t, err)
		hidden := marks[boy][3].ID
		refused(t, d.People.EndMark(ctx, d.As("worker2"), boy, hidden), "not_found")
		must(t, d.People.EndMark(ctx, d.As("worker"), boy, hidden))
		if got := d.marks(t, "worker", boy); slices.Contains(got, "self_harm") {
			t.Errorf("an ended mark stands: %v", got)
		}
	})
}

func TestAMarkFromASecretCaseIsForItsNamedAlone(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		d.People.SetCircle(d.cases.Circle())
		ctx, client := t.Context(), d.client(t, "Darwis")
		d.open(t, "worker2", casefile.Order{Client: client}) // so that everybody may know him
		secret := d.open(t, "head", casefile.Order{Client: client, Worker: d.As("worker").User.String(), Confidentiality: casefile.Secret})
		must(t, d.People.SetMark(ctx, d.As("worker"), client.Person, "weapon", secret.ID))
		refused(t, d.People.SetMark(ctx, d.As("worker2"), client.Person, "violence", secret.ID), "invalid")
		for who, sees := range map[string]bool{"worker": true, "head": true, "worker2": false, "head2": false, "intake": false} {
			if got := d.marks(t, who, client.Person); slices.Contains(got, "weapon") != sees {
				t.Errorf("%s sees %v", who, got)
			}
		}
	})
}

func TestAFamilyAsClientHidesWithItsOnlySecretCase(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, father, daughter := t.Context(), d.client(t, "Darwis").Person, d.client(t, "Melati").Person
		f := person.Family{Name: "Keluarga Darwis"}
		for _, id := range []db.ID{father, daughter} {
			m := person.Member{Role: "other"}
			m.ID = id
			f.Members = append(f.Members, m)
		}
		added, err := d.People.AddFamily(ctx, d.As("worker"), f, true)
		must(t, err)
		choice := person.ClientChoice{Kind: "family", Family: added.Family.ID}
		d.open(t, "head", casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: daughter}, Worker: d.As("worker").User.String(), Confidentiality: casefile.Secret})
		ordinary := d.open(t, "worker", casefile.Order{Client: choice})
		people, err := d.cases.People(ctx, d.As("worker"), ordinary.ID)
		must(t, err)
		if len(people) != 1 || people[0].Person != father {
			t.Errorf("an ordinary case draws in whom a secret one hides: %v", people)
		}
		level := casefile.Secret
		named := []string{d.As("worker").User.String(), d.As("head").User.String()}
		if _, err := d.cases.Change(ctx, d.As("head"), ordinary.ID, casefile.Edit{Confidentiality: &level, Named: &named}); err != nil {
			t.Fatal(err)
		}
		for who, sees := range map[string]bool{"worker": true, "head": true, "worker2": false, "intake": false} {
			_, err := d.People.Family(ctx, d.As(who), added.Family.ID, "page")
			if (err == nil) != sees {
				t.Errorf("%s opens the family: %v", who, err)
			}
		}
	})
}

// A secret case has at least two named, one of them a head, from its first moment (DOMAIN, «The case»).
func TestASecretCaseIsNotOpenedByOneAlone(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		order := casefile.Order{Client: d.client(t, "Melati Kencana"), Confidentiality: casefile.Secret}
		for _, who := range []string{"worker", "head"} {
			if _, err := d.cases.Open(t.Context(), d.As(who), order); !fault.Is(err, "invalid") {
				t.Errorf("%s alone: %v", who, err)
			}
		}
		order.Named = []string{d.As("worker2").User.String()}
		if _, err := d.cases.Open(t.Context(), d.As("worker"), order); !fault.Is(err, "invalid") {
			t.Errorf("two without a head: %v", err)
		}
		order.Named = []string{d.As("head").User.String()}
		c := d.open(t, "worker", order)
		if c.Number != "LK3-2026-000001" || len(c.Named) != 2 {
			t.Errorf("%s with %v: what was refused took a number", c.Number, c.Named)
		}
		if _, err := d.cases.Get(t.Context(), d.As("head2"), c.ID, "page"); !fault.Is(err, "not_found") {
			t.Errorf("a head who is not named: %v", err)
		}
	})
}
