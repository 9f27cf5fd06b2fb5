package casefile_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"teduh/internal/assessment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/form"
	"teduh/internal/person"
	"teduh/internal/practice"
)

// Whatever is written in a case or is someone's number or address stands nowhere in the files of the database.
func TestNothingSealedStandsInTheFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	database, err := db.Open(t.Context(), db.Config{Dir: dir})
	must(t, err)
	t.Cleanup(func() { must(t, database.Close()) })
	_, err = database.Migrate(t.Context())
	must(t, err)
	d := newDesk(t, database)
	ctx, worker := t.Context(), d.As("worker")
	added, err := d.People.Add(ctx, worker, person.Person{Name: "Nama Terbaca", Sealed: person.Sealed{NIK: "2172049901900001", KK: "2172040101010009",
		Street: "Penanda Jalan", Landmark: "Penanda Surau", RealName: "Penanda Asli", Phones: []person.Phone{{Number: "0800-0000-7777"}}}}, true)
	must(t, err)
	c := d.open(t, "worker", casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}})
	n, err := d.cases.WriteNote(ctx, worker, c.ID, casefile.NewNote{Kind: "phone", Sign: true, NoteText: casefile.NoteText{Text: "Penanda Catatan", Place: "Penanda Tempat"}})
	must(t, err)
	must(t, d.cases.AddToNote(ctx, worker, c.ID, n.ID, "Penanda Tambahan"))
	must(t, d.cases.StrikeNote(ctx, worker, c.ID, n.ID, "Penanda Coret"))
	_, err = d.cases.SaveDraft(ctx, worker, c.ID, "note", "text=Penanda Draf")
	must(t, err)
	_, err = d.cases.AddTask(ctx, worker, c.ID, casefile.NewTask{What: "Penanda Tugas"})
	must(t, err)
	_, err = d.cases.SetRisk(ctx, worker, c.ID, "low", "Penanda Risiko", 0)
	must(t, err)
	must(t, d.assess.Write(ctx, worker, c.ID, assessment.Writing{Answers: form.Answers{"problem": {"Penanda Asesmen"}}}))
	_, err = d.practice.AddGoal(ctx, worker, c.ID, practice.Goal{Aim: "overcome", Words: "Penanda Tujuan", Measure: "Penanda Ukuran"}, practice.Step{What: "Penanda Langkah"})
	must(t, err)
	must(t, d.practice.WriteSafetyPlan(ctx, worker, c.ID, practice.SafetyParts{Signs: "Penanda Selamat", Helpers: []practice.Contact{{Name: "Penanda Nama", Phone: "Penanda Telepon"}}}, 0))

	files, err := filepath.Glob(filepath.Join(dir, "*"))
	must(t, err)
	readable := false
	for _, path := range files {
		raw, err := os.ReadFile(path)
		must(t, err)
		readable = readable || bytes.Contains(raw, []byte("Nama Terbaca"))
		for _, marker := range []string{"Penanda", "2172049901900001", "2172040101010009", "0800-0000-7777", "80000007777"} {
			if bytes.Contains(raw, []byte(marker)) {
				t.Errorf("%s holds %q", filepath.Base(path), marker)
			}
		}
	}
	if !readable {
		t.Error("the readable name is not found either: the search looked at the wrong bytes")
	}
}
