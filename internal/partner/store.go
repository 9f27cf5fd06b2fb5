package partner

import (
	"context"

	"teduh/internal/db"
	"teduh/internal/journal"
)

// findService is the zero id where no service has that name.
func findService(ctx context.Context, r db.Reader, office db.ID, key string) (db.ID, error) {
	found, err := db.All(ctx, r, db.Value[db.ID], `SELECT id FROM partner_service WHERE office_id = $1 AND name_key = $2`, office, key)
	if err != nil || len(found) == 0 {
		return db.ID{}, err
	}
	return found[0], nil
}

// insertNamed keeps a service of which nothing but its name is known.
func insertNamed(ctx context.Context, tx *journal.Tx, office, id db.ID, name string) error {
	_, err := tx.Exec(ctx, `INSERT INTO partner_service (id, office_id, name, name_key, created_at, version) VALUES ($1, $2, $3, $4, $5, 1)`,
		id, office, name, ServiceKey(name), tx.Now())
	return err
}
