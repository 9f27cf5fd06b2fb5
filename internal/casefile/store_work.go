package casefile

import (
	"context"
	"strings"

	"teduh/internal/db"
)

func insertMove(ctx context.Context, tx db.Tx, id, by db.ID, at db.Time, m move, reason []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_move (id, case_id, kind, from_code, to_code, passed, reason, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		db.NewID(), id, m.kind, m.from, m.to, strings.Join(m.passed, ","), reason, by, at)
	return err
}

func insertRisk(ctx context.Context, tx db.Tx, id, by db.ID, at db.Time, level string, reason []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_risk (id, case_id, level, reason, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		db.NewID(), id, level, reason, by, at)
	return err
}

func insertWall(ctx context.Context, tx db.Tx, id, user db.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_wall (case_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, id, user)
	return err
}

func selectPeople(ctx context.Context, r db.Reader, id db.ID) ([]Involved, error) {
	return db.All(ctx, r, func(row db.Row) (x Involved, err error) {
		err = row.Scan(&x.Person, &x.Name, &x.Part)
		return x, err
	}, `SELECT p.id, p.name, x.part FROM case_person x JOIN person g ON g.id = x.person_id
  JOIN person p ON p.id = COALESCE(g.merged_into, g.id) WHERE x.case_id = $1 ORDER BY p.name_key, p.id`, id)
}

// selectUnsettled counts what is open; of unsigned psychological notes only the reader's own.
func selectUnsettled(ctx context.Context, r db.Reader, id, reader db.ID) (Unsettled, error) {
	return db.One(ctx, r, func(row db.Row) (u Unsettled, err error) {
		err = row.Scan(&u.UnsignedNotes, &u.OpenTasks)
		return u, err
	}, `SELECT (SELECT COUNT(*) FROM note WHERE case_id = $1 AND signed_at IS NULL AND struck_at IS NULL AND (kind <> 'psychological' OR author_id = $2)),
    (SELECT COUNT(*) FROM task WHERE case_id = $1 AND done_at IS NULL)`, id, reader[:])
}

func selectOwnUnsigned(ctx context.Context, r db.Reader, id, author db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT id FROM note WHERE case_id = $1 AND author_id = $2 AND signed_at IS NULL AND struck_at IS NULL
  ORDER BY id`, id, author)
}

// reachableCasesOf are all open cases of a worker within the actor's scope: a hand-over leaves none behind.
func reachableCasesOf(ctx context.Context, r db.Reader, s scope, worker db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT c.id FROM case_file c WHERE `+reachable+` AND c.worker_id = $5 AND c.status = 'open' ORDER BY c.id`,
		s.args(worker)...)
}
