package supervision_test

import (
	"slices"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/supervision"
	"teduh/internal/testkit"
)

// A supervisor talks a case over with the worker in charge and writes it down. The worker, those who supervise and the head
// read it; a colleague of the team does not.
func TestASupervisionIsNotedForThoseItConcerns(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open("worker", "Wulan Sari", casefile.Ordinary)
		team := []string{d.As("worker2").User.String()}
		_, err := d.cases.Change(d.ctx, d.As("worker"), c.ID, casefile.Edit{Team: &team})
		must(t, err)
		theirs := d.open("worker2", "Bukan Binaan", casefile.Ordinary)
		said := supervision.Note{Minutes: 45, NoteText: supervision.NoteText{Text: "Ia lelah setelah kunjungan malam", Agreed: "Berdua ke rumah itu"}}
		for what, n := range map[string]supervision.Note{"nothing said": {Minutes: 45}, "no time": {NoteText: said.NoteText}, "a whole day": {NoteText: said.NoteText, Minutes: 481},
			"tomorrow": {NoteText: said.NoteText, Minutes: 45, HeldAt: db.At(d.Now().Add(24 * time.Hour))}} {
			_, err := d.s.WriteNote(d.ctx, d.As("supervisor"), c.ID, n)
			d.refused(what, "invalid", err)
		}
		for as, code := range map[string]string{"worker": "forbidden", "worker2": "forbidden", "intake": "forbidden", "other": "not_found"} {
			_, err := d.s.WriteNote(d.ctx, d.As(as), c.ID, said)
			d.refused(as, code, err)
		}
		_, err = d.s.WriteNote(d.ctx, d.As("supervisor"), theirs.ID, said)
		d.refused("a case of somebody they do not supervise", "not_found", err)
		id, err := d.s.WriteNote(d.ctx, d.As("supervisor"), c.ID, said)
		must(t, err)
		for _, as := range []string{"worker", "supervisor", "head", "head2"} {
			list, err := d.s.Notes(d.ctx, d.As(as), c.ID)
			must(t, err)
			if len(list) != 1 || list[0].NoteText != said.NoteText || list[0].Minutes != 45 || list[0].By.Name != "supervisor" || list[0].Worker.Name != "worker" {
				t.Errorf("%s reads %+v", as, list)
			}
		}
		for _, as := range []string{"worker2", "psychologist", "other"} {
			list, err := d.s.Notes(d.ctx, d.As(as), c.ID)
			if len(list) > 0 {
				t.Errorf("%s reads %+v", as, list)
			}
			d.refused(as, "not_found", err)
		}
		if codes := d.said(c, 1); codes[0] != "guidance.noted" {
			t.Errorf("the timeline says %v", codes)
		}
		d.strikes(c, id)
		d.passesOn(c)
	})
}

// strikes lets the author and the head strike a note, once.
func (d *desk) strikes(c casefile.Case, id db.ID) {
	d.t.Helper()
	d.refused("without a reason", "invalid", d.s.StrikeNote(d.ctx, d.As("supervisor"), c.ID, id, ""))
	d.refused("the worker strikes", "forbidden", d.s.StrikeNote(d.ctx, d.As("worker"), c.ID, id, "Tidak setuju"))
	d.refused("none", "not_found", d.s.StrikeNote(d.ctx, d.As("head"), c.ID, db.NewID(), "Salah kasus"))
	must(d.t, d.s.StrikeNote(d.ctx, d.As("head"), c.ID, id, "Salah kasus"))
	d.refused("twice", "note_struck", d.s.StrikeNote(d.ctx, d.As("supervisor"), c.ID, id, "Salah kasus"))
	list, err := d.s.Notes(d.ctx, d.As("worker"), c.ID)
	must(d.t, err)
	if len(list) != 1 || list[0].StruckReason != "Salah kasus" || list[0].StruckBy.Name != "head" {
		d.t.Errorf("struck it reads %+v", list)
	}
}

// passesOn gives the case to a colleague: what was said to the one before stays with that one.
func (d *desk) passesOn(c casefile.Case) {
	d.t.Helper()
	to := d.As("worker2").User.String()
	_, err := d.cases.Change(d.ctx, d.As("head"), c.ID, casefile.Edit{Worker: &to})
	must(d.t, err)
	now, err := d.s.Notes(d.ctx, d.As("worker2"), c.ID)
	must(d.t, err)
	if len(now) != 0 {
		d.t.Errorf("who took over reads %+v", now)
	}
	before, err := d.s.Notes(d.ctx, d.As("worker"), c.ID)
	must(d.t, err)
	if len(before) != 1 {
		d.t.Errorf("the one before reads %+v", before)
	}
}

// Supervision in a secret case is for its named.
func TestASecretCaseIsSupervisedByItsNamed(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open("worker", "Rahasia Dijaga", casefile.Secret, "head")
		n := supervision.Note{Minutes: 30, NoteText: supervision.NoteText{Text: "Tentang batas"}}
		for _, as := range []string{"supervisor", "head2"} {
			_, err := d.s.WriteNote(d.ctx, d.As(as), c.ID, n)
			d.refused(as, "not_found", err)
		}
		_, err := d.s.WriteNote(d.ctx, d.As("head"), c.ID, n)
		must(t, err)
		_, err = d.s.Notes(d.ctx, d.As("supervisor"), c.ID)
		d.refused("the supervisor reads", "not_found", err)
	})
}

