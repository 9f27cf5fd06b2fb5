package app_test

import (
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
