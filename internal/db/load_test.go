package db_test

import (
	"context"
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

// What a filler does together stands or falls together, and each act sees what the ones before it wrote.
func TestTogetherIsAllOrNothing(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		put := func(ctx context.Context, n int) error {
			return d.Write(ctx, func(tx db.Tx) error {
				_, err := tx.Exec(ctx, `INSERT INTO unit (id, kind, name, region_code, zone, made_up, created_at, version)
  VALUES ($1, 'nation', 'n', '', 'UTC', 0, 0, $2)`, db.NewID(), n)
				return err
			})
		}
		count := func(ctx context.Context) (n int) {
			if err := d.Read(ctx, func(r db.Reader) (err error) {
				n, err = db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM unit`)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return n
		}
		broken := errors.New("broken off")
		err := d.Together(ctx, func(ctx context.Context) error {
			for n := range 3 {
				if err := put(ctx, n); err != nil {
					return err
				}
			}
			if n := count(ctx); n != 3 {
				t.Errorf("inside one sees %d of 3", n)
			}
			return broken
		})
		if !errors.Is(err, broken) || count(ctx) != 0 {
			t.Errorf("after a failure %d are left: %v", count(ctx), err)
		}
		err = d.Together(ctx, func(ctx context.Context) error { return errors.Join(put(ctx, 1), put(ctx, 2)) })
		if err != nil || count(ctx) != 2 {
			t.Errorf("%d of 2 are kept: %v", count(ctx), err)
		}
	})
}
