package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person/names"
)

// Twin is someone who may be the same person, and why.
type Twin struct {
	ID     db.ID
	Name   string
	Why    string // "nik", "phone", "name_birth", "name_village", or "ask_head" for one the reader may not see
	Hidden bool
}

// alike is how similar two names must be to be shown, of 1.
const alike = 0.9

// Twins shows likely twins of someone who is being entered.
func (s *Service) Twins(ctx context.Context, a access.Actor, p Person) (list []Twin, err error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = s.twins(ctx, r, a.Scope(), p, p.ID)
		return err
	})
	return list, err
}

// twins looks over the whole office; one whom the reader may not see is told only as «ask the head».
func (s *Service) twins(ctx context.Context, r db.Reader, scope access.Scope, p Person, self db.ID) ([]Twin, error) {
	p.Tidy()
	row := newRow(p)
	s.blind(&row)
	seen := map[db.ID]bool{self: true}
	var list []Twin
	add := func(c candidate, why string) {
		if seen[c.id] {
			return
		}
		seen[c.id] = true
		if !c.visible {
			list = append(list, Twin{Why: "ask_head", Hidden: true})
			return
		}
		list = append(list, Twin{ID: c.id, Name: c.name, Why: why})
	}
	exact, err := sameNumbers(ctx, r, scope, row)
	if err != nil {
		return nil, err
	}
	for _, c := range exact {
		add(c, c.why)
	}
	if query, ok := names.Parse(p.Name); ok {
		near, err := sameBeginning(ctx, r, scope, query.Anchor)
		if err != nil {
			return nil, err
		}
		for _, c := range near {
			if why := c.likely(p); why != "" && names.Similar(p.Name, c.name) >= alike {
				add(c, why)
			}
		}
	}
	return list[:min(len(list), 10)], nil
}

// candidate is someone of the office who shares a number or the beginning of a name.
type candidate struct {
	id      db.ID
	name    string
	birth   db.Date
	village string
	visible bool
	why     string
}

// likely tells what besides the name agrees.
func (c candidate) likely(p Person) string {
	switch {
	case p.BirthDate != "" && p.BirthDate == c.birth:
		return "name_birth"
	case p.Home() != "" && p.Home() == c.village && (p.BirthDate == "" || c.birth == ""):
		return "name_village"
	}
	return ""
}
