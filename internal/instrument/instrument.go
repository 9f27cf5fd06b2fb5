// Package instrument keeps the questionnaires of an office and what was answered to them in cases.
//
// Some instruments come with the program (shipped); an office brings in others, or the licensed words of those that come
// without, as a FHIR Questionnaire and a scoring document. An edition that was published is never changed: another one stands
// beside it, and what was answered is read by the edition it was given to.
//
// Answers and scores are sealed under the case's key. A score is a screening, never a diagnosis, and every page says so. An
// item that raises an alarm makes a review of the risk due the same day, whatever the score.
package instrument

import (
	"regexp"
	"slices"
	"strings"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/form"
	"teduh/internal/instrument/scoring"
)

// The states of an edition.
const (
	Draft     = "draft"
	Published = "published"
	Retired   = "retired"
)

// The ways of filling.
const (
	ByWorker = "worker" // the worker asks and notes
	OnTablet = "tablet" // the client, on the worker's device
	ByLink   = "link"   // the client, on their own
)

// Languages a client can be asked in.
var Languages = []string{"id", "en"}

// Edition is one version of an instrument at an office.
type Edition struct {
	Name    string // phq-9
	Version string
	State   string
	Shipped bool
	At      db.Time
	By      casefile.User
	Form    *form.Definition
	Doc     scoring.Document
	scorer  *scoring.Scorer
	files   files
}

// files are the two documents of an edition as they were given.
type files struct{ questionnaire, scoring string }

// Usable tells whether a client can be asked: published, and with words.
func (e Edition) Usable() bool { return e.State == Published && e.Form.Worded() }

// Asks tells whether the edition has words in a language.
func (e Edition) Asks(language string) bool { return e.Form.Languages()[language] }

// Documents are the questionnaire and the scoring as they were given.
func (e Edition) Documents() (questionnaire, scoring string) {
	return e.files.questionnaire, e.files.scoring
}

// Unvalidated tells whether no study has looked at the words in a language.
func (e Edition) Unvalidated(language string) bool {
	return slices.Contains(e.Doc.Unvalidated, language)
}

// Answering is one filling of an instrument in a case.
type Answering struct {
	ID           db.ID
	Case         db.ID
	Instrument   string
	Edition      string
	Person       db.ID // of those involved; zero is the client
	PersonName   string
	Language     string
	Manner       string
	Answers      form.Answers
	Result       scoring.Result
	AnsweredOn   db.Date
	By           casefile.User
	At           db.Time
	DoneAt       db.Time
	StruckAt     db.Time
	StruckBy     casefile.User
	StruckReason string
	Version      int64
}

// Counts tells whether it stands among the results.
func (x Answering) Counts() bool { return !x.DoneAt.IsZero() && x.StruckAt.IsZero() }

var notInName = regexp.MustCompile(`[^a-z0-9]+`)

// nameOf is the short name of a definition: the end of its address.
func nameOf(d *form.Definition) string {
	end := d.URL[strings.LastIndexAny(d.URL, ":/")+1:]
	if end == "" {
		end = d.Name
	}
	name := strings.Trim(notInName.ReplaceAllString(strings.ToLower(end), "-"), "-")
	return name[:min(len(name), 60)]
}
