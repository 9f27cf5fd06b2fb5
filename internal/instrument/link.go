package instrument

import (
	"context"
	"crypto/sha256"
	"maps"
	"net/http"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/journal"
	"teduh/internal/questions"
)

// LinkLasts is how long a client's link lives.
const LinkLasts = 24 * time.Hour

// Asking is what a client is to be asked on their own.
type Asking struct {
	Instrument string
	Edition    string
	Person     db.ID
	Language   string
	Manner     string // tablet or link
}

// Ask makes a link for a client to answer on their own. The token stands nowhere but in the link.
func (s *Service) Ask(ctx context.Context, a access.Actor, caseID db.ID, q Asking) (id db.ID, token string, err error) {
	list, err := s.Editions(ctx, a)
	if err != nil {
		return id, "", err
	}
	e, err := usable(list, q.Instrument, q.Edition, q.Language)
	if err != nil {
		return id, "", err
	}
	if q.Manner != OnTablet && q.Manner != ByLink {
		return id, "", fault.Invalid(fault.Field("manner", "unknown", "error.choice"))
	}
	id, token = db.NewID(), access.FormKey()
	return id, token, s.Cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		if err := ofCase(ctx, tx, caseID, q.Person); err != nil {
			return "", err
		}
		row, err := sealed(in, Answering{ID: id, Case: caseID, Instrument: e.Name, Edition: e.Version, Person: q.Person, Language: q.Language, Manner: q.Manner,
			AnsweredOn: db.DayOf(tx.Now().Time, a.Office.Zone), By: casefile.User{ID: a.User}, At: tx.Now()})
		if err == nil {
			err = upsertAnswering(ctx, tx, row)
		}
		if err == nil {
			err = insertLink(ctx, tx, hashOf(token), id, db.At(tx.Now().Add(LinkLasts)))
		}
		return "instrument.asked", err
	})
}

func hashOf(token string) []byte {
	sum := sha256.Sum256([]byte("teduh answering " + token))
	return sum[:]
}

// Sheet is what a client sees of an answering: the questions, nothing of the case.
type Sheet struct {
	Edition  Edition
	Language string
	Manner   string
	Answers  form.Answers
	Office   access.Office
	Raised   bool // something in the answers asks for help at once
}

// Asked are the questions that are asked by now, in their order.
func (sh Sheet) Asked() (list []form.Item) {
	asked := sh.Edition.Form.Asked(sh.Answers)
	for _, q := range sh.Edition.Form.Questions() {
		if asked[q.ID] && !q.Calculated() {
			list = append(list, q)
		}
	}
	return list
}

// gone says that a link has ended, was sent, or was opened on another device.
func gone(code string) error {
	return &fault.Error{Status: http.StatusGone, Code: code, Key: string(goneWords) + code}
}

// Open lets the holder of a link on; the first device to open it is the only one from then on.
func (s *Service) Open(ctx context.Context, token, device string) (sh Sheet, err error) {
	err = s.DB.Write(ctx, func(tx db.Tx) error {
		sh, _, err = s.sheet(ctx, tx, token, device)
		return err
	})
	return sh, err
}

// sheet finds an answering by its link, binds it to the device, and reads what was answered so far.
func (s *Service) sheet(ctx context.Context, tx db.Tx, token, device string) (sh Sheet, row linkRow, err error) {
	row, err = selectLink(ctx, tx, hashOf(token))
	switch {
	case err != nil:
		return sh, row, err
	case !row.used.IsZero():
		return sh, row, gone("sent")
	case row.ends.Before(s.Now()) || row.closed:
		return sh, row, gone("ended")
	case row.device != nil && !slices.Equal(row.device, hashOf(device)):
		return sh, row, gone("elsewhere")
	}
	if row.device == nil {
		if err := bindLink(ctx, tx, hashOf(token), hashOf(device)); err != nil {
			return sh, row, err
		}
	}
	return s.read(ctx, tx, row)
}

func (s *Service) read(ctx context.Context, r db.Reader, row linkRow) (Sheet, linkRow, error) {
	u, err := s.Access.Unit(ctx, row.office)
	if err != nil {
		return Sheet{}, row, err
	}
	list, err := s.editions(ctx, r, row.office)
	if err != nil {
		return Sheet{}, row, err
	}
	sh := Sheet{Language: row.a.x.Language, Manner: row.a.x.Manner, Office: u.Office()}
	if sh.Edition, err = pick(list, row.a.x.Instrument, row.a.x.Edition); err != nil {
		return sh, row, err
	}
	key, err := s.Vault.Key(ctx, r, row.a.x.Case)
	if err != nil {
		return sh, row, err
	}
	row.key = key
	x, err := opened(casefile.Inside{Key: key}, row.a)
	sh.Answers = x.Answers
	return sh, row, err
}

// Answer keeps the answer to one question; no value takes it away.
func (s *Service) Answer(ctx context.Context, token, device, item string, values []string) (sh Sheet, err error) {
	err = s.DB.Write(ctx, func(tx db.Tx) error {
		var row linkRow
		if sh, row, err = s.sheet(ctx, tx, token, device); err != nil {
			return err
		}
		answers := form.Answers{}
		maps.Copy(answers, sh.Answers)
		answers[item] = values
		answers = sh.Edition.Form.Clean(answers)
		var c fault.Checks
		questions.Tell(&c, sh.Edition.Form.Check(answers, false))
		if err := c.Err(); err != nil {
			return err
		}
		sh.Answers, row.a.x.Answers = answers, answers
		sealedRow, err := sealed(casefile.Inside{Key: row.key}, row.a.x)
		if err != nil {
			return err
		}
		return upsertAnswering(ctx, tx, sealedRow)
	})
	return sh, err
}

// Send ends the link: the answers are scored, the worker sees them in the name of whoever asked, and what raises an alarm makes
// a review of the risk due.
func (s *Service) Send(ctx context.Context, token, device string) (Sheet, error) {
	sh, row, err := s.complete(ctx, token, device)
	if err != nil {
		return sh, err
	}
	asker, x := access.SystemActor(sh.Office), row.a.x
	asker.User, x.Answers = row.a.x.By.ID, sh.Answers
	return sh, s.Cases.Work(ctx, asker, x.Case, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		switch first, err := db.Changed(useLink(ctx, tx, hashOf(token), tx.Now())); {
		case err != nil:
			return "", err
		case !first:
			return "", gone("sent")
		}
		x.DoneAt, x.AnsweredOn = tx.Now(), db.DayOf(tx.Now().Time, sh.Office.Zone)
		err := s.keep(ctx, tx, asker, in, sh.Edition, &x, "instrument.answered")
		sh.Raised = len(x.Result.Alarms) > 0
		return "", err
	})
}

// complete is a sheet on which every required question has its answer.
func (s *Service) complete(ctx context.Context, token, device string) (sh Sheet, row linkRow, err error) {
	err = s.DB.Write(ctx, func(tx db.Tx) error {
		if sh, row, err = s.sheet(ctx, tx, token, device); err != nil {
			return err
		}
		var c fault.Checks
		questions.Tell(&c, sh.Edition.Form.Check(sh.Answers, true))
		return c.Err()
	})
	return sh, row, err
}
