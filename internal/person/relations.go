package person

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
)

// Relate ties two people the actor may know; between equals the relation stands once, and one of the same kind is changed.
func (s *Service) Relate(ctx context.Context, a access.Actor, x Relation) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	if err := x.check(db.DayOf(s.now(), a.Office.Zone)); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		for _, end := range []struct {
			field string
			id    *db.ID
		}{{"from", &x.From}, {"to", &x.To}} {
			row, err := selectPerson(ctx, tx, a.Scope(), *end.id)
			if err != nil {
				return missing(end.field, err)
			}
			*end.id = row.p.ID
		}
		if err := x.check(""); x.From == x.To {
			return err
		}
		x.tidy()
		x.ID = db.NewID()
		if err := putRelation(ctx, tx, a.Office.ID, x); err != nil {
			return err
		}
		return tx.Record(ctx, changed(a, x.From, "person.related", journal.Detail{"kind": x.Kind, "manner": x.Manner}))
	})
}

// Unrelate takes a relation away that was entered by mistake; one that has ended is kept with its manner.
func (s *Service) Unrelate(ctx context.Context, a access.Actor, id db.ID) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		x, err := selectRelation(ctx, tx, a.Scope(), id)
		if err != nil {
			return err
		}
		if err := deleteRelation(ctx, tx, id); err != nil {
			return err
		}
		return tx.Record(ctx, changed(a, x.From, "person.unrelated", journal.Detail{"kind": x.Kind, "manner": x.Manner}))
	})
}

// Relations of a person to people the actor may know.
func (s *Service) Relations(ctx context.Context, a access.Actor, person db.ID) (list []Relation, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = relationsOf(ctx, r, a.Scope(), person)
		return err
	})
	return list, err
}

// RelationsAmong are the relations between the members of a family that the actor may know.
func (s *Service) RelationsAmong(ctx context.Context, a access.Actor, members []Member) (list []Relation, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return nil, err
	}
	inside := map[db.ID]bool{}
	for _, m := range members {
		inside[m.ID] = true
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list = nil
		for _, m := range members {
			theirs, err := relationsOf(ctx, r, a.Scope(), m.ID)
			if err != nil {
				return err
			}
			for _, x := range theirs {
				known := slices.ContainsFunc(list, func(k Relation) bool { return k.ID == x.ID })
				if inside[x.From] && inside[x.To] && !known {
					list = append(list, x)
				}
			}
		}
		list = eachOnce(list)
		return nil
	})
	return list, err
}
