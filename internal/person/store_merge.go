package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
)

// mergedInto are the records that lead to one.
func mergedInto(ctx context.Context, r db.Reader, id db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT id FROM person WHERE merged_into = $1 ORDER BY id`, id)
}

// pointAt lets a record lead to another one, or stand for itself again.
func pointAt(ctx context.Context, tx db.Tx, id, kept db.ID, now db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE person SET merged_into = $2, updated_at = $3, version = version + 1 WHERE id = $1`, id, kept, now)
	return err
}

func insertMerging(ctx context.Context, tx db.Tx, a access.Actor, m Merging) error {
	_, err := tx.Exec(ctx, `INSERT INTO merging (id, office_id, kept_id, gone_id, merged_at, merged_by, before) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		m.ID, a.Office.ID, m.Kept, m.Gone, m.At, a.User, m.before)
	return err
}

func endMerging(ctx context.Context, tx db.Tx, id db.ID, now db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE merging SET undone_at = $2 WHERE id = $1`, id, now)
	return err
}

// selectMergings are those into a record that were not undone, the latest first.
func selectMergings(ctx context.Context, r db.Reader, kept db.ID) ([]Merging, error) {
	return db.All(ctx, r, func(row db.Row) (m Merging, err error) {
		err = row.Scan(&m.ID, &m.Kept, &m.Gone, &m.Name, &m.At, &m.before)
		return m, err
	}, `SELECT m.id, m.kept_id, m.gone_id, g.name, m.merged_at, m.before FROM merging m JOIN person g ON g.id = m.gone_id
  WHERE m.kept_id = $1 AND m.undone_at IS NULL ORDER BY m.id DESC`, kept)
}

// selectRecord reads a record whatever became of it, for one that leads to it.
func selectRecord(ctx context.Context, r db.Reader, id db.ID) (personRow, error) {
	return db.One(ctx, r, func(row db.Row) (x personRow, err error) {
		x.p, err = scanPerson(row, &x.sealed, &x.wrapped)
		return x, err
	}, `SELECT `+personColumns+`, p.sealed, k.wrapped FROM person p LEFT JOIN data_key k ON k.subject_id = p.id WHERE p.id = $1`, id)
}
