package instrument

import (
	"context"
	"encoding/json"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/journal"
	"teduh/internal/questions"
	"teduh/internal/web"
)

// riskReview is the code of the task that an alarm makes.
const riskReview = "risk_review"

// Filling is what a worker noted of a client's answers.
type Filling struct {
	Instrument string
	Edition    string
	Person     db.ID // of those involved in the case; zero is the client
	Language   string
	AnsweredOn db.Date
	Answers    form.Answers
	Partly     bool // keep it although required answers are missing
}

// Fill keeps answers and their scores. Wrong answers are told at their questions («q-» and the linkId); missing ones are asked
// for, unless the worker says that they stay missing.
func (s *Service) Fill(ctx context.Context, a access.Actor, caseID db.ID, f Filling) (x Answering, err error) {
	list, err := s.Editions(ctx, a)
	if err != nil {
		return x, err
	}
	e, err := usable(list, f.Instrument, f.Edition, f.Language)
	if err != nil {
		return x, err
	}
	x = Answering{ID: db.NewID(), Case: caseID, Instrument: e.Name, Edition: e.Version, Person: f.Person, Language: f.Language, Manner: ByWorker,
		Answers: e.Form.Clean(f.Answers), AnsweredOn: f.AnsweredOn, By: casefile.User{ID: a.User, Name: a.Name}}
	if err := checked(e, x, f.Partly, db.DayOf(s.Now(), a.Office.Zone)); err != nil {
		return x, err
	}
	return x, s.Cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		if err := ofCase(ctx, tx, caseID, x.Person); err != nil {
			return "", err
		}
		x.At, x.DoneAt = tx.Now(), tx.Now()
		if err := s.keep(ctx, tx, a, in, e, &x, "instrument.filled"); err != nil {
			return "", err
		}
		return "", s.Cases.DropDraft(ctx, tx, a, in, fillDraft)
	})
}

// keep adds what is calculated, scores the answers, seals both, records it by a code and raises what the answers raise.
func (s *Service) keep(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, e Edition, x *Answering, code string) error {
	x.Answers = e.Form.Reckon(x.Answers)
	x.Result = e.scorer.Score(x.Answers)
	row, err := sealed(in, *x)
	if err != nil {
		return err
	}
	if err := upsertAnswering(ctx, tx, row); err != nil {
		return err
	}
	change := journal.Change{Office: in.Case.Office, Actor: a.User, Code: code, Kind: "answering", Subject: x.ID, Case: x.Case}
	if err := tx.Record(ctx, change); err != nil || len(x.Result.Alarms) == 0 {
		return err
	}
	if _, err := s.Cases.TaskIn(ctx, tx, a, in, riskReview, db.DayOf(tx.Now().Time, a.Office.Zone)); err != nil {
		return err
	}
	change.Code = "instrument.alarm"
	return tx.Record(ctx, change)
}

// sealed seals answers, result and reason under the case's key.
func sealed(in casefile.Inside, x Answering) (row answeringRow, err error) {
	row.x = x
	answers, err := json.Marshal(x.Answers)
	if err != nil {
		return row, err
	}
	if row.answers, err = in.Key.Seal("answers", string(answers)); err != nil || x.DoneAt.IsZero() {
		return row, err
	}
	result, err := json.Marshal(x.Result)
	if err != nil {
		return row, err
	}
	row.result, err = in.Key.Seal("result", string(result))
	return row, err
}

// opened reads a row under the case's key.
func opened(in casefile.Inside, row answeringRow) (x Answering, err error) {
	x = row.x
	if x.StruckReason, err = in.Key.Open("struck", row.reason); err != nil {
		return x, err
	}
	for _, part := range []struct {
		field string
		body  []byte
		into  any
	}{{"answers", row.answers, &x.Answers}, {"result", row.result, &x.Result}} {
		plain, err := in.Key.Open(part.field, part.body)
		if err != nil {
			return x, err
		}
		if plain == "" {
			continue
		}
		if err := json.Unmarshal([]byte(plain), part.into); err != nil {
			return x, err
		}
	}
	return x, nil
}

// checked tells what is wrong with a filling, at its fields.
func checked(e Edition, x Answering, partly bool, today db.Date) error {
	var c fault.Checks
	c.Field(x.AnsweredOn == "", "answered_on", "required", "error.required")
	c.Field(x.AnsweredOn > today, "answered_on", "future", "instrument.future")
	c.Field(len(x.Answers) == 0, "answers", "required", "instrument.no_answer")
	questions.Tell(&c, e.Form.Check(x.Answers, !partly && len(x.Answers) > 0))
	return c.Err()
}

// usable finds an edition that clients can be asked with, in a language it has words in.
func usable(list []Edition, name, version, language string) (Edition, error) {
	e, err := pick(list, name, version)
	switch {
	case err != nil:
		return e, err
	case !e.Usable():
		return e, fault.Conflict("instrument_unusable", "instrument.unusable")
	case !e.Asks(language):
		return e, fault.Invalid(fault.Field("language", "unknown", "error.choice"))
	}
	return e, nil
}

// MostListed bounds what was answered in one case and is shown; four a week for a year.
const MostListed = 200

// Answered are the fillings of a case, newest first, also the struck ones and those a client has not sent yet.
func (s *Service) Answered(ctx context.Context, a access.Actor, caseID db.ID) (list []Answering, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.Cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		rows, err := selectAnswerings(ctx, r, caseID)
		if err != nil {
			return err
		}
		for _, row := range rows {
			x, err := opened(in, row)
			if err != nil {
				return err
			}
			list = append(list, x)
		}
		return nil
	})
	return list, err
}

// One is a filling of a case.
func (s *Service) One(ctx context.Context, a access.Actor, caseID, id db.ID) (x Answering, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return x, err
	}
	err = s.Cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		row, err := selectAnswering(ctx, r, caseID, id)
		if err != nil {
			return err
		}
		x, err = opened(in, row)
		return err
	})
	return x, err
}

// Strike takes a wrong filling out of the results; it stays to be read. A client's link to it dies.
func (s *Service) Strike(ctx context.Context, a access.Actor, caseID, id db.ID, reason string) error {
	if err := a.Require(access.CaseWork); err != nil {
		return err
	}
	if bad := web.Length("reason", reason, 1, web.MaxLine); bad != nil {
		return fault.Invalid(bad)
	}
	return s.Cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		row, err := selectAnswering(ctx, tx, caseID, id)
		switch {
		case err != nil:
			return "", err
		case !row.x.StruckAt.IsZero():
			return "", fault.Conflict("struck", "instrument.struck_already")
		}
		body, err := in.Key.Seal("struck", reason)
		if err == nil {
			err = strikeAnswering(ctx, tx, id, a.User, tx.Now(), body)
		}
		if err == nil {
			err = deleteLink(ctx, tx, id)
		}
		return "instrument.struck", err
	})
}
