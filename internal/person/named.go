package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person/names"
)

// ClientsNamed finds the clients a query may mean: individuals by the beginnings of the words of their names, and so are
// families and bodies.
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
	families, err := familyClientsNamed(ctx, r, s, q, most)
	if err != nil {
		return nil, err
	}
	bodies, err := bodiesNamed(ctx, r, s, q, most)
	for _, b := range bodies {
		ids = append(ids, b.ID)
	}
	return append(ids, families...), err
}

// PeopleOfClients are the people behind clients that are individuals, by the key of the client; a merged record leads to the
// one that was kept. The caller has the clients within the actor's scope.
func PeopleOfClients(ctx context.Context, r db.Reader, clients []db.ID) (map[db.ID]db.ID, error) {
	return peopleOfClients(ctx, r, clients)
}
