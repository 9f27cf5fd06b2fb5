package app

import (
	"context"
	"slices"
	"strconv"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

// settings answers what casefile asks of an office, by the defaults of the domain.
type settings struct{}

// GateActive keeps every gate.
func (settings) GateActive(context.Context, db.ID, string, string) bool { return true }

// CategoryKnown knows the 26 kinds of PMKS/PPKS.
func (settings) CategoryKnown(_ context.Context, _ db.ID, code string) bool {
	n, err := strconv.Atoi(code)
	return err == nil && n >= 1 && n <= 26 && strconv.Itoa(n) == code
}

// NoteKindKnown knows the shipped kinds.
func (settings) NoteKindKnown(_ context.Context, _ db.ID, code string) bool {
	return slices.Contains(casefile.NoteKinds, code)
}
