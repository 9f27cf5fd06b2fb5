package unit

import (
	"context"
	"database/sql"

	"teduh/internal/db"
)

type areaRow struct {
	area    string
	value   string
	version int64
}

func selectAreas(ctx context.Context, r db.Reader, office db.ID) ([]areaRow, error) {
	return db.All(ctx, r, func(row db.Row) (a areaRow, err error) {
		err = row.Scan(&a.area, &a.value, &a.version)
		return a, err
	}, `SELECT area, value, version FROM office_setting WHERE office_id = $1`, office)
}

// upsertArea writes an area over the version that was read; 0 is one that stood at its defaults.
func upsertArea(ctx context.Context, tx db.Tx, office, by db.ID, at db.Time, a areaRow) (sql.Result, error) {
	return tx.Exec(ctx, `INSERT INTO office_setting (office_id, area, value, by_id, at, version) VALUES ($1, $2, $3, $4, $5, 1)
  ON CONFLICT (office_id, area) DO UPDATE SET value = excluded.value, by_id = excluded.by_id, at = excluded.at, version = office_setting.version + 1
  WHERE office_setting.version = $6`, office, a.area, a.value, by, at, a.version)
}
