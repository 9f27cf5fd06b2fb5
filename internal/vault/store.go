package vault

import (
	"context"
	"database/sql"
	"errors"

	"teduh/internal/db"
)

type keyRow struct {
	subject   db.ID
	kind      string
	wrapped   []byte
	createdAt db.Time
}

func insertKey(ctx context.Context, tx db.Tx, k keyRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO data_key (subject_id, kind, wrapped, created_at) VALUES ($1, $2, $3, $4)`,
		k.subject, k.kind, k.wrapped, k.createdAt)
	return err
}

func findKey(ctx context.Context, r db.Reader, subject db.ID) ([]byte, error) {
	var wrapped []byte
	err := r.QueryRow(ctx, `SELECT wrapped FROM data_key WHERE subject_id = $1`, subject).Scan(&wrapped)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrForgotten
	}
	return wrapped, err
}

func deleteKey(ctx context.Context, tx db.Tx, subject db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM data_key WHERE subject_id = $1`, subject)
	return err
}
