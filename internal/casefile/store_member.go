package casefile

import (
	"context"

	"teduh/internal/db"
)

// memberRow is a member with what is sealed of them.
type memberRow struct {
	m    Member
	name []byte
}

const memberColumns = `m.id, p.id, p.name, m.name, m.joined_on, m.left_on, m.version`

const memberTables = `case_member m LEFT JOIN person g ON g.id = m.person_id LEFT JOIN person p ON p.id = COALESCE(g.merged_into, g.id)`

func scanMember(row db.Row) (x memberRow, err error) {
	err = row.Scan(&x.m.ID, &x.m.Person, (*db.Text)(&x.m.Name), &x.name, &x.m.JoinedOn, &x.m.LeftOn, &x.m.Version)
	return x, err
}

func selectMembers(ctx context.Context, r db.Reader, caseID db.ID) ([]memberRow, error) {
	return db.All(ctx, r, scanMember, `SELECT `+memberColumns+` FROM `+memberTables+` WHERE m.case_id = $1 ORDER BY m.id`, caseID)
}

// selectMember finds a member of a case by their own key or by that of the person.
func selectMember(ctx context.Context, r db.Reader, caseID, id db.ID) (memberRow, error) {
	return db.One(ctx, r, scanMember, `SELECT `+memberColumns+` FROM `+memberTables+`
  WHERE m.case_id = $1 AND (m.id = $2 OR g.id = $2 OR p.id = $2) ORDER BY CASE WHEN m.id = $2 THEN 0 ELSE 1 END, m.id LIMIT 1`, caseID, id)
}

func insertMember(ctx context.Context, tx db.Tx, caseID db.ID, x memberRow, by db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_member (id, case_id, person_id, name, joined_on, left_on, by_id, at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`, x.m.ID, caseID, x.m.Person, x.name, x.m.JoinedOn, x.m.LeftOn, by, at)
	return err
}

func updateMember(ctx context.Context, tx db.Tx, m Member) error {
	_, err := tx.Exec(ctx, `UPDATE case_member SET left_on = $2, version = $3 WHERE id = $1`, m.ID, m.LeftOn, m.Version)
	return err
}
