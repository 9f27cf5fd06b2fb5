package day

import (
	"context"

	"teduh/internal/casefile"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

var laterWords = i18n.Family("day.later.")

// caseMarks tells where a case stands, and when it has gone quiet.
func caseMarks(ctx context.Context, v view, i casefile.Item) []ui.Mark {
	marks := []ui.Mark{{Text: casefile.StageWord(ctx, i.Stage), Line: true}}
	if i.Risk == "high" {
		marks = append(marks, ui.Mark{Text: i18n.T(ctx, "day.high_risk"), Icon: "shield-alert", Tone: ui.Coral})
	}
	if v.Now.Sub(i.UpdatedAt.Time) > quietAfter {
		marks = append(marks, ui.Mark{Text: i18n.T(ctx, "day.quiet"), Icon: "moon", Tone: ui.Amber})
	}
	return marks
}
