package supervision

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/i18n"
	"teduh/internal/practice"
	"teduh/internal/ui"
	"teduh/internal/unit"
)

func noteTitle(ctx context.Context, n Note) string {
	return i18n.T(ctx, "supervision.note.head", "day", i18n.Date(ctx, n.HeldAt.Time), "n", n.Minutes)
}

func noteFacts(ctx context.Context, n Note) []ui.Fact {
	return []ui.Fact{{Label: i18n.T(ctx, "supervision.note.by"), Value: n.By.Name}, {Label: i18n.T(ctx, "supervision.note.for"), Value: n.Worker.Name},
		{Label: i18n.T(ctx, "supervision.note.signed"), Value: i18n.DateTime(ctx, n.SignedAt.Time)}}
}

func conferenceFacts(ctx context.Context, c Conference) []ui.Fact {
	var members []string
	for _, m := range c.Members {
		members = append(members, m.Name)
	}
	return []ui.Fact{{Label: i18n.T(ctx, "supervision.conference.about"), Value: c.About}, {Label: i18n.T(ctx, "supervision.conference.members"), Value: strings.Join(members, ", ")},
		{Label: i18n.T(ctx, "supervision.conference.outside"), Value: strings.Join(c.Guests(), ", ")}, {Label: i18n.T(ctx, "supervision.conference.by"), Value: c.By.Name}}
}

func taskLines(ctx context.Context, c Conference) (lines []string) {
	for _, t := range c.Tasks {
		line := t.What + " — " + t.For.Name
		if t.DueOn != "" {
			line += ", " + i18n.Day(ctx, t.DueOn)
		}
		lines = append(lines, line)
	}
	return lines
}

func staffOptions(staff []access.Colleague) (list []ui.Option) {
	for _, c := range staff {
		if slices.ContainsFunc(c.Roles, func(r access.Role) bool { return r.Allows(access.CaseList) }) {
			list = append(list, ui.Option{Value: c.ID.String(), Label: c.Name})
		}
	}
	return list
}

// taskStaff are those a task may be for; nobody chosen means oneself.
func taskStaff(ctx context.Context, staff []access.Colleague) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "case.task_myself")}}
	for _, c := range staff {
		if slices.ContainsFunc(c.Roles, func(r access.Role) bool { return r.Allows(access.CaseWork) }) {
			list = append(list, ui.Option{Value: c.ID.String(), Label: c.Name})
		}
	}
	return list
}

func approvalMark(ctx context.Context, x Approval) ui.Mark {
	switch {
	case x.Waits():
		return ui.Mark{Text: i18n.T(ctx, "supervision.approval.waits"), Tone: ui.Amber, Icon: "hourglass"}
	case x.Approved && x.Overtaken:
		return ui.Mark{Text: i18n.T(ctx, "supervision.approval.overtaken"), Tone: ui.Amber, Icon: "history"}
	case x.Approved:
		return ui.Mark{Text: i18n.T(ctx, "supervision.approval.approved"), Tone: ui.Green, Icon: "check"}
	}
	return ui.Mark{Text: i18n.T(ctx, "supervision.approval.returned"), Tone: ui.Coral, Icon: "undo-2"}
}

// askable are the kinds the office asks for of which no request waits.
func (v caseView) askable(ctx context.Context) (kinds []string) {
	if !v.open() || !v.Case.Writes {
		return nil
	}
	for _, kind := range ApprovalKinds {
		asked := map[string]bool{Plan: unit.From(ctx).Guidance.PlanApproval, Closing: unit.From(ctx).Guidance.ClosingApproval}[kind]
		if asked && !slices.ContainsFunc(v.Approvals, func(x Approval) bool { return x.Kind == kind && x.Waits() }) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// last is the last request of a kind, or nil.
func (v caseView) last(kind string) *Approval {
	i := slices.IndexFunc(v.Approvals, func(x Approval) bool { return x.Kind == kind })
	if i < 0 {
		return nil
	}
	return &v.Approvals[i]
}

func (v caseView) decides(x Approval) bool {
	return v.Leads && x.Waits() && x.AskedBy.ID != v.Reader.User
}

func wordOptions(ctx context.Context, codes []string, words i18n.Family) []ui.Option {
	list := make([]ui.Option, len(codes))
	for i, code := range codes {
		list[i] = ui.Option{Value: code, Label: words.T(ctx, code)}
	}
	return list
}

func professionOptions(ctx context.Context) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "supervision.competence.none")}}
	for _, c := range unit.ProfessionChoices(ctx) {
		list = append(list, ui.Option{Value: c.Code, Label: c.Label})
	}
	return list
}

func competenceFigures(ctx context.Context, v competenceView) []ui.Figure {
	return []ui.Figure{{Label: i18n.T(ctx, "supervision.competence.training_hours"), Value: i18n.Number(ctx, v.TrainingHours)},
		{Label: i18n.T(ctx, "supervision.competence.guided_hours"), Value: hours(ctx, v.GuidedMinutes), Note: lastWords(ctx, v.GuidedLast)}}
}

// hours of some minutes, to a tenth: «2,5».
func hours(ctx context.Context, minutes int) string {
	tenths := (minutes + 3) / 6
	if tenths%10 == 0 {
		return i18n.Number(ctx, tenths/10)
	}
	return i18n.Number(ctx, tenths/10) + i18n.T(ctx, "supervision.competence.point") + strconv.Itoa(tenths%10)
}

func reviewFacts(ctx context.Context, v Review) []ui.Fact {
	category := ""
	if v.Case.MainCategory != "" {
		category = unit.From(ctx).Category(ctx, v.Case.MainCategory)
	}
	return []ui.Fact{{Label: i18n.T(ctx, "case.list.stage"), Value: casefile.StageWord(ctx, v.Case.Stage)}, {Label: i18n.T(ctx, "case.risk_title"), Value: casefile.RiskWord(ctx, v.Case.Risk)},
		{Label: i18n.T(ctx, "case.list.category"), Value: category}}
}

func goalLines(ctx context.Context, g practice.Goal) []ui.Fact {
	facts := []ui.Fact{{Label: i18n.T(ctx, "practice.goal_aim"), Value: aimWords.T(ctx, g.Aim)}, {Label: i18n.T(ctx, "practice.goal_measure"), Value: g.Measure}}
	for _, s := range g.Steps {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.step_what"), Value: strings.Trim(s.What+" — "+s.Who, " —")})
	}
	return facts
}
