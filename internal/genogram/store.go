package genogram

import (
	"context"
	"encoding/json"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/vault"
)

// row is a step or a picture as it is written.
type row struct {
	id, family, by db.ID
	sealed         []byte
}

// mostPictures of a family are listed, the newest first.
const mostPictures = 50

func insertPicture(ctx context.Context, tx *journal.Tx, x row) error {
	_, err := tx.Exec(ctx, `INSERT INTO genogram_picture (id, family_id, by_id, at, sealed) VALUES ($1, $2, $3, $4, $5)`,
		x.id, x.family, x.by, tx.Now(), x.sealed)
	return err
}

func selectPictures(ctx context.Context, r db.Reader, key vault.Key, family db.ID) ([]Picture, error) {
	return db.All(ctx, r, func(row db.Row) (p Picture, err error) {
		var sealed []byte
		if err = row.Scan(&p.ID, &p.At, &p.By, &sealed); err != nil {
			return p, err
		}
		err = open(key, "genogram picture", sealed, &p.kept)
		p.Name = p.kept.Name
		return p, err
	}, `SELECT x.id, x.at, u.name, x.sealed FROM genogram_picture x JOIN app_user u ON u.id = x.by_id
  WHERE x.family_id = $1 ORDER BY x.id DESC LIMIT $2`, family, mostPictures)
}

func open(key vault.Key, field string, sealed []byte, into any) error {
	plain, err := key.Open(field, sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(plain), into)
}

func insertStep(ctx context.Context, tx *journal.Tx, x row) error {
	_, err := tx.Exec(ctx, `INSERT INTO genogram_step (id, family_id, by_id, at, sealed) VALUES ($1, $2, $3, $4, $5)`,
		x.id, x.family, x.by, tx.Now(), x.sealed)
	return err
}

// lastStep is the newest one of somebody in a family that was not taken back.
func lastStep(ctx context.Context, r db.Reader, key vault.Key, family, by db.ID) (st step, found bool, err error) {
	st, err = db.One(ctx, r, func(row db.Row) (st step, err error) {
		var id db.ID
		var sealed []byte
		if err = row.Scan(&id, &sealed); err != nil {
			return st, err
		}
		err = open(key, "genogram step", sealed, &st)
		st.id = id
		return st, err
	}, `SELECT id, sealed FROM genogram_step WHERE family_id = $1 AND by_id = $2 AND undone_at IS NULL ORDER BY id DESC LIMIT 1`, family, by)
	if fault.Is(err, "not_found") {
		return step{}, false, nil
	}
	return st, err == nil, err
}

func markUndone(ctx context.Context, tx *journal.Tx, id db.ID) error {
	_, err := tx.Exec(ctx, `UPDATE genogram_step SET undone_at = $2 WHERE id = $1`, id, tx.Now())
	return err
}
