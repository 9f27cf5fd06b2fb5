package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person/names"
)

func scanFound(row db.Row) (f Found, err error) {
	f.Person, err = scanPerson(row, &f.NameKey)
	return f, err
}

// listPeople reads all people in name order, within a village when one is asked for.
func listPeople(ctx context.Context, r db.Reader, s access.Scope, q Search) ([]Found, error) {
	where, args := visible, []any{s.Office, s.People, s.User, q.After.NameKey, q.After.ID[:], q.Limit + 1}
	if q.Village != "" {
		where, args = where+` AND p.village_code = $7`, append(args, q.Village)
	}
	return db.All(ctx, r, scanFound, `SELECT `+personColumns+`, p.name_key FROM person p
  WHERE `+where+` AND (p.name_key > $4 OR (p.name_key = $4 AND p.id > $5)) ORDER BY p.name_key, p.id LIMIT $6`, args...)
}

// walk goes through the people with the query's rarest beginning in name order and checks the other words, until the page
// is full; the cost hangs on how many share that beginning, not on how many people there are.
func walk(ctx context.Context, r db.Reader, s access.Scope, query names.Query, q Search) (list []Found, err error) {
	rows, err := r.Query(ctx, `SELECT `+personColumns+`, p.name_key, p.search_text FROM person_word w JOIN person p ON p.id = w.person_id
  WHERE `+visible+` AND w.office_id = $1 AND w.prefix = $4 AND (w.name_key > $5 OR (w.name_key = $5 AND w.person_id > $6))
  ORDER BY w.name_key, w.person_id`, s.Office, s.People, s.User, query.Anchor, q.After.NameKey, q.After.ID[:])
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err has the reason
	for len(list) <= q.Limit && rows.Next() {
		var f Found
		var text string
		if f.Person, err = scanPerson(rows, &f.NameKey, &text); err != nil {
			return nil, err
		}
		if query.Match(text) && (q.Village == "" || q.Village == f.Village) {
			list = append(list, f)
		}
	}
	return list, rows.Err()
}

// byBlind finds by a column of blind indexes, named by this package alone.
func byBlind(ctx context.Context, r db.Reader, s access.Scope, column string, blind []byte, q Search) ([]Found, error) {
	return db.All(ctx, r, scanFound, `SELECT `+personColumns+`, p.name_key FROM person p
  WHERE `+visible+` AND `+column+` = $4 ORDER BY p.name_key, p.id LIMIT $5`, s.Office, s.People, s.User, blind, q.Limit)
}

func byPhone(ctx context.Context, r db.Reader, s access.Scope, blind []byte, q Search) ([]Found, error) {
	return db.All(ctx, r, scanFound, `SELECT `+personColumns+`, p.name_key FROM person_phone f JOIN person p ON p.id = f.person_id
  WHERE `+visible+` AND f.office_id = $1 AND f.blind = $4 ORDER BY p.name_key, p.id LIMIT $5`, s.Office, s.People, s.User, blind, q.Limit)
}
