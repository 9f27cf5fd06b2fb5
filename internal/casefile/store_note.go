package casefile

import (
	"context"
	"database/sql"
	"strings"

	"teduh/internal/db"
)

func insertNote(ctx context.Context, tx db.Tx, n Note, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO note (id, case_id, kind, author_id, happened_at, recorded_at, minutes, services, body, signed_at, appointment_id, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`,
		n.ID, n.Case, n.Kind, n.Author.ID, n.HappenedAt, n.RecordedAt, n.Minutes, strings.Join(n.Services, ","), body, n.SignedAt, n.Appointment)
	return err
}

// updateNote writes over an unsigned note of the author's own, at the version that was read.
func updateNote(ctx context.Context, tx db.Tx, author db.ID, n Note, version int64, body []byte) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE note SET kind = $4, happened_at = $5, minutes = $6, services = $7, body = $8, signed_at = $9, version = version + 1
  WHERE id = $1 AND case_id = $2 AND author_id = $3 AND version = $10 AND signed_at IS NULL AND struck_at IS NULL`,
		n.ID, n.Case, author, n.Kind, n.HappenedAt, n.Minutes, strings.Join(n.Services, ","), body, n.SignedAt, version)
}

func signNote(ctx context.Context, tx db.Tx, id db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE note SET signed_at = $2, version = version + 1 WHERE id = $1`, id, at)
	return err
}

func strikeNote(ctx context.Context, tx db.Tx, id, by db.ID, at db.Time, reason []byte) error {
	_, err := tx.Exec(ctx, `UPDATE note SET struck_at = $2, struck_by = $3, struck_reason = $4, version = version + 1 WHERE id = $1`, id, at, by, reason)
	return err
}

func insertAddendum(ctx context.Context, tx db.Tx, note, author db.ID, at db.Time, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO note_addendum (id, note_id, author_id, at, body) VALUES ($1, $2, $3, $4, $5)`, db.NewID(), note, author, at, body)
	return err
}

// notePage asks for notes as one reader may see them; the zero reader sees all.
type notePage struct {
	reader db.ID
	before Place
	limit  int
	kind   string
	word   string
	only   db.ID
}

type noteRow struct {
	n      Note
	body   []byte
	struck []byte
}

// selectNotes walks the notes from newest to oldest; open opens a row and tells whether it is wanted.
func selectNotes(ctx context.Context, r db.Reader, caseID db.ID, p notePage, open func(*noteRow) (bool, error)) (list []Note, err error) {
	text, args := noteQuery(caseID, p)
	rows, err := r.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err has the reason
	for len(list) < p.limit && rows.Next() {
		row, err := scanNote(rows)
		if err != nil {
			return nil, err
		}
		wanted, err := open(&row)
		if err != nil {
			return nil, err
		}
		if wanted {
			list = append(list, row.n)
		}
	}
	return list, rows.Err()
}

func noteQuery(caseID db.ID, p notePage) (string, []any) {
	before := p.before
	if before.ID.IsZero() {
		before.At, before.ID = db.Time{}, db.ID{}
	}
	args := []any{caseID}
	text := `SELECT n.id, n.case_id, n.kind, n.author_id, a.name, n.happened_at, n.recorded_at, n.minutes, n.services, n.body, n.signed_at,
    n.struck_at, n.struck_by, b.name, n.struck_reason, n.version
  FROM note n JOIN app_user a ON a.id = n.author_id LEFT JOIN app_user b ON b.id = n.struck_by WHERE n.case_id = $1`
	if !p.only.IsZero() {
		return text + ` AND n.id = $2`, append(args, p.only)
	}
	text, args = text+` AND (n.signed_at IS NOT NULL OR n.author_id = $2)`, append(args, p.reader[:])
	if !before.ID.IsZero() {
		text, args = text+` AND (n.happened_at < $3 OR (n.happened_at = $3 AND n.id < $4))`, append(args, before.At, before.ID)
	}
	if p.kind != "" {
		args = append(args, p.kind)
		text += ` AND n.kind = ` + mark(len(args))
	}
	text += ` ORDER BY n.happened_at DESC, n.id DESC`
	if p.word == "" {
		args = append(args, p.limit)
		text += ` LIMIT ` + mark(len(args))
	}
	return text, args
}

func scanNote(row db.Row) (x noteRow, err error) {
	var services string
	var minutes *int
	n := &x.n
	err = row.Scan(&n.ID, &n.Case, &n.Kind, &n.Author.ID, &n.Author.Name, &n.HappenedAt, &n.RecordedAt, &minutes, &services, &x.body,
		&n.SignedAt, &n.StruckAt, &n.StruckBy.ID, (*db.Text)(&n.StruckBy.Name), &x.struck, &n.Version)
	if minutes != nil {
		n.Minutes = *minutes
	}
	if services != "" {
		n.Services = strings.Split(services, ",")
	}
	return x, err
}

type addendumRow struct {
	a    Addendum
	body []byte
}

func selectAddenda(ctx context.Context, r db.Reader, note db.ID) ([]addendumRow, error) {
	return db.All(ctx, r, func(row db.Row) (x addendumRow, err error) {
		err = row.Scan(&x.a.ID, &x.a.Author.ID, &x.a.Author.Name, &x.a.At, &x.body)
		return x, err
	}, `SELECT d.id, d.author_id, u.name, d.at, d.body FROM note_addendum d JOIN app_user u ON u.id = d.author_id WHERE d.note_id = $1 ORDER BY d.id`, note)
}

// hasNoteOf looks for a note of the case that tells an appointment and was not struck.
func hasNoteOf(ctx context.Context, r db.Reader, caseID, appointment db.ID) (bool, error) {
	n, err := db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM note WHERE appointment_id = $1 AND case_id = $2 AND struck_at IS NULL`, appointment, caseID)
	return n > 0, err
}

type servicesRow struct {
	codes []string
	at    db.Time
}

// selectServices are those of the signed notes that were not struck.
func selectServices(ctx context.Context, r db.Reader, id db.ID) ([]servicesRow, error) {
	return db.All(ctx, r, func(row db.Row) (x servicesRow, err error) {
		var codes string
		err = row.Scan(&codes, &x.at)
		x.codes = strings.Split(codes, ",")
		return x, err
	}, `SELECT services, happened_at FROM note WHERE case_id = $1 AND services <> '' AND signed_at IS NOT NULL AND struck_at IS NULL`, id)
}
