// Package scoring turns the answers to an instrument into scores, bands and alarms, and two scores into a judgement whether
// the change is more than chance.
//
// A scoring document says how: which items make a scale, which of them are reversed, sum or mean, a factor, how many answers
// may be missing, the bands with what they mean in plain words, a cut-off, items that raise an alarm, and the spread and
// reliability that reliable change needs, each with its source. The document belongs to one version of a definition (package
// form); Compile puts the two together and tells what does not fit.
//
// Scores are a screening, never a diagnosis.
package scoring

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"teduh/internal/form"
)

// Document is a scoring document.
type Document struct {
	Questionnaire string     `json:"questionnaire"` // url|version of the definition
	Notice        form.Words `json:"notice"`        // the owner's terms, shown with the form
	Source        string     `json:"source"`        // where the rules are published
	Wording       form.Words `json:"wording"`       // where each language's words are from
	Unvalidated   []string   `json:"unvalidated"`   // languages whose words no study has looked at
	Load          form.Words `json:"load"`          // what to do where the words are not there
	Scales        []Scale    `json:"scales"`
	Alarms        []Alarm    `json:"alarms"`
}

// Scale is one score of an instrument: the whole, or a subscale.
type Scale struct {
	Code     string     `json:"code"`
	Title    form.Words `json:"title"`
	Items    []string   `json:"items"`
	Reversed []string   `json:"reversed"`
	Method   string     `json:"method"`  // sum or mean
	Factor   float64    `json:"factor"`  // of the sum or mean; 0 counts as 1
	Missing  int        `json:"missing"` // how many answers may be missing; each counts as the mean of the others
	Better   string     `json:"better"`  // lower or higher
	Bands    []Band     `json:"bands"`
	Cutoff   *Cutoff    `json:"cutoff"`
	Change   *Change    `json:"change"`
}

// Band is a stretch of scores with a name.
type Band struct {
	Code    string     `json:"code"`
	From    float64    `json:"from"`
	To      float64    `json:"to"`
	Tone    string     `json:"tone"` // calm, notice, warn or alarm
	Title   form.Words `json:"title"`
	Meaning form.Words `json:"meaning"`
}

// Cutoff is the score from which one should look closer; an office may set its own.
type Cutoff struct {
	At     float64 `json:"at"`
	Side   string  `json:"side"` // above: this score or more; below: this score or less
	Source string  `json:"source"`
}

// Change holds what reliable change is reckoned with (Jacobson & Truax 1991).
type Change struct {
	SD          float64 `json:"sd"`
	Reliability float64 `json:"reliability"`
	Source      string  `json:"source"`
}

// Alarm is raised when an item counts for more than a number.
type Alarm struct {
	Item  string  `json:"item"`
	Above float64 `json:"above"`
	Code  string  `json:"code"` // self_harm
}

// Problem is something a document can't be used with: a code of the catalog (instrument.problem.…), the scale or item, a word.
type Problem struct{ Code, At, Word string }

// MostBytes is the size of a document that is read.
const MostBytes = 256 << 10

// Parse reads a scoring document; fields it does not know are refused, for a misspelt rule would score wrongly in silence.
func Parse(raw []byte) (doc Document, problems []Problem) {
	if len(raw) > MostBytes {
		return doc, []Problem{{Code: "too_large"}}
	}
	in := json.NewDecoder(bytes.NewReader(raw))
	in.DisallowUnknownFields()
	if err := in.Decode(&doc); err != nil {
		return doc, []Problem{{Code: "not_scoring"}}
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return doc, []Problem{{Code: "not_scoring"}}
	}
	return doc, nil
}