// Colleagues and a teacher talk a case over; what they decide stands on the timeline, and each has something to do.
func TestACaseConferenceLeavesDecisionsAndTasks(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open("worker", "Wulan Sari", casefile.Restricted)
		whole := supervision.NewConference{Members: []string{"worker2@example.org", d.As("psychologist").User.String()},
			ConferenceText: supervision.ConferenceText{About: "Anak tidak masuk sekolah", Outside: "Bu Tuti (SD 05)\nPak Lurah", Decided: "Wali kelas menjemput"},
			Tasks:          []casefile.NewTask{{What: "Hubungi wali kelas", For: "worker2@example.org", DueOn: "2026-12-01"}, {What: "Siapkan ruang tenang"}}}
		with := func(change func(*supervision.NewConference)) supervision.NewConference {
			n := whole
			change(&n)
			return n
		}
		for what, n := range map[string]supervision.NewConference{
			"nobody":               with(func(n *supervision.NewConference) { n.Members, n.Outside = nil, " ,\n" }),
			"nothing":              with(func(n *supervision.NewConference) { n.Decided = "" }),
			"tomorrow":             with(func(n *supervision.NewConference) { n.HeldAt = db.At(d.Now().Add(time.Hour)) }),
			"a guest as colleague": with(func(n *supervision.NewConference) { n.Members = []string{"tuti@sd05.example"} }),
			"next door":            with(func(n *supervision.NewConference) { n.Members = []string{"other@example.org"} }),
			"a task for nobody": with(func(n *supervision.NewConference) {
				n.Tasks = []casefile.NewTask{{What: "x", For: "tuti@sd05.example"}}
			}),
		} {
			_, err := d.s.HoldConference(d.ctx, d.As("worker"), c.ID, n)
			d.refused(what, "invalid", err)
		}
		for as, code := range map[string]string{"worker2": "not_found", "other": "not_found", "intake": "forbidden"} {
			_, err := d.s.HoldConference(d.ctx, d.As(as), c.ID, whole)
			d.refused(as, code, err)
		}
		id, err := d.s.HoldConference(d.ctx, d.As("worker"), c.ID, whole)
		must(t, err)
		_, err = d.s.HoldConference(d.ctx, d.As("supervisor"), c.ID, with(func(n *supervision.NewConference) { n.Tasks = nil }))
		must(t, err)
		list, err := d.s.Conferences(d.ctx, d.As("supervisor"), c.ID)
		must(t, err)
		if len(list) != 2 || list[0].By.Name != "supervisor" {
			t.Fatalf("conferences: %+v", list)
		}
		got, err := d.s.Conference(d.ctx, d.As("head"), c.ID, id)
		must(t, err)
		if got.ConferenceText != whole.ConferenceText || !slices.Equal(got.Guests(), []string{"Bu Tuti (SD 05)", "Pak Lurah"}) ||
			len(got.Members) != 2 || got.Members[0].Name != "psychologist" || len(got.Tasks) != 2 {
			t.Errorf("kept: %+v", got)
		}
		if got.Tasks[0].What != "Hubungi wali kelas" || got.Tasks[0].For.Name != "worker2" || got.Tasks[0].DueOn != "2026-12-01" || got.Tasks[1].For.Name != "worker" {
			t.Errorf("tasks: %+v", got.Tasks)
		}
		if codes := d.said(c, 6); !slices.Contains(codes, "conference.held") || !slices.Contains(codes, "task.added") {
			t.Errorf("the timeline says %v", codes)
		}
		d.refused("without a reason", "invalid", d.s.StrikeConference(d.ctx, d.As("worker"), c.ID, id, ""))
		d.refused("not who recorded it", "forbidden", d.s.StrikeConference(d.ctx, d.As("supervisor"), c.ID, id, "Salah kasus"))
		must(t, d.s.StrikeConference(d.ctx, d.As("worker"), c.ID, id, "Salah kasus"))
		d.refused("twice", "conference_struck", d.s.StrikeConference(d.ctx, d.As("worker"), c.ID, id, "Salah kasus"))
		_, err = d.s.Conference(d.ctx, d.As("head"), c.ID, db.NewID())
		d.refused("none", "not_found", err)
	})
}

// Roles that no case is for are refused before anything is looked up.
func TestSupervisionIsForThoseWhoMay(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open("worker", "Wulan Sari", casefile.Ordinary)
		for _, as := range []string{"intake", "facilitator", "partner", "viewer", "upper", "admin", "auditor", "dpo"} {
			a := d.As(as)
			_, err := d.s.Notes(d.ctx, a, c.ID)
			d.refused(as+" reads notes", "forbidden", err)
			_, err = d.s.Conferences(d.ctx, a, c.ID)
			d.refused(as+" reads conferences", "forbidden", err)
			_, err = d.s.Review(d.ctx, a, c.ID)
			d.refused(as+" reviews", "forbidden", err)
			_, err = d.s.Ask(d.ctx, a, c.ID, supervision.Plan, "")
			d.refused(as+" asks", "forbidden", err)
			d.refused(as+" decides", "forbidden", d.s.Decide(d.ctx, a, c.ID, db.NewID(), supervision.Answer{Approve: true}))
			_, err = d.s.Waiting(d.ctx, a, 8)
			d.refused(as+" looks what waits", "forbidden", err)
		}
		_, err := d.s.Competence(d.ctx, access.Actor{}, d.As("worker").User)
		d.refused("a visitor", "unauthorized", err)
	})
}
