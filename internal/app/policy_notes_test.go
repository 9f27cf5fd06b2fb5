package app_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"teduh/internal/db"
)

// noteReaders are the addresses where notes of a case are read by those who may; at every other one stands no word of a
// psychological note, whoever asks.
var noteReaders = []string{"GET /kasus/{id}", "GET /api/v1/cases/{id}", "GET /api/v1/cases/{id}/notes"}

// POLICY, row psychologist: psychological notes are a kind of their own, seen by psychologists and the named. To everyone else
// no page, list, file, history or log tells of them, and an act on one is answered like an act on none.
func TestPsychologicalNotesAreReadAsThePolicySays(t *testing.T) {
	t.Parallel()
	cities(t, func(t *testing.T, w *city) {
		p := policy(t)
		w.stopWriting()
		table := p.reach["psychological"]
		for _, who := range w.people {
			answers, named := table[who.name]
			for i, s := range w.subjects[:3] {
				w.readsNotes(p, who, s, named && answers[i] == "yes")
			}
		}
		w.onlyStopped()
	})
}

// A member's own note is read in the case, by whoever reads the case; no paper, file or review that others get holds a word of
// it, but the print for that member alone.
func TestAMembersOwnNoteStandsInNothingForOthers(t *testing.T) {
	t.Parallel()
	cities(t, func(t *testing.T, w *city) {
		p := policy(t)
		s, words := w.subjects[0], "Sendiri "+w.subjects[0].names[0]
		s.ids = maps.Clone(s.ids)
		s.ids["case"] = s.ids["group"]
		for _, who := range w.people {
			if who.name != "in-charge" && who.name != "named-head" {
				continue
			}
			for _, r := range p.rules {
				if r.method == http.MethodGet && strings.Contains(r.path, "{id}") && strings.Contains(w.ask(r, who, s).Body.String(), words) != slices.Contains(ownReaders, r.String()) {
					t.Errorf("%s as %s: a member's own note", r, who.name)
				}
			}
			at := "/kasus/" + s.ids["group"]
			for question, reads := range map[string]bool{at + "?anggota=" + s.ids["member"]: true, at + "?anggota=bersama": false, at + "?kata=Sendiri": false, at + "/cetak": false,
				at + "/cetak?anggota=" + s.ids["member"]: true, at + "/kelompok/sesi/" + s.ids["session"] + "?anggota=" + s.ids["member"]: true,
				"/api/v1/cases/" + s.ids["group"] + "/notes?shared=true": false} {
				if got := w.put(who, "GET "+question).Body.String(); strings.Contains(got, words) != reads {
					t.Errorf("%s as %s: reads a member's own note: %t", question, who.name, !reads)
				}
			}
		}
	})
}

// ownReaders are the addresses where a program reads all notes of a case; each names its member.
var ownReaders = []string{"GET /api/v1/cases/{id}", "GET /api/v1/cases/{id}/notes"}

// formKey is what makes each form of a page its own.
var formKey = regexp.MustCompile(`name="form_key" value="[^"]*"`)

func (w *city) readsNotes(p policyFile, who someone, s subject, may bool) {
	w.t.Helper()
	words := "Klinis " + s.names[0]
	for _, r := range p.rules {
		if r.method != http.MethodGet || !strings.Contains(r.path, "{id}") {
			continue
		}
		got := w.ask(r, who, s).Body.String()
		reads, at := strings.Contains(got, words), slices.Contains(noteReaders, r.String())
		if reads != (may && at) {
			w.t.Errorf("%s as %s, level %d: reads a psychological note: %t", r, who.name, s.level, reads)
		}
		if !may && strings.Contains(got, s.ids["clinical"]) {
			w.t.Errorf("%s as %s, level %d: tells the key of a psychological note", r, who.name, s.level)
		}
	}
	for _, question := range []string{"GET /kasus/" + s.ids["case"] + "?kata=Klinis", "GET /kasus/" + s.ids["case"] + "?jenis=psychological",
		"GET /api/v1/cases/" + s.ids["case"] + "/notes?word=Klinis", "GET /api/v1/cases/" + s.ids["case"] + "/notes?kind=psychological"} {
		if reads := strings.Contains(w.put(who, question).Body.String(), words); reads != may {
			w.t.Errorf("%s as %s, level %d: finds a psychological note: %t", question, who.name, s.level, reads)
		}
	}
	if who.role == "" || may {
		return
	}
	for act, body := range map[string]string{"tambah": "text=Tambahan", "coret": "reason=Salah+orang", "tandatangani": ""} {
		ask := func(note string) string {
			at := "/kasus/" + s.ids["case"] + "/catatan/" + note + "/" + act
			got := faceless(w.send(http.MethodPost, who, at, body, "Content-Type", "application/x-www-form-urlencoded"), s)
			return formKey.ReplaceAllString(got, "…")
		}
		none := db.NewID().String()
		if a, b := ask(s.ids["clinical"]), strings.ReplaceAll(ask(none), none, "…"); a != b {
			w.t.Errorf("%s as %s, level %d: a hidden note differs from none:\n%s", act, who.name, s.level, apart(a, b))
		}
	}
}
