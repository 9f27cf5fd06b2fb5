package casefile_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/bulk"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/testkit"
	"teduh/internal/unit"
)

// exported is the list as it leaves for someone: its lines without the first, which names the columns.
func (d *desk) exported(t *testing.T, as string, f casefile.Filter) [][]string {
	t.Helper()
	var file bytes.Buffer
	out, err := bulk.NewCSV(&file)
	must(t, err)
	n, err := d.cases.Export(d.ctx(t, as), d.As(as), f, out)
	must(t, err)
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.String(), "\uFEFF"))).ReadAll()
	must(t, err)
	if len(lines) != n+1 {
		t.Errorf("%d lines for %d cases", len(lines), n)
	}
	return lines[1:]
}

// ctx is a context as the door of the program makes it.
func (d *desk) ctx(t *testing.T, as string) context.Context {
	t.Helper()
	a := d.As(as)
	settings, err := d.Units.Of(t.Context(), a.Office.ID)
	must(t, err)
	return unit.With(i18n.With(access.With(t.Context(), a), i18n.ID, a.Office.Zone), settings)
}

// Two hundred and fifty cases are handed over and leave as a file: all of them, not the first page.
func TestAllCasesNotOnlyTheFirstPage(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		const many = 250
		client := d.client(t, "Siti Aminah")
		for range many {
			d.open(t, "worker", casefile.Order{Client: client})
		}
		n, err := d.cases.HandOver(t.Context(), d.As("head"), d.As("worker").User, d.As("worker2").User.String())
		if n != many || err != nil {
			t.Fatalf("%d handed over, %v", n, err)
		}
		left, err := d.cases.List(t.Context(), d.As("head"), casefile.Filter{Worker: d.As("worker").User, Limit: 1, Total: true})
		if left.Total != 0 || err != nil {
			t.Errorf("%d were left behind, %v", left.Total, err)
		}
		for _, sort := range []string{casefile.NewestFirst, casefile.OldestFirst, casefile.LatestChange, casefile.Quietest} {
			numbers := map[string]bool{}
			for _, line := range d.exported(t, "head", casefile.Filter{Sort: sort, Worker: d.As("worker2").User}) {
				numbers[line[0]] = true
			}
			if len(numbers) != many {
				t.Errorf("sorted by %s %d cases leave", sort, len(numbers))
			}
		}
	})
}

// What leaves is what the reader may see, guarded against formulas, and each reading is in the log as an export.
func TestAnExportTellsNoMoreThanTheList(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		open := d.open(t, "worker", casefile.Order{Client: d.client(t, "=HYPERLINK(1)"), Categories: []string{"25"}})
		restricted := d.open(t, "worker", casefile.Order{Client: d.client(t, "Arif Budiman"), Confidentiality: casefile.Restricted})
		secret := d.open(t, "head2", casefile.Order{Client: d.client(t, "Melati Kencana"), Confidentiality: casefile.Secret, Named: []string{d.As("psychologist").User.String()}})
		next, err := d.People.Add(t.Context(), d.As("other"), person.Person{Name: "Orang Sebelah"}, true)
		must(t, err)
		d.open(t, "other", casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: next.Person.ID}})

		lines := d.exported(t, "head", casefile.Filter{Sort: casefile.OldestFirst})
		if len(lines) != 2 || lines[0][0] != open.Number || lines[1][0] != restricted.Number || lines[0][1] != "'=HYPERLINK(1)" || lines[0][7] != "worker" {
			t.Errorf("the head's list leaves as %q", lines)
		}
		if all := d.exported(t, "head2", casefile.Filter{}); len(all) != 3 {
			t.Errorf("of the named one %d cases leave", len(all))
		}
		for _, id := range []db.ID{open.ID, restricted.ID, secret.ID} {
			var log []journal.Reading
			must(t, database.Read(t.Context(), func(r db.Reader) (err error) {
				log, err = journal.ReadingsOfCase(t.Context(), r, id, pageAll)
				return err
			}))
			by := []db.ID{}
			for _, x := range log {
				if x.Why == journal.WhyExport {
					by = append(by, x.Actor)
				}
			}
			want := 2
			if id == secret.ID {
				want = 1
			}
			if len(by) != want || slices.Contains(by, d.As("head").User) == (id == secret.ID) {
				t.Errorf("the log of %s holds exports by %v", id, by)
			}
		}
		for _, as := range []string{"supervisor", "worker", "psychologist", "intake", "admin", "auditor", "dpo"} {
			_, err := d.cases.Export(d.ctx(t, as), d.As(as), casefile.Filter{}, nil)
			refused(t, err, "forbidden")
		}
	})
}

