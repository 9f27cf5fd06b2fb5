package assessment_test

import (
	"slices"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/assessment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/testkit"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// desk is an office with a case and the form of its assessment.
type desk struct {
	t      *testing.T
	o      *testkit.Office
	cases  *casefile.Service
	work   *practice.Service
	s      *assessment.Service
	worker access.Actor
	head   access.Actor
	c      casefile.Case
}

func onDesk(t *testing.T, do func(d *desk)) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		o := testkit.NewOffice(t, database)
		d := &desk{t: t, o: o, worker: o.As("worker"), head: o.As("head")}
		gates := casefile.NewGates()
		gates.Add(assessment.Demands()...)
		d.cases = casefile.NewService(casefile.Needs{DB: database, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: gates, Office: o.Units, Now: o.Now})
		d.work = practice.NewService(d.cases)
		d.s = assessment.NewService(assessment.Needs{DB: database, Journal: o.Journal, Cases: d.cases, Practice: d.work})
		added, err := o.People.Add(t.Context(), d.worker, person.Person{Name: "Melati Kencana"}, true)
		must(t, err)
		d.c, err = d.cases.Open(t.Context(), d.worker, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}})
		must(t, err)
		do(d)
	})
}

func (d *desk) refused(what, code string, err error) {
	d.t.Helper()
	if !fault.Is(err, code) {
		d.t.Errorf("%s: %v, want %s", what, err, code)
	}
}

// states are the editions of the actor's office, as «2 draft».
func (d *desk) states(a access.Actor) (list []string) {
	d.t.Helper()
	editions, err := d.s.Editions(d.t.Context(), a)
	must(d.t, err)
	for _, e := range editions {
		list = append(list, e.Name()+" "+e.State)
	}
	return list
}

func (d *desk) expect(a access.Actor, want ...string) {
	d.t.Helper()
	if got := d.states(a); !slices.Equal(got, want) {
		d.t.Errorf("editions: %v, want %v", got, want)
	}
}

// short is a form of two questions.
const short = `{"resourceType":"Questionnaire","url":"urn:x:short","version":"pulau","title":"Pendek","status":"active","language":"id","item":[
 {"linkId":"problem","type":"text","text":"Apa masalahnya?"},
 {"linkId":"urgent","type":"boolean","text":"Mendesak?"}]}`

// A head makes the office's own form: a copy is changed, put in use, followed by another, and the first one comes back.
func TestAnOfficeMakesItsOwnForm(t *testing.T) {
	onDesk(t, func(d *desk) {
		ctx := t.Context()
		d.expect(d.worker, "teduh-1 published")
		first, err := d.s.Begin(ctx, d.head)
		must(t, err)
		if _, ok := first.Form.Item("synthesis"); !ok || first.Name() != "1" || first.State != assessment.Draft {
			t.Errorf("the copy: %s %s", first.Name(), first.State)
		}
		again, err := d.s.Begin(ctx, d.head)
		must(t, err)
		if again.ID != first.ID {
			t.Error("a second draft was begun beside the first")
		}
		saved, err := d.s.SaveDraft(ctx, d.head, first.ID, first.Version, []byte(short))
		must(t, err)
		if saved.Name() != "1" || saved.Form.URL != "urn:x:short" || len(saved.Form.Questions()) != 2 {
			t.Errorf("saved: %s %s", saved.Name(), saved.Form.URL)
		}
		_, err = d.s.SaveDraft(ctx, d.head, first.ID, first.Version, []byte(short))
		d.refused("a lost race", "version_changed", err)
		d.expect(d.worker, "1 draft", "teduh-1 published")
		must(t, d.s.Publish(ctx, d.head, first.ID, saved.Version))
		d.expect(d.worker, "1 published", "teduh-1 retired")

		second, err := d.s.Begin(ctx, d.head)
		must(t, err)
		if len(second.Form.Questions()) != 2 || second.Name() != "2" {
			t.Errorf("the copy of the own form: %s", second.Name())
		}
		must(t, d.s.Publish(ctx, d.head, second.ID, second.Version))
		d.expect(d.worker, "2 published", "1 retired", "teduh-1 retired")
		old, err := d.s.Edition(ctx, d.head, first.ID)
		must(t, err)
		must(t, d.s.Publish(ctx, d.head, old.ID, old.Version))
		d.expect(d.worker, "2 retired", "1 published", "teduh-1 retired")
		old, err = d.s.Edition(ctx, d.head, first.ID)
		must(t, err)
		must(t, d.s.Retire(ctx, d.head, old.ID, old.Version))
		d.expect(d.worker, "2 retired", "1 retired", "teduh-1 published")

		third, err := d.s.Begin(ctx, d.head)
		must(t, err)
		must(t, d.s.Discard(ctx, d.head, third.ID, third.Version))
		d.expect(d.worker, "2 retired", "1 retired", "teduh-1 published")
	})
}

// What stands in use is not written over, a broken form never gets so far, and nobody reaches the form of another office.
func TestAFormIsNotBroken(t *testing.T) {
	onDesk(t, func(d *desk) {
		ctx := t.Context()
		_, err := d.s.Begin(ctx, d.worker)
		d.refused("a worker", "forbidden", err)
		e, err := d.s.Begin(ctx, d.head)
		must(t, err)
		for what, c := range map[string]struct{ raw, code string }{
			"no JSON":          {`{`, "not_json"},
			"another resource": {`{"resourceType":"Patient"}`, "not_questionnaire"},
			"a twin":           {strings.Replace(short, `"urgent"`, `"problem"`, 1), "twice"},
			"a line in a code": {strings.Replace(short, `"type":"boolean"`, `"type":"choice","answerOption":[{"valueCoding":{"code":"a\nb","display":"A"}}]`, 1), "option_code"},
		} {
			_, err := d.s.SaveDraft(ctx, d.head, e.ID, e.Version, []byte(c.raw))
			if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Field != "definition" || f.Fields[0].Code != c.code {
				t.Errorf("%s: %v", what, err)
			}
		}
		other := d.o.As("other")
		_, err = d.s.Edition(ctx, other, e.ID)
		d.refused("another office reads", "not_found", err)
		_, err = d.s.SaveDraft(ctx, other, e.ID, e.Version, []byte(short))
		d.refused("another office writes", "not_found", err)
		d.refused("another office publishes", "not_found", d.s.Publish(ctx, other, e.ID, e.Version))
		d.refused("a draft is not taken out of use", "form_state", d.s.Retire(ctx, d.head, e.ID, e.Version))
		must(t, d.s.Publish(ctx, d.head, e.ID, e.Version))
		_, err = d.s.SaveDraft(ctx, d.head, e.ID, e.Version+1, []byte(short))
		d.refused("writing over what is in use", "form_state", err)
		d.refused("throwing away what is in use", "form_state", d.s.Discard(ctx, d.head, e.ID, e.Version+1))
		d.refused("putting it in use twice", "form_state", d.s.Publish(ctx, d.head, e.ID, e.Version+1))
		d.expect(other, "teduh-1 published")
	})
}
