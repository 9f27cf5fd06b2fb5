package casefile_test

import (
	"slices"
	"testing"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/testkit"
)

// texts are the texts of a case's notes as someone reads them.
func (d *desk) texts(t *testing.T, as string, c casefile.Case, p casefile.NotesPage) (list []string) {
	t.Helper()
	p.Limit = 50
	notes, _, err := d.cases.Notes(t.Context(), d.As(as), c.ID, p, "page")
	must(t, err)
	for _, n := range notes {
		list = append(list, n.Text)
	}
	slices.Sort(list)
	return list
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// withPsychologist opens a case of the worker's with the psychologist in its team.
func (d *desk) withPsychologist(t *testing.T) casefile.Case {
	t.Helper()
	c := d.open(t, "worker", casefile.Order{})
	team := []string{d.As("psychologist").User.String()}
	c, err := d.cases.Change(t.Context(), d.As("worker"), c.ID, casefile.Edit{Team: &team})
	must(t, err)
	return c
}

// A psychologist writes what a child told; colleagues on the same case, its head and its supervisor don't learn that there is
// such a note: it stands in no list, count, history, log of readers or search, meets no gate and does not stir the case.
func TestAPsychologicalNoteIsForPsychologistsAlone(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx := t.Context()
		c := d.withPsychologist(t)
		before, err := d.cases.Get(ctx, d.As("worker"), c.ID, "page")
		must(t, err)
		d.Clock.Add(7 * 24 * 3600e9)
		n, err := d.cases.WriteNote(ctx, d.As("psychologist"), c.ID, casefile.NewNote{Kind: casefile.Psychological, Sign: true, Services: []string{"counselling"},
			NoteText: casefile.NoteText{Text: "Anak bercerita tentang mimpi buruk"}})
		must(t, err)
		must(t, d.cases.AddToNote(ctx, d.As("psychologist"), c.ID, n.ID, "Mimpi berulang"))

		same(t, "the psychologist reads", d.texts(t, "psychologist", c, casefile.NotesPage{}), "Anak bercerita tentang mimpi buruk")
		for _, as := range []string{"worker", "worker2", "head", "supervisor"} {
			same(t, as, d.texts(t, as, c, casefile.NotesPage{}))
			same(t, as+" by kind", d.texts(t, as, c, casefile.NotesPage{Kind: casefile.Psychological}))
			same(t, as+" by word", d.texts(t, as, c, casefile.NotesPage{Word: "mimpi"}))
		}
		line, err := d.cases.Timeline(ctx, d.As("head"), c.ID, pageAll)
		must(t, err)
		for _, h := range line {
			if h.Subject == n.ID {
				t.Errorf("the head's history tells of it: %s", h.Code)
			}
		}
		line, err = d.cases.Timeline(ctx, d.As("psychologist"), c.ID, pageAll)
		must(t, err)
		if !slices.ContainsFunc(line, func(h casefile.Happening) bool { return h.Subject == n.ID && h.Code == "note.added_to" }) {
			t.Error("the psychologist's history does not tell of it")
		}
		must(t, d.Journal.LogNow(ctx, journal.Reading{Office: c.Office, Actor: d.As("psychologist").User, Kind: "note", Subject: n.ID, Case: c.ID, Why: journal.WhyWork, Origin: "page"}))
		readings, err := d.cases.Readings(ctx, d.As("head"), c.ID, pageAll)
		must(t, err)
		if slices.ContainsFunc(readings, func(r journal.Reading) bool { return r.Subject == n.ID }) {
			t.Error("the log of readers tells the head of it")
		}
		after, err := d.cases.Get(ctx, d.As("worker"), c.ID, "page")
		must(t, err)
		if after.Version != before.Version || after.UpdatedAt != before.UpdatedAt {
			t.Error("the case counts as changed")
		}
		_, err = d.cases.MoveStage(ctx, d.As("worker"), c.ID, casefile.Step{To: casefile.Engagement})
		refused(t, err, "gate_not_met")
	})
}

