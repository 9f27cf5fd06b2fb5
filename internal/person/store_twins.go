package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
)

// known is 1 where the reader may know the person: $2 level, $3 user.
const known = `CASE WHEN p.level <= $2 OR EXISTS (SELECT 1 FROM person_reader x WHERE x.person_id = p.id AND x.user_id = $3) THEN 1 ELSE 0 END`

func scanCandidate(row db.Row) (c candidate, err error) {
	err = row.Scan(&c.id, &c.name, &c.birth, (*db.Text)(&c.village), (*db.Flag)(&c.visible), &c.why)
	return c, err
}

// sameNumbers finds those with the same NIK or one of the same phones.
func sameNumbers(ctx context.Context, r db.Reader, s access.Scope, row personRow) (list []candidate, err error) {
	if row.nik != nil {
		list, err = db.All(ctx, r, scanCandidate, `SELECT p.id, p.name, p.birth_date, p.village_code, `+known+`, 'nik' FROM person p
  WHERE p.office_id = $1 AND p.nik_blind = $4 AND p.merged_into IS NULL ORDER BY p.id LIMIT 5`, s.Office, s.People, s.User, row.nik)
		if err != nil {
			return nil, err
		}
	}
	for _, blind := range row.phones {
		more, err := db.All(ctx, r, scanCandidate, `SELECT p.id, p.name, p.birth_date, p.village_code, `+known+`, 'phone'
  FROM person_phone f JOIN person p ON p.id = f.person_id
  WHERE f.office_id = $1 AND f.blind = $4 AND p.merged_into IS NULL ORDER BY p.id LIMIT 5`, s.Office, s.People, s.User, blind)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

// sameBeginning finds those who share the rarest beginning of the name; more than a few hundred are no help any more.
func sameBeginning(ctx context.Context, r db.Reader, s access.Scope, prefix string) ([]candidate, error) {
	return db.All(ctx, r, scanCandidate, `SELECT p.id, p.name, p.birth_date, p.village_code, `+known+`, '' FROM person_word w
  JOIN person p ON p.id = w.person_id
  WHERE w.office_id = $1 AND w.prefix = $4 AND p.merged_into IS NULL ORDER BY w.name_key, w.person_id LIMIT 400`,
		s.Office, s.People, s.User, prefix)
}
