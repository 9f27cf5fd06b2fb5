package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
)

// known is 1 where the reader may know the person: $2 level, $3 user.
const known = `CASE WHEN p.level <= $2 OR EXISTS (SELECT 1 FROM person_reader x WHERE x.person_id = p.id AND x.user_id = $3)
    OR EXISTS (SELECT 1 FROM person g WHERE g.merged_into = p.id AND (g.level <= $2
      OR EXISTS (SELECT 1 FROM person_reader x WHERE x.person_id = g.id AND x.user_id = $3))) THEN 1 ELSE 0 END`

const candidateColumns = `p.id, p.name, p.birth_date, p.birth_precision, p.village_code, ` + known

func scanCandidate(row db.Row) (c candidate, err error) {
	err = row.Scan(&c.id, &c.name, &c.birth, &c.precision, (*db.Text)(&c.village), (*db.Flag)(&c.visible), &c.why)
	return c, err
}

// sameNumbers finds those with the same NIK or one of the same phones; a merged record stands for the one that was kept.
func sameNumbers(ctx context.Context, r db.Reader, s access.Scope, row personRow) (list []candidate, err error) {
	if row.nik != nil {
		list, err = db.All(ctx, r, scanCandidate, `SELECT `+candidateColumns+`, 'nik' FROM person g
  JOIN person p ON p.id = COALESCE(g.merged_into, g.id)
  WHERE g.office_id = $1 AND g.nik_blind = $4 ORDER BY p.id LIMIT 5`, s.Office, s.People, s.User, row.nik)
		if err != nil {
			return nil, err
		}
	}
	for _, blind := range row.phones {
		more, err := db.All(ctx, r, scanCandidate, `SELECT `+candidateColumns+`, 'phone' FROM person_phone f
  JOIN person g ON g.id = f.person_id JOIN person p ON p.id = COALESCE(g.merged_into, g.id)
  WHERE f.office_id = $1 AND f.blind = $4 ORDER BY p.id LIMIT 5`, s.Office, s.People, s.User, blind)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

// sameBeginning finds those who share the rarest beginning of the name and the village or, as far as it is known, the year
// of birth; nothing else could make them likely.
func sameBeginning(ctx context.Context, r db.Reader, s access.Scope, prefix string, p Person) ([]candidate, error) {
	year := "-"
	if len(p.BirthDate) >= 4 {
		year = string(p.BirthDate[:4])
	}
	return db.All(ctx, r, scanCandidate, `SELECT `+candidateColumns+`, '' FROM person_word w
  JOIN person p ON p.id = w.person_id
  WHERE w.office_id = $1 AND w.prefix = $4 AND p.merged_into IS NULL
    AND (p.village_code = $5 OR (p.birth_date >= $6 AND p.birth_date < $7) OR p.birth_precision = 'estimate')
  ORDER BY w.name_key, w.person_id LIMIT 400`, s.Office, s.People, s.User, prefix, db.Text(p.Home()), year+"-", year+".")
}
