package supervision_test

import (
	"encoding/json"
	"strings"
	"testing"

	"teduh/internal/assessment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/testkit"
)

// A colleague talks over a case without knowing whose it is: nothing of its people slips through, wherever and however it was
// written, and what remains can still be read.
func TestAReviewNamesNobody(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := i18n.With(d.ctx, i18n.ID, nil), d.As("worker")
		add := func(p person.Person) db.ID {
			added, err := d.People.Add(d.ctx, worker, p, true)
			must(t, err)
			return added.Person.ID
		}
		mother := add(person.Person{Name: "Rosmawati Simbolon", CallName: "Mak Uci", Aliases: []string{"Melur"}, Village: "21.72.04.1002",
			Sealed: person.Sealed{NIK: "2172049905900001", Phones: []person.Phone{{Number: "0800-0000-4711"}}, Street: "Jalan Kenanga Dalam No. 12", Landmark: "belakang warung Sumarni"}})
		father := add(person.Person{Name: "Sucipto Hadi", Sealed: person.Sealed{Phones: []person.Phone{{Number: "0800-0000-4712"}}}})
		grandmother := add(person.Person{Name: "Khadijah"}) // of the family, not of the case
		must(t, d.People.Relate(d.ctx, worker, person.Relation{From: grandmother, To: mother, Kind: "parent", Manner: "biological"}))
		c, err := d.cases.Open(d.ctx, worker, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: mother}, Categories: []string{"25"}})
		must(t, err)
		must(t, d.cases.Involve(d.ctx, worker, c.ID, father, "perpetrator"))
		_, err = d.cases.WriteNote(d.ctx, worker, c.ID, casefile.NewNote{Kind: "home_visit", Sign: true, NoteText: casefile.NoteText{
			Text:  "rosmawati menangis. Soetjipto memukulnya; kata Mak Uci, SIMBOLONnya malu. Nomor 080000004711, tinggal di jl. kenanga dalam 12 dekat warung Sumarni. Nenek Chadijah tahu. Melur-nya takut.",
			Place: "Jalan Kenanga 12", Participants: "Rosmawati, Bu Tuti", NextStep: "Telepon Ros-mawati di +62 800 0000 4712"}})
		must(t, err)
		_, err = d.cases.WriteNote(d.ctx, worker, c.ID, casefile.NewNote{Kind: "phone", NoteText: casefile.NoteText{Text: "Belum ditandatangani"}})
		must(t, err)
		must(t, d.assess.Write(d.ctx, worker, c.ID, assessment.Writing{Answers: form.Answers{"problem": {"Suami (Sutjipto) memukul. NIK 2172049905900001."}}}))
		_, err = d.work.AddGoal(d.ctx, worker, c.ID, practice.Goal{Aim: "overcome", Words: "Rosmawati tidur tenang", Measure: "Malam tanpa Sucipto"}, practice.Step{What: "Pindah ke rumah Khadijah", Who: "Ibu Rosmawati"})
		must(t, err)
		_, err = d.work.HoldMeeting(d.ctx, worker, c.ID, practice.Meeting{MeetingText: practice.MeetingText{TookPart: "Rosmawati", Decided: "Sucipto keluar dari rumah Rosmawati", Watches: "Khadijah"}})
		must(t, err)

		v, err := d.s.Review(ctx, d.As("supervisor"), c.ID)
		must(t, err)
		told, err := json.Marshal(v)
		must(t, err)
		low := strings.ToLower(string(told))
		for _, hidden := range []string{"rosma", "simbolon", "uci", "melur", "cipto", "soetj", "sutji", "hadi", "kenanga", "sumarni", "4711", "4712", "217204", "tuti", c.Number, "belum ditandatangani"} {
			if strings.Contains(low, strings.ToLower(hidden)) {
				t.Errorf("%q can be read in %s", hidden, told)
			}
		}
		for _, kept := range []string{"Klien A menangis. Orang B memukulnya", "Nenek Orang C tahu", "Klien A takut", "Suami (Orang B) memukul", "Klien A tidur tenang", "Orang B keluar dari rumah Klien A"} {
			if !strings.Contains(string(told), kept) {
				t.Errorf("%q is not said in %s", kept, told)
			}
		}
		if len(v.Notes) != 1 {
			t.Errorf("notes: %+v", v.Notes)
		}
		for as, code := range map[string]string{"other": "not_found", "intake": "forbidden"} {
			_, err := d.s.Review(ctx, d.As(as), c.ID)
			d.refused(as, code, err)
		}
	})
}