// A view of a list is its owner's alone; at most one is the default, and what is no filter is not kept.
func TestAViewOfTheListIsKept(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		must(t, d.cases.SaveView(ctx, worker, casefile.SavedView{Name: "Risiko tinggi", Query: "risiko=high&cursor=abc&format=csv", Default: true}))
		must(t, d.cases.SaveView(ctx, worker, casefile.SavedView{Name: "Asesmen", Query: "tahap=assessment", Default: true}))
		must(t, d.cases.SaveView(ctx, worker, casefile.SavedView{Name: "Asesmen", Query: "tahap=assessment&urut=updated_at", Default: true}))
		refused(t, d.cases.SaveView(ctx, worker, casefile.SavedView{Query: "tahap=assessment"}), "invalid")
		refused(t, d.cases.SaveView(ctx, d.As("admin"), casefile.SavedView{Name: "x"}), "forbidden")
		shelf, err := d.cases.Shelf(ctx, worker)
		must(t, err)
		if len(shelf.Views) != 2 || shelf.Views[0].Query != "tahap=assessment&urut=updated_at" || !shelf.Views[0].Default || shelf.Views[1].Default || shelf.Views[1].Query != "risiko=high" {
			t.Errorf("kept: %+v", shelf.Views)
		}
		other, err := d.cases.Shelf(ctx, d.As("worker2"))
		must(t, err)
		refused(t, d.cases.DropView(ctx, d.As("worker2"), shelf.Views[0].ID), "not_found")
		must(t, d.cases.ChooseColumns(ctx, worker, []string{"village", "stage", "no such"}))
		mine, err := d.cases.Shelf(ctx, worker)
		must(t, err)
		if len(other.Views) != 0 || !slices.Equal(mine.Columns, []string{"stage", "village"}) || slices.Equal(other.Columns, mine.Columns) {
			t.Errorf("columns %q, of another %q with %d views", mine.Columns, other.Columns, len(other.Views))
		}
		must(t, d.cases.DropView(ctx, worker, shelf.Views[0].ID))
		must(t, d.cases.ChooseColumns(ctx, worker, nil))
		mine, err = d.cases.Shelf(ctx, worker)
		if err != nil || len(mine.Views) != 1 || !slices.Equal(mine.Columns, other.Columns) {
			t.Errorf("after that: %+v, %v", mine, err)
		}
	})
}

// page is an address of the case pages as someone gets it.
func (d *desk) page(t *testing.T, as, method, pattern, address string) *httptest.ResponseRecorder {
	t.Helper()
	for _, rt := range casefile.NewPages(d.cases, d.Access, d.Now).Routes() {
		if rt.Method == method && rt.Path == pattern {
			w := httptest.NewRecorder()
			must(t, rt.Handle(w, httptest.NewRequestWithContext(d.ctx(t, as), method, address, nil)))
			return w
		}
	}
	t.Fatalf("no route %s %s", method, pattern)
	return nil
}

