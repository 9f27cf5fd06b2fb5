package app

import (
	"context"
	"slices"
	"strconv"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
)

// settings answers what casefile asks of an office, by the defaults of the domain.
type settings struct{}

// categoryCount is the number of PMKS/PPKS kinds, coded "1" to "26".
const categoryCount = 26

var (
	categoryWords = i18n.Family("category.")
	noteKindWords = i18n.Family("case.note_kind.")
)

// GateActive keeps every gate.
func (settings) GateActive(context.Context, db.ID, string, string) bool { return true }

// CategoryKnown knows the 26 kinds of PMKS/PPKS.
func (settings) CategoryKnown(_ context.Context, _ db.ID, code string) bool {
	return categoryWords.Has(code)
}

// NoteKindKnown knows the shipped kinds.
func (settings) NoteKindKnown(_ context.Context, _ db.ID, code string) bool {
	return slices.Contains(casefile.NoteKinds, code)
}

// Category is a kind's name in the reader's language.
func (settings) Category(ctx context.Context, _ db.ID, code string) string {
	return categoryWords.T(ctx, code)
}

// Categories lists the kinds; 25, the LK3's own field, stands first.
func (s settings) Categories(ctx context.Context, office db.ID) []casefile.Choice {
	list := []casefile.Choice{{Code: "25", Label: s.Category(ctx, office, "25")}}
	for n := 1; n <= categoryCount; n++ {
		if code := strconv.Itoa(n); code != "25" {
			list = append(list, casefile.Choice{Code: code, Label: s.Category(ctx, office, code)})
		}
	}
	return list
}

// NoteKinds lists the kinds of notes, the commonest first.
func (settings) NoteKinds(ctx context.Context, _ db.ID) []casefile.Choice {
	list := make([]casefile.Choice, len(casefile.NoteKinds))
	for i, code := range casefile.NoteKinds {
		list[i] = casefile.Choice{Code: code, Label: noteKindWords.T(ctx, code)}
	}
	return list
}
