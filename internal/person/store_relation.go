package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
)

// relationVisible is which relations the actor may know: both people must be. $1 office, $2 level, $3 user.
const relationVisible = `x.office_id = $1
  AND EXISTS (SELECT 1 FROM person p WHERE p.id = COALESCE(a.merged_into, a.id) AND ` + visible + `)
  AND EXISTS (SELECT 1 FROM person p WHERE p.id = COALESCE(b.merged_into, b.id) AND ` + visible + `)`

const relationColumns = `x.id, ka.id, kb.id, x.kind, x.manner, x.from_day, x.to_day, ka.name, kb.name`

const relationTables = `relation x JOIN person a ON a.id = x.from_id JOIN person b ON b.id = x.to_id
  JOIN person ka ON ka.id = COALESCE(a.merged_into, a.id) JOIN person kb ON kb.id = COALESCE(b.merged_into, b.id)`

func scanRelation(row db.Row) (x Relation, err error) {
	err = row.Scan(&x.ID, &x.From, &x.To, &x.Kind, &x.Manner, &x.Since, &x.Until, &x.Names[0], &x.Names[1])
	return x, err
}

// relationsOf are the relations of a person, or of a record that was merged into theirs.
func relationsOf(ctx context.Context, r db.Reader, s access.Scope, person db.ID) ([]Relation, error) {
	list, err := db.All(ctx, r, scanRelation, `SELECT `+relationColumns+` FROM `+relationTables+` WHERE `+relationVisible+`
    AND (x.from_id IN (SELECT o.id FROM person o WHERE o.id = $4 OR o.merged_into = $4)
      OR x.to_id IN (SELECT o.id FROM person o WHERE o.id = $4 OR o.merged_into = $4))
  ORDER BY CASE x.kind WHEN 'spouse' THEN 0 WHEN 'parent' THEN 1 WHEN 'guardian' THEN 2 ELSE 3 END, ka.name_key, kb.name_key, x.id`,
		s.Office, s.People, s.User, person)
	return eachOnce(list), err
}

// eachOnce leaves out what two merged records say alike, and what a merging made a relation of someone to themselves.
func eachOnce(list []Relation) (once []Relation) {
	type tie struct {
		from, to db.ID
		kind     string
	}
	seen := map[tie]bool{}
	for _, x := range list {
		k := tie{x.From, x.To, x.Kind}
		if symmetrical(x.Kind) && k.from.Compare(k.to) > 0 {
			k.from, k.to = k.to, k.from
		}
		if !seen[k] && x.From != x.To {
			seen[k] = true
			once = append(once, x)
		}
	}
	return once
}

func selectRelation(ctx context.Context, r db.Reader, s access.Scope, id db.ID) (Relation, error) {
	return db.One(ctx, r, scanRelation, `SELECT `+relationColumns+` FROM `+relationTables+` WHERE `+relationVisible+` AND x.id = $4`,
		s.Office, s.People, s.User, id)
}

func putRelation(ctx context.Context, tx db.Tx, office db.ID, x Relation) error {
	_, err := tx.Exec(ctx, `INSERT INTO relation (id, office_id, from_id, to_id, kind, manner, from_day, to_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (from_id, to_id, kind) DO UPDATE SET manner = excluded.manner, from_day = excluded.from_day, to_day = excluded.to_day`,
		x.ID, office, x.From, x.To, x.Kind, x.Manner, x.Since, x.Until)
	return err
}

func deleteRelation(ctx context.Context, tx db.Tx, id db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM relation WHERE id = $1`, id)
	return err
}
