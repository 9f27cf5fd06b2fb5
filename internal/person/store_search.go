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
// is full; the cost hangs on how many share that beginning, not on how many people there are.
func walk(ctx context.Context, r db.Reader, s access.Scope, query names.Query, q Search) ([]Found, error) {
	list, err := along(q.After, q.Limit+1, func(after Place, steps int) ([]walked, error) {
		return stretch(ctx, r, s, stride{query.Anchor, query.Also, after, steps})
	}, func(w walked) (Place, bool) {
		return Place{w.NameKey, w.ID}, query.Match(w.text) && (q.Village == "" || q.Village == w.Village)
	})
	found := make([]Found, len(list))
	for i, w := range list {
		found[i] = w.Found
	}
	return found, err
}

// along reads rows in name order after a place, stretch by stretch, and keeps those that fit until there are enough or the rows
// end. look tells the place of a row and whether it fits.
func along[T any](after Place, full int, read func(after Place, steps int) ([]T, error), look func(T) (Place, bool)) (list []T, err error) {
	looked := 0
	for steps := min(full, mostSteps); len(list) < full; steps = next(steps, looked, len(list), full) {
		rows, err := read(after, steps)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			place, fits := look(row)
			if after = place; fits {
				list = append(list, row)
			}
		}
		if len(rows) < steps {
			break
		}
		looked += len(rows)
	}
	return list[:min(len(list), full)], nil
}

// next is how long the next stretch should be: enough for the rest of the page at the rate so far, with some to spare, and at
// most four times the last one.
func next(steps, looked, found, full int) int {
	return min(mostSteps, 4*steps, 8+2*(full-found)*looked/max(found, 1))
}

// walked is a person met on a walk, with the text the words are checked against.
type walked struct {
	Found
	text string
}

// stride is a piece of a walk: the people of a beginning, and of others where there are some, after a place.
type stride struct {
	prefix string
	also   []string
	after  Place
	steps  int
}

func stretch(ctx context.Context, r db.Reader, s access.Scope, t stride) ([]walked, error) {
	args := []any{s.Office, s.People, s.User, t.prefix, t.after.NameKey, t.after.ID[:], t.steps}
	for _, prefix := range t.also {
		args = append(args, prefix)
	}
	return db.All(ctx, r, func(row db.Row) (w walked, err error) {
		w.Person, err = scanPerson(row, &w.NameKey, &w.text)
		return w, err
	}, stretches[len(t.also)], args...)
}

// stretches are the questions for a beginning alone, with another one and with two.
var stretches = [...]string{stretchOf(0), stretchOf(1), stretchOf(2)}

// stretchOf lets those without the other beginnings be passed over by the search table's own index, before anything of them is
// read: SQLite takes the tables of a CROSS JOIN in the order they are written in.
func stretchOf(also int) string {
	var with, where strings.Builder
	for i := range also {
		fmt.Fprintf(&with, ` CROSS JOIN person_word o%d`, i)
		fmt.Fprintf(&where, `
    AND o%[1]d.office_id = w.office_id AND o%[1]d.prefix = $%[2]d AND o%[1]d.name_key = w.name_key AND o%[1]d.person_id = w.person_id`, i, 8+i)
	}
	return `SELECT ` + personColumns + `, w.name_key, p.search_text FROM person_word w` + with.String() + ` CROSS JOIN person p
  WHERE ` + visible + ` AND p.id = w.person_id AND w.office_id = $1 AND w.prefix = $4
    AND (w.name_key > $5 OR (w.name_key = $5 AND w.person_id > $6))` + where.String() + `
  ORDER BY w.name_key, w.person_id LIMIT $7`
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
