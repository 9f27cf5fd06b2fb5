package practice

import (
	"context"
	"math"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/practice/attainment"
	"teduh/internal/ui"
	"teduh/internal/unit"
)

var meaningWords = i18n.Family("practice.meaning.")

func (a Attainment) meaning() string { return attainment.Meaning(a.T) }

func round(t float64) float64 { return math.Round(t*10) / 10 }

func stepOf(g Goal) string { return "step:" + g.ID.String() }

// described tells whether anybody said what a level looks like.
func (g Goal) described() bool { return g.Levels != [5]string{} }

func (g Goal) scoreValue() string {
	if g.Score == nil {
		return "0"
	}
	return strconv.Itoa(*g.Score)
}

func levelWord(ctx context.Context, i int) string { return scoreWords.T(ctx, strconv.Itoa(i-2)) }

func levelFacts(ctx context.Context, g Goal) (facts []ui.Fact) {
	for i, level := range g.Levels {
		facts = append(facts, ui.Fact{Label: levelWord(ctx, i), Value: level})
	}
	return facts
}

// scoreOptions are the levels from the best to the worst, in the goal's own words where they were described.
func scoreOptions(ctx context.Context, g Goal) (list []ui.Option) {
	for n := 2; n >= -2; n-- {
		label := scoreWords.T(ctx, strconv.Itoa(n))
		if words := g.Level(n); words != "" {
			label += ": " + words
		}
		list = append(list, ui.Option{Value: strconv.Itoa(n), Label: label})
	}
	return list
}

func weightOptions(ctx context.Context) (list []ui.Option) {
	for n := 1; n <= MaxWeight; n++ {
		list = append(list, ui.Option{Value: strconv.Itoa(n), Label: i18n.Number(ctx, n)})
	}
	return list
}

func goalFacts(ctx context.Context, g Goal) []ui.Fact {
	facts := []ui.Fact{{Label: i18n.T(ctx, "practice.goal_aim"), Value: aimWords.T(ctx, g.Aim)}, {Label: i18n.T(ctx, "practice.goal_measure"), Value: g.Measure},
		{Label: i18n.T(ctx, "practice.goal_baseline"), Value: g.Baseline}, {Label: i18n.T(ctx, "practice.goal_hoped"), Value: g.Target}}
	if g.TargetOn != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.goal_target"), Value: i18n.Day(ctx, g.TargetOn)})
	}
	if g.Weight > 1 {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.goal_weight"), Value: i18n.Number(ctx, g.Weight)})
	}
	agreed := i18n.T(ctx, "practice.agreed_not")
	if !g.AgreedAt.IsZero() {
		agreed = i18n.Date(ctx, g.AgreedAt.Time)
	}
	facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.agreed_on"), Value: agreed})
	if g.Score != nil {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.score_label"), Value: scoreWords.T(ctx, strconv.Itoa(*g.Score))})
	}
	return facts
}

func stepFacts(ctx context.Context, s Step) []ui.Fact {
	facts := []ui.Fact{{Label: i18n.T(ctx, "practice.step_what"), Value: s.What}, {Label: i18n.T(ctx, "practice.step_who"), Value: s.Who}}
	if s.DueOn != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.step_due"), Value: i18n.Day(ctx, s.DueOn)})
	}
	return facts
}

func stepProps(ctx context.Context, v view, s Step) ui.TaskProps {
	p := ui.TaskProps{Title: s.What, Done: !s.DoneAt.IsZero(), Key: access.FormKey()}
	if s.Who != "" {
		p.Meta = append(p.Meta, ui.MetaItem{Text: s.Who})
	}
	if s.DueOn != "" && !p.Done {
		p.Due = ui.Mark{Text: i18n.Due(ctx, s.DueOn, v.Now), Tone: ui.Neutral}
		if s.DueOn < db.DayOf(v.Now, v.Reader.Office.Zone) {
			p.Due.Tone = ui.Coral
		}
	}
	if p.Done {
		p.Due = ui.Mark{Text: i18n.T(ctx, "case.task_done"), Icon: "check", Tone: ui.Green}
	} else if v.mayWrite() {
		p.Action, p.Href = v.href("langkah/"+s.ID.String()+"/selesai"), v.href("langkah/"+s.ID.String()+"/ubah")
	}
	return p
}

// unagreed tells whether a goal stands that the client has not agreed to as it is.
func (v view) unagreed() bool {
	for _, g := range v.Work.Goals {
		if g.AgreedAt.IsZero() {
			return true
		}
	}
	return false
}

// levelsOpen tells whether the five levels are shown unfolded: where something stands in them, or is wrong with them.
func (v view) levelsOpen() bool {
	for _, name := range levelFields {
		if v.typed(goalDraft, name, "") != "" {
			return true
		}
	}
	return v.posted(goalDraft) && v.typed(goalDraft, "weight", "1") != "1"
}

// over is the version a form goes over: that of what was read, until a lost race has shown what stands now.
func (v view) over(stands int64) int64 {
	if v.Form.Values != nil && !v.raced() && (v.Posted == goalDraft || v.Posted == stepChange) {
		return v.Form.Version()
	}
	return stands
}

// otherwise tells whether the ways beside the screen are shown unfolded.
func (v view) otherwise(ctx context.Context, form string) bool {
	manner := v.typed(form, "manner", "screen")
	e := ui.ErrorsOf(ctx, v.Err)
	return manner != "screen" || e.On("photo") != "" || e.On("kept_at") != "" || e.On("witness") != ""
}

func (v view) nextReview() db.Date {
	if len(v.Work.Reviews) == 0 {
		return ""
	}
	return v.Work.Reviews[0].NextOn
}

func (v view) lastAgreement() (Agreement, bool) {
	if len(v.Work.Agreements) == 0 || v.unagreed() {
		return Agreement{}, false
	}
	return v.Work.Agreements[0], true
}

// sheetAim says in a sentence how one will know that a goal was reached, and by when.
func sheetAim(ctx context.Context, g Goal) string {
	words := g.Target
	if words == "" {
		words = g.Measure
	}
	if g.TargetOn == "" {
		return i18n.T(ctx, "practice.sheet.aim", "words", words)
	}
	return i18n.T(ctx, "practice.sheet.aim_by", "words", words, "day", i18n.Day(ctx, g.TargetOn))
}

func serviceName(ctx context.Context, code string) string { return unit.From(ctx).Service(ctx, code) }
