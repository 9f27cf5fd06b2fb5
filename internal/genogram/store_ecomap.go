package genogram

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// mostSurroundings are read of a case, those that stand and the newest of the others.
const mostSurroundings = 1000

func selectSurroundings(ctx context.Context, r db.Reader, in casefile.Inside) (Ecomap, error) {
	list, err := db.All(ctx, r, func(row db.Row) (x Surrounding, err error) {
		var sealed []byte
		if err = row.Scan(&x.ID, &x.Root, &x.Kind, &x.Strength, &x.Flow, &x.At, &x.By, &x.byID, &x.Ended, &x.endedBy, &sealed); err != nil {
			return x, err
		}
		return x, open(in.Key, "ecomap", sealed, &x.Told)
	}, `SELECT x.id, x.root_id, x.kind, x.strength, x.flow, x.at, u.name, x.by_id, x.ended_at, x.ended_by, x.sealed
  FROM ecomap_system x JOIN app_user u ON u.id = x.by_id WHERE x.case_id = $1 AND x.undone_at IS NULL ORDER BY x.id DESC LIMIT $2`, in.Case.ID, mostSurroundings)
	slices.SortFunc(list, func(a, b Surrounding) int {
		return cmp.Or(a.Root.Compare(b.Root), a.ID.Compare(b.ID))
	})
	return list, err
}

func insertSurrounding(ctx context.Context, tx *journal.Tx, caseID, by db.ID, x Surrounding, sealed []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO ecomap_system (id, root_id, case_id, kind, strength, flow, sealed, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		x.ID, x.Root, caseID, x.Kind, x.Strength, x.Flow, sealed, by, tx.Now())
	return err
}

func endSurrounding(ctx context.Context, tx *journal.Tx, caseID, id, by db.ID) error {
	done, err := tx.Exec(ctx, `UPDATE ecomap_system SET ended_at = $3, ended_by = $4 WHERE id = $1 AND case_id = $2 AND ended_at IS NULL`, id, caseID, tx.Now(), by)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fault.NotFound())
	}
	return nil
}

func undoSurrounding(ctx context.Context, tx *journal.Tx, id db.ID) error {
	_, err := tx.Exec(ctx, `UPDATE ecomap_system SET undone_at = $2 WHERE id = $1`, id, tx.Now())
	return err
}

func resumeSurrounding(ctx context.Context, tx *journal.Tx, id db.ID) error {
	_, err := tx.Exec(ctx, `UPDATE ecomap_system SET ended_at = NULL, ended_by = NULL WHERE id = $1`, id)
	return err
}
