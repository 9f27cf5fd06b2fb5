package assessment

import (
	"context"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/journal"
)

// Editions are the office's own, newest first, and below them those that came with the program. Exactly one of all is
// Published: the one in force.
func (s *Service) Editions(ctx context.Context, a access.Actor) (list []Edition, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = s.editions(ctx, r, a.Office.ID)
		return err
	})
	return list, err
}

func (s *Service) editions(ctx context.Context, r db.Reader, office db.ID) (list []Edition, err error) {
	rows, err := selectEditions(ctx, r, office)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		e, err := s.parsed(row)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	own := slices.ContainsFunc(list, func(e Edition) bool { return e.State == Published })
	came := slices.Clone(shipped())
	slices.Reverse(came)
	if !own {
		came[0].State = Published
	}
	return append(list, came...), nil
}

// Edition finds one of the office's own.
func (s *Service) Edition(ctx context.Context, a access.Actor, id db.ID) (e Edition, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return e, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		e, err = s.edition(ctx, r, a.Office.ID, id)
		return err
	})
	return e, err
}

func (s *Service) edition(ctx context.Context, r db.Reader, office, id db.ID) (Edition, error) {
	row, err := selectEdition(ctx, r, office, id)
	if err != nil {
		return Edition{}, err
	}
	return s.parsed(row)
}

// InForce is the form that is asked at an office now.
func (s *Service) InForce(ctx context.Context, r db.Reader, office db.ID) (Edition, error) {
	row, err := selectPublished(ctx, r, office)
	if fault.Is(err, "not_found") {
		e := shippedNow()
		e.State = Published
		return e, nil
	}
	if err != nil {
		return Edition{}, err
	}
	return s.parsed(row)
}

// FormNow is the form that is asked at the actor's office.
func (s *Service) FormNow(ctx context.Context, a access.Actor) (e Edition, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return e, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		e, err = s.InForce(ctx, r, a.Office.ID)
		return err
	})
	return e, err
}

// known is an edition at a version, read once.
type known struct {
	id      db.ID
	version int64
}

// parsed reads the definition of a row; what was published is read once, because it never changes.
func (s *Service) parsed(e Edition) (Edition, error) {
	key := known{e.ID, e.Version}
	if d, ok := s.read.Load(key); ok {
		e.Form = d.(*form.Definition)
		return e, nil
	}
	d, problems := form.Parse([]byte(e.Raw))
	if len(problems) > 0 {
		return e, &unreadable{e.ID, problems[0].Code}
	}
	e.Form = d
	if e.State != Draft {
		s.read.Store(key, d)
	}
	return e, nil
}

// unreadable says that a definition that was once taken can no longer be read.
type unreadable struct {
	id   db.ID
	code string
}

func (e *unreadable) Error() string {
	return "assessment: form " + e.id.String() + " can no longer be read: " + e.code
}

// Begin makes a draft as a copy of the form in force; where the office has a draft already, it is that one.
func (s *Service) Begin(ctx context.Context, a access.Actor) (e Edition, err error) {
	err = s.settle(ctx, a, func(tx *journal.Tx) (string, Edition, error) {
		if e, err = selectDraft(ctx, tx, a.Office.ID); err == nil {
			e, err = s.parsed(e)
			return "", e, err
		}
		if !fault.Is(err, "not_found") {
			return "", e, err
		}
		from, err := s.InForce(ctx, tx, a.Office.ID)
		if err != nil {
			return "", e, err
		}
		last, err := lastEdition(ctx, tx, a.Office.ID)
		if err != nil {
			return "", e, err
		}
		e = Edition{ID: db.NewID(), Number: last + 1, State: Draft, By: casefile.User{ID: a.User, Name: a.Name}, At: tx.Now(), Version: 1}
		if e.Form, e.Raw, err = numbered([]byte(from.Raw), e.Number); err != nil {
			return "", e, err
		}
		return "assessment.form_begun", e, insertEdition(ctx, tx, a.Office.ID, e)
	})
	return e, err
}

// SaveDraft writes a definition into a draft, over the version that was read. What can't be used is refused at the field
// «definition», with the codes of its problems; nothing is written then.
func (s *Service) SaveDraft(ctx context.Context, a access.Actor, id db.ID, version int64, raw []byte) (e Edition, err error) {
	err = s.over(ctx, a, id, version, func(tx *journal.Tx, was Edition) (string, Edition, error) {
		if was.State != Draft {
			return "", was, stateRefused()
		}
		e = was
		if e.Form, e.Raw, err = numbered(raw, was.Number); err != nil {
			return "", e, err
		}
		if err := keepPast(ctx, tx, was); err != nil {
			return "", e, err
		}
		e.By, e.At, e.Version = casefile.User{ID: a.User, Name: a.Name}, tx.Now(), was.Version+1
		return "assessment.form_saved", e, updateEdition(ctx, tx, e)
	})
	return e, err
}

// Publish puts a draft, or one that was retired, in force; the one that was in force retires.
func (s *Service) Publish(ctx context.Context, a access.Actor, id db.ID, version int64) error {
	return s.over(ctx, a, id, version, func(tx *journal.Tx, e Edition) (string, Edition, error) {
		if e.State == Published {
			return "", e, stateRefused()
		}
		if err := retirePublished(ctx, tx, a.Office.ID); err != nil {
			return "", e, err
		}
		if err := deletePast(ctx, tx, e.ID); err != nil {
			return "", e, err
		}
		e.State, e.By, e.At, e.Version = Published, casefile.User{ID: a.User}, tx.Now(), e.Version+1
		if err := updateEdition(ctx, tx, e); err != nil {
			return "", e, err
		}
		for _, stage := range needs(e.Form) {
			if err := insertNeed(ctx, tx, e.ID, stage); err != nil {
				return "", e, err
			}
		}
		return "assessment.form_published", e, nil
	})
}

