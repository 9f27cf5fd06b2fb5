// Package demo fills the made-up office with people, cases, notes, plans and tasks, so that one can look around in it.
//
// Everything comes from a seed and is the same each time; days hang on the day of the first start. It works through the
// same services as people do, as the demo's own workers, so what it shows is what the program does. Names are put
// together from common Indonesian, Malay, Chinese-Indonesian, Javanese, Batak and Bugis parts; NIK carry day 99, which no
// birth has; phones lie in 0800-0000, which can't ring.
package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"teduh/internal/access"
	"teduh/internal/calendar"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/region"
)

// Office is what the demo is filled through.
type Office struct {
	People   *person.Service
	Cases    *casefile.Service
	Practice *practice.Service
	Calendar *calendar.Service
	Workers  []access.Actor // who work the cases
	Now      time.Time
}

// filler carries the chance and the day through the making.
type filler struct {
	Office
	chance   *rand.Rand
	villages []string
	cases    map[db.ID][]casefile.Case // of each worker
	made     int
}

const (
	seed      = 20261124
	caseCount = 24
)

// Fill makes the people and cases.
func Fill(ctx context.Context, o Office) error {
	f := &filler{Office: o, chance: rand.New(rand.NewPCG(seed, seed)), cases: map[db.ID][]casefile.Case{}}
	for _, d := range region.Villages(o.Workers[0].Office.Region) {
		for _, v := range d.Villages {
			f.villages = append(f.villages, v.Code)
		}
	}
	for i := range caseCount {
		if err := f.family(ctx, i); err != nil {
			return fmt.Errorf("demo: family %d: %w", i, err)
		}
	}
	for _, a := range o.Workers {
		if err := f.appointments(ctx, a, f.cases[a.User]); err != nil {
			return fmt.Errorf("demo: appointments: %w", err)
		}
	}
	return nil
}

// pick takes one of a list by chance.
func pick[T any](f *filler, list []T) T { return list[f.chance.IntN(len(list))] }

// family makes a mother or father with a child, and a case told by one of the stories.
func (f *filler) family(ctx context.Context, i int) error {
	a, st := f.Workers[i%len(f.Workers)], stories[i%len(stories)]
	client, err := f.person(ctx, a, st.sex, 24+f.chance.IntN(40))
	if err != nil {
		return err
	}
	child, err := f.person(ctx, a, pick(f, []string{"m", "f"}), 6+f.chance.IntN(12))
	if err != nil {
		return err
	}
	day := db.DayOf(f.Now, a.Office.Zone).AddDays(-3 - f.chance.IntN(90))
	c, err := f.Cases.Open(ctx, a, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: client.ID}, Channel: st.channel,
		Categories: []string{st.category}, OpenedOn: day})
	if err != nil {
		return err
	}
	if err := f.Cases.Involve(ctx, a, c.ID, child.ID, "family_member"); err != nil {
		return err
	}
	f.cases[a.User] = append(f.cases[a.User], c)
	return f.work(ctx, a, c, st, i)
}

func (f *filler) person(ctx context.Context, a access.Actor, sex string, age int) (person.Person, error) {
	f.made++
	given := womenNames
	if sex == "m" {
		given = menNames
	}
	birth := f.Now.AddDate(-age, -f.chance.IntN(12), -f.chance.IntN(28))
	added, err := f.People.Add(ctx, a, person.Person{Name: pick(f, given) + " " + pick(f, lastNames), Sex: sex,
		BirthDate: db.DayOf(birth, time.UTC), Village: pick(f, f.villages), MadeUp: true,
		Sealed: person.Sealed{NIK: fmt.Sprintf("217204%02d%02d%02d%04d", 99, birth.Month(), birth.Year()%100, f.made),
			Phones: []person.Phone{{Number: fmt.Sprintf("0800-0000-%04d", f.made), SafeToCall: f.chance.IntN(3) > 0}},
			RT:     fmt.Sprintf("%02d", 1+f.chance.IntN(6)), RW: fmt.Sprintf("%02d", 1+f.chance.IntN(9))}}, true)
	return added.Person, err
}

// work takes a case as far as its place in the list says: some have only begun, some are nearly done.
func (f *filler) work(ctx context.Context, a access.Actor, c casefile.Case, st story, i int) error {
	for n, text := range st.notes {
		kind := []string{"phone", "home_visit", "counselling", "short_record"}[n%4]
		at := f.Now.AddDate(0, 0, -2*(len(st.notes)-n)).Add(-time.Duration(f.chance.IntN(300)) * time.Minute)
		if _, err := f.Cases.WriteNote(ctx, a, c.ID, casefile.NewNote{Kind: kind, HappenedAt: at, Minutes: 30 + 15*f.chance.IntN(4),
			NoteText: casefile.NoteText{Text: text}, Sign: true}); err != nil {
			return err
		}
	}
	if _, err := f.Cases.SetRisk(ctx, a, c.ID, st.risk, st.riskWhy, 0); err != nil {
		return err
	}
	if err := f.stages(ctx, a, c, st, i%5); err != nil {
		return err
	}
	due := db.DayOf(f.Now, a.Office.Zone).AddDays(f.chance.IntN(9) - 2)
	_, err := f.Cases.AddTask(ctx, a, c.ID, casefile.NewTask{What: st.task, DueOn: due})
	return err
}

// stages does what the gates ask for, one stage after the other.
func (f *filler) stages(ctx context.Context, a access.Actor, c casefile.Case, st story, far int) error {
	steps := []struct {
		to string
		do func() error
	}{
		{casefile.Engagement, func() error { return nil }},
		{casefile.Assessment, func() error {
			return f.Practice.GiveConsent(ctx, a, c.ID, practice.Consent{Kind: "service", Manner: "paper"})
		}},
		{casefile.Planning, func() error {
			return f.Practice.WriteSections(ctx, a, c.ID, map[string]string{"problem": st.notes[0], "strengths": st.strength, "synthesis": st.synthesis})
		}},
		{casefile.Intervention, func() error {
			if _, err := f.Practice.AddGoal(ctx, a, c.ID, practice.Goal{Aim: "overcome", Words: st.goal, Measure: st.measure},
				practice.Step{What: st.task, Who: a.Name}); err != nil {
				return err
			}
			return f.Practice.Agree(ctx, a, c.ID)
		}},
	}
	for _, s := range steps[:min(far, len(steps))] {
		if err := s.do(); err != nil {
			return err
		}
		if _, err := f.Cases.MoveStage(ctx, a, c.ID, casefile.Step{To: s.to}); err != nil {
			return err
		}
	}
	return nil
}
