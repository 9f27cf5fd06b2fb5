package day_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/day"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/intake"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/referral"
	"teduh/internal/supervision"
	"teduh/internal/testkit"
	"teduh/internal/unit"
)

// desk is an office at the beginning of a day.
type desk struct {
	*testkit.Office
	cases    *casefile.Service
	requests *intake.Service
	practice *practice.Service
	pages    *day.Pages
}

func newDesk(t *testing.T, d *db.DB) *desk {
	o := testkit.NewOffice(t, d)
	cases := casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})
	requests := intake.NewService(intake.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Cases: cases, Office: o.Units, Now: o.Now})
	work := practice.NewService(cases)
	return &desk{Office: o, cases: cases, requests: requests, practice: work,
		pages: day.NewPages(day.Services{Cases: cases, Requests: requests, Practice: work, Referrals: referral.NewService(referral.Needs{DB: d, Journal: o.Journal, Cases: cases, People: o.People, Office: o.Units, Now: o.Now}), Now: o.Now,
			Guidance: supervision.NewService(supervision.Needs{DB: d, Cases: cases, Now: o.Now})})}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (d *desk) open(t *testing.T, as, client string, level int, named ...string) casefile.Case {
	t.Helper()
	added, err := d.People.Add(t.Context(), d.As(as), person.Person{Name: client}, true)
	must(t, err)
	order := casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}, Confidentiality: level}
	for _, who := range named {
		order.Named = append(order.Named, d.As(who).User.String())
	}
	c, err := d.cases.Open(t.Context(), d.As(as), order)
	must(t, err)
	return c
}

func (d *desk) task(t *testing.T, as string, c db.ID, what string, due db.Date) db.ID {
	t.Helper()
	task, err := d.cases.AddTask(t.Context(), d.As(as), c, casefile.NewTask{What: what, DueOn: due})
	must(t, err)
	return task.ID
}

// page is the day page of someone, as HTML.
func (d *desk) page(t *testing.T, as, address string) string {
	t.Helper()
	a := d.As(as)
	settings, err := d.Units.Of(t.Context(), a.Office.ID)
	must(t, err)
	ctx := unit.With(i18n.With(access.With(t.Context(), a), i18n.ID, a.Office.Zone), settings)
	w := httptest.NewRecorder()
	must(t, d.pages.Routes()[0].Handle(w, httptest.NewRequestWithContext(ctx, http.MethodGet, address, nil)))
	if w.Code != http.StatusOK {
		t.Fatalf("%s as %s: %d", address, as, w.Code)
	}
	return w.Body.String()
}

// inOrder tells whether texts stand in a page one after the other.
func inOrder(t *testing.T, html string, texts ...string) {
	t.Helper()
	rest := html
	for _, text := range texts {
		_, after, ok := strings.Cut(rest, text)
		if !ok {
			t.Fatalf("%q does not stand where it should (after those before it in %q)", text, texts)
		}
		rest = after
	}
}

func (d *desk) absent(t *testing.T, html string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(html, text) {
			t.Errorf("%q stands on the page", text)
		}
	}
}

// What needs doing stands by what hurts most if it is left: someone in danger nobody reached, a danger without a plan, other
// late requests, a late task, one of today, and last an unsigned note.
func TestTheDayBeginsWithWhatHurtsMost(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		today := db.DayOf(d.Now(), worker.Office.Zone)
		c := d.open(t, "worker", "Siti Aminah", casefile.Ordinary)
		_, err := d.cases.WriteNote(ctx, worker, c.ID, casefile.NewNote{Kind: "home_visit", NoteText: casefile.NoteText{Text: "Rumah terkunci"}})
		must(t, err)
		d.task(t, "worker", c.ID, "Telepon wali kelas", today.AddDays(8))
		lateTask := d.task(t, "worker", c.ID, "Siapkan lembar musyawarah", today.AddDays(7))
		d.task(t, "worker", c.ID, "Kabari fasilitator", today.AddDays(10))
		high := d.open(t, "worker", "Wulan Sari", casefile.Ordinary)
		_, err = d.cases.SetRisk(ctx, worker, high.ID, "high", "Diancam dengan pisau", 0)
		must(t, err)
		planned := d.open(t, "worker", "Dewi Lestari", casefile.Ordinary)
		_, err = d.cases.SetRisk(ctx, worker, planned.ID, "high", "Diancam", 0)
		must(t, err)
		must(t, d.practice.WriteSafetyPlan(ctx, worker, planned.ID, practice.SafetyParts{Text: "Ke rumah Bu RT"}, 0))
		for _, q := range []intake.Request{{Urgency: "three_days", Told: intake.Told{Narrative: "Tanya soal hak asuh"}},
			{Danger: []string{"violence_now"}, Told: intake.Told{Narrative: "Takut pulang malam ini"}}} {
			_, err := d.requests.Record(ctx, d.As("intake"), q)
			must(t, err)
		}
		d.Clock.Add(8 * 24 * time.Hour)
		_, err = d.requests.Record(ctx, d.As("intake"), intake.Request{Told: intake.Told{Narrative: "Utang pinjaman daring"}})
		must(t, err)

		html := d.page(t, "worker", "/")
		_, first, _ := strings.Cut(html, `id="perlu-tindakan"`)
		first, rest, _ := strings.Cut(first, `id="h-requests"`)
		inOrder(t, first, "Takut pulang malam ini", "Wulan Sari", "Tanya soal hak asuh", "Siapkan lembar musyawarah", "Telepon wali kelas", "Tanda tangani catatan: Kunjungan rumah")
		d.absent(t, first, "Dewi Lestari", "Utang pinjaman daring", "Kabari fasilitator", "Rumah terkunci")
		inOrder(t, rest, "Utang pinjaman daring", "/ambil", "Kabari fasilitator")
		late := func(as string) int {
			t.Helper()
			n, err := d.cases.LateTasks(ctx, d.As(as), today.AddDays(8))
			must(t, err)
			return n
		}
		before := late("worker") // among them those that the rules of the office made
		must(t, d.cases.FinishTask(ctx, worker, lateTask, false, ""))
		if now := late("worker"); before < 1 || now != before-1 || late("worker2") != 0 {
			t.Errorf("the bell counts %d late tasks, %d after one was done", before, now)
		}
		d.absent(t, d.page(t, "worker2", "/"), "Wulan Sari", "Siapkan lembar", "Tanda tangani catatan")
		d.absent(t, d.page(t, "other", "/"), "Takut pulang", "Wulan Sari")

		d.Clock.Add(7 * 24 * time.Hour) // 15 days after the last change
		quiet := d.page(t, "worker", "/")
		inOrder(t, quiet, `id="h-quiet"`, "Siti Aminah", "15 hari tanpa perubahan")
	})
}

