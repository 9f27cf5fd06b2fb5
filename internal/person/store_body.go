package person

import (
	"cmp"
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person/names"
)

// bodyVisible is which groups, organisations and communities the actor may know: $1 office, $2 level, $3 user.
const bodyVisible = `c.office_id = $1 AND c.person_id IS NULL AND c.family_id IS NULL AND (c.level <= $2
    OR EXISTS (SELECT 1 FROM client_reader y WHERE y.client_id = c.id AND y.user_id = $3))`

const bodyColumns = `c.id, c.kind, c.name, c.body_kind, c.village_code, c.members, c.version, c.name_key`

// bodyRow is a body with what is sealed of it.
type bodyRow struct {
	c       Client
	sealed  []byte
	wrapped []byte
}

func scanBody(row db.Row, more ...any) (b Body, err error) {
	var members *int
	into := []any{&b.ID, &b.Kind, &b.Name, (*db.Text)(&b.BodyKind), (*db.Text)(&b.Village), &members, &b.Version, &b.NameKey}
	err = row.Scan(append(into, more...)...)
	if members != nil {
		b.Members = *members
	}
	return b, err
}

func scanPlainBody(row db.Row) (Body, error) { return scanBody(row) }

func selectBody(ctx context.Context, r db.Reader, s access.Scope, id db.ID) (bodyRow, error) {
	return db.One(ctx, r, func(row db.Row) (x bodyRow, err error) {
		b, err := scanBody(row, &x.sealed, &x.wrapped)
		x.c = b.Client
		return x, err
	}, `SELECT `+bodyColumns+`, c.sealed, k.wrapped FROM client c LEFT JOIN data_key k ON k.subject_id = c.id
  WHERE `+bodyVisible+` AND c.id = $4`, s.Office, s.People, s.User, id)
}

func insertBody(ctx context.Context, tx db.Tx, office db.ID, row bodyRow, now db.Time) error {
	c, entry := row.c, names.Index(row.c.Name)
	_, err := tx.Exec(ctx, `INSERT INTO client (id, office_id, kind, name, name_key, body_kind, village_code, members, sealed, created_at, updated_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, 1)`,
		c.ID, office, c.Kind, c.Name, entry.Key, c.BodyKind, db.Text(c.Village), number(c.Members), row.sealed, now)
	if err != nil {
		return err
	}
	return insertPrefixes(ctx, tx, clientWords, office, c.ID, entry)
}

func updateBody(ctx context.Context, tx db.Tx, office db.ID, row bodyRow, now db.Time) error {
	c, entry := row.c, names.Index(row.c.Name)
	_, err := tx.Exec(ctx, `UPDATE client SET kind = $2, name = $3, name_key = $4, body_kind = $5, village_code = $6, members = $7, sealed = $8,
    updated_at = $9, version = $10 WHERE id = $1`,
		c.ID, c.Kind, c.Name, entry.Key, c.BodyKind, db.Text(c.Village), number(c.Members), row.sealed, now, c.Version)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM client_word WHERE client_id = $1`, c.ID); err != nil {
		return err
	}
	return insertPrefixes(ctx, tx, clientWords, office, c.ID, entry)
}

// number is a count, or nothing where none was told.
func number(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// listBodies reads them in name order, whatever their kind.
func listBodies(ctx context.Context, r db.Reader, s access.Scope, q Search) (all []Body, err error) {
	for _, kind := range Bodies {
		list, err := db.All(ctx, r, scanPlainBody, `SELECT `+bodyColumns+` FROM client c WHERE `+bodyVisible+` AND c.kind = $4
    AND (c.name_key > $5 OR (c.name_key = $5 AND c.id > $6)) ORDER BY c.name_key, c.id LIMIT $7`,
			s.Office, s.People, s.User, kind, q.After.NameKey, q.After.ID[:], q.Limit+1)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	slices.SortFunc(all, func(a, b Body) int { return cmp.Or(cmp.Compare(a.NameKey, b.NameKey), a.ID.Compare(b.ID)) })
	return all[:min(len(all), q.Limit+1)], nil
}

// bodiesNamed walks the bodies with the query's rarest beginning and keeps those whose name has the other words.
func bodiesNamed(ctx context.Context, r db.Reader, s access.Scope, q names.Query, most int) ([]Body, error) {
	return along(Place{}, most, func(after Place, steps int) ([]Body, error) {
		return db.All(ctx, r, scanPlainBody, `SELECT `+bodyColumns+` FROM client_word w JOIN client c ON c.id = w.client_id
  WHERE `+bodyVisible+` AND w.office_id = $1 AND w.prefix = $4 AND (w.name_key > $5 OR (w.name_key = $5 AND w.client_id > $6))
  ORDER BY w.name_key, w.client_id LIMIT $7`, s.Office, s.People, s.User, q.Anchor, after.NameKey, after.ID[:], steps)
	}, func(x Body) (Place, bool) { return Place{x.NameKey, x.ID}, q.Match(names.Index(x.Name).Text) })
}

func replaceClientReaders(ctx context.Context, tx db.Tx, client db.ID, level int, users []db.ID) error {
	if _, err := tx.Exec(ctx, `UPDATE client SET level = $2 WHERE id = $1`, client, level); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM client_reader WHERE client_id = $1`, client); err != nil {
		return err
	}
	for _, u := range users {
		if _, err := tx.Exec(ctx, `INSERT INTO client_reader (client_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, client, u); err != nil {
			return err
		}
	}
	return nil
}
