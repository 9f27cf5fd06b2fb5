// Package letter writes the letters of an office: referrals, introductions, transfers, statements and answers to referrals.
//
// A Letter belongs to a case and has a number that the office gives without gaps, year by year (number.go). It is merged from
// the current edition of its kind's Template (template.go) and from Values: those of the case are looked up here, the others come
// with New. Nothing else of a case can reach a letter, and there is no value for an address.
//
// A letter stays as it left: what stands on it and its PDF are kept sealed under the case's key, whatever becomes of templates,
// signers and logo. It may be withdrawn with a reason; a corrected one is a new letter that names the old. Each carries a code by
// which anybody can see that it is real (check.go) and nothing more.
//
// Write writes one by itself, WriteIn in the transaction of another act, such as a referral that is sent. What stands on all
// letters of an office is Settings. See docs/adr/0015-letters-are-kept-as-paper.md.
package letter

import (
	"slices"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/letter/paper"
	"teduh/internal/web"
)

// The kinds of letters.
const (
	Referral     = "referral"     // surat rujukan
	Introduction = "introduction" // surat pengantar
	Transfer     = "transfer"     // surat pelimpahan
	Statement    = "statement"    // surat keterangan
	Reply        = "reply"        // jawaban rujukan
)

// Kinds in the order people see them.
var Kinds = []string{Referral, Introduction, Transfer, Statement, Reply}

// Letter is one that was written.
type Letter struct {
	ID          db.ID
	Case        db.ID
	CaseNumber  string
	Referral    db.ID // zero where it belongs to none
	Kind        string
	Number      string
	On          db.Date
	Edition     int // of the template
	Setting     int // edition of what stands on all letters
	Logo        db.ID
	Replaces    db.ID
	Replaced    string // the number of that one
	ReplacedBy  string // the number of the one that corrects it; on its own page alone
	By          string
	At          db.Time
	WithdrawnAt db.Time
	WithdrawnBy string
	Why         string // it was withdrawn; sealed
	Version     int64
	Subject     string
	To          string // the first line of whom it is for
	Code        string // of the check page
	Made        New    // what it was made of
	Document    paper.Document
}

// Own are the kinds that are written by themselves; the others come with a referral.
var Own = []string{Introduction, Statement, Reply}

// Stands tells whether it was not withdrawn.
func (l Letter) Stands() bool { return l.WithdrawnAt.IsZero() }

// New is what a letter is made of beside its template.
type New struct {
	Kind       string   `json:"kind"`
	To         []string `json:"to,omitempty"`         // whom it is for, line by line, without «Kepada Yth.»; a statement needs nobody
	Subject    string   `json:"subject,omitempty"`    // empty: the template's
	Secrecy    string   `json:"secrecy,omitempty"`    // «Sangat rahasia»; empty: the template's
	Enclosures string   `json:"enclosures,omitempty"` // «2 berkas»; empty: none
	Values     Values   `json:"values,omitempty"`     // by the codes of Fields that are given
	Copies     []string `json:"copies,omitempty"`     // who else gets it
	Signer     string   `json:"signer,omitempty"`     // of Settings; empty: the usual one for the kind, or who writes it
	Referral   db.ID    `json:"-"`
	Replaces   db.ID    `json:"-"`                // a letter of the same case and kind that this one corrects
	Answer     string   `json:"answer,omitempty"` // an address by which the receiver answers, printed as a second code
}

// Most lines that stand in a list of a letter.
const mostLines = 8

func (n *New) check() error {
	var c fault.Checks
	c.Field(!slices.Contains(Kinds, n.Kind), "kind", "unknown", "error.choice")
	n.To, n.Copies = tidyLines(n.To), tidyLines(n.Copies)
	c.Field(len(n.To) == 0 && n.Kind != Statement, "to", "required", "error.required")
	checkLines(&c, "to", n.To, mostLines)
	checkLines(&c, "copies", n.Copies, mostLines)
	checkFace(&c, "subject", n.Subject)
	checkFace(&c, "secrecy", n.Secrecy)
	checkFace(&c, "enclosures", n.Enclosures)
	c.Add(web.Length("subject", n.Subject, 0, web.MaxLine))
	c.Add(web.Length("secrecy", n.Secrecy, 0, web.MaxName))
	c.Add(web.Length("enclosures", n.Enclosures, 0, web.MaxName))
	n.Values.check(&c)
	return c.Err()
}
