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

// NamesOf are the names of those whom choices mean, in their order; empty where someone may not be known, or not any more.
// Nothing is opened, so nothing is logged.
func (s *Service) NamesOf(ctx context.Context, a access.Actor, choices []ClientChoice) (names []string, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return nil, err
	}
	names = make([]string, len(choices))
	err = s.db.Read(ctx, func(r db.Reader) error {
		for i, c := range choices {
			if names[i], err = s.ChoiceName(ctx, r, a, c); err != nil {
				return err
			}
		}
		return nil
	})
	return names, err
}
