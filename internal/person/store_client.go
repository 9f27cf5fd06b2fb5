package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person/names"
)

const clientColumns = `id, kind, name, person_id, family_id, body_kind, village_code, members, version`

func scanClient(row db.Row) (c Client, err error) {
	var members *int
	err = row.Scan(&c.ID, &c.Kind, &c.Name, &c.Person, &c.Family, (*db.Text)(&c.BodyKind), (*db.Text)(&c.Village), &members, &c.Version)
	if members != nil {
		c.Members = *members
	}
	return c, err
}

func selectClient(ctx context.Context, r db.Reader, office, id db.ID) (Client, error) {
	return db.One(ctx, r, scanClient, `SELECT `+clientColumns+` FROM client WHERE id = $1 AND office_id = $2`, id, office)
}

// ensureClient finds the client of a person or family, or makes it.
func ensureClient(ctx context.Context, tx *journal.Tx, office db.ID, c Client) (Client, error) {
	column, id := "person_id", c.Person
	if c.Kind == "family" {
		column, id = "family_id", c.Family
	}
	found, err := db.One(ctx, tx, scanClient, `SELECT `+clientColumns+` FROM client WHERE `+column+` = $1`, id)
	if err == nil || !fault.Is(err, "not_found") {
		return found, err
	}
	c.ID, c.Version = db.NewID(), 1
	return c, insertClient(ctx, tx, office, c, tx.Now())
}

func insertClient(ctx context.Context, tx db.Tx, office db.ID, c Client, now db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO client (id, office_id, kind, name, name_key, person_id, family_id, body_kind, village_code,
    created_at, updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, 1)`,
		c.ID, office, c.Kind, c.Name, names.Key(c.Name), c.Person, c.Family, db.Text(c.BodyKind), db.Text(c.Village), now)
	return err
}

// renameClient keeps the client of a person or a family named as they are.
func renameClient(ctx context.Context, tx db.Tx, c Client, now db.Time) error {
	column, id := "person_id", c.Person
	if !c.Family.IsZero() {
		column, id = "family_id", c.Family
	}
	_, err := tx.Exec(ctx, `UPDATE client SET name = $2, name_key = $3, village_code = $4, updated_at = $5, version = version + 1
  WHERE `+column+` = $1`, id, c.Name, names.Key(c.Name), db.Text(c.Village), now)
	return err
}

// Family is a family of the office.
type Family struct {
	ID      db.ID
	Name    string
	Village string
	Contact db.ID
	Version int64
}

// selectFamily finds a family that has at least one member the actor may know, or none at all yet.
func selectFamily(ctx context.Context, r db.Reader, s access.Scope, id db.ID) (Family, error) {
	return db.One(ctx, r, func(row db.Row) (f Family, err error) {
		err = row.Scan(&f.ID, &f.Name, (*db.Text)(&f.Village), &f.Contact, &f.Version)
		return f, err
	}, `SELECT f.id, f.name, f.village_code, f.contact_id, f.version FROM family f WHERE f.id = $4 AND f.office_id = $1
  AND (NOT EXISTS (SELECT 1 FROM family_member m WHERE m.family_id = f.id)
    OR EXISTS (SELECT 1 FROM family_member m JOIN person p ON p.id = m.person_id WHERE m.family_id = f.id AND `+visible+`))`,
		s.Office, s.People, s.User, id)
}

func selectMembers(ctx context.Context, r db.Reader, family db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT person_id FROM family_member WHERE family_id = $1 ORDER BY person_id`, family)
}

// clientsOfPeople finds who of these people had a case.
func clientsOfPeople(ctx context.Context, r db.Reader, people []Found) (ids []db.ID, err error) {
	for _, p := range people {
		more, err := db.All(ctx, r, db.Value[db.ID], `SELECT id FROM client WHERE person_id = $1
  UNION ALL SELECT c.id FROM family_member m JOIN client c ON c.family_id = m.family_id WHERE m.person_id = $1`, p.ID)
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	return ids, nil
}

// bodiesNamed finds families, groups, organisations and communities by the beginning of their name.
func bodiesNamed(ctx context.Context, r db.Reader, office db.ID, key string, most int) (ids []db.ID, err error) {
	for _, kind := range ClientKinds[1:] {
		more, err := db.All(ctx, r, db.Value[db.ID], `SELECT id FROM client WHERE office_id = $1 AND kind = $2 AND name_key >= $3 AND name_key < $4
  ORDER BY name_key, id LIMIT $5`, office, kind, key, key+"\U0010FFFF", most)
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	return ids, nil
}