// Only psychologists write such a note; the colleague it names reads it and leaves it as it is, and to others it is not found.
func TestWhoWritesAndIsNamedInAPsychologicalNote(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, psychologist := t.Context(), d.As("psychologist")
		c := d.withPsychologist(t)
		words := casefile.NoteText{Text: "Hasil wawancara klinis"}
		for _, as := range []string{"worker", "head"} {
			_, err := d.cases.WriteNote(ctx, d.As(as), c.ID, casefile.NewNote{Kind: casefile.Psychological, NoteText: words})
			refused(t, err, "forbidden")
		}
		_, err := d.cases.WriteNote(ctx, psychologist, c.ID, casefile.NewNote{Kind: "phone", NoteText: words, Named: []string{d.As("worker").User.String()}})
		refused(t, err, "invalid")
		for _, stranger := range []string{"siapa@example.org", d.As("intake").User.String()} {
			_, err = d.cases.WriteNote(ctx, psychologist, c.ID, casefile.NewNote{Kind: casefile.Psychological, NoteText: words, Named: []string{stranger}})
			refused(t, err, "invalid")
		}
		n, err := d.cases.WriteNote(ctx, psychologist, c.ID, casefile.NewNote{Kind: casefile.Psychological, NoteText: words, Named: []string{d.As("worker").User.String()}})
		must(t, err)
		same(t, "the named, before it is signed", d.texts(t, "worker", c, casefile.NotesPage{}))
		_, err = d.cases.WriteNote(ctx, psychologist, c.ID, casefile.NewNote{ID: n.ID, Version: n.Version, Kind: "phone", NoteText: words})
		refused(t, err, "invalid")
		must(t, d.cases.SignNote(ctx, psychologist, c.ID, n.ID))
		same(t, "the named", d.texts(t, "worker", c, casefile.NotesPage{}), words.Text)
		same(t, "the head", d.texts(t, "head", c, casefile.NotesPage{}))
		refused(t, d.cases.AddToNote(ctx, d.As("worker"), c.ID, n.ID, "Setuju"), "forbidden")
		refused(t, d.cases.AddToNote(ctx, d.As("head"), c.ID, n.ID, "Setuju"), "not_found")
		refused(t, d.cases.StrikeNote(ctx, d.As("head"), c.ID, n.ID, "Tidak perlu"), "not_found")

		ordinary, err := d.cases.WriteNote(ctx, psychologist, c.ID, casefile.NewNote{Kind: "phone", NoteText: words})
		must(t, err)
		_, err = d.cases.WriteNote(ctx, psychologist, c.ID, casefile.NewNote{ID: ordinary.ID, Version: ordinary.Version, Kind: casefile.Psychological, NoteText: words})
		refused(t, err, "invalid")
	})
}

// An unsigned psychological note holds nobody else's closing up and counts for nobody else; who is named in a secret case reads
// what is signed there.
func TestAnUnsignedPsychologicalNoteIsNobodyElses(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, psychologist := t.Context(), d.As("psychologist")
		c := d.withPsychologist(t)
		_, err := d.cases.WriteNote(ctx, psychologist, c.ID, casefile.NewNote{Kind: casefile.Psychological, NoteText: casefile.NoteText{Text: "Separuh jalan"}})
		must(t, err)
		for as, want := range map[string]int{"head": 0, "psychologist": 1} {
			open, err := d.cases.ToSettle(ctx, d.As(as), c.ID)
			must(t, err)
			if open.Own+open.Others != want {
				t.Errorf("%s is told of %d and %d unsigned notes, want %d", as, open.Own, open.Others, want)
			}
		}
		list, err := d.cases.List(ctx, d.As("head"), casefile.Filter{Unsigned: true, Limit: 5})
		must(t, err)
		if len(list.Items) != 0 {
			t.Error("the case stands among those with unsigned notes")
		}

		secret := d.open(t, "psychologist", casefile.Order{Client: d.client(t, "Arif"), Confidentiality: casefile.Secret, Named: []string{d.As("head").User.String()}})
		_, err = d.cases.WriteNote(ctx, psychologist, secret.ID, casefile.NewNote{Kind: casefile.Psychological, Sign: true, NoteText: casefile.NoteText{Text: "Sangat rahasia"}})
		must(t, err)
		same(t, "the named head", d.texts(t, "head", secret, casefile.NotesPage{}), "Sangat rahasia")
		if slices.Contains(casefile.KindsFor(d.As("head")), casefile.Psychological) || !slices.Contains(casefile.KindsFor(access.NewActor(db.NewID(), "P", psychologist.Office, access.Worker, access.Psychologist)), casefile.Psychological) {
			t.Error("the kind is offered to the wrong people")
		}
	})
}
