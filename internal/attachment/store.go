package attachment

import (
	"context"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

// row is a file that is about to be written.
type row struct {
	id      db.ID
	hash    []byte
	name    []byte
	brought []byte
	kind    string
	size    int64
}

func insertFile(ctx context.Context, tx db.Tx, in casefile.Inside, by db.ID, at db.Time, x row) error {
	_, err := tx.Exec(ctx, `INSERT INTO attachment (id, office_id, subject_kind, subject_id, hash, name, type, size, by_id, at, brought)
  VALUES ($1, $2, 'case', $3, $4, $5, $6, $7, $8, $9, $10)`, x.id, in.Case.Office, in.Case.ID, x.hash, x.name, x.kind, x.size, by, at, x.brought)
	return err
}

const fileColumns = `SELECT f.id, f.hash, f.name, f.type, f.size, f.by_id, u.name, f.at, f.struck_at, f.brought
  FROM attachment f JOIN app_user u ON u.id = f.by_id WHERE f.subject_id = $1 AND f.subject_kind = 'case'`

func scanFile(in casefile.Inside) func(db.Row) (File, error) {
	return func(r db.Row) (f File, err error) {
		var name, brought []byte
		if err := r.Scan(&f.ID, &f.hash, &name, &f.Type, &f.Size, &f.By.ID, &f.By.Name, &f.At, &f.StruckAt, &brought); err != nil {
			return f, err
		}
		if len(brought) > 0 {
			if f.By.Name, err = in.Key.Open(broughtField(f.ID), brought); err != nil {
				return f, err
			}
		}
		f.Name, err = in.Key.Open(nameField(f.ID), name)
		return f, err
	}
}

func selectFiles(ctx context.Context, r db.Reader, in casefile.Inside, before db.ID, limit int) ([]File, error) {
	if before.IsZero() {
		return db.All(ctx, r, scanFile(in), fileColumns+` ORDER BY f.id DESC LIMIT $2`, in.Case.ID, limit)
	}
	return db.All(ctx, r, scanFile(in), fileColumns+` AND f.id < $2 ORDER BY f.id DESC LIMIT $3`, in.Case.ID, before, limit)
}

func selectFile(ctx context.Context, r db.Reader, in casefile.Inside, id db.ID) (File, error) {
	return db.One(ctx, r, scanFile(in), fileColumns+` AND f.id = $2`, in.Case.ID, id)
}

func selectNamed(ctx context.Context, r db.Reader, in casefile.Inside, ids []db.ID) (list []File, err error) {
	err = db.InAfter([]any{in.Case.ID}, ids, func(marks string, args []any) error {
		found, err := db.All(ctx, r, scanFile(in), fileColumns+` AND f.id IN (`+marks+`)`, args...)
		list = append(list, found...)
		return err
	})
	return list, err
}

func strikeFile(ctx context.Context, tx db.Tx, id db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE attachment SET struck_at = $2 WHERE id = $1`, id, at)
	return err
}
