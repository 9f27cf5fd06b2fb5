package casefile

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/region"
)

// rank is a code's place in a closed set, or -1.
func rank(set []string, code string) int { return slices.Index(set, code) }

// Edit changes what a case's head holds; nil leaves a thing as it is.
type Edit struct {
	Worker          *string // e-mail or id
	Team            *[]string
	Categories      *[]string // the main one first
	Village         *string
	Confidentiality *int
	Named           *[]string
	ResolutionLevel *string
	Reason          string
	Version         int64
}

// Change applies an edit. Worker and team need the right to assign, or to be the worker in charge for the team;
// confidentiality needs its own right, or to be the worker in charge.
func (s *Service) Change(ctx context.Context, a access.Actor, id db.ID, e Edit) (Case, error) {
	if e.empty() {
		return s.unchanged(ctx, a, id, e)
	}
	return s.work(ctx, a, id, e.Version, func(tx *journal.Tx, c *Case) (journal.Change, error) {
		if e.ResolutionLevel != nil {
			change, err := s.climb(ctx, tx, a, c, *e.ResolutionLevel, e.Reason)
			if err != nil || e.onlyLevel() {
				return change, err
			}
			if err := s.record(ctx, tx, a, *c, change); err != nil {
				return change, err
			}
		}
		code, err := s.apply(ctx, tx, a, c, e)
		if err != nil {
			return journal.Change{}, err
		}
		if err := updateCase(ctx, tx, *c); err != nil {
			return journal.Change{}, err
		}
		return s.change(a, id, code, nil), s.refreshReaders(ctx, tx, id)
	})
}

// unchanged answers an edit that changes nothing: nothing is written.
func (s *Service) unchanged(ctx context.Context, a access.Actor, id db.ID, e Edit) (c Case, err error) {
	if err := a.Require(access.CaseWork); err != nil {
		return c, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		c, err = s.toWork(ctx, r, a, id, e.Version)
		return err
	})
	return c, err
}

func (e Edit) empty() bool { return e.ResolutionLevel == nil && e.onlyLevel() }

// onlyLevel tells that nothing but the rung of who solves it may change.
func (e Edit) onlyLevel() bool {
	return e.Worker == nil && e.Team == nil && e.Categories == nil && e.Village == nil && e.Confidentiality == nil && e.Named == nil
}

func (s *Service) apply(ctx context.Context, tx *journal.Tx, a access.Actor, c *Case, e Edit) (code string, err error) {
	code = "case.changed"
	if e.Village != nil {
		if *e.Village != "" && !region.IsVillage(*e.Village) {
			return "", fault.Invalid(fault.Field("village", "unknown", "error.choice"))
		}
		c.Village = *e.Village
	}
	if e.Categories != nil {
		if err := s.categorise(ctx, tx, a, c, *e.Categories); err != nil {
			return "", err
		}
	}
	if e.Worker != nil {
		code = "case.assigned"
		if err := s.assign(ctx, tx, a, c, *e.Worker); err != nil {
			return "", err
		}
	}
	if e.Team != nil {
		code = "case.team"
		if err := s.setTeam(ctx, tx, a, c, *e.Team); err != nil {
			return "", err
		}
	}
	if e.Confidentiality != nil || e.Named != nil {
		code = "case.confidentiality"
		if err := s.setConfidentiality(ctx, tx, a, c, e); err != nil {
			return "", err
		}
	}
	return code, nil
}

func (s *Service) categorise(ctx context.Context, tx *journal.Tx, a access.Actor, c *Case, codes []string) error {
	if err := s.knownCategories(ctx, tx, a, codes); err != nil {
		return err
	}
	c.Categories, c.MainCategory = codes, ""
	if len(codes) > 0 {
		c.MainCategory = codes[0]
	}
	return replaceCategories(ctx, tx, c.ID, codes)
}

func (s *Service) assign(ctx context.Context, tx *journal.Tx, a access.Actor, c *Case, who string) error {
	if !a.Can(access.CaseAssign) && c.Worker.ID != a.User {
		return fault.Forbidden()
	}
	worker, err := s.colleague(ctx, tx, a, "worker", who)
	if err != nil {
		return err
	}
	c.Worker = worker
	if c.Confidentiality == Secret {
		return insertNamed(ctx, tx, c.ID, worker.ID, tx.Now())
	}
	return nil
}

func (s *Service) setTeam(ctx context.Context, tx *journal.Tx, a access.Actor, c *Case, who []string) error {
	if !a.Can(access.CaseAssign) && c.Worker.ID != a.User {
		return fault.Forbidden()
	}
	if err := clearTeam(ctx, tx, c.ID); err != nil {
		return err
	}
	c.Team = nil
	for _, w := range who {
		u, err := s.colleague(ctx, tx, a, "team", w)
		if err != nil {
			return err
		}
		if err := insertTeam(ctx, tx, c.ID, u.ID, tx.Now()); err != nil {
			return err
		}
		c.Team = append(c.Team, u)
	}
	return nil
}

