package person

import (
	"context"
	"fmt"
	"strings"

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

// countPeople counts in two halves, so that the large one is read from an index alone.
func countPeople(ctx context.Context, r db.Reader, s access.Scope, village string) (int64, error) {
	where, args := `p.office_id = $1 AND p.merged_into IS NULL`, []any{s.Office, s.People}
	if village != "" {
		where, args = where+` AND p.village_code = $3`, append(args, village)
	}
	open, err := db.One(ctx, r, db.Value[int64], `SELECT COUNT(*) FROM person p WHERE `+where+` AND p.level <= $2`, args...)
	if err != nil {
		return 0, err
	}
	where, args = visible, []any{s.Office, s.People, s.User}
	if village != "" {
		where, args = where+` AND p.village_code = $4`, append(args, village)
	}
	named, err := db.One(ctx, r, db.Value[int64], `SELECT COUNT(*) FROM person p WHERE p.level > $2 AND `+where, args...)
	return open + named, err
}

// mostSteps is how many rows of the search table are looked at in one question, at most.
const mostSteps = 1000

// walk goes through the people with the query's rarest beginning in name order and checks the other words, until the page
// is full; the cost hangs on how many share that beginning, not on how many people there are. Only what the check needs is
// read on the way, and whole people at the end.
func walk(ctx context.Context, r db.Reader, s access.Scope, query names.Query, q Search) (list []Found, err error) {
	var ids []db.ID
	after := q.After
	for steps := q.Limit + 1; len(ids) <= q.Limit; steps = min(4*steps, mostSteps) {
		rows, err := stretch(ctx, r, s, stride{query.Anchor, query.Also, after, steps})
		if err != nil {
			return nil, err
		}
		for _, w := range rows {
			if query.Match(w.text) && (q.Village == "" || q.Village == w.village) {
				ids = append(ids, w.place.ID)
			}
		}
		if len(rows) < steps {
			break
		}
		after = rows[len(rows)-1].place
	}
	return selectFound(ctx, r, ids[:min(len(ids), q.Limit+1)])
}

// walked is a person met on a walk, with the text the words are checked against.
type walked struct {
	place   Place
	text    string
	village string
}

// stride is a piece of a walk: the people of a beginning, and of another one where there is one, after a place.
type stride struct {
	prefix string
	also   string
	after  Place
	steps  int
}

func stretch(ctx context.Context, r db.Reader, s access.Scope, t stride) ([]walked, error) {
	also, args := "", []any{s.Office, s.People, s.User, t.prefix, t.after.NameKey, t.after.ID[:], t.steps}
	if t.also != "" {
		also, args = alsoBegins, append(args, t.also)
	}
	return db.All(ctx, r, func(row db.Row) (w walked, err error) {
		err = row.Scan(&w.place.ID, &w.place.NameKey, &w.text, (*db.Text)(&w.village))
		return w, err
	}, `SELECT w.person_id, w.name_key, p.search_text, p.village_code FROM person_word w JOIN person p ON p.id = w.person_id
  WHERE `+visible+` AND w.office_id = $1 AND w.prefix = $4 AND (w.name_key > $5 OR (w.name_key = $5 AND w.person_id > $6))`+also+`
  ORDER BY w.name_key, w.person_id LIMIT $7`, args...)
}

// alsoBegins lets the index of the search table pass over those without the other beginning, before anything of them is read.
const alsoBegins = `
    AND EXISTS (SELECT 1 FROM person_word o WHERE o.office_id = $1 AND o.prefix = $8 AND o.name_key = w.name_key AND o.person_id = w.person_id)`

// selectFound reads whole people who were met on a walk, in its order.
func selectFound(ctx context.Context, r db.Reader, ids []db.ID) ([]Found, error) {
	byID := make(map[db.ID]Found, len(ids))
	err := db.In(ids, func(marks string, args []any) error {
		rows, err := db.All(ctx, r, scanFound, `SELECT `+personColumns+`, p.name_key FROM person p WHERE p.id IN (`+marks+`)`, args...)
		for _, f := range rows {
			byID[f.ID] = f
		}
		return err
	})
	list := make([]Found, len(ids))
	for i, id := range ids {
		list[i] = byID[id]
	}
	return list, err
}

// byNIK finds by the number's blind index; a merged record leads to the one that was kept.
func byNIK(ctx context.Context, r db.Reader, s access.Scope, blind []byte, q Search) ([]Found, error) {
	list, err := db.All(ctx, r, scanFound, `SELECT `+personColumns+`, p.name_key FROM person n
  JOIN person p ON p.id = COALESCE(n.merged_into, n.id)
  WHERE `+visible+` AND n.office_id = $1 AND n.nik_blind = $4 ORDER BY p.name_key, p.id LIMIT $5`,
		s.Office, s.People, s.User, blind, q.Limit)
	return merged(nil, list), err
}

func byPhone(ctx context.Context, r db.Reader, s access.Scope, blind []byte, q Search) ([]Found, error) {
	list, err := db.All(ctx, r, scanFound, `SELECT `+personColumns+`, p.name_key FROM person_phone f
  JOIN person n ON n.id = f.person_id JOIN person p ON p.id = COALESCE(n.merged_into, n.id)
  WHERE `+visible+` AND f.office_id = $1 AND f.blind = $4 ORDER BY p.name_key, p.id LIMIT $5`,
		s.Office, s.People, s.User, blind, q.Limit)
	return merged(nil, list), err
}

// bySecretWords finds the protected by all words of their real name; the rest of the search is by the alias.
func bySecretWords(ctx context.Context, r db.Reader, s access.Scope, words [][]byte, q Search) ([]Found, error) {
	args := []any{s.Office, s.People, s.User, q.After.NameKey, q.After.ID[:], q.Limit + 1, words[0]}
	var also strings.Builder
	for _, w := range words[1:] {
		args = append(args, w)
		fmt.Fprintf(&also, ` AND EXISTS (SELECT 1 FROM person_secret_word o WHERE o.person_id = p.id AND o.blind = $%d)`, len(args))
	}
	return db.All(ctx, r, scanFound, `SELECT `+personColumns+`, p.name_key FROM person_secret_word w JOIN person p ON p.id = w.person_id
  WHERE `+visible+` AND w.office_id = $1 AND w.blind = $7`+also.String()+`
    AND (p.name_key > $4 OR (p.name_key = $4 AND p.id > $5)) ORDER BY p.name_key, p.id LIMIT $6`, args...)
}
