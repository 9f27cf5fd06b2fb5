package calendar

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"slices"

	"teduh/internal/db"
)

func insertAppointment(ctx context.Context, tx db.Tx, office db.ID, a Appointment, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO appointment (id, office_id, kind, state, from_at, to_at, moved, case_id, request_id, person_id, body, made_by, made_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, a.ID, office, a.Kind, a.State, a.From, a.To, a.Moved,
		a.Case, a.Request, a.Person, body, a.MadeBy.ID, a.MadeAt, a.Version)
	return err
}

// updateAppointment writes over the version that was read.
func updateAppointment(ctx context.Context, tx db.Tx, a Appointment, body []byte) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE appointment SET kind = $2, state = $3, from_at = $4, to_at = $5, moved = $6, body = $7, version = version + 1
  WHERE id = $1 AND version = $8`, a.ID, a.Kind, a.State, a.From, a.To, a.Moved, body, a.Version)
}

// replaceWorkers writes whose time an appointment takes.
func replaceWorkers(ctx context.Context, tx db.Tx, a Appointment) error {
	if _, err := tx.Exec(ctx, `DELETE FROM appointment_worker WHERE appointment_id = $1`, a.ID); err != nil {
		return err
	}
	for _, u := range a.Workers {
		if _, err := tx.Exec(ctx, `INSERT INTO appointment_worker (appointment_id, user_id, from_at, to_at) VALUES ($1, $2, $3, $4)`,
			a.ID, u.ID, a.From, a.To); err != nil {
			return err
		}
	}
	return nil
}

// frame is an appointment without its words; one row for each of its workers.
const frame = `p.id, p.kind, p.state, p.from_at, p.to_at, p.moved, p.case_id, p.request_id, p.person_id, p.made_by, p.made_at, p.version`

// framed puts the workers beside the appointments that a statement finds.
func framed(found string) string {
	return `SELECT f.*, m.name, u.id, u.name FROM (` + found + `) f JOIN app_user m ON m.id = f.made_by
  JOIN appointment_worker w ON w.appointment_id = f.id JOIN app_user u ON u.id = w.user_id ORDER BY f.from_at, f.id, u.name_key, u.id`
}

func scanFrame(row db.Row) (a Appointment, err error) {
	var u User
	err = row.Scan(&a.ID, &a.Kind, &a.State, &a.From, &a.To, &a.Moved, &a.Case, &a.Request, &a.Person, &a.MadeBy.ID, &a.MadeAt, &a.Version,
		&a.MadeBy.Name, &u.ID, &u.Name)
	a.Workers = []User{u}
	return a, err
}

// selectFrames reads appointments in the order of their beginning, each with all its workers.
func selectFrames(ctx context.Context, r db.Reader, found string, args ...any) (list []Appointment, err error) {
	rows, err := db.All(ctx, r, scanFrame, framed(found), args...)
	for _, a := range rows {
		if n := len(list); n > 0 && list[n-1].ID == a.ID {
			list[n-1].Workers = append(list[n-1].Workers, a.Workers...)
			continue
		}
		list = append(list, a)
	}
	return list, err
}

// The statements that find appointments. What began more than MaxLength before cannot reach into the time asked for, so
// that each walks a short piece of one index.
const (
	ofWorker = `SELECT ` + frame + ` FROM appointment_worker o JOIN appointment p ON p.id = o.appointment_id
  WHERE o.user_id = $2 AND o.from_at > $3 AND o.from_at < $5 AND o.to_at > $4 AND p.office_id = $1
    AND (o.from_at > $6 OR (o.from_at = $6 AND o.appointment_id > $7)) ORDER BY o.from_at, o.appointment_id LIMIT $8`
	ofOffice = `SELECT ` + frame + ` FROM appointment p
  WHERE p.office_id = $1 AND p.from_at > $2 AND p.from_at < $4 AND p.to_at > $3
    AND (p.from_at > $5 OR (p.from_at = $5 AND p.id > $6)) ORDER BY p.from_at, p.id LIMIT $7`
	ofCase = `SELECT ` + frame + ` FROM appointment p
  WHERE p.case_id = $2 AND p.from_at > $3 AND p.from_at < $5 AND p.to_at > $4 AND p.office_id = $1
    AND (p.from_at > $6 OR (p.from_at = $6 AND p.id > $7)) ORDER BY p.from_at, p.id LIMIT $8`
	openOfCase    = `SELECT ` + frame + ` FROM appointment p WHERE p.case_id = $1 AND p.state = 'planned' ORDER BY p.from_at, p.id LIMIT $2`
	openOfRequest = `SELECT ` + frame + ` FROM appointment p WHERE p.request_id = $1 AND p.state = 'planned' ORDER BY p.from_at, p.id LIMIT $2`
	byID          = `SELECT ` + frame + ` FROM appointment p WHERE p.id = $2 AND p.office_id = $1`
)

func selectSpan(ctx context.Context, r db.Reader, office db.ID, s Span) ([]Appointment, error) {
	before := db.At(s.From.Add(-MaxLength))
	after := s.After
	if after.ID.IsZero() {
		after.At = before
	}
	switch {
	case !s.Case.IsZero():
		return selectFrames(ctx, r, ofCase, office, s.Case, before, s.From, s.To, after.At, after.ID[:], s.Limit+1)
	case s.Worker.IsZero():
		return selectFrames(ctx, r, ofOffice, office, before, s.From, s.To, after.At, after.ID[:], s.Limit+1)
	}
	return selectFrames(ctx, r, ofWorker, office, s.Worker, before, s.From, s.To, after.At, after.ID[:], s.Limit+1)
}

func selectFrame(ctx context.Context, r db.Reader, office, id db.ID) (list []Appointment, err error) {
	return selectFrames(ctx, r, byID, office, id)
}

// bodyRow is the sealed words of an appointment with the wrapped key they are sealed under.
type bodyRow struct {
	id, subject   db.ID
	body, wrapped []byte
}

// selectBodies reads the words of appointments that the reader may know.
func selectBodies(ctx context.Context, r db.Reader, ids []db.ID) (all []bodyRow, err error) {
	err = db.In(ids, func(marks string, args []any) error {
		list, err := db.All(ctx, r, func(row db.Row) (b bodyRow, err error) {
			err = row.Scan(&b.id, &b.subject, &b.body, &b.wrapped)
			return b, err
		}, `SELECT p.id, COALESCE(p.case_id, p.request_id, p.person_id, p.office_id), p.body, k.wrapped FROM appointment p
  LEFT JOIN data_key k ON k.subject_id = COALESCE(p.case_id, p.request_id, p.person_id, p.office_id) WHERE p.id IN (`+marks+`)`, args...)
		all = append(all, list...)
		return err
	})
	return all, err
}

// selectClashes finds what else takes a worker's time then.
func selectClashes(ctx context.Context, r db.Reader, u User, a Appointment) ([]Warning, error) {
	return db.All(ctx, r, func(row db.Row) (w Warning, err error) {
		w.Code, w.Worker = "clash", u.Name
		err = row.Scan(&w.From, &w.To)
		return w, err
	}, `SELECT o.from_at, o.to_at FROM appointment_worker o JOIN appointment p ON p.id = o.appointment_id
  WHERE o.user_id = $1 AND o.from_at > $2 AND o.from_at < $4 AND o.to_at > $3 AND o.appointment_id <> $5 AND p.state IN ('planned', 'kept')
  ORDER BY o.from_at, o.appointment_id`, u.ID, db.At(a.From.Add(-MaxLength)), a.From, a.To, a.ID)
}

// about are the subjects of one person's appointments, each already within the reader's scope.
type about struct{ cases, requests, people []db.ID }

// comingOf and goneOf find the planned ones of some subjects, the earliest first, and what became of the others, the latest
// first; column is one of ours.
func comingOf(column, marks string) string {
	return `SELECT ` + frame + ` FROM appointment p WHERE p.` + column + ` IN (` + marks + `) AND p.state = 'planned' ORDER BY p.from_at, p.id LIMIT $1`
}

func goneOf(column, marks string) string {
	return `SELECT ` + frame + ` FROM appointment p WHERE p.` + column + ` IN (` + marks + `) AND p.state <> 'planned'
  ORDER BY p.from_at DESC, p.id DESC LIMIT $1`
}

// selectAbout reads at most limit appointments of each kind of subject, in the order of their beginning.
func selectAbout(ctx context.Context, r db.Reader, x about, limit int, found func(column, marks string) string) (all []Appointment, err error) {
	for _, of := range []struct {
		column string
		ids    []db.ID
	}{{"case_id", x.cases}, {"request_id", x.requests}, {"person_id", x.people}} {
		err := db.InAfter([]any{limit}, of.ids, func(marks string, args []any) error {
			list, err := selectFrames(ctx, r, found(of.column, marks), args...)
			all = append(all, list...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b Appointment) int {
		return cmp.Or(a.From.Compare(b.From.Time), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return all, nil
}
