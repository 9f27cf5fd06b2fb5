package casefile

import (
	"context"
	"slices"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/i18n"
	"teduh/internal/region"
	"teduh/internal/ui"
	"teduh/internal/unit"
)

var (
	overcomeWords = i18n.Family("case.overcome.")
	scaleWords    = i18n.Family("case.scale.")
)

func firstKind(b noteBox) string {
	if b.Kind != "" || len(b.Kinds) == 0 {
		return b.Kind
	}
	return b.Kinds[0].Code
}

// secrecySentence says who reads what is written here.
func secrecySentence(ctx context.Context, c Case) string {
	switch c.Confidentiality {
	case Secret:
		return i18n.T(ctx, "case.read_by.secret")
	case Restricted:
		return i18n.T(ctx, "case.read_by.restricted")
	}
	return i18n.T(ctx, "case.read_by.ordinary")
}

func noteMeta(ctx context.Context, n Note) []ui.MetaItem {
	var meta []ui.MetaItem
	for _, m := range []ui.MetaItem{{Text: recordedWords(ctx, n), Icon: "pencil"}, {Text: noteLength(ctx, n), Icon: "clock"}, {Text: n.Place, Icon: "map-pin"}, {Text: n.Participants, Icon: "users"}} {
		if m.Text != "" {
			meta = append(meta, m)
		}
	}
	return meta
}

// recordedWords tell when a note was written down; when it happened stands at its head.
func recordedWords(ctx context.Context, n Note) string {
	return i18n.T(ctx, "case.note.recorded", "when", i18n.DateTime(ctx, n.RecordedAt.Time))
}

func noteMarks(ctx context.Context, n Note) []ui.Mark {
	switch {
	case !n.StruckAt.IsZero():
		return []ui.Mark{{Text: i18n.T(ctx, "case.note.mark_struck"), Tone: ui.Coral}}
	case n.SignedAt.IsZero():
		return []ui.Mark{{Text: i18n.T(ctx, "case.note.mark_unsigned"), Tone: ui.Amber}}
	}
	return nil
}

func gateChecks(ctx context.Context, v summaryView) []ui.Check {
	return gateChecksOf(ctx, v.frameView, v.Gates)
}

func gateChecksOf(ctx context.Context, v frameView, gates []Gate) []ui.Check {
	checks := make([]ui.Check, len(gates))
	for i, g := range gates {
		checks[i] = ui.Check{Text: gateWords.T(ctx, g.Code), Done: g.Met, Href: v.href(gateParts[g.Code])}
	}
	return checks
}

// gateParts is the part of the case page where a demand is met.
var gateParts = map[string]string{"consent_service": "asesmen", "assessment_written": "asesmen", "assessment_asked": "asesmen", "category": "ubah", "goal_agreed": "rencana",
	"goals_scored": "rencana", "outcome_measured": "rencana", "session_or_step": "rencana"}

func taskProps(ctx context.Context, v summaryView, t Task) ui.TaskProps {
	p := ui.TaskProps{Title: TaskTitle(ctx, t), Due: TaskMark(ctx, t, v.Now), Meta: []ui.MetaItem{{Text: t.For.Name}}, Done: !t.DoneAt.IsZero(), Key: access.FormKey()}
	if needs := unit.Profession(ctx, t.Profession); needs != "" {
		p.Meta = append(p.Meta, ui.MetaItem{Text: needs, Icon: "badge-check"})
	}
	if v.Case.Writes {
		p.Action = "/tugas/" + t.ID.String() + "/selesai"
		if p.Done {
			p.Action = "/tugas/" + t.ID.String() + "/buka"
		}
	}
	return p
}

func ladderSteps(ctx context.Context) []string {
	steps := make([]string, len(Levels))
	for i, l := range Levels {
		steps[i] = levelWords.T(ctx, l)
	}
	return steps
}

