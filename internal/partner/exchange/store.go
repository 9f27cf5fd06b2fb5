package exchange

import (
	"context"

	"teduh/internal/db"
)

// file is one that was sent in, as it is kept.
type file struct {
	ID     db.ID
	Office db.ID
	By     db.ID
	Name   string
	At     db.Time
	Body   []byte // sealed
}

func insertFile(ctx context.Context, tx db.Tx, f file) error {
	_, err := tx.Exec(ctx, `INSERT INTO partner_file (id, office_id, by_id, name, at, body) VALUES ($1, $2, $3, $4, $5, $6)`, f.ID, f.Office, f.By, f.Name, f.At, f.Body)
	return err
}

// selectFile reads a file of an office that is not older than it may be.
func selectFile(ctx context.Context, r db.Reader, office, id db.ID, since db.Time) (file, error) {
	return db.One(ctx, r, func(row db.Row) (f file, err error) {
		err = row.Scan(&f.ID, &f.Office, &f.By, &f.Name, &f.At, &f.Body)
		return f, err
	}, `SELECT id, office_id, by_id, name, at, body FROM partner_file WHERE office_id = $1 AND id = $2 AND at >= $3`, office, id, since)
}

func deleteFile(ctx context.Context, tx db.Tx, office, id db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM partner_file WHERE office_id = $1 AND id = $2`, office, id)
	return err
}

// deleteOldFiles of all offices.
func deleteOldFiles(ctx context.Context, tx db.Tx, before db.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM partner_file WHERE at < $1`, before)
	return err
}
