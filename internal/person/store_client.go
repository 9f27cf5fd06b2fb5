package person

import (
	"context"

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
	_, err := tx.Exec(ctx, `INSERT INTO client (id, office_id, kind, name, name_key, person_id, family_id, village_code,
    created_at, updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)`,
		c.ID, office, c.Kind, c.Name, names.Key(c.Name), c.Person, c.Family, db.Text(c.Village), now)
	return err
}

// renameClient keeps the client of a person or a family named as they are; so are those of records merged into a person.
func renameClient(ctx context.Context, tx db.Tx, c Client, now db.Time) error {
	which, id := `person_id IN (SELECT $1 UNION ALL SELECT g.id FROM person g WHERE g.merged_into = $1)`, c.Person
	if !c.Family.IsZero() {
		which, id = `family_id = $1`, c.Family
	}
	_, err := tx.Exec(ctx, `UPDATE client SET name = $2, name_key = $3, village_code = $4, updated_at = $5, version = version + 1
  WHERE `+which, id, c.Name, names.Key(c.Name), db.Text(c.Village), now)
	return err
}

// clientsOfPeople finds who of these people had a case.
func clientsOfPeople(ctx context.Context, r db.Reader, people []Found) (ids []db.ID, err error) {
	for _, p := range people {
		more, err := db.All(ctx, r, db.Value[db.ID], `SELECT k.id FROM person o JOIN client k ON k.person_id = o.id WHERE o.id = $1 OR o.merged_into = $1
  UNION SELECT k.id FROM person o JOIN family_member m ON m.person_id = o.id JOIN client k ON k.family_id = m.family_id
    WHERE o.id = $1 OR o.merged_into = $1`, p.ID)
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	return ids, nil
}

func peopleOfClients(ctx context.Context, r db.Reader, clients []db.ID) (map[db.ID]db.ID, error) {
	people := make(map[db.ID]db.ID, len(clients))
	return people, db.In(clients, func(marks string, args []any) error {
		_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
			var client, who db.ID
			err = row.Scan(&client, &who)
			people[client] = who
			return struct{}{}, err
		}, `SELECT k.id, COALESCE(p.merged_into, p.id) FROM client k JOIN person p ON p.id = k.person_id WHERE k.id IN (`+marks+`)`, args...)
		return err
	})
}
