package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person/names"
)

// ClientsNamed finds the clients a query may mean: individuals by the beginnings of the words of their names, families and
// bodies by the beginning of theirs.
func ClientsNamed(ctx context.Context, r db.Reader, s access.Scope, query string, most int) ([]db.ID, error) {
	q, ok := names.Parse(query)
	if !ok {
		return nil, nil
	}
	people, err := walk(ctx, r, s, q, Search{Limit: most})
	if err != nil {
		return nil, err
	}
	ids, err := clientsOfPeople(ctx, r, people)
	if err != nil {
		return nil, err
	}
	others, err := bodiesNamed(ctx, r, s.Office, names.Key(query), most)
	return append(ids, others...), err
}
