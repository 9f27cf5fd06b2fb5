package intake

import (
	"context"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// requestRow is a request as it stands in the table.
type requestRow struct {
	q       Request
	sealed  []byte
	wrapped []byte
}

// reachable is the one condition of who sees a request: $1 the office, $2 the level the role shows, $3 the reader.
const reachable = `q.office_id = $1 AND (q.level <= $2 OR EXISTS (SELECT 1 FROM request_reader x WHERE x.request_id = q.id AND x.user_id = $3 AND x.walled = 0))
  AND NOT EXISTS (SELECT 1 FROM request_reader w WHERE w.request_id = q.id AND w.user_id = $3 AND w.walled = 1)`

func reach(s access.Scope) []any { return []any{s.Office, s.People, s.User} }

const columns = `q.id, q.office_id, q.number, q.channel, q.kind, q.state, q.urgency, q.outcome, q.arrived_at, q.recorded_at, q.respond_by,
  q.contacted_at, q.taken_at, q.decided_at, q.recorded_by, rb.name, q.assigned_to, tk.name, q.decided_by, de.name, q.person_id, q.village_code,
  q.danger, q.categories, q.case_id, q.duplicate_of, q.passed_to, q.level, q.made_up, q.version, q.sealed, k.wrapped`

const tables = `request q JOIN data_key k ON k.subject_id = q.id LEFT JOIN app_user rb ON rb.id = q.recorded_by
  LEFT JOIN app_user tk ON tk.id = q.assigned_to LEFT JOIN app_user de ON de.id = q.decided_by`

func scanRequest(row db.Row) (x requestRow, err error) {
	q := &x.q
	var danger, categories string
	err = row.Scan(&q.ID, &q.Office, &q.Number, &q.Channel, &q.Kind, &q.State, &q.Urgency, (*db.Text)(&q.Outcome), &q.ArrivedAt, &q.RecordedAt,
		&q.RespondBy, &q.Contacted, &q.TakenAt, &q.DecidedAt, &q.RecordedBy.ID, (*db.Text)(&q.RecordedBy.Name), &q.AssignedTo.ID,
		(*db.Text)(&q.AssignedTo.Name), &q.DecidedBy.ID, (*db.Text)(&q.DecidedBy.Name), &q.Person, (*db.Text)(&q.Village), &danger, &categories,
		&q.Case, &q.Duplicate, &q.PassedTo, &q.Level, (*db.Flag)(&q.MadeUp), &q.Version, &x.sealed, &x.wrapped)
	q.Danger, q.Categories = split(danger), split(categories)
	return x, err
}

func split(codes string) []string {
	if codes == "" {
		return nil
	}
	return strings.Split(codes, ",")
}

func join(codes []string) string { return strings.Join(codes, ",") }

func insertRequest(ctx context.Context, tx db.Tx, q Request, sealed, phone []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO request (id, office_id, number, channel, kind, state, urgency, arrived_at, recorded_at, respond_by, recorded_by,
  person_id, phone_blind, village_code, danger, categories, level, sealed, made_up, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		q.ID, q.Office, q.Number, q.Channel, q.Kind, q.State, q.Urgency, q.ArrivedAt, q.RecordedAt, q.RespondBy, q.RecordedBy.ID,
		q.Person, phone, db.Text(q.Village), join(q.Danger), join(q.Categories), q.Level, sealed, db.Flag(q.MadeUp), q.Version)
	return err
}

func updateRequest(ctx context.Context, tx db.Tx, q Request, sealed []byte) error {
	_, err := tx.Exec(ctx, `UPDATE request SET state = $2, urgency = $3, outcome = $4, respond_by = $5, contacted_at = $6, taken_at = $7, decided_at = $8,
  assigned_to = $9, decided_by = $10, person_id = $11, case_id = $12, duplicate_of = $13, passed_to = $14, level = $15, sealed = $16, version = $17
  WHERE id = $1`, q.ID, q.State, q.Urgency, db.Text(q.Outcome), q.RespondBy, q.Contacted, q.TakenAt, q.DecidedAt, q.AssignedTo.ID, q.DecidedBy.ID,
		q.Person, q.Case, q.Duplicate, q.PassedTo, q.Level, sealed, q.Version)
	return err
}

func selectRequest(ctx context.Context, r db.Reader, s access.Scope, id db.ID) (requestRow, error) {
	return db.One(ctx, r, scanRequest, `SELECT `+columns+` FROM `+tables+` WHERE `+reachable+` AND q.id = $4`, append(reach(s), id)...)
}

// selectRecorded reads a request that the reader recorded and nobody has changed since.
func selectRecorded(ctx context.Context, r db.Reader, s access.Scope, id db.ID) (requestRow, error) {
	return db.One(ctx, r, scanRequest, `SELECT `+columns+` FROM `+tables+` WHERE q.office_id = $1 AND q.recorded_by = $2 AND q.id = $3 AND q.version = 1`,
		s.Office, s.User, id)
}

func insertContact(ctx context.Context, tx db.Tx, id db.ID, c Contact, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO request_contact (id, request_id, at, how, reached, body, by_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.ID, id, c.At, c.How, db.Flag(c.Reached), body, c.By.ID, c.RecordedAt)
	return err
}

type contactRow struct {
	c    Contact
	body []byte
}

func selectContacts(ctx context.Context, r db.Reader, id db.ID) ([]contactRow, error) {
	return db.All(ctx, r, func(row db.Row) (x contactRow, err error) {
		err = row.Scan(&x.c.ID, &x.c.At, &x.c.How, (*db.Flag)(&x.c.Reached), &x.body, &x.c.By.ID, &x.c.By.Name, &x.c.RecordedAt)
		return x, err
	}, `SELECT c.id, c.at, c.how, c.reached, c.body, c.by_id, u.name, c.recorded_at FROM request_contact c JOIN app_user u ON u.id = c.by_id
  WHERE c.request_id = $1 ORDER BY c.id`, id)
}

func countVain(ctx context.Context, r db.Reader, id db.ID) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM request_contact WHERE request_id = $1 AND reached = 0`, id)
}

// reachedSomeone tells whether a case's request, or one joined to it, reached someone.
func reachedSomeone(ctx context.Context, r db.Reader, caseID db.ID) (bool, error) {
	n, err := db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM request WHERE case_id = $1 AND contacted_at IS NOT NULL`, caseID)
	return n > 0, err
}

func updateLevels(ctx context.Context, tx db.Tx, caseID db.ID, level int) error {
	_, err := tx.Exec(ctx, `UPDATE request SET level = $2 WHERE case_id = $1`, caseID, level)
	return err
}

func requestsOfCase(ctx context.Context, r db.Reader, caseID db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT id FROM request WHERE case_id = $1 ORDER BY id`, caseID)
}

// replaceReaders writes who sees a request beyond what a role shows, and who never does.
func replaceReaders(ctx context.Context, tx db.Tx, id db.ID, to casefile.Readership) error {
	if _, err := tx.Exec(ctx, `DELETE FROM request_reader WHERE request_id = $1`, id); err != nil {
		return err
	}
	walled := map[db.ID]bool{}
	for _, u := range to.Walled {
		walled[u] = true
	}
	for _, u := range to.Readers {
		if _, known := walled[u]; !known {
			walled[u] = false
		}
	}
	for u, behind := range walled {
		if _, err := tx.Exec(ctx, `INSERT INTO request_reader (request_id, user_id, walled) VALUES ($1, $2, $3)`, id, u, db.Flag(behind)); err != nil {
			return err
		}
	}
	return nil
}