func closedFacts(ctx context.Context, c Case) []ui.Fact {
	facts := []ui.Fact{{Label: i18n.T(ctx, "case.closed_on"), Value: i18n.Day(ctx, c.ClosedOn)},
		{Label: i18n.T(ctx, "case.close.why"), Value: closeWords.T(ctx, c.CloseReason)}}
	if c.Outcome.Overcome != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "case.close.overcome"), Value: overcomeWords.T(ctx, c.Outcome.Overcome)})
	}
	for aim, ch := range map[string]Change{"restored": c.Outcome.Restored, "strengthened": c.Outcome.Strengthened} {
		if ch.Before != nil && ch.After != nil {
			facts = append(facts, ui.Fact{Label: scaleWords.T(ctx, aim), Value: strconv.Itoa(*ch.Before) + " → " + strconv.Itoa(*ch.After)})
		}
	}
	if c.FollowUpOn != "" {
		return append(facts, ui.Fact{Label: i18n.T(ctx, "case.close.follow_up_on"), Value: i18n.Day(ctx, c.FollowUpOn)})
	}
	return append(facts, ui.Fact{Label: i18n.T(ctx, "case.close.no_follow_up"), Value: c.NoFollowUp})
}

func happeningProps(ctx context.Context, h Happening) ui.Happening {
	icon, tone := happeningLook(h.Code)
	by := h.By
	if by == "" {
		by = i18n.T(ctx, "case.by_system")
	}
	return ui.Happening{Icon: icon, Tone: tone, Title: by + " " + Sentence(ctx, h), When: h.At.Time, Words: i18n.Clock(ctx, h.At.Time)}
}

func seerRows(ctx context.Context, seers []Seer) [][]ui.Cell {
	rows := make([][]ui.Cell, len(seers))
	for i, s := range seers {
		why := whyWords.T(ctx, s.Why)
		if !s.Until.IsZero() {
			why += " " + i18n.DateTime(ctx, s.Until.Time)
		}
		rows[i] = []ui.Cell{{Text: s.User.Name}, {Text: why}}
	}
	return rows
}

func readingRows(ctx context.Context, list []NamedReading) [][]ui.Cell {
	rows := make([][]ui.Cell, len(list))
	for i, r := range list {
		rows[i] = []ui.Cell{{Text: i18n.DateTime(ctx, r.At.Time)}, {Text: r.By}, {Text: readingWords.T(ctx, "kind."+r.Kind)}, {Text: readingWords.T(ctx, "why."+r.Why)}}
	}
	return rows
}

// printFacts are the facts of a case that may leave on paper: no risk, no confidentiality, no safety mark.
func printFacts(ctx context.Context, v frameView) []ui.Fact {
	village, _ := region.Name(v.Case.Village)
	return []ui.Fact{{Label: i18n.T(ctx, "case.column.client"), Value: v.Case.Client.Name}, {Label: i18n.T(ctx, "case.list.village"), Value: village},
		{Label: i18n.T(ctx, "case.column.opened"), Value: i18n.Day(ctx, v.Case.OpenedOn)}, {Label: i18n.T(ctx, "case.list.stage"), Value: StageWord(ctx, v.Case.Stage)},
		{Label: i18n.T(ctx, "case.list.category"), Value: v.Category}, {Label: i18n.T(ctx, "case.in_charge"), Value: v.Case.Worker.Name}}
}

// printable are the notes that may leave on paper, the oldest first: signed, not struck, and not the supervision of the worker.
func printable(notes []Note) []Note {
	kept := slices.DeleteFunc(notes, func(n Note) bool {
		return n.SignedAt.IsZero() || !n.StruckAt.IsZero() || n.Kind == "supervision" || n.Kind == Psychological
	})
	slices.Reverse(kept)
	return kept
}

// dayOfWork is a day of the timeline with what happened on it.
type dayOfWork struct {
	Words string
	List  []Happening
}

// byDay groups a page of the timeline by the days of the office.
func byDay(ctx context.Context, list []Happening) (days []dayOfWork) {
	for _, h := range list {
		words := i18n.LongDate(ctx, h.At.Time)
		if n := len(days); n == 0 || days[n-1].Words != words {
			days = append(days, dayOfWork{Words: words})
		}
		days[len(days)-1].List = append(days[len(days)-1].List, h)
	}
	return days
}

func secrecyOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "1", Label: secrecyWords.T(ctx, "1"), Hint: i18n.T(ctx, "case.read_by.ordinary")},
		{Value: "2", Label: secrecyWords.T(ctx, "2"), Hint: i18n.T(ctx, "case.read_by.restricted")},
		{Value: "3", Label: secrecyWords.T(ctx, "3"), Hint: i18n.T(ctx, "case.read_by.secret")}}
}

func (v openView) secrecy() string {
	if v.Confidentiality == "" {
		return "1"
	}
	return v.Confidentiality
}
