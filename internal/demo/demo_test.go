package demo

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Every text of every story is told for a household as the story needs it, without a gap for a name that nobody has.
func TestStoriesLeaveNoGap(t *testing.T) {
	t.Parallel()
	all, err := stories()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 14 {
		t.Errorf("%d stories, want 14 at least", len(all))
	}
	f := newFiller(1)
	f.days = days{now: time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC), zone: time.UTC}
	for _, st := range all {
		if len(st.Note) < 3 || len(st.Note) > 6 {
			t.Errorf("%s: %d notes, want 3 to 6", st.name, len(st.Note))
		}
		for range 20 {
			v := told(f, st)
			for _, text := range st.texts() {
				if said := v.say(text); said == "" && text != "" || strings.ContainsAny(said, "[]{}|") {
					t.Fatalf("%s: %q became %q", st.name, text, said)
				}
			}
		}
	}
}

func told(f *filler, st *story) voice {
	if st.Home == "" {
		_, v := f.makeBody(st)
		return v
	}
	return voice{f.chance, f.build(st.Home, st).wordsFor(st)}
}

// texts are all that a story says.
func (st *story) texts() []string {
	list := append([]string{st.Request, st.Word, st.Follow, st.Reopen}, slices.Concat(st.Tasks, st.Safety.texts())...)
	for _, n := range st.Note {
		list = append(list, n.Text, n.Place, n.With, n.Next)
	}
	for _, text := range st.Assess {
		list = append(list, text)
	}
	for _, g := range st.Goal {
		list = append(list, g.Words, g.Measure)
		for _, s := range g.Steps {
			list = append(list, s[0], s[1])
		}
	}
	for _, r := range st.Risk {
		list = append(list, r[1])
	}
	return list
}

func TestRequestsLeaveNoGap(t *testing.T) {
	t.Parallel()
	texts, err := readRequests()
	if err != nil {
		t.Fatal(err)
	}
	f := newFiller(1)
	for _, r := range texts {
		v := voice{f.chance, f.surroundings(f.codes[0])}
		v.words["klien"] = "Siti"
		for _, text := range []string{r.Text, r.Note, r.Word} {
			if said := v.say(text); strings.ContainsAny(said, "[]{}|") {
				t.Errorf("%q became %q", text, said)
			}
		}
	}
}

// The past lies on working days and before now, also when the demo is started on a Sunday, at night or early on a Monday.
func TestThePastLiesOnWorkingDays(t *testing.T) {
	t.Parallel()
	jakarta, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	for _, now := range []time.Time{time.Date(2026, 11, 22, 14, 0, 0, 0, jakarta), time.Date(2026, 11, 25, 2, 50, 0, 0, jakarta),
		time.Date(2026, 11, 23, 8, 1, 0, 0, jakarta), time.Date(2026, 11, 24, 11, 0, 0, 0, jakarta)} {
		c := days{now: now, zone: jakarta}
		for ago := range 400 {
			for _, at := range []time.Time{c.moment(ago, ago*37), c.working(now.Add(-time.Duration(ago) * 5 * time.Hour))} {
				if day := at.Weekday(); day == time.Saturday || day == time.Sunday || at.Hour() < 8 || at.Hour() >= 16 || !at.Before(now) {
					t.Fatalf("%d ago from %v is %v", ago, now, at)
				}
			}
		}
	}
}

// No part of a name covers much more than three people of a hundred, and there are 150 given and 150 family parts at least.
func TestNamesAreSpread(t *testing.T) {
	t.Parallel()
	given, family := map[string]bool{}, map[string]bool{}
	for _, p := range peoples {
		for _, list := range [][]string{p.women, p.men} {
			for _, part := range list {
				given[part] = true
			}
		}
		for _, part := range p.family {
			family[part] = true
		}
	}
	if len(given) < 150 || len(family) < 150 {
		t.Errorf("%d given and %d family parts, want 150 each", len(given), len(family))
	}
	rows := sow(t, 7, 20_000)
	seen := map[string]int{}
	for _, row := range rows {
		parts := strings.Fields(row[1])
		slices.Sort(parts)
		for _, part := range slices.Compact(parts) {
			seen[part]++
		}
	}
	for part, n := range seen {
		if n > len(rows)*32/1000 {
			t.Errorf("%q stands in %d of %d names", part, n, len(rows))
		}
	}
}

// The same seed writes the same bytes.
func TestSeedIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	var made [2]string
	for i := range made {
		dir := t.TempDir()
		if err := WriteFolder(dir, Size{People: 300, Cases: 100, Seed: 5, Region: Region}); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"people.csv", "cases.csv", "notes.csv", "referrals.csv"} {
			raw, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			made[i] += string(raw)
		}
	}
	if made[0] != made[1] {
		t.Error("two runs with one seed differ")
	}
}

// sow reads the people that WriteFolder makes.
func sow(t *testing.T, seed uint64, n int) [][]string {
	t.Helper()
	dir := t.TempDir()
	if err := WriteFolder(dir, Size{People: n, Cases: 1, Notes: 1, Referrals: 1, Seed: seed, Region: Region}); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join(dir, "people.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}
