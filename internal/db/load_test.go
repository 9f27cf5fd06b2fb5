package db_test

import (
	"errors"
	"testing"

	"teduh/internal/db"
	"teduh/internal/testkit"
)

// Rows loaded from elsewhere may come before those they name; a row that names nobody is refused in the end, and after
// the loading foreign keys are looked at as at other times.
func TestLoadingLooksAtForeignKeysInTheEnd(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		ctx, parent, child := t.Context(), db.NewID(), db.NewID()
		add := func(tx db.Tx, id, above db.ID) error {
			_, err := tx.Exec(ctx, `INSERT INTO unit (id, parent_id, kind, name, region_code, zone, made_up, created_at, version)
  VALUES ($1, $2, 'nation', 'n', '', 'UTC', 0, 0, 1)`, id, above)
			return err
		}
		if err := d.Load(ctx, func(tx db.Tx) error { return add(tx, child, parent) }); !db.IsMissing(err) {
			t.Errorf("a loose row: %v", err)
		}
		err := d.Load(ctx, func(tx db.Tx) error { return errors.Join(add(tx, child, parent), add(tx, parent, db.ID{})) })
		if err != nil {
			t.Errorf("the child before its parent: %v", err)
		}
		early := false
		err = d.Write(ctx, func(tx db.Tx) error {
			err := add(tx, db.NewID(), db.NewID())
			early = err != nil
			return err
		})
		if !db.IsMissing(err) || !early {
			t.Errorf("a loose row after the loading, refused at once %v: %v", early, err)
		}
	})
}
