package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
)

// ChoiceName is the name of the one a choice means; empty where nobody is meant or may be known.
func (s *Service) ChoiceName(ctx context.Context, r db.Reader, a access.Actor, c ClientChoice) (string, error) {
	var name string
	var err error
	switch {
	case !c.Person.IsZero():
		var p Person
		p, err = s.find(ctx, r, a.Scope(), c.Person)
		name = p.Name
	case !c.Family.IsZero():
		var row familyRow
		row, err = selectFamily(ctx, r, a.Scope(), c.Family)
		name = row.f.Name
	case !c.Client.IsZero():
		var row bodyRow
		row, err = selectBody(ctx, r, a.Scope(), c.Client)
		name = row.c.Name
	}
	if fault.Is(err, "not_found") {
		return "", nil
	}
	return name, err
}
