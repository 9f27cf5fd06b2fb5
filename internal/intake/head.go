package intake

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
)

// Head is what of a request stands beside a row of another package that names it.
type Head struct {
	ID     db.ID
	Number string
	State  string
}

// Heads are those of the requests that the actor may know.
func (s *Service) Heads(ctx context.Context, r db.Reader, a access.Actor, ids []db.ID) (map[db.ID]Head, error) {
	heads := map[db.ID]Head{}
	if !a.Can(access.RequestRead) || len(ids) == 0 {
		return heads, nil
	}
	list, err := selectHeads(ctx, r, a.Scope(), ids)
	for _, h := range list {
		heads[h.ID] = h
	}
	return heads, err
}

// HeadByNumber finds a request by its whole number, for one who may know it.
func (s *Service) HeadByNumber(ctx context.Context, r db.Reader, a access.Actor, number string) (Head, error) {
	if !a.Can(access.RequestRead) {
		return Head{}, fault.NotFound()
	}
	row, err := selectByNumber(ctx, r, a.Scope(), number)
	return Head{row.q.ID, row.q.Number, row.q.State}, err
}

// About finds the requests about these people that the actor may know.
func (s *Service) About(ctx context.Context, r db.Reader, a access.Actor, people []db.ID) ([]db.ID, error) {
	if !a.Can(access.RequestRead) || len(people) == 0 {
		return nil, nil
	}
	return selectAbout(ctx, r, a.Scope(), people)
}
