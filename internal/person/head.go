package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
)

// Head is what of a person stands beside a row of another package that names them.
type Head struct {
	ID           db.ID // of the record that was kept
	Name         string
	Confidential bool // the address is
}

// Heads are those of the people whom the actor may know, by the record that was asked for.
func (s *Service) Heads(ctx context.Context, r db.Reader, a access.Actor, ids []db.ID) (map[db.ID]Head, error) {
	heads := map[db.ID]Head{}
	if !a.Can(access.PersonRead) || len(ids) == 0 {
		return heads, nil
	}
	return heads, selectHeads(ctx, r, a.Scope(), ids, heads)
}

// Records are a person's own record and those that were merged into it, for packages whose rows may name either; none for
// one who may not know the person.
func (s *Service) Records(ctx context.Context, r db.Reader, a access.Actor, id db.ID) ([]db.ID, error) {
	if !a.Can(access.PersonRead) {
		return nil, nil
	}
	return selectRecords(ctx, r, a.Scope(), id)
}
