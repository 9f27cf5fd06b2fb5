package supervision_test

import (
	"testing"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/supervision"
	"teduh/internal/testkit"
)

// A worker keeps licences and trainings; hours of supervision come from the notes. The head and who supervises read it.
func TestAWorkersCompetence(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		worker := d.As("worker")
		str, err := d.s.AddLicence(d.ctx, worker, worker.User, supervision.Licence{Kind: "str", Number: "16 01 7 2 1", ExpiresOn: "2027-01-23"}) // 60 days from 24 November 2026
		must(t, err)
		_, err = d.s.AddLicence(d.ctx, worker, worker.User, supervision.Licence{Kind: "certificate", Number: "LSPS-7"})
		must(t, err)
		for _, hours := range []int{16, 24} {
			_, err = d.s.AddTraining(d.ctx, worker, worker.User, supervision.Training{Name: "Konseling keluarga", HeldOn: "2026-03-02", Hours: hours})
			must(t, err)
		}
		c := d.open("worker", "Wulan Sari", casefile.Ordinary)
		for _, minutes := range []int{45, 60} {
			_, err = d.s.WriteNote(d.ctx, d.As("supervisor"), c.ID, supervision.Note{Minutes: minutes, NoteText: supervision.NoteText{Text: "Berjalan baik"}})
			must(t, err)
		}
		for _, as := range []string{"worker", "supervisor", "head"} {
			got, err := d.s.Competence(d.ctx, d.As(as), worker.User)
			must(t, err)
			if len(got.Licences) != 2 || got.Licences[0].ID != str || got.TrainingHours != 40 || got.GuidedMinutes != 105 || !got.GuidedLast.Equal(d.Now()) {
				t.Errorf("%s reads %+v", as, got)
			}
		}
		for as, code := range map[string]string{"worker2": "not_found", "psychologist": "not_found", "other": "not_found", "admin": "forbidden", "viewer": "forbidden"} {
			_, err := d.s.Competence(d.ctx, d.As(as), worker.User)
			d.refused(as+" reads", code, err)
			_, err = d.s.AddLicence(d.ctx, d.As(as), worker.User, supervision.Licence{Kind: "str", Number: "1"})
			d.refused(as+" writes", code, err)
		}
		_, err = d.s.Competence(d.ctx, d.As("supervisor"), d.As("worker2").User)
		d.refused("of one they do not supervise", "not_found", err)
		_, err = d.s.AddLicence(d.ctx, worker, worker.User, supervision.Licence{Kind: "driving", Number: "1"})
		d.refused("another kind", "invalid", err)
		for what, x := range map[string]supervision.Training{"no name": {HeldOn: "2026-03-02", Hours: 1}, "no day": {Name: "x", Hours: 1}, "tomorrow": {Name: "x", HeldOn: "2026-11-25", Hours: 1},
			"no hours": {Name: "x", HeldOn: "2026-03-02"}} {
			_, err := d.s.AddTraining(d.ctx, worker, worker.User, x)
			d.refused(what, "invalid", err)
		}
		d.reminded(str)
	})
}

// reminded looks who is told of a licence that expires in 60 days, and that one taken off the record reminds nobody.
func (d *desk) reminded(str db.ID) {
	d.t.Helper()
	worker := d.As("worker")
	expiring := func(as string, team bool) (n int) {
		list, err := d.s.Expiring(d.ctx, d.As(as), team, 8)
		must(d.t, err)
		return len(list)
	}
	for _, x := range []struct {
		as   string
		team bool
		want int
	}{{"worker", false, 1}, {"worker", true, 1}, {"supervisor", true, 1}, {"supervisor", false, 0}, {"head", true, 1}, {"worker2", true, 0}, {"other", true, 0}, {"viewer", true, 0}} {
		if n := expiring(x.as, x.team); n != x.want {
			d.t.Errorf("%s is reminded of %d, want %d", x.as, n, x.want)
		}
	}
	if l := (supervision.Licence{ExpiresOn: "2027-01-23"}); !l.Expires("2026-11-24") || l.Expires("2026-11-23") {
		d.t.Error("the reminder comes 60 days before")
	}
	d.refused("another takes it off", "not_found", d.s.End(d.ctx, d.As("worker2"), worker.User, str))
	must(d.t, d.s.End(d.ctx, worker, worker.User, str))
	d.refused("twice", "not_found", d.s.End(d.ctx, worker, worker.User, str))
	if n := expiring("worker", false); n != 0 {
		d.t.Errorf("reminded of %d after it was taken off", n)
	}
}

// A task that needs a psychologist is given to one, and to nobody else.
func TestATaskThatNeedsAProfession(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		c := d.open("worker", "Wulan Sari", casefile.Ordinary)
		give := func(to, profession string) error {
			_, err := d.cases.AddTask(d.ctx, d.As("worker"), c.ID, casefile.NewTask{What: "Asesmen psikologis", For: d.As(to).User.String(), Profession: profession})
			return err
		}
		d.refused("nobody is recorded with it", "invalid", give("psychologist", "psychologist"))
		d.refused("no profession", "invalid", give("psychologist", "astrologer"))
		d.refused("of oneself", "forbidden", d.s.SetProfession(d.ctx, d.As("psychologist"), d.As("psychologist").User, "psychologist"))
		d.refused("a supervisor of oneself", "forbidden", d.s.SetProfession(d.ctx, d.As("supervisor"), d.As("supervisor").User, "psychologist"))
		d.refused("of one they do not supervise", "not_found", d.s.SetProfession(d.ctx, d.As("supervisor"), d.As("psychologist").User, "psychologist"))
		d.refused("another office's", "not_found", d.s.SetProfession(d.ctx, d.As("other"), d.As("psychologist").User, "psychologist"))
		d.refused("unknown", "invalid", d.s.SetProfession(d.ctx, d.As("head"), d.As("psychologist").User, "astrologer"))
		must(t, d.s.SetProfession(d.ctx, d.As("head"), d.As("psychologist").User, "psychologist"))
		must(t, d.s.SetProfession(d.ctx, d.As("supervisor"), d.As("worker").User, "social_worker"))
		must(t, give("psychologist", "psychologist"))
		d.refused("a social worker", "invalid", give("worker", "psychologist"))
		must(t, give("worker", "social_worker"))
		must(t, give("worker2", ""))
		tasks, err := d.cases.TasksOf(d.ctx, d.As("worker"), c.ID)
		must(t, err)
		needs := map[string]string{}
		for _, x := range tasks {
			if x.Code == "" {
				needs[x.For.Name] = x.Profession
			}
		}
		if needs["psychologist"] != "psychologist" || needs["worker"] != "social_worker" || needs["worker2"] != "" || len(needs) != 3 {
			t.Errorf("tasks need %v", needs)
		}
		must(t, d.s.SetProfession(d.ctx, d.As("head"), d.As("psychologist").User, ""))
		d.refused("after it was taken off", "invalid", give("psychologist", "psychologist"))
	})
}
