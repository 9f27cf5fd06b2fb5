package person

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Bond is how two people stand to each other, as a worker came to know it. Violence goes from one to the other; every other
// bond is the same seen from either side, and there is one between two people.
type Bond struct {
	ID    db.ID
	From  db.ID
	To    db.ID
	Kind  string
	Names [2]string
}

// BondKinds in the order in which they are offered.
var BondKinds = []string{"close", "very_close", "distant", "conflict", "close_conflict", "cut_off", "violence"}

// Kindred are people who hang together, with what ties them.
type Kindred struct {
	People    []Person
	Relations []Relation
	Bonds     []Bond
}

// How far kin is followed from the people one begins with, and how many are shown at most.
const (
	kinSteps = 4
	mostKin  = 150
)

// Kindred are the people who are related to some, by relations between people the actor may know, and those themselves.
// Bonds are the work of a case and shown to those who may read cases.
func (s *Service) Kindred(ctx context.Context, a access.Actor, from []db.ID) (k Kindred, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return k, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		k, err = kindred(ctx, r, a, from)
		return err
	})
	return k, err
}

func kindred(ctx context.Context, r db.Reader, a access.Actor, from []db.ID) (k Kindred, err error) {
	known := map[db.ID]bool{}
	add := func(list []db.ID) (fresh []db.ID) {
		for _, id := range list {
			if !known[id] && len(known) < mostKin {
				known[id] = true
				fresh = append(fresh, id)
			}
		}
		return fresh
	}
	edge := add(from)
	for step := 0; step < kinSteps && len(edge) > 0; step++ {
		list, err := relationsOfAll(ctx, r, a.Scope(), edge)
		if err != nil {
			return k, err
		}
		var ends []db.ID
		for _, x := range list {
			ends = append(ends, x.From, x.To)
		}
		edge = add(ends)
	}
	ids := make([]db.ID, 0, len(known))
	for id := range known {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, db.ID.Compare)
	return tied(ctx, r, a, ids)
}

// tied are people with everything between them that the actor may know.
func tied(ctx context.Context, r db.Reader, a access.Actor, ids []db.ID) (k Kindred, err error) {
	if k.People, err = selectPeople(ctx, r, a.Scope(), ids); err != nil {
		return k, err
	}
	inside := map[db.ID]bool{}
	for _, p := range k.People {
		inside[p.ID] = true
	}
	all, err := relationsOfAll(ctx, r, a.Scope(), ids)
	if err != nil {
		return k, err
	}
	k.Relations = slices.DeleteFunc(all, func(x Relation) bool { return !inside[x.From] || !inside[x.To] })
	if !a.Can(access.CaseRead) {
		return k, nil
	}
	k.Bonds, err = bondsOfAll(ctx, r, a.Scope(), ids)
	k.Bonds = slices.DeleteFunc(k.Bonds, func(x Bond) bool { return !inside[x.From] || !inside[x.To] })
	return k, err
}

// check names what is wrong with a bond.
func (b Bond) check() error {
	var c fault.Checks
	c.Field(!slices.Contains(BondKinds, b.Kind), "kind", "unknown", "error.choice")
	c.Field(b.From.IsZero(), "from", "required", "error.required")
	c.Field(b.To.IsZero(), "to", "required", "error.required")
	c.Field(!b.From.IsZero() && b.From == b.To, "to", "same", "person.relation.self")
	return c.Err()
}

// BondIn keeps how two people stand to each other, in the place of what stood there; it tells that, too.
func (s *Service) BondIn(ctx context.Context, tx *journal.Tx, a access.Actor, b Bond) (kept Bond, before *Bond, err error) {
	if err := mayBond(a); err != nil {
		return b, nil, err
	}
	if err := b.check(); err != nil {
		return b, nil, err
	}
	if err := s.ends(ctx, tx, a, &b.From, &b.To); err != nil {
		return b, nil, err
	}
	if err := b.check(); err != nil {
		return b, nil, err
	}
	list, err := bondsOfAll(ctx, tx, a.Scope(), []db.ID{b.From})
	if err != nil {
		return b, nil, err
	}
	b.ID = db.NewID()
	for _, x := range list {
		if x.From == b.From && x.To == b.To || x.From == b.To && x.To == b.From {
			before, b.ID = &x, x.ID
			if err := deleteBond(ctx, tx, x.ID); err != nil {
				return b, nil, err
			}
		}
	}
	if err := insertBond(ctx, tx, a.Office.ID, b); err != nil {
		return b, nil, err
	}
	return b, before, tx.Record(ctx, changed(a, b.From, "person.bond", nil))
}

// UnbondIn takes a bond away and tells what it was.
func (s *Service) UnbondIn(ctx context.Context, tx *journal.Tx, a access.Actor, id db.ID) (Bond, error) {
	if err := mayBond(a); err != nil {
		return Bond{}, err
	}
	b, err := selectBond(ctx, tx, a.Scope(), id)
	if err != nil {
		return b, err
	}
	if err := deleteBond(ctx, tx, id); err != nil {
		return b, err
	}
	return b, tx.Record(ctx, changed(a, b.From, "person.bond_gone", nil))
}

// mayBond asks for those who write facts of people and read cases.
func mayBond(a access.Actor) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	return a.Require(access.CaseRead)
}

// ends leads the two keys of a relation or bond to people the actor may know.
func (s *Service) ends(ctx context.Context, r db.Reader, a access.Actor, from, to *db.ID) error {
	for _, end := range []struct {
		field string
		id    *db.ID
	}{{"from", from}, {"to", to}} {
		row, err := selectPerson(ctx, r, a.Scope(), *end.id)
		if err != nil {
			return missing(end.field, err)
		}
		*end.id = row.p.ID
	}
	return nil
}

// LeaveIn takes somebody out of a family as if they had never been put there, and tells what their part was.
func (s *Service) LeaveIn(ctx context.Context, tx *journal.Tx, a access.Actor, family, person db.ID) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	if _, err := selectFamily(ctx, tx, a.Scope(), family); err != nil {
		return err
	}
	record, err := memberRecord(ctx, tx, family, person)
	if err != nil {
		return err
	}
	if err := deleteMember(ctx, tx, family, record); err != nil {
		return err
	}
	return tx.Record(ctx, ofFamily(a, family, "family.member_gone", nil))
}

// LikelyIn are likely twins of somebody who is about to be kept by another act.
func (s *Service) LikelyIn(ctx context.Context, r db.Reader, a access.Actor, p Person) ([]Twin, error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return nil, err
	}
	return s.twins(ctx, r, a.Scope(), p, db.ID{})
}

// RelationsIn are the relations of a person, in a transaction of another act.
func (s *Service) RelationsIn(ctx context.Context, r db.Reader, a access.Actor, person db.ID) ([]Relation, error) {
	if err := a.Require(access.PersonRead); err != nil {
		return nil, err
	}
	return relationsOf(ctx, r, a.Scope(), person)
}

// FamilyIn is a family with the members the actor may know, in a transaction of another act, without a reading of its own.
func (s *Service) FamilyIn(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (Family, error) {
	if err := a.Require(access.PersonRead); err != nil {
		return Family{}, err
	}
	return s.findFamily(ctx, r, a, id)
}
