// Package assessment is the biopsychosocial–spiritual assessment of a case, built from a form definition.
//
// A form comes with the program (shipped). An office may make its own: an edition is a draft until it is published, and at most
// one is in force at a moment. What was published is never changed, so what was answered is read by the edition it was answered
// under. Answers are sealed one by one under the case's key.
package assessment

import (
	"context"
	"strconv"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/form"
)

// The states of an edition.
const (
	Draft     = "draft"
	Published = "published"
	Retired   = "retired"
)

// Edition is the form of the assessment in one version.
type Edition struct {
	ID      db.ID // zero for a shipped one
	Number  int   // counts within the office from 1; 0 for a shipped one
	State   string
	By      casefile.User
	At      db.Time
	Version int64
	Form    *form.Definition
	Raw     string // the definition as FHIR R4 JSON
}

// Shipped tells whether it came with the program.
func (e Edition) Shipped() bool { return e.ID.IsZero() }

// Name is how answers name the edition they were given under: the version of its definition.
func (e Edition) Name() string { return e.Form.Version }

// nameOf is the version of an office's own edition.
func nameOf(number int) string { return strconv.Itoa(number) }

// Title of the form in the reader's language.
func (e Edition) Title(ctx context.Context) string { return say(ctx, e.Form.Title) }
