package demo

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"teduh/internal/region"
)

// Size of made-up data; what is 0 follows from the cases.
type Size struct {
	People, Cases, Notes, Referrals, Workers int
	Seed                                     uint64
	Region                                   string // the city whose kelurahan they live in
}

// The days of seeded data lie in five whole years, so that the same seed makes the same data on whatever day.
var (
	seedFrom = time.Date(2021, 1, 4, 1, 0, 0, 0, time.UTC)
	seedDays = 5*365 - 10
)

// sown is made-up data on its way into a bulk folder.
type sown struct {
	Size
	filler
	texts []string // what notes are made of
	out   *csv.Writer
	err   error
}

// WriteFolder writes a bulk folder of made-up people, cases, notes and referrals. The same size and seed write the same
// bytes.
func WriteFolder(dir string, s Size) error {
	if s.Notes == 0 {
		s.Notes = 10 * s.Cases
	}
	if s.Referrals == 0 {
		s.Referrals = s.Cases + s.Cases/5
	}
	if s.Workers == 0 {
		s.Workers = max(1, s.Cases/200)
	}
	w := &sown{Size: s}
	for _, d := range region.Villages(s.Region) {
		for _, v := range d.Villages {
			w.codes = append(w.codes, v.Code)
		}
	}
	var err error
	if w.texts, err = noteTexts(s.Seed); err != nil {
		return err
	}
	for i, file := range []struct {
		name string
		fill func()
	}{{"people.csv", w.people}, {"cases.csv", w.cases}, {"notes.csv", w.notes}, {"referrals.csv", w.sendings}} {
		w.chance = rand.New(rand.NewPCG(s.Seed, uint64(i)))
		w.names = namer{w.chance}
		if err := w.write(filepath.Join(dir, file.name), file.fill); err != nil {
			return err
		}
	}
	return nil
}

func (w *sown) write(path string, fill func()) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(file, 1<<20)
	w.out, w.err = csv.NewWriter(io.Writer(buffered)), nil
	fill()
	w.out.Flush()
	return errors.Join(w.err, w.out.Error(), buffered.Flush(), file.Close())
}

func (w *sown) row(cells ...string) {
	if w.err == nil {
		w.err = w.out.Write(cells)
	}
}

func (w *sown) id(kind string, i int) string { return fmt.Sprintf("%s%d-%07d", kind, w.Seed, i+1) }

func (w *sown) worker(i int) string {
	return fmt.Sprintf("petugas%03d@seed.teduh.example", i%w.Workers+1)
}

// among is a chance of n in a hundred.
func (w *sown) among(n int) bool { return w.chance.IntN(100) < n }

func (w *sown) people() {
	w.row("id", "name", "nik", "birth_date", "sex", "village_code", "phone")
	for i := range w.People {
		sex := "f"
		if w.among(45) {
			sex = "m"
		}
		name := w.names.whole(w.names.group(), sex)
		birth := seedFrom.AddDate(0, 0, -w.chance.IntN(80*365)).Format(time.DateOnly)
		if w.among(10) {
			birth = ""
		}
		nik, phone := "", ""
		if w.among(70) {
			nik = fmt.Sprintf("21720499%02d%02d%04d", i/9999%12+1, i/(9999*12)%100, i%9999+1)
		}
		if w.among(60) {
			phone = fmt.Sprintf("08000000%06d", i)
		}
		w.row(w.id("P", i), name, nik, birth, sex, pick(&w.filler, w.codes), phone)
	}
}

func (w *sown) cases() {
	w.row("id", "client_id", "worker", "stage", "status", "risk", "category", "opened_on", "closed_on")
	stages := []string{"outreach", "engagement", "assessment", "assessment", "planning", "intervention", "intervention", "evaluation", "termination"}
	for i := range w.Cases {
		day, closed, status := w.chance.IntN(seedDays), "", "open"
		opened := seedFrom.AddDate(0, 0, day)
		if w.among(60) {
			status, closed = "closed", opened.AddDate(0, 0, w.chance.IntN(min(400, seedDays-day)+1)).Format(time.DateOnly)
		}
		category := "25"
		if w.among(50) {
			category = strconv.Itoa(1 + w.chance.IntN(26))
		}
		w.row(w.id("K", i), w.id("P", w.chance.IntN(w.People)), w.worker(w.chance.IntN(w.Workers)), pick(&w.filler, stages), status,
			pick(&w.filler, []string{"none", "low", "low", "medium", "medium", "high"}), category, opened.Format(time.DateOnly), closed)
	}
}

func (w *sown) notes() {
	w.row("id", "case_id", "author", "happened_at", "recorded_at", "kind", "text")
	kinds := []string{"phone", "home_visit", "counselling", "short_record", "process_record", "follow_up"}
	for i := range w.Notes {
		at := seedFrom.AddDate(0, 0, w.chance.IntN(seedDays)).Add(time.Duration(w.chance.IntN(9*60)) * time.Minute)
		text := pick(&w.filler, w.texts)
		for w.among(50) {
			text += "\n\n" + pick(&w.filler, w.texts)
		}
		w.row(w.id("C", i), w.id("K", w.chance.IntN(w.Cases)), w.worker(w.chance.IntN(w.Workers)), at.Format(time.RFC3339),
			at.Add(time.Duration(w.chance.IntN(600))*time.Minute).Format(time.RFC3339), pick(&w.filler, kinds), text)
	}
}

// Where the demo's city sends people to; the names are those of kinds of services, no real body's.
var services = []string{"Rumah sakit: poli jiwa", "Rumah sakit: visum", "Rumah aman", "Bantuan hukum", "Unit PPA kepolisian", "Puskesmas: konseling remaja",
	"Sekolah kejar paket", "Dinas sosial: bantuan sementara", "Kependudukan: akta dan KK", "Balai latihan kerja", "Panti lanjut usia", "Rehabilitasi NAPZA"}

// noteTexts are the stories' notes told many times, each time of other people.
func noteTexts(s uint64) ([]string, error) {
	all, err := stories()
	if err != nil {
		return nil, err
	}
	f := newFiller(s)
	var texts []string
	for _, st := range all {
		for range tellings {
			v := voice{f.chance, f.surroundings(pick(f, f.codes))}
			v.words["anak"], v.words["adik"], v.words["klien"] = v.words["teman"], "adiknya", v.words["ibu"]
			v.words["nenek"] = "Nenek " + f.names.part(f.names.group().women)
			for _, n := range st.Note {
				texts = append(texts, beginning(v.say(n.Text)))
			}
		}
	}
	return texts, nil
}

const tellings = 25

// beginning is the first two sentences: a note of measured data is as long as most real ones, not as the best.
func beginning(text string) string {
	parts := strings.SplitAfterN(text, ". ", 3)
	return strings.TrimSpace(strings.Join(parts[:min(2, len(parts))], ""))
}

func (w *sown) sendings() {
	w.row("id", "case_id", "partner_service", "status", "sent_at", "answered_at")
	states := []string{"sent", "accepted", "in_service", "completed", "completed", "completed", "declined", "not_attended"}
	for i := range w.Referrals {
		sent, status, answered := seedFrom.AddDate(0, 0, w.chance.IntN(seedDays)), pick(&w.filler, states), ""
		if status != "sent" {
			answered = sent.Add(time.Duration(w.chance.IntN(14*24)) * time.Hour).Format(time.RFC3339)
		}
		w.row(w.id("R", i), w.id("K", w.chance.IntN(w.Cases)), pick(&w.filler, services), status, sent.Format(time.RFC3339), answered)
	}
}