// The list keeps its filters in the address, begins with the reader's own view, and shows the columns they chose.
func TestTheListAsItsReaderWantsIt(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		high := d.open(t, "worker", casefile.Order{Client: d.client(t, "Wulan Sari"), Village: "21.72.04.1002"})
		_, err := d.cases.SetRisk(t.Context(), d.As("worker"), high.ID, "high", "Diancam", 0)
		must(t, err)
		calm := d.open(t, "worker", casefile.Order{Client: d.client(t, "Siti Aminah")})
		holds := func(address string, want, not []string) {
			t.Helper()
			html := d.page(t, "worker", "GET", "/kasus", address).Body.String()
			for _, text := range want {
				if !strings.Contains(html, text) {
					t.Errorf("%s: %q is missing", address, text)
				}
			}
			for _, text := range not {
				if strings.Contains(html, text) {
					t.Errorf("%s: %q stands there", address, text)
				}
			}
		}
		holds("/kasus", []string{high.Number, calm.Number, "Wulan Sari", `data-label="Risiko"`}, []string{`data-label="Kelurahan"`, "/kasus/ekspor"})
		holds("/kasus?risiko=high&status=open", []string{high.Number, "Hapus saringan"}, []string{calm.Number})
		holds("/kasus?q=siti", []string{calm.Number, "«siti»"}, []string{high.Number})
		holds("/kasus?petugas="+d.As("worker2").User.String(), nil, []string{calm.Number, high.Number})
		must(t, d.cases.ChooseColumns(t.Context(), d.As("worker"), []string{"village"}))
		holds("/kasus?status=open", []string{`data-label="Kelurahan"`}, []string{`data-label="Risiko"`})
		must(t, d.cases.SaveView(t.Context(), d.As("worker"), casefile.SavedView{Name: "Bahaya", Query: "risiko=high", Default: true}))
		if w := d.page(t, "worker", "GET", "/kasus", "/kasus"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/kasus?risiko=high" {
			t.Errorf("the list begins at %d %s", w.Code, w.Header().Get("Location"))
		}
		w := d.page(t, "head", "GET", "/kasus/ekspor", "/kasus/ekspor?format=csv&risiko=high")
		if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="kasus-2026-11-24.csv"` || !strings.Contains(w.Body.String(), high.Number) || strings.Contains(w.Body.String(), calm.Number) {
			t.Errorf("the file %q holds %s", got, w.Body)
		}
	})
}

// Paper holds what was signed, with both its times, and nothing that is for the house alone.
func TestTheSummaryOnPaper(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		c := d.open(t, "worker", casefile.Order{Client: d.client(t, "Siti Aminah"), Confidentiality: casefile.Restricted})
		_, err := d.cases.SetRisk(ctx, worker, c.ID, "high", "Diancam", 0)
		must(t, err)
		write := func(kind, text string, sign bool) db.ID {
			t.Helper()
			n, err := d.cases.WriteNote(ctx, worker, c.ID, casefile.NewNote{Kind: kind, HappenedAt: d.Now().AddDate(0, 0, -3), Minutes: 45, NoteText: casefile.NoteText{Text: text}, Sign: sign})
			must(t, err)
			return n.ID
		}
		for range 205 {
			write("phone", "Telepon biasa", true)
		}
		write("home_visit", "Rumah rapi", true)
		write("supervision", "Bicara dengan supervisor", true)
		write("phone", "Belum ditandatangani", false)
		must(t, d.cases.StrikeNote(ctx, worker, c.ID, write("phone", "Salah kasus", true), "Salah kasus"))
		html := d.paper(t, "worker", c.ID)
		if n := strings.Count(html, "Telepon biasa"); n != 205 {
			t.Errorf("%d of 205 notes are on paper", n)
		}
		for _, text := range []string{"Rumah rapi", "21 November 2026", "Dicatat 24 November 2026", "Siti Aminah", c.Number} {
			if !strings.Contains(html, text) {
				t.Errorf("%q is missing on paper", text)
			}
		}
		for _, text := range []string{"supervisor", "Belum ditandatangani", "Salah kasus", "Risiko", "Terbatas", "Diancam"} {
			if strings.Contains(html, text) {
				t.Errorf("%q stands on paper", text)
			}
		}
	})
}

// paper is the printable summary as someone gets it.
func (d *desk) paper(t *testing.T, as string, id db.ID) string {
	t.Helper()
	for _, rt := range casefile.NewPages(d.cases, d.Access, d.Now).Routes() {
		if rt.Path == "/kasus/{id}/cetak" {
			r := httptest.NewRequestWithContext(d.ctx(t, as), http.MethodGet, "/kasus/"+id.String()+"/cetak", nil)
			r.SetPathValue("id", id.String())
			w := httptest.NewRecorder()
			must(t, rt.Handle(w, r))
			return w.Body.String()
		}
	}
	t.Fatal("no such page")
	return ""
}
