package genogram

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
)

// Relative is somebody to be added beside one who is drawn.
type Relative struct {
	To     db.ID  // beside whom
	As     string // one of Ways
	Manner string // of the union, or of the parents
	Other  db.ID  // the child's other parent, if any
	Person person.Person
	Place  string // one of Places
	Accept bool   // they are different people: likely twins were looked at
}

// Ways to add somebody, and Places they may have: in the household, in the family, or neither.
var (
	Ways   = []string{"partner", "child", "parent", "sibling"}
	Places = []string{"house", "member", "kin"}
)

// Add keeps somebody new beside one who is drawn, or ties somebody the office knows (Person.ID). Where likely twins of
// somebody new exist, they are told and nothing is written.
func (s *Service) Add(ctx context.Context, a access.Actor, family db.ID, x Relative) (who db.ID, twins []person.Twin, err error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return who, nil, err
	}
	if !slices.Contains(Ways, x.As) || !slices.Contains(Places, x.Place) {
		return who, nil, fault.Invalid(fault.Field("place", "unknown", "error.choice"))
	}
	err = s.taken(ctx, a, family, func(tx *journal.Tx, st *step) error {
		if x.Person.ID.IsZero() && !x.Accept {
			if twins, err = s.people.LikelyIn(ctx, tx, a, x.Person); err != nil || len(twins) > 0 {
				return err
			}
		}
		p := x.Person
		if p.ID.IsZero() {
			if p, err = s.people.AddIn(ctx, tx, a, p); err != nil {
				return err
			}
		}
		who = p.ID
		if err := s.tie(ctx, tx, a, x, who, st); err != nil {
			return err
		}
		return s.enter(ctx, tx, a, family, x, who, st)
	})
	return who, twins, err
}

// tie makes the relations by which somebody belongs to the one beside whom they were added.
func (s *Service) tie(ctx context.Context, tx *journal.Tx, a access.Actor, x Relative, who db.ID, st *step) error {
	var list []person.Relation
	switch x.As {
	case "partner":
		list = []person.Relation{{From: x.To, To: who, Kind: "spouse", Manner: x.Manner}}
	case "child":
		list = []person.Relation{{From: x.To, To: who, Kind: "parent", Manner: x.Manner}}
		if !x.Other.IsZero() {
			list = append(list, person.Relation{From: x.Other, To: who, Kind: "parent", Manner: x.Manner})
		}
	case "parent":
		list = []person.Relation{{From: who, To: x.To, Kind: "parent", Manner: x.Manner}}
	default:
		parents, err := s.parentsOf(ctx, tx, a, x.To)
		if err != nil {
			return err
		}
		for _, parent := range parents {
			list = append(list, person.Relation{From: parent, To: who, Kind: "parent", Manner: "biological"})
		}
		if len(list) == 0 {
			list = []person.Relation{{From: x.To, To: who, Kind: "other", Manner: "sibling"}}
		}
	}
	for _, relation := range list {
		kept, before, err := s.people.RelateIn(ctx, tx, a, relation)
		if err != nil {
			return err
		}
		st.Relations = append(st.Relations, relationStep{Kept: kept, Before: before})
	}
	return nil
}

// parentsOf are somebody's parents by birth whom the actor may know.
func (s *Service) parentsOf(ctx context.Context, r db.Reader, a access.Actor, child db.ID) (parents []db.ID, err error) {
	list, err := s.people.RelationsIn(ctx, r, a, child)
	for _, x := range list {
		if x.Kind == "parent" && x.To == child && x.Manner == "biological" {
			parents = append(parents, x.From)
		}
	}
	return parents, err
}

// enter puts somebody into the family, unless they are kin and no more, or belong to it already.
func (s *Service) enter(ctx context.Context, tx *journal.Tx, a access.Actor, family db.ID, x Relative, who db.ID, st *step) error {
	if x.Place == "kin" {
		return nil
	}
	f, err := s.people.FamilyIn(ctx, tx, a, family)
	if err != nil {
		return err
	}
	beside := ""
	for _, m := range f.Members {
		if m.ID == who {
			return nil
		}
		if m.ID == x.To {
			beside = m.Role
		}
	}
	m := person.Member{Role: roleBeside(x.As, beside), SameHouse: x.Place == "house"}
	m.ID = who
	if _, err := s.people.SetMemberIn(ctx, tx, a, family, m); err != nil {
		return err
	}
	st.Members = append(st.Members, memberStep{who})
	return nil
}

// roleBeside is the part in a family of somebody who was added beside one with a part in it.
func roleBeside(as, beside string) string {
	elders := beside == "head" || beside == "spouse"
	switch {
	case as == "partner" && beside == "head":
		return "spouse"
	case as == "partner" && beside == "spouse":
		return "head"
	case as == "child" && elders || as == "sibling" && beside == "child":
		return "child"
	case as == "parent" && elders || as == "partner" && beside == "parent":
		return "parent"
	}
	return "other"
}

// ChangePerson writes name, sex, birth and death of somebody who is drawn over those of the version; a lost race is
// fault.VersionChanged.
func (s *Service) ChangePerson(ctx context.Context, a access.Actor, family db.ID, p person.Person) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	return s.taken(ctx, a, family, func(tx *journal.Tx, st *step) error {
		stands, err := s.people.FindIn(ctx, tx, a.Scope(), p.ID)
		if err != nil {
			return err
		}
		next := vitalOf(p).onto(stands)
		next.Version = p.Version
		kept, err := s.people.ChangeIn(ctx, tx, a, next)
		if err == nil && vitalOf(kept) != vitalOf(stands) {
			st.Person = &personStep{ID: stands.ID, Before: vitalOf(stands), After: vitalOf(kept)}
		}
		return err
	})
}

// Relate draws a line of kinship between two people, or writes over the one of its kind.
func (s *Service) Relate(ctx context.Context, a access.Actor, family db.ID, x person.Relation) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	return s.taken(ctx, a, family, func(tx *journal.Tx, st *step) error {
		kept, before, err := s.people.RelateIn(ctx, tx, a, x)
		st.Relations = append(st.Relations, relationStep{Kept: kept, Before: before})
		return err
	})
}

// Bond draws how two people stand to each other, in the place of what stood there.
func (s *Service) Bond(ctx context.Context, a access.Actor, family db.ID, x person.Bond) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	return s.taken(ctx, a, family, func(tx *journal.Tx, st *step) error {
		kept, before, err := s.people.BondIn(ctx, tx, a, x)
		st.Bonds = append(st.Bonds, bondStep{Kept: kept, Before: before})
		return err
	})
}

// Remove takes a line away that was drawn by mistake, be it a relation or a bond.
func (s *Service) Remove(ctx context.Context, a access.Actor, family, line db.ID) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	return s.taken(ctx, a, family, func(tx *journal.Tx, st *step) error {
		relation, err := s.people.UnrelateIn(ctx, tx, a, line)
		if err == nil {
			st.Relations = append(st.Relations, relationStep{Kept: relation, Gone: true})
			return nil
		}
		if !fault.Is(err, "not_found") || !a.Can(access.CaseRead) {
			return err
		}
		bond, err := s.people.UnbondIn(ctx, tx, a, line)
		st.Bonds = append(st.Bonds, bondStep{Kept: bond, Gone: true})
		return err
	})
}
