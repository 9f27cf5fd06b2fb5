package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
)

// recordsOf are people by their keys ($4 and on) and the records that were merged into theirs.
func recordsOf(marks string) string {
	return `(SELECT o.id FROM person o WHERE o.id IN (` + marks + `) OR o.merged_into IN (` + marks + `))`
}

func selectPeople(ctx context.Context, r db.Reader, s access.Scope, ids []db.ID) (list []Person, err error) {
	err = db.InAfter([]any{s.Office, s.People, s.User}, ids, func(marks string, args []any) error {
		more, err := db.All(ctx, r, func(row db.Row) (Person, error) { return scanPerson(row) },
			`SELECT `+personColumns+` FROM person p WHERE `+visible+` AND p.id IN (`+marks+`) ORDER BY p.id`, args...)
		list = append(list, more...)
		return err
	})
	return list, err
}

// relationsOfAll are the relations of any of some people.
func relationsOfAll(ctx context.Context, r db.Reader, s access.Scope, ids []db.ID) (list []Relation, err error) {
	err = db.InAfter([]any{s.Office, s.People, s.User}, ids, func(marks string, args []any) error {
		more, err := db.All(ctx, r, scanRelation, `SELECT `+relationColumns+` FROM `+relationTables+` WHERE `+relationVisible+`
    AND (x.from_id IN `+recordsOf(marks)+` OR x.to_id IN `+recordsOf(marks)+`) ORDER BY x.id`, args...)
		list = append(list, more...)
		return err
	})
	return eachOnce(list), err
}

func updateRelation(ctx context.Context, tx db.Tx, x Relation) error {
	_, err := tx.Exec(ctx, `UPDATE relation SET manner = $2, from_day = $3, to_day = $4 WHERE id = $1`, x.ID, x.Manner, x.Since, x.Until)
	return err
}

const bondColumns = `x.id, ka.id, kb.id, x.kind, ka.name, kb.name`

const bondTables = `bond x JOIN person a ON a.id = x.from_id JOIN person b ON b.id = x.to_id
  JOIN person ka ON ka.id = COALESCE(a.merged_into, a.id) JOIN person kb ON kb.id = COALESCE(b.merged_into, b.id)`

func scanBond(row db.Row) (b Bond, err error) {
	err = row.Scan(&b.ID, &b.From, &b.To, &b.Kind, &b.Names[0], &b.Names[1])
	return b, err
}

// bondsOfAll are the bonds of any of some people; what a merging made a bond with oneself is left out.
func bondsOfAll(ctx context.Context, r db.Reader, s access.Scope, ids []db.ID) (list []Bond, err error) {
	seen := map[[2]db.ID]bool{}
	err = db.InAfter([]any{s.Office, s.People, s.User}, ids, func(marks string, args []any) error {
		more, err := db.All(ctx, r, scanBond, `SELECT `+bondColumns+` FROM `+bondTables+` WHERE `+relationVisible+`
    AND (x.from_id IN `+recordsOf(marks)+` OR x.to_id IN `+recordsOf(marks)+`) ORDER BY x.id`, args...)
		for _, b := range more {
			pair := [2]db.ID{b.From, b.To}
			if b.From.Compare(b.To) > 0 {
				pair = [2]db.ID{b.To, b.From}
			}
			if b.From != b.To && !seen[pair] {
				seen[pair] = true
				list = append(list, b)
			}
		}
		return err
	})
	return list, err
}

func selectBond(ctx context.Context, r db.Reader, s access.Scope, id db.ID) (Bond, error) {
	return db.One(ctx, r, scanBond, `SELECT `+bondColumns+` FROM `+bondTables+` WHERE `+relationVisible+` AND x.id = $4`,
		s.Office, s.People, s.User, id)
}

func insertBond(ctx context.Context, tx db.Tx, office db.ID, b Bond) error {
	_, err := tx.Exec(ctx, `INSERT INTO bond (id, office_id, from_id, to_id, kind) VALUES ($1, $2, $3, $4, $5)`, b.ID, office, b.From, b.To, b.Kind)
	return err
}

func deleteBond(ctx context.Context, tx db.Tx, id db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM bond WHERE id = $1`, id)
	return err
}

func deleteMember(ctx context.Context, tx db.Tx, family, record db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM family_member WHERE family_id = $1 AND person_id = $2`, family, record)
	return err
}

// memberOf is someone's part in a family.
func memberOf(ctx context.Context, r db.Reader, family, record db.ID) (Member, error) {
	return db.One(ctx, r, func(row db.Row) (m Member, err error) {
		var house db.Flag
		err = row.Scan(&m.ID, &m.Role, &house, &m.From, &m.To)
		m.SameHouse = bool(house)
		return m, err
	}, `SELECT person_id, role, same_house, from_day, to_day FROM family_member WHERE family_id = $1 AND person_id = $2`, family, record)
}
