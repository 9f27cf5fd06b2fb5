package casefile

import (
	"context"
	"fmt"

	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/unit"
)

// The words of the closed sets, by code.
var (
	riskWords    = i18n.Family("case.risk_name.")
	levelWords   = i18n.Family("case.level_name.")
	partWords    = i18n.Family("case.part_name.")
	secrecyWords = i18n.Family("case.secrecy_name.")
	changeWords  = i18n.Family("change.")
	meetingWords = i18n.Family("calendar.kind.")
	closeWords   = i18n.Family("case.close_reason.")
	taskEndWords = i18n.Family("case.close.task_end.")
)

// Sentence tells a change in the reader's language; who did it stands beside.
func Sentence(ctx context.Context, h Happening) string {
	args := []any{}
	for _, name := range []string{"from", "to", "number", "kind", "reason", "part"} {
		args = append(args, name, detailWord(ctx, h, name))
	}
	return changeWords.T(ctx, h.Code, args...)
}

// detailWord shows a code of a change's detail by its word where it has one.
func detailWord(ctx context.Context, h Happening, name string) string {
	value, ok := h.Detail[name].(string)
	if !ok {
		return ""
	}
	families := map[string]i18n.Family{"case.risk": riskWords, "case.ladder": levelWords, "case.involved": partWords, "case.closed": closeWords,
		"appointment.made": meetingWords, "appointment.moved": meetingWords, "appointment.kept": meetingWords,
		"appointment.missed": meetingWords, "appointment.cancelled": meetingWords, "appointment.changed": meetingWords, "appointment.reopened": meetingWords,
		"note.written": noteWords, "note.signed": noteWords, "note.struck": noteWords, "note.added_to": noteWords}
	family, ok := families[h.Code]
	if !ok {
		return StageWord(ctx, value)
	}
	if family.Has(value) {
		return family.T(ctx, value)
	}
	return fmt.Sprint(value)
}

var noteWords = i18n.Family("case.note_kind.")

// RiskWord is the word for a risk.
func RiskWord(ctx context.Context, risk string) string { return riskWords.T(ctx, risk) }

// StageWord is the office's word for a stage.
func StageWord(ctx context.Context, stage string) string { return unit.From(ctx).Stage(ctx, stage) }

// StateWords tell where a case of a list stands: its stage, or that it is closed.
func StateWords(ctx context.Context, i Item) string {
	if i.Status == "closed" {
		return i18n.T(ctx, "case.mark.closed")
	}
	return StageWord(ctx, i.Stage)
}

// SecretMark stands beside a case that only the named see.
func SecretMark(ctx context.Context) ui.Mark {
	return ui.Mark{Text: secrecyWords.T(ctx, "3"), Icon: "lock", Tone: ui.Plum}
}
