package assessment

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/practice"
	"teduh/internal/web"
)

// Area is a problem area of the form and how heavy it weighs.
type Area struct {
	Item  form.Item
	Score form.Option // the answer that was given
	Note  string      // what was written below it
	Goal  db.ID       // the goal it has become and that stands; zero where none
}

// Weight is what the answer counts for; 0 is no problem.
func (x Area) Weight() float64 { return *x.Score.Value }

// Areas are the problem areas that weigh, the heaviest first.
func (x Assessment) Areas(goals []practice.Goal) (list []Area) {
	for _, it := range x.Edition.Form.Questions() {
		option, ok := it.Option(x.Answers.First(it.ID))
		if !it.Area || !ok || *option.Value <= 0 {
			continue
		}
		area := Area{Item: it, Score: option, Note: x.note(it)}
		for _, g := range goals {
			if g.Item == it.ID {
				area.Goal = g.ID
			}
		}
		list = append(list, area)
	}
	slices.SortStableFunc(list, func(a, b Area) int { return cmp.Compare(b.Weight(), a.Weight()) })
	return list
}

// note is the first answer in words below a question.
func (x Assessment) note(it form.Item) string {
	for _, below := range it.Items {
		if text := x.Answers.First(below.ID); text != "" && (below.Type == form.Text || below.Type == form.String) {
			return text
		}
	}
	return ""
}

// HasAreas tells whether a form asks about problem areas at all.
func HasAreas(d *form.Definition) bool {
	return slices.ContainsFunc(d.Questions(), func(it form.Item) bool { return it.Area })
}

// firstStepIn is by when a goal of an area has its first step done.
const firstStepIn = 7

// MakeGoal makes a goal of a problem area, measured by the area's own score, with a first step and a task for the worker in
// charge. An area that has become a goal that stands answers that goal: clicking twice makes one.
func (s *Service) MakeGoal(ctx context.Context, a access.Actor, caseID db.ID, item string) (db.ID, error) {
	if err := a.Require(access.CaseWork); err != nil {
		return db.ID{}, err
	}
	x, err := s.Of(ctx, a, caseID)
	if err != nil {
		return db.ID{}, err
	}
	areas := x.Areas(nil)
	at := slices.IndexFunc(areas, func(area Area) bool { return area.Item.ID == item })
	if at < 0 {
		return db.ID{}, fault.Invalid(fault.Field("item", "unknown", "assessment.no_area"))
	}
	c, err := s.caseOf(ctx, a, caseID)
	if err != nil {
		return db.ID{}, err
	}
	due := db.DayOf(s.cases.Now(), a.Office.Zone).AddDays(firstStepIn)
	return s.practice.AddGoalOf(ctx, a, caseID, goalOf(ctx, areas[at]), stepOf(ctx, c, due))
}

func (s *Service) caseOf(ctx context.Context, a access.Actor, caseID db.ID) (c casefile.Case, err error) {
	err = s.cases.Read(ctx, a, caseID, func(_ db.Reader, in casefile.Inside) error {
		c = in.Case
		return nil
	})
	return c, err
}

// goalOf words an area as a goal; where something was written below it, that is how the client says it.
func goalOf(ctx context.Context, area Area) practice.Goal {
	name, steps := say(ctx, area.Item.Text), area.Item.Options
	words := i18n.T(ctx, "assessment.goal.words", "area", name)
	if area.Note != "" {
		words = name + ": " + strings.Join(strings.Fields(area.Note), " ")
	}
	return practice.Goal{Item: area.Item.ID, Aim: practice.Aims[0], Words: cut(words), Measure: cut(i18n.T(ctx, "assessment.goal.measure", "area", name, "scale", scaleOf(ctx, steps))),
		Baseline: cut(scoreWords(ctx, area.Score)), Target: cut(scoreWords(ctx, lower(steps, area.Score)))}
}

func stepOf(ctx context.Context, c casefile.Case, due db.Date) practice.Step {
	return practice.Step{What: i18n.T(ctx, "assessment.goal.step"), Who: c.Worker.Name, DueOn: due}
}

// lower is what is hoped for: the lightest problem where it weighs more, and none where it is that already.
func lower(options []form.Option, now form.Option) form.Option {
	options = slices.Clone(options)
	slices.SortStableFunc(options, func(a, b form.Option) int { return cmp.Compare(*a.Value, *b.Value) })
	at := slices.IndexFunc(options, func(o form.Option) bool { return o.Code == now.Code })
	if at > 1 {
		return options[1]
	}
	return options[0]
}

// scoreWords name an answer with what it counts for: «2, berat».
func scoreWords(ctx context.Context, o form.Option) string {
	return number(*o.Value) + " – " + strings.ToLower(say(ctx, o.Text))
}

// scaleOf is the lowest and the highest answer of an area.
func scaleOf(ctx context.Context, options []form.Option) string {
	least, most := options[0], options[0]
	for _, o := range options {
		if *o.Value < *least.Value {
			least = o
		}
		if *o.Value > *most.Value {
			most = o
		}
	}
	return scoreWords(ctx, least) + "; " + scoreWords(ctx, most)
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// cut keeps a line as long as a goal may be.
func cut(line string) string {
	if utf8.RuneCountInString(line) <= web.MaxLine {
		return line
	}
	return string([]rune(line)[:web.MaxLine-1]) + "…"
}
