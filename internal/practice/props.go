package practice

import (
	"context"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

func wordOptions(ctx context.Context, codes []string, words i18n.Family) []ui.Option {
	list := make([]ui.Option, len(codes))
	for i, code := range codes {
		list[i] = ui.Option{Value: code, Label: words.T(ctx, code)}
	}
	return list
}

func scoreOptions(ctx context.Context) []ui.Option {
	list := []ui.Option{}
	for n := 2; n >= -2; n-- {
		list = append(list, ui.Option{Value: strconv.Itoa(n), Label: scoreWords.T(ctx, strconv.Itoa(n))})
	}
	return list
}

func (v view) safetyText() string { return v.typed(safetyDraft, "text", v.Work.SafetyPlan.Text) }

func safetyTitle(ctx context.Context) string { return i18n.T(ctx, "practice.safety_plan") }

// scaleNames are the four fields: each scale before and after.
func scaleNames() (names []string) {
	for _, aim := range Aims[1:] {
		for _, moment := range Moments {
			names = append(names, aim+"_"+moment)
		}
	}
	return names
}

func (v view) scale(name string) string {
	if v.Form.Values != nil && v.Form.Has(name) {
		return v.Form.Line(name)
	}
	if value, ok := v.Work.Scales[strings.Replace(name, "_", " ", 1)]; ok {
		return strconv.Itoa(value)
	}
	return ""
}

func scaleFacts(ctx context.Context, v view) []ui.Fact {
	var facts []ui.Fact
	for _, name := range scaleNames() {
		facts = append(facts, ui.Fact{Label: scaleWords.T(ctx, name), Value: v.scale(name)})
	}
	return facts
}

func goalFacts(ctx context.Context, g Goal) []ui.Fact {
	facts := []ui.Fact{{Label: i18n.T(ctx, "practice.goal_aim"), Value: aimWords.T(ctx, g.Aim)}, {Label: i18n.T(ctx, "practice.goal_measure"), Value: g.Measure}}
	if g.TargetOn != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.goal_target"), Value: i18n.Day(ctx, g.TargetOn)})
	}
	if !g.AgreedAt.IsZero() {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.agreed_on"), Value: i18n.Date(ctx, g.AgreedAt.Time)})
	}
	if g.Score != nil {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.score_label"), Value: scoreWords.T(ctx, strconv.Itoa(*g.Score))})
	}
	return facts
}

func stepProps(ctx context.Context, v view, s Step) ui.TaskProps {
	p := ui.TaskProps{Title: s.What, Done: !s.DoneAt.IsZero(), Key: access.FormKey()}
	if s.Who != "" {
		p.Meta = []ui.MetaItem{{Text: s.Who}}
	}
	if p.Done {
		p.Due = ui.Mark{Text: i18n.T(ctx, "case.task_done"), Icon: "check", Tone: ui.Green}
	} else if v.mayWrite() {
		p.Action = v.href("langkah/" + s.ID.String() + "/selesai")
	}
	return p
}