// A head sees how the work lies on the team, who is left without a worker, and of secret cases only those nobody can open.
func TestTheTeamAsItsHeadSeesIt(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, head := t.Context(), d.As("head")
		today := db.DayOf(d.Now(), head.Office.Zone)
		for range 3 {
			d.open(t, "worker", "Siti Aminah", casefile.Ordinary)
		}
		d.open(t, "worker2", "Arif Budiman", casefile.Restricted)
		walled := d.open(t, "worker2", "Keluarga sendiri", casefile.Ordinary)
		must(t, d.cases.Wall(ctx, d.As("head2"), walled.ID, head.User))
		d.open(t, "head2", "Rahasia Sekali", casefile.Secret, "psychologist")
		d.task(t, "worker", d.open(t, "worker", "Wulan Sari", casefile.Ordinary).ID, "Telepon", today.AddDays(-1))

		loads := func(as string) (list []string) {
			t.Helper()
			team, err := d.cases.Team(ctx, d.As(as), casefile.TeamAsk{Today: today, Adrift: 8})
			must(t, err)
			for _, l := range team.Loads {
				if l.Open == 0 {
					continue
				}
				list = append(list, l.Worker.Name+" "+strings.Repeat("o", l.Open)+strings.Repeat("!", l.Late))
			}
			return list
		}
		if got := loads("head"); !slices.Equal(got, []string{"worker oooo!", "worker2 o"}) {
			t.Errorf("the head sees %q", got)
		}
		if got := loads("head2"); !slices.Equal(got, []string{"worker oooo!", "worker2 oo", "head2 o"}) {
			t.Errorf("the second head, who is named and behind no wall, sees %q", got)
		}
		if got := loads("supervisor"); !slices.Equal(got, []string{"worker oooo!"}) {
			t.Errorf("the supervisor sees %q", got)
		}
		_, err := d.cases.Team(ctx, d.As("worker"), casefile.TeamAsk{Today: today})
		if !fault.Is(err, "forbidden") {
			t.Errorf("a worker sees the team: %v", err)
		}
		must(t, d.Access.Disable(ctx, d.As("admin"), d.As("worker2").User))
		html := d.page(t, "head", "/")
		inOrder(t, html, `id="h-team"`, "worker", `id="h-adrift"`, "Arif Budiman")
		d.absent(t, html, "Keluarga sendiri", "Rahasia Sekali")
		d.absent(t, d.page(t, "head", "/?tampil=saya"), `id="h-team"`)
	})
}

// When the last of the named has left, the head sees the number and «tetapkan ulang», and nothing else until it is done.
func TestASecretCaseIsNamedAnewWhenItsLastReaderLeaves(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, head := t.Context(), d.As("head")
		c := d.open(t, "head2", "Melati Kencana", casefile.Secret, "psychologist")
		id := []string{d.As("worker").User.String()}
		d.absent(t, d.page(t, "head", "/"), c.Number, "Melati")
		if err := d.cases.NameAnew(ctx, head, c.ID, id); !fault.Is(err, "not_found") {
			t.Errorf("a case with readers is named anew: %v", err)
		}
		for _, named := range []string{"head2", "psychologist"} {
			d.absent(t, d.page(t, "head", "/"), c.Number)
			must(t, d.Access.Disable(ctx, d.As("admin"), d.As(named).User))
		}
		html := d.page(t, "head", "/")
		inOrder(t, html, c.Number, "tetapkan ulang")
		d.absent(t, html, "Melati")
		d.absent(t, d.page(t, "supervisor", "/"), c.Number)
		if _, err := d.cases.Get(ctx, head, c.ID, "page"); !fault.Is(err, "not_found") {
			t.Errorf("the head opens it: %v", err)
		}
		if err := d.cases.NameAnew(ctx, d.As("worker"), c.ID, id); !fault.Is(err, "forbidden") {
			t.Errorf("a worker names: %v", err)
		}
		if err := d.cases.NameAnew(ctx, d.As("other"), c.ID, id); !fault.Is(err, "not_found") {
			t.Errorf("another office names: %v", err)
		}
		if err := d.cases.NameAnew(ctx, head, c.ID, nil); !fault.Is(err, "invalid") {
			t.Errorf("one alone is named: %v", err)
		}
		must(t, d.cases.NameAnew(ctx, head, c.ID, id))
		if _, err := d.cases.Get(ctx, d.As("worker"), c.ID, "page"); err != nil {
			t.Errorf("the worker who was named: %v", err)
		}
		d.absent(t, d.page(t, "head", "/"), "tetapkan ulang")
	})
}
