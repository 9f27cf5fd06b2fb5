package supervision

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/assessment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/mask"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/region"
)

// Review is a case as colleagues may talk it over: notes, assessment and plan, with everyone it is about replaced by a letter.
// Who wrote what, where it happened and who was present is left out, and so is the number.
type Review struct {
	Case     casefile.Case  // only what tells of nobody: stage, risk, categories
	Notes    []ReviewNote   // signed ones, the oldest first
	Answers  []ReviewAnswer // of the assessment, in its order
	Goals    []practice.Goal
	Meetings []string // what the family decided
}

// ReviewNote is a note of the case without who wrote it.
type ReviewNote struct {
	Kind       string
	HappenedAt db.Time
	Minutes    int
	Text       string
	NextStep   string
	Addenda    []string
}

// ReviewAnswer is a question of the assessment and what was answered, in words.
type ReviewAnswer struct{ Question, Text string }

// notesAtOnce are read in one go; a review holds them all.
const notesAtOnce = 200

// Review reads a whole case with its people masked; that it was read is logged note by note.
func (s *Service) Review(ctx context.Context, a access.Actor, caseID db.ID) (v Review, err error) {
	c, err := s.cases.Get(ctx, a, caseID, "page")
	if err != nil {
		return v, err
	}
	m, err := s.maskOf(ctx, a, c)
	if err != nil {
		return v, err
	}
	v.Case = casefile.Case{ID: c.ID, Stage: c.Stage, Risk: c.Risk, Status: c.Status, Categories: c.Categories, MainCategory: c.MainCategory}
	if v.Notes, err = s.maskedNotes(ctx, a, caseID, m); err != nil {
		return v, err
	}
	work, err := s.work.Work(ctx, a, caseID)
	if err != nil {
		return v, err
	}
	assessed, err := s.assess.Of(ctx, a, caseID)
	if err != nil {
		return v, err
	}
	v.Answers, v.Goals = maskedAnswers(ctx, assessed, m), maskedGoals(work.Goals, m)
	meetings, err := s.work.Meetings(ctx, a, caseID)
	for _, x := range meetings {
		if x.StruckAt.IsZero() {
			v.Meetings = append(v.Meetings, m.Text(x.Decided))
		}
	}
	return v, err
}

func (s *Service) maskedNotes(ctx context.Context, a access.Actor, caseID db.ID, m *mask.Mask) (list []ReviewNote, err error) {
	for place, more := (casefile.Place{}), true; more; {
		var notes []casefile.Note
		if notes, more, err = s.cases.Notes(ctx, a, caseID, casefile.NotesPage{Before: place, Limit: notesAtOnce, Shared: true}, "page"); err != nil {
			return nil, err
		}
		for _, n := range notes {
			place = casefile.Place{At: n.HappenedAt, ID: n.ID}
			if n.SignedAt.IsZero() || !n.StruckAt.IsZero() || n.Kind == "supervision" || n.Kind == casefile.Psychological {
				continue
			}
			x := ReviewNote{Kind: n.Kind, HappenedAt: n.HappenedAt, Minutes: n.Minutes, Text: m.Text(n.Text), NextStep: m.Text(n.NextStep)}
			for _, add := range n.Addenda {
				x.Addenda = append(x.Addenda, m.Text(add.Text))
			}
			list = append(list, x)
		}
	}
	slices.Reverse(list)
	return list, nil
}

func maskedAnswers(ctx context.Context, x assessment.Assessment, m *mask.Mask) (out []ReviewAnswer) {
	for _, t := range x.Told(ctx) {
		out = append(out, ReviewAnswer{t.Question, m.Text(t.Answer)})
	}
	return out
}

func maskedGoals(list []practice.Goal, m *mask.Mask) (out []practice.Goal) {
	for _, g := range list {
		x := practice.Goal{Aim: g.Aim, Words: m.Text(g.Words), Measure: m.Text(g.Measure), Baseline: m.Text(g.Baseline), Target: m.Text(g.Target), TargetOn: g.TargetOn, Score: g.Score}
		for _, step := range g.Steps {
			x.Steps = append(x.Steps, practice.Step{What: m.Text(step.What), Who: m.Text(step.Who), DoneAt: step.DoneAt})
		}
		out = append(out, x)
	}
	return out
}

// maskOf knows everyone of a case and their families, whether or not the reader may know them: what is hidden must be known.
func (s *Service) maskOf(ctx context.Context, a access.Actor, c casefile.Case) (*mask.Mask, error) {
	involved, err := s.cases.People(ctx, a, c.ID)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(involved, func(x, y casefile.Involved) int { return x.Person.Compare(y.Person) })
	clients := map[db.ID]bool{c.Client.Person: true}
	ids := []db.ID{}
	if !c.Client.Person.IsZero() {
		ids = append(ids, c.Client.Person)
	}
	for _, x := range involved {
		clients[x.Person] = clients[x.Person] || x.Part == "client"
		ids = append(ids, x.Person)
	}
	var kin []person.Person
	if c.Client.BodyKind != "" {
		if c.Client, err = s.people.Body(ctx, a, c.Client.ID, "page"); err != nil {
			return nil, err
		}
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		kin, err = s.people.Around(ctx, r, access.SystemActor(a.Office).Scope(), ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	return newMask(ctx, c, kin, clients), nil
}

func newMask(ctx context.Context, c casefile.Case, kin []person.Person, clients map[db.ID]bool) *mask.Mask {
	var people []mask.Person
	var places []string
	label := func(key string) string { return i18n.T(ctx, key, "letter", letters(len(people))) }
	if c.Client.Person.IsZero() {
		people = append(people, mask.Person{Label: label("supervision.review.client"), Names: []string{c.Client.Name}})
		for _, contact := range c.Client.Sealed.Contacts {
			people = append(people, mask.Person{Label: label("supervision.review.person"), Names: []string{contact.Name}})
		}
		places = append(places, c.Client.Sealed.Address)
	}
	for _, p := range kin {
		key := "supervision.review.person"
		if clients[p.ID] {
			key = "supervision.review.client"
		}
		people = append(people, mask.Person{Label: label(key), Names: append([]string{p.Name, p.CallName, p.Sealed.RealName}, p.Aliases...)})
		village, _ := region.Name(p.Home())
		places = append(places, p.Sealed.Street, p.Sealed.Landmark, village, p.BirthPlace)
	}
	return mask.New(mask.Labels{Stranger: i18n.T(ctx, "supervision.review.stranger"), Place: i18n.T(ctx, "supervision.review.place"),
		Number: i18n.T(ctx, "supervision.review.number"), Mail: i18n.T(ctx, "supervision.review.mail")}, people, places)
}

// letters count as the columns of a sheet do: A … Z, AA, AB.
func letters(n int) string {
	s := ""
	for n++; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
