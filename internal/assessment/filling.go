package assessment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/questions"
)

// draftForm is the name under which what is typed into an assessment is kept.
const draftForm = "assessment"

// Answer is what stands to one question.
type Answer struct {
	Item    string
	Values  []string
	By      string
	At      db.Time
	Edition string // under which it was answered
}

// text is how the values are kept: one as it is, several codes one a line.
func (x Answer) text() string { return strings.Join(x.Values, "\n") }

// Assessment is what was answered in a case, as the form in force asks for it.
type Assessment struct {
	Edition  Edition
	Answers  form.Answers // to questions of the form in force, the calculated ones too
	Given    []Answer     // the same with who and when, in the order of the form
	Old      []Answer     // to questions the form in force has no more, or has otherwise
	Editions []Edition    // under which those were answered
	Version  int64        // counts the writings; 1 is none yet
}

// Writing is a change of an assessment.
type Writing struct {
	Edition string                              // of the form that was filled in; empty is the one in force
	Answers form.Answers                        // by question; one without values is taken back, one that is not named stays
	Read    func(*form.Definition) form.Answers // in place of Answers, where they must be read by the form
	// Was holds the mark of what each answer was when the form was made: one that was left alone stays as it stands now, and one
	// that somebody else changed meanwhile is not written over. The fault version_changed carries those questions.
	Was map[string]string
	// Over is the version that was read; 0 asks for none.
	Over int64
}

// Write keeps the answers that changed, each with the edition it was given under. Wrong ones are told at their fields; nothing
// is written then. A question that is asked no more loses its answer; what it was stays readable among the former ones.
func (s *Service) Write(ctx context.Context, a access.Actor, caseID db.ID, w Writing) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		now, err := s.load(ctx, tx, in)
		if err != nil {
			return "", err
		}
		if w.Read != nil {
			w.Answers = w.Read(now.Edition.Form)
		}
		if err := now.refuse(w); err != nil {
			return "", err
		}
		changed, raced := now.compare(w)
		if len(raced) > 0 {
			return "", fault.VersionChanged(now.Version).With(raced)
		}
		if err := s.keep(ctx, tx, a, in, now, changed); err != nil {
			return "", err
		}
		return "practice.assessment", s.cases.DropDraft(ctx, tx, a, in, draftForm)
	})
}

// refuse tells why a writing can't be taken at all: another form, another version, answers that can't stand.
func (x Assessment) refuse(w Writing) error {
	switch {
	case w.Edition != "" && w.Edition != x.Edition.Name():
		return fault.Conflict("form_changed", "assessment.form_changed").With(x.Edition.Name())
	case w.Over != 0 && w.Over != x.Version:
		return fault.VersionChanged(x.Version)
	}
	given := form.Answers{}
	for id, values := range w.Answers {
		if _, known := x.Edition.Form.Item(id); len(values) > 0 || !known {
			given[id] = values
		}
	}
	var c fault.Checks
	questions.Tell(&c, x.Edition.Form.Check(given, false))
	return c.Err()
}

// compare tells which answers are to be written, and which of them somebody else changed meanwhile.
func (x Assessment) compare(w Writing) (changed map[string][]string, raced []string) {
	changed = map[string][]string{}
	for _, it := range x.Edition.Form.Questions() {
		values, given := w.Answers[it.ID]
		mark, marked := w.Was[it.ID]
		stands, text := markOf(x.Answers[it.ID]), markOf(values)
		if !given || it.Calculated() || text == stands || marked && mark == text {
			continue
		}
		changed[it.ID] = values
		if marked && mark != stands {
			raced = append(raced, it.ID)
		}
	}
	return changed, raced
}

// keep writes what changed, takes away what is asked no more, and settles which stages have what they wait for.
func (s *Service) keep(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, now Assessment, changed map[string][]string) error {
	whole := form.Answers{}
	for id, values := range now.Answers {
		whole[id] = values
	}
	for id, values := range changed {
		whole[id] = values
	}
	whole = now.Edition.Form.Clean(whole)
	for _, it := range now.Edition.Form.Questions() {
		_, touched := changed[it.ID]
		gone := len(now.Answers[it.ID]) > 0 && len(whole[it.ID]) == 0 && !it.Calculated()
		if !touched && !gone {
			continue
		}
		body, err := in.Key.Seal(sealedAs(it.ID), strings.Join(whole[it.ID], "\n"))
		if err != nil {
			return err
		}
		row := answerRow{caseID: in.Case.ID, item: it.ID, edition: now.Edition.Name(), by: a.User, at: tx.Now(), body: body}
		if err := upsertAnswer(ctx, tx, row); err != nil {
			return err
		}
	}
	return keepMet(ctx, tx, in.Case.ID, met(now.Edition.Form, whole))
}

// sealedAs is the field an answer is sealed as.
func sealedAs(item string) string { return "assessment " + item }

// markOf is short for an answer as a form gives it back: the same for the same words.
func markOf(values []string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(strings.ReplaceAll(strings.Join(values, "\n"), "\r\n", "\n"))))
	return hex.EncodeToString(sum[:8])
}

