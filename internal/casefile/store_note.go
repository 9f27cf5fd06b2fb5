package casefile

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"teduh/internal/db"
)

func insertNote(ctx context.Context, tx db.Tx, n Note, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO note (id, case_id, kind, author_id, happened_at, recorded_at, minutes, services, body, signed_at, appointment_id,
    member_id, session_id, source_id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)`,
		n.ID, n.Case, n.Kind, n.Author.ID, n.HappenedAt, n.RecordedAt, n.Minutes, strings.Join(n.Services, ","), body, n.SignedAt, n.Appointment,
		n.Member.ID, n.Session, n.source)
	return err
}

// updateNote writes over an unsigned note of the author's own, at the version that was read. A note does not become a
// psychological one, nor does such a note become another.
func updateNote(ctx context.Context, tx db.Tx, author db.ID, n Note, version int64, body []byte) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE note SET kind = $4, happened_at = $5, minutes = $6, services = $7, body = $8, signed_at = $9,
    member_id = $11, version = version + 1
  WHERE id = $1 AND case_id = $2 AND author_id = $3 AND version = $10 AND signed_at IS NULL AND struck_at IS NULL
    AND (kind = $4 OR (kind <> 'psychological' AND $4 <> 'psychological'))`,
		n.ID, n.Case, author, n.Kind, n.HappenedAt, n.Minutes, strings.Join(n.Services, ","), body, n.SignedAt, version, n.Member.ID)
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

// eyes are whose a look at the notes of a case is.
type eyes struct {
	user         db.ID
	psychologist db.Flag
}

// readableNote is which notes n of a case that is open to $2 they may read: a psychological one is for its author, for
// psychologists ($3), for those it names, and for those who are named in the case while it is secret. For everyone else
// there is none: it stands in no list, no count and no history.
const readableNote = `(n.kind <> 'psychological' OR n.author_id = $2 OR $3 = 1
    OR EXISTS (SELECT 1 FROM note_named x WHERE x.note_id = n.id AND x.user_id = $2)
    OR EXISTS (SELECT 1 FROM case_named y JOIN case_file z ON z.id = y.case_id AND z.confidentiality = 3 WHERE y.case_id = n.case_id AND y.user_id = $2))`

// selectHidden are the notes of a case that may not be known to whoever looks.
func selectHidden(ctx context.Context, r db.Reader, caseID db.ID, e eyes) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT n.id FROM note n WHERE n.case_id = $1 AND n.kind = 'psychological' AND NOT `+readableNote+`
  ORDER BY n.id`, caseID, e.user[:], e.psychologist)
}

// notePage asks for notes as one may see them.
type notePage struct {
	eyes
	before Place
	limit  int
	kind   string
	word   string
	only   db.ID
	about  about
}

// about narrows notes to what stands for all, beside one member's own where a member is given.
type about struct {
	shared  bool
	member  db.ID
	session db.ID
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

const noteColumns = `n.id, n.case_id, n.kind, n.author_id, a.name, n.happened_at, n.recorded_at, n.minutes, n.services, n.body, n.signed_at,
    n.struck_at, n.struck_by, b.name, n.struck_reason, n.version, n.session_id, n.source_id, n.member_id`

const noteTables = `note n JOIN app_user a ON a.id = n.author_id LEFT JOIN app_user b ON b.id = n.struck_by`

func noteQuery(caseID db.ID, p notePage) (string, []any) {
	q := pieces{args: []any{caseID, p.user[:], p.psychologist}}
	q.text = `SELECT ` + noteColumns + ` FROM ` + noteTables + ` WHERE n.case_id = $1 AND ` + readableNote
	if !p.only.IsZero() {
		q.add(` AND n.id = %s`, p.only)
		return q.text, q.args
	}
	q.text += ` AND (n.signed_at IS NOT NULL OR n.author_id = $2)`
	if !p.before.ID.IsZero() {
		q.add(` AND (n.happened_at < %s OR (n.happened_at = %s AND n.id < %s))`, p.before.At, p.before.At, p.before.ID)
	}
	if p.kind != "" {
		q.add(` AND n.kind = %s`, p.kind)
	}
	if !p.about.session.IsZero() {
		q.add(` AND n.session_id = %s`, p.about.session)
	}
	if p.about.shared {
		q.add(` AND (n.member_id IS NULL OR n.member_id = %s)`, p.about.member[:])
	}
	q.text += ` ORDER BY n.happened_at DESC, n.id DESC`
	if p.word == "" {
		q.add(` LIMIT %s`, p.limit)
	}
	return q.text, q.args
}

// pieces is a statement put together from fixed pieces; every value is a parameter.
type pieces struct {
	text string
	args []any
}

// add appends a piece, each %s of which is the next parameter.
func (q *pieces) add(piece string, values ...any) {
	marks := make([]any, len(values))
	for i, v := range values {
		q.args = append(q.args, v)
		marks[i] = mark(len(q.args))
	}
	q.text += fmt.Sprintf(piece, marks...)
}

func scanNote(row db.Row) (x noteRow, err error) {
	var services string
	var minutes *int
	n := &x.n
	err = row.Scan(&n.ID, &n.Case, &n.Kind, &n.Author.ID, &n.Author.Name, &n.HappenedAt, &n.RecordedAt, &minutes, &services, &x.body,
		&n.SignedAt, &n.StruckAt, &n.StruckBy.ID, (*db.Text)(&n.StruckBy.Name), &x.struck, &n.Version, &n.Session, &n.source,
		&n.Member.ID)
	if minutes != nil {
		n.Minutes = *minutes
	}
	if services != "" {
		n.Services = strings.Split(services, ",")
	}
	return x, err
}

type addendumRow struct {
	note db.ID
	a    Addendum
	body []byte
}

// selectAddenda reads those of several notes at once, the oldest first.
func selectAddenda(ctx context.Context, r db.Reader, notes []db.ID) (all []addendumRow, err error) {
	err = db.In(notes, func(marks string, args []any) error {
		list, err := db.All(ctx, r, func(row db.Row) (x addendumRow, err error) {
			err = row.Scan(&x.note, &x.a.ID, &x.a.Author.ID, &x.a.Author.Name, &x.a.At, &x.body)
			return x, err
		}, `SELECT d.note_id, d.id, d.author_id, u.name, d.at, d.body FROM note_addendum d JOIN app_user u ON u.id = d.author_id
  WHERE d.note_id IN (`+marks+`) ORDER BY d.id`, args...)
		all = append(all, list...)
		return err
	})
	return all, err
}

// clearNamedIn and insertNamedIn keep whom a psychological note names.
func clearNamedIn(ctx context.Context, tx db.Tx, note db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM note_named WHERE note_id = $1`, note)
	return err
}

func insertNamedIn(ctx context.Context, tx db.Tx, note, user db.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO note_named (note_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, note, user)
	return err
}

func selectNamedIn(ctx context.Context, r db.Reader, note db.ID) ([]User, error) {
	return db.All(ctx, r, scanUser, `SELECT u.id, u.name FROM note_named n JOIN app_user u ON u.id = n.user_id WHERE n.note_id = $1 ORDER BY u.name_key, u.id`, note)
}

// isTaken tells whether a note of a group was taken over into its member's own case.
func isTaken(ctx context.Context, r db.Reader, note db.ID) (bool, error) {
	n, err := db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM note WHERE source_id = $1`, note)
	return n > 0, err
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
	}, `SELECT services, happened_at FROM note WHERE case_id = $1 AND kind <> 'psychological' AND services <> '' AND signed_at IS NOT NULL AND struck_at IS NULL`, id)
}
