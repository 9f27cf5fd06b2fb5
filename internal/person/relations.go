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
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		_, _, err := s.RelateIn(ctx, tx, a, x)
		return err
	})
}

// RelateIn ties two people in a transaction of another act, and tells what stood between them before.
func (s *Service) RelateIn(ctx context.Context, tx *journal.Tx, a access.Actor, x Relation) (kept Relation, before *Relation, err error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return x, nil, err
	}
	if err := x.check(db.DayOf(tx.Now().Time, a.Office.Zone)); err != nil {
		return x, nil, err
	}
	if err := s.ends(ctx, tx, a, &x.From, &x.To); err != nil {
		return x, nil, err
	}
	if err := x.check(""); x.From == x.To {
		return x, nil, err
	}
	x.tidy()
	list, err := relationsOf(ctx, tx, a.Scope(), x.From)
	if err != nil {
		return x, nil, err
	}
	if i := slices.IndexFunc(list, x.stands); i >= 0 {
		before, x.ID = &list[i], list[i].ID
		err = updateRelation(ctx, tx, x)
	} else {
		x.ID = db.NewID()
		err = putRelation(ctx, tx, a.Office.ID, x)
	}
	if err != nil {
		return x, nil, err
	}
	return x, before, tx.Record(ctx, changed(a, x.From, "person.related", journal.Detail{"kind": x.Kind, "manner": x.Manner}))
}

// stands tells that another relation is the one that this would write over.
func (r Relation) stands(other Relation) bool {
	straight := other.From == r.From && other.To == r.To
	return other.Kind == r.Kind && (straight || symmetrical(r.Kind) && other.From == r.To && other.To == r.From)
}

// Unrelate takes a relation away that was entered by mistake; one that has ended is kept with its manner.
func (s *Service) Unrelate(ctx context.Context, a access.Actor, id db.ID) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		_, err := s.UnrelateIn(ctx, tx, a, id)
		return err
	})
}

// UnrelateIn takes a relation away in a transaction of another act, and tells what it was.
func (s *Service) UnrelateIn(ctx context.Context, tx *journal.Tx, a access.Actor, id db.ID) (Relation, error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return Relation{}, err
	}
	x, err := selectRelation(ctx, tx, a.Scope(), id)
	if err != nil {
		return x, err
	}
	if err := deleteRelation(ctx, tx, id); err != nil {
		return x, err
	}
	return x, tx.Record(ctx, changed(a, x.From, "person.unrelated", journal.Detail{"kind": x.Kind, "manner": x.Manner}))
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