// Of reads the assessment of a case.
func (s *Service) Of(ctx context.Context, a access.Actor, caseID db.ID) (x Assessment, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return x, err
	}
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		x, err = s.load(ctx, r, in)
		return err
	})
	return x, err
}

// load reads what was answered beside the form in force.
func (s *Service) load(ctx context.Context, r db.Reader, in casefile.Inside) (x Assessment, err error) {
	if x.Edition, err = s.InForce(ctx, r, in.Case.Office); err != nil {
		return x, err
	}
	rows, err := selectAnswers(ctx, r, in)
	if err != nil {
		return x, err
	}
	x.sort(rows)
	if x.Version, err = selectVersion(ctx, r, in.Case.ID); err != nil {
		return x, err
	}
	x.Editions, err = s.named(ctx, r, in.Case.Office, x.Old)
	return x, err
}

// sort tells what answers the form in force from what answered another one.
func (x *Assessment) sort(rows []Answer) {
	d := x.Edition.Form
	x.Answers = form.Answers{}
	places := map[string]int{}
	for i, it := range d.Questions() {
		places[it.ID] = i
	}
	for _, row := range rows {
		if values, fits := fitting(d, row); fits {
			row.Values = values
			x.Answers[row.Item] = values
			x.Given = append(x.Given, row)
		} else {
			x.Old = append(x.Old, row)
		}
	}
	slices.SortFunc(x.Given, func(a, b Answer) int { return places[a.Item] - places[b.Item] })
	slices.SortFunc(x.Old, func(a, b Answer) int { return strings.Compare(a.Item, b.Item) })
	x.Answers = d.Reckon(x.Answers)
}

// fitting reads an answer as a form asks for it now; fits is false where the form has no such question, or takes other answers.
func fitting(d *form.Definition, row Answer) (values []string, fits bool) {
	it, known := d.Item(row.Item)
	if !known || it.Calculated() {
		return nil, false
	}
	values = valuesOf(it, row.text())
	return values, len(d.Check(form.Answers{row.Item: values}, false)) == 0
}

// valuesOf takes what is kept apart again.
func valuesOf(it form.Item, text string) []string {
	if it.Type == form.Choice && it.Repeats {
		return strings.Split(text, "\n")
	}
	return []string{text}
}

// named finds the editions that answers were given under.
func (s *Service) named(ctx context.Context, r db.Reader, office db.ID, answers []Answer) (list []Edition, err error) {
	if len(answers) == 0 {
		return nil, nil
	}
	all, err := s.editions(ctx, r, office)
	for _, e := range all {
		if slices.ContainsFunc(answers, func(x Answer) bool { return x.Edition == e.Name() }) {
			list = append(list, e)
		}
	}
	return list, err
}

// Asking is what of a form is asked, and what is reckoned, while it is filled in.
type Asking struct {
	Asked    []string          `json:"asked"`
	Reckoned map[string]string `json:"reckoned"`
}

// Asks tells it of a form that is filled in on a case and not kept yet.
func (s *Service) Asks(ctx context.Context, a access.Actor, caseID db.ID, read func(*form.Definition) form.Answers) (Asking, error) {
	if err := a.Require(access.CaseWork); err != nil {
		return Asking{}, err
	}
	e, err := s.EditionOf(ctx, a, caseID, "")
	if err != nil {
		return Asking{}, err
	}
	return askingOf(ctx, e.Form, read(e.Form)), nil
}

// askingOf tells it of any form and what is typed into it.
func askingOf(ctx context.Context, d *form.Definition, typed form.Answers) Asking {
	answers := d.Clean(typed)
	asked, whole, x := d.Asked(answers), d.Reckon(answers), Asking{Reckoned: map[string]string{}}
	for id, is := range asked {
		if is {
			x.Asked = append(x.Asked, id)
		}
	}
	for _, it := range d.Questions() {
		if it.Calculated() {
			x.Reckoned[it.ID] = questions.Told(ctx, it, whole[it.ID], string(i18n.Lang(ctx)))
		}
	}
	slices.Sort(x.Asked)
	return x
}

// EditionOf finds the edition of a name at the office of a case the actor works on; without a name it is the one in force.
func (s *Service) EditionOf(ctx context.Context, a access.Actor, caseID db.ID, name string) (e Edition, err error) {
	if err := a.Require(access.CaseWork); err != nil {
		return e, err
	}
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		if !in.Case.Writes {
			return fault.Forbidden()
		}
		if e, err = s.InForce(ctx, r, in.Case.Office); err != nil || name == "" || name == e.Name() {
			return err
		}
		all, err := s.editions(ctx, r, in.Case.Office)
		at := slices.IndexFunc(all, func(e Edition) bool { return e.Name() == name && e.State != Draft })
		if err == nil && at < 0 {
			err = fault.Invalid(fault.Field("edition", "unknown", "error.choice"))
		}
		if err == nil {
			e = all[at]
		}
		return err
	})
	return e, err
}