// setConfidentiality sets the level and, for a secret case, its named: at least two people, one of them a head; whoever
// sets it and the worker in charge are named from the start.
func (s *Service) setConfidentiality(ctx context.Context, tx *journal.Tx, a access.Actor, c *Case, e Edit) error {
	if !a.Can(access.CaseConfidential) && c.Worker.ID != a.User {
		return fault.Forbidden()
	}
	if e.Confidentiality != nil {
		if *e.Confidentiality < Ordinary || *e.Confidentiality > Secret {
			return fault.Invalid(fault.Field("confidentiality", "unknown", "error.choice"))
		}
		c.Confidentiality = *e.Confidentiality
	}
	if err := clearNamed(ctx, tx, c.ID); err != nil || c.Confidentiality != Secret {
		return err
	}
	named := []string{a.User.String(), c.Worker.ID.String()}
	if e.Named != nil {
		named = append(named, *e.Named...)
	}
	return s.name(ctx, tx, a, c.ID, named)
}

func (s *Service) name(ctx context.Context, tx *journal.Tx, a access.Actor, id db.ID, who []string) error {
	seen, withHead := map[db.ID]bool{}, false
	for _, w := range who {
		u, err := access.ColleagueIn(ctx, tx, a.Office.ID, w)
		if fault.Is(err, "not_found") {
			return fault.Invalid(fault.Field("named", "unknown", "case.worker.unknown"))
		}
		if err != nil {
			return err
		}
		seen[u.ID] = true
		withHead = withHead || slices.Contains(u.Roles, access.Head)
		if err := insertNamed(ctx, tx, id, u.ID, tx.Now()); err != nil {
			return err
		}
	}
	if len(seen) < 2 || !withHead {
		return fault.Invalid(fault.Field("named", "too_few", "case.named.too_few"))
	}
	return nil
}

// HandOver gives all open cases of one worker to another, every one of them within the actor's scope, and tells how many.
func (s *Service) HandOver(ctx context.Context, a access.Actor, from db.ID, to string) (n int, err error) {
	if err := a.Require(access.CaseAssign); err != nil {
		return 0, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		n = 0
		worker, err := s.colleague(ctx, tx, a, "worker", to)
		if err != nil {
			return err
		}
		ids, err := reachableCasesOf(ctx, tx, s.scope(a), from)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := s.handOne(ctx, tx, a, id, worker); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

func (s *Service) handOne(ctx context.Context, tx *journal.Tx, a access.Actor, id db.ID, worker User) error {
	c, err := s.find(ctx, tx, a, id)
	if err != nil {
		return err
	}
	c.Worker = worker
	if c.Confidentiality == Secret {
		if err := insertNamed(ctx, tx, id, worker.ID, tx.Now()); err != nil {
			return err
		}
	}
	if err := touch(ctx, tx, &c); err != nil {
		return err
	}
	if err := s.refreshReaders(ctx, tx, id); err != nil {
		return err
	}
	return tx.Record(ctx, s.change(a, id, "case.assigned", nil))
}

// Involved is a person of a case and their part.
type Involved struct {
	Person db.ID
	Name   string
	Part   string
	Safety []person.Mark // that the actor may see
}

// Involve notes a person's part in a case; the person must be one the actor may know.
func (s *Service) Involve(ctx context.Context, a access.Actor, id, personID db.ID, part string) error {
	_, err := s.work(ctx, a, id, 0, func(tx *journal.Tx, c *Case) (journal.Change, error) {
		if rank(Parts, part) < 0 {
			return journal.Change{}, fault.Invalid(fault.Field("part", "unknown", "error.choice"))
		}
		if _, err := s.people.FindIn(ctx, tx, a.Scope(), personID); err != nil {
			return journal.Change{}, err
		}
		if err := insertPerson(ctx, tx, id, personID, part, tx.Now()); err != nil {
			return journal.Change{}, err
		}
		change := s.change(a, id, "case.involved", journal.Detail{"part": part})
		change.Person = personID
		return change, s.refreshReaders(ctx, tx, id)
	})
	return err
}

// People are those involved in a case that is open to the actor.
func (s *Service) People(ctx context.Context, a access.Actor, id db.ID) (list []Involved, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if _, err := selectCase(ctx, r, s.scope(a), id); err != nil {
			return err
		}
		list, err = selectPeople(ctx, r, id)
		return err
	})
	if err != nil {
		return list, err
	}
	ids := make([]db.ID, len(list))
	for i, x := range list {
		ids[i] = x.Person
	}
	marks, err := s.people.Marks(ctx, a, ids)
	for i := range list {
		list[i].Safety = marks[list[i].Person]
	}
	return list, err
}

// Wall keeps a worker from ever opening a case: own family, a conflict of interest, the other side of a wall.
func (s *Service) Wall(ctx context.Context, a access.Actor, id, user db.ID) error {
	if err := a.Require(access.CaseAssign); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		if _, err := s.find(ctx, tx, a, id); err != nil {
			return err
		}
		if err := insertWall(ctx, tx, id, user); err != nil {
			return err
		}
		if err := s.refreshReaders(ctx, tx, id); err != nil {
			return err
		}
		return tx.Record(ctx, s.change(a, id, "case.walled", nil))
	})
}
