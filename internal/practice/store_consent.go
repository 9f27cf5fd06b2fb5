package practice

import (
	"context"
	"database/sql"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

func insertConsent(ctx context.Context, tx db.Tx, caseID, by db.ID, c Consent, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO consent (id, case_id, kind, text_version, manner, body, given_at, by_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.ID, caseID, c.Kind, c.TextVersion, c.Manner, body, c.GivenAt, by)
	return err
}

func withdrawConsent(ctx context.Context, tx db.Tx, caseID, id db.ID, at db.Time) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE consent SET withdrawn_at = $3 WHERE id = $2 AND case_id = $1 AND withdrawn_at IS NULL`, caseID, id, at)
}

func selectConsents(ctx context.Context, r db.Reader, in casefile.Inside) ([]Consent, error) {
	return db.All(ctx, r, func(row db.Row) (c Consent, err error) {
		var body []byte
		if err = row.Scan(&c.ID, &c.Kind, &c.TextVersion, &c.Manner, &body, &c.GivenAt, &c.WithdrawnAt, &c.By); err != nil {
			return c, err
		}
		c.Witness, err = in.Key.Open("consent", body)
		return c, err
	}, `SELECT c.id, c.kind, c.text_version, c.manner, c.body, c.given_at, c.withdrawn_at, u.name FROM consent c JOIN app_user u ON u.id = c.by_id
  WHERE c.case_id = $1 ORDER BY c.id DESC`, in.Case.ID)
}
