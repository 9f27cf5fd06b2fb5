package instrument

import (
	"context"
	"database/sql"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/vault"
)

type editionRow struct {
	id      db.ID
	name    string
	edition string
	state   string
	by      casefile.User
	at      db.Time
}

// mostEditions bounds what one office keeps; a hundred instruments in ten versions.
const mostEditions = 1000

// selectEditions leaves the documents where they are: a published one is read once, and there are many.
func selectEditions(ctx context.Context, r db.Reader, office db.ID) ([]editionRow, error) {
	return db.All(ctx, r, func(row db.Row) (e editionRow, err error) {
		err = row.Scan(&e.id, &e.name, &e.edition, &e.state, &e.by.ID, &e.by.Name, &e.at)
		return e, err
	}, `SELECT i.id, i.name, i.edition, i.state, i.by_id, u.name, i.at
  FROM instrument i JOIN app_user u ON u.id = i.by_id WHERE i.office_id = $1 ORDER BY i.name, i.edition LIMIT $2`, office, mostEditions)
}

// selectFiles reads the two documents of an edition that an office brought in.
func selectFiles(ctx context.Context, r db.Reader, id db.ID) (files, error) {
	return db.One(ctx, r, func(row db.Row) (f files, err error) {
		err = row.Scan(&f.questionnaire, &f.scoring)
		return f, err
	}, `SELECT questionnaire, scoring FROM instrument WHERE id = $1`, id)
}

func insertEdition(ctx context.Context, tx db.Tx, office db.ID, e editionRow, f files) error {
	_, err := tx.Exec(ctx, `INSERT INTO instrument (id, office_id, name, edition, state, questionnaire, scoring, by_id, at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`, e.id, office, e.name, e.edition, e.state, f.questionnaire, f.scoring, e.by.ID, e.at)
	return err
}

// upsertState decides about an edition; a shipped one gets its row with the first decision.
func upsertState(ctx context.Context, tx db.Tx, office db.ID, e editionRow) (db.ID, error) {
	return db.One(ctx, tx, db.Value[db.ID], `INSERT INTO instrument (id, office_id, name, edition, state, by_id, at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
  ON CONFLICT (office_id, name, edition) DO UPDATE SET state = excluded.state, by_id = excluded.by_id, at = excluded.at, version = instrument.version + 1
  RETURNING id`, e.id, office, e.name, e.edition, e.state, e.by.ID, e.at)
}

// answeringRow is a filling with what of it is sealed.
type answeringRow struct {
	x                       Answering
	answers, result, reason []byte
}

const answeringColumns = `x.id, x.case_id, x.instrument, x.edition, x.person_id, COALESCE(p.name, ''), x.language, x.manner, x.answers, x.result,
  x.answered_on, x.by_id, u.name, x.at, x.done_at, x.struck_at, x.struck_by, COALESCE(k.name, ''), x.struck_reason, x.version`

const answeringFrom = ` FROM answering x JOIN app_user u ON u.id = x.by_id LEFT JOIN person p ON p.id = x.person_id LEFT JOIN app_user k ON k.id = x.struck_by`

func (row *answeringRow) places() []any {
	x := &row.x
	return []any{&x.ID, &x.Case, &x.Instrument, &x.Edition, &x.Person, &x.PersonName, &x.Language, &x.Manner, &row.answers, &row.result,
		&x.AnsweredOn, &x.By.ID, &x.By.Name, &x.At, &x.DoneAt, &x.StruckAt, &x.StruckBy.ID, &x.StruckBy.Name, &row.reason, &x.Version}
}

func scanAnswering(row db.Row) (a answeringRow, err error) {
	err = row.Scan(a.places()...)
	return a, err
}

func selectAnswerings(ctx context.Context, r db.Reader, caseID db.ID) ([]answeringRow, error) {
	return db.All(ctx, r, scanAnswering, `SELECT `+answeringColumns+answeringFrom+`
  WHERE x.case_id = $1 ORDER BY x.answered_on DESC, x.id DESC LIMIT $2`, caseID, MostListed)
}

func selectAnswering(ctx context.Context, r db.Reader, caseID, id db.ID) (answeringRow, error) {
	return db.One(ctx, r, scanAnswering, `SELECT `+answeringColumns+answeringFrom+` WHERE x.id = $2 AND x.case_id = $1`, caseID, id)
}

func upsertAnswering(ctx context.Context, tx db.Tx, row answeringRow) error {
	x := row.x
	_, err := tx.Exec(ctx, `INSERT INTO answering (id, case_id, instrument, edition, person_id, language, manner, answers, result, answered_on, by_id, at, done_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)
  ON CONFLICT (id) DO UPDATE SET answers = excluded.answers, result = excluded.result, answered_on = excluded.answered_on, done_at = excluded.done_at,
    version = answering.version + 1`,
		x.ID, x.Case, x.Instrument, x.Edition, x.Person, x.Language, x.Manner, row.answers, row.result, x.AnsweredOn, x.By.ID, x.At, x.DoneAt)
	return err
}

func strikeAnswering(ctx context.Context, tx db.Tx, id, by db.ID, at db.Time, reason []byte) error {
	_, err := tx.Exec(ctx, `UPDATE answering SET struck_at = $2, struck_by = $3, struck_reason = $4, version = version + 1 WHERE id = $1`, id, at, by, reason)
	return err
}

// ofCase refuses a person who is not involved in the case; the zero id is the client.
func ofCase(ctx context.Context, r db.Reader, caseID, person db.ID) error {
	if person.IsZero() {
		return nil
	}
	_, err := db.One(ctx, r, db.Value[int], `SELECT 1 FROM case_person WHERE case_id = $1 AND person_id = $2`, caseID, person)
	if fault.Is(err, "not_found") {
		return fault.Invalid(fault.Field("person", "unknown", "error.choice"))
	}
	return err
}

// linkRow is a link with the answering it leads to.
type linkRow struct {
	a      answeringRow
	office db.ID
	closed bool // the case is
	device []byte
	ends   db.Time
	used   db.Time
	key    vault.Key
}

func selectLink(ctx context.Context, r db.Reader, hash []byte) (linkRow, error) {
	return db.One(ctx, r, func(row db.Row) (l linkRow, err error) {
		err = row.Scan(append(l.a.places(), &l.office, (*db.Flag)(&l.closed), &l.device, &l.ends, &l.used)...)
		return l, err
	}, `SELECT `+answeringColumns+`, c.office_id, CASE WHEN c.status = 'closed' THEN 1 ELSE 0 END, l.device_hash, l.ends_at, l.used_at`+answeringFrom+`
  JOIN answering_link l ON l.answering_id = x.id JOIN case_file c ON c.id = x.case_id WHERE l.token_hash = $1`, hash)
}

func insertLink(ctx context.Context, tx db.Tx, hash []byte, answering db.ID, ends db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO answering_link (token_hash, answering_id, ends_at) VALUES ($1, $2, $3)`, hash, answering, ends)
	return err
}

func bindLink(ctx context.Context, tx db.Tx, hash, device []byte) error {
	_, err := tx.Exec(ctx, `UPDATE answering_link SET device_hash = $2 WHERE token_hash = $1`, hash, device)
	return err
}

func useLink(ctx context.Context, tx db.Tx, hash []byte, at db.Time) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE answering_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL`, hash, at)
}

func deleteLink(ctx context.Context, tx db.Tx, answering db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM answering_link WHERE answering_id = $1`, answering)
	return err
}
