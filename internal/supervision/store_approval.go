package supervision

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

func insertApproval(ctx context.Context, tx db.Tx, office db.ID, x Approval, word []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO approval (id, office_id, case_id, kind, asked_by, asked_at, word, approved) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)`,
		x.ID, office, x.Case, x.Kind, x.AskedBy.ID, x.AskedAt, word)
	return err
}

func updateApproval(ctx context.Context, tx db.Tx, x Approval, reply []byte) error {
	_, err := tx.Exec(ctx, `UPDATE approval SET decided_by = $2, decided_at = $3, approved = $4, reply = $5 WHERE id = $1`,
		x.ID, x.DecidedBy.ID, x.DecidedAt, db.Flag(x.Approved), reply)
	return err
}

// selectLast is the last request of a kind; the zero value where there was none. Nothing of it is opened.
func selectLast(ctx context.Context, r db.Reader, caseID db.ID, kind string) (x Approval, err error) {
	list, err := db.All(ctx, r, func(row db.Row) (x Approval, err error) {
		return x, row.Scan(&x.ID, &x.AskedAt, &x.DecidedAt, (*db.Flag)(&x.Approved))
	}, `SELECT id, asked_at, decided_at, approved FROM approval WHERE case_id = $1 AND kind = $2 ORDER BY id DESC LIMIT 1`, caseID, kind)
	if len(list) > 0 {
		x = list[0]
	}
	return x, err
}

func selectApprovals(ctx context.Context, r db.Reader, in casefile.Inside) ([]Approval, error) {
	return db.All(ctx, r, func(row db.Row) (x Approval, err error) {
		var word, reply []byte
		x.Case = in.Case.ID
		err = row.Scan(&x.ID, &x.Kind, &x.AskedBy.ID, &x.AskedBy.Name, &x.AskedAt, &word, &x.DecidedBy.ID, (*db.Text)(&x.DecidedBy.Name), &x.DecidedAt,
			(*db.Flag)(&x.Approved), &reply)
		if err == nil {
			x.Word, err = in.Key.Open("approval", word)
		}
		if err == nil && len(reply) > 0 {
			x.Reply, err = in.Key.Open("reply", reply)
		}
		return x, err
	}, `SELECT x.id, x.kind, x.asked_by, u.name, x.asked_at, x.word, x.decided_by, d.name, x.decided_at, x.approved, x.reply
  FROM approval x JOIN app_user u ON u.id = x.asked_by LEFT JOIN app_user d ON d.id = x.decided_by WHERE x.case_id = $1 ORDER BY x.id DESC`, in.Case.ID)
}

// selectWaiting reads the requests of the office that wait and that the actor did not make.
func selectWaiting(ctx context.Context, r db.Reader, a access.Actor, most int) ([]Approval, error) {
	return db.All(ctx, r, func(row db.Row) (x Approval, err error) {
		return x, row.Scan(&x.ID, &x.Case, &x.Kind, &x.AskedBy.ID, &x.AskedBy.Name, &x.AskedAt)
	}, `SELECT x.id, x.case_id, x.kind, x.asked_by, u.name, x.asked_at FROM approval x JOIN app_user u ON u.id = x.asked_by
  JOIN case_file c ON c.id = x.case_id
  WHERE x.office_id = $1 AND x.decided_at IS NULL AND x.asked_by <> $2 AND ($3 = 1 OR EXISTS (SELECT 1 FROM supervision v
    WHERE v.worker_id = c.worker_id AND v.supervisor_id = $2 AND v.office_id = $1)) ORDER BY x.id LIMIT $4`,
		a.Office.ID, a.User, db.Flag(a.Has(access.Head)), most)
}