// Retire takes the office's own form out of use; the one that came with the program is asked again.
func (s *Service) Retire(ctx context.Context, a access.Actor, id db.ID, version int64) error {
	return s.over(ctx, a, id, version, func(tx *journal.Tx, e Edition) (string, Edition, error) {
		if e.State != Published {
			return "", e, stateRefused()
		}
		e.State, e.By, e.At, e.Version = Retired, casefile.User{ID: a.User}, tx.Now(), e.Version+1
		return "assessment.form_retired", e, updateEdition(ctx, tx, e)
	})
}

// Discard throws a draft away. What was ever published stays.
func (s *Service) Discard(ctx context.Context, a access.Actor, id db.ID, version int64) error {
	return s.over(ctx, a, id, version, func(tx *journal.Tx, e Edition) (string, Edition, error) {
		if e.State != Draft {
			return "", e, stateRefused()
		}
		if err := deletePast(ctx, tx, e.ID); err != nil {
			return "", e, err
		}
		return "assessment.form_discarded", e, deleteEdition(ctx, tx, e.ID)
	})
}

// Undo takes the last change of a draft back; where there is none left, it is refused.
func (s *Service) Undo(ctx context.Context, a access.Actor, id db.ID, version int64) (e Edition, err error) {
	err = s.over(ctx, a, id, version, func(tx *journal.Tx, was Edition) (string, Edition, error) {
		if was.State != Draft {
			return "", was, stateRefused()
		}
		past, err := lastPast(ctx, tx, id)
		if fault.Is(err, "not_found") {
			return "", was, fault.Conflict("nothing_to_undo", "assessment.nothing_to_undo")
		}
		if err != nil {
			return "", was, err
		}
		if err := deletePastAt(ctx, tx, id, past.version); err != nil {
			return "", was, err
		}
		e = was
		e.Raw, e.By, e.At, e.Version = past.definition, casefile.User{ID: a.User, Name: a.Name}, tx.Now(), was.Version+1
		return "assessment.form_undone", e, updateEdition(ctx, tx, e)
	})
	return e, err
}

// Undoable tells how many changes of a draft can be taken back.
func (s *Service) Undoable(ctx context.Context, a access.Actor, e Edition) (n int, err error) {
	if err := a.Require(access.OfficeSettings); err != nil || e.Shipped() {
		return 0, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		n, err = countPast(ctx, r, a.Office.ID, e.ID)
		return err
	})
	return n, err
}

func stateRefused() error { return fault.Conflict("form_state", "assessment.form_state") }

// over changes an edition at the version that was read.
func (s *Service) over(ctx context.Context, a access.Actor, id db.ID, version int64, write func(*journal.Tx, Edition) (string, Edition, error)) error {
	return s.settle(ctx, a, func(tx *journal.Tx) (string, Edition, error) {
		e, err := s.edition(ctx, tx, a.Office.ID, id)
		if err == nil && e.Version != version {
			err = fault.VersionChanged(e.Version)
		}
		if err != nil {
			return "", e, err
		}
		return write(tx, e)
	})
}

// settle runs a change of the office's form and records it by the code it answers; without one nothing was changed.
func (s *Service) settle(ctx context.Context, a access.Actor, write func(*journal.Tx) (code string, e Edition, err error)) error {
	if err := a.Require(access.OfficeSettings); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		code, e, err := write(tx)
		if err != nil || code == "" {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "assessment_form", Subject: e.ID,
			Detail: journal.Detail{"edition": nameOf(e.Number)}})
	})
}

// numbered turns a definition over and gives it the number of its edition as version.
func numbered(raw []byte, number int) (*form.Definition, string, error) {
	d, problems := form.Parse(raw)
	if problems = append(problems, problemsOf(d)...); len(problems) > 0 {
		return nil, "", refused(problems)
	}
	d.Version = nameOf(number)
	raw, err := d.JSON()
	return d, string(raw), err
}

// problemsOf are what a definition may be, and an assessment can't use: a stage no case has, an option whose code breaks the
// line it is kept in.
func problemsOf(d *form.Definition) (list []form.Problem) {
	if d == nil {
		return nil
	}
	for _, it := range d.Questions() {
		if it.Stage != "" && !slices.Contains(casefile.StageCodes, it.Stage) {
			list = append(list, form.Problem{Code: "unknown_stage", Item: it.ID, Word: it.Stage})
		}
		for _, o := range it.Options {
			if strings.ContainsAny(o.Code, "\r\n") {
				list = append(list, form.Problem{Code: "option_code", Item: it.ID, Word: o.Code})
			}
		}
	}
	return list
}

// refused tells every problem at the field of the definition.
func refused(problems []form.Problem) error {
	var c fault.Checks
	for _, p := range problems {
		c.Add(fault.Field("definition", p.Code, string(formProblems)+p.Code, "item", p.Item, "word", p.Word, "at", p.At))
	}
	return c.Err()
}

// needs are the stages that wait for an answer of a form, in their order.
func needs(d *form.Definition) (stages []string) {
	for _, stage := range casefile.StageCodes {
		if slices.ContainsFunc(d.Questions(), func(it form.Item) bool { return it.Stage == stage }) {
			stages = append(stages, stage)
		}
	}
	return stages
}
