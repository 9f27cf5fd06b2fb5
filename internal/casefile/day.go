package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
)

// This file is what a day begins with: what the actor left unsigned or let get late, and for those who lead, how the work
// lies on the team and which cases nobody looks after.

// mostCounted bounds the small numbers of the top bar, so that a long neglected list costs no more than a short one.
const mostCounted = 100

// LateTasks counts the actor's open tasks that were due before a day, up to a hundred.
func (s *Service) LateTasks(ctx context.Context, a access.Actor, today db.Date) (n int, err error) {
	if err := a.Require(access.TaskOwn); err != nil {
		return 0, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		n, err = countLate(ctx, r, s.scope(a), today)
		return err
	})
	return n, err
}

// Unsigned is a note its author has not signed yet; nothing of it is opened.
type Unsigned struct {
	Note       db.ID
	Case       db.ID
	CaseNumber string
	ClientName string
	Kind       string
	RecordedAt db.Time
}

// UnsignedNotes are the actor's own unsigned notes in cases that are still open to them, the oldest first.
func (s *Service) UnsignedNotes(ctx context.Context, a access.Actor, most int) (list []Unsigned, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectUnsigned(ctx, r, s.scope(a), most)
		return err
	})
	return list, err
}

// LeftAlone is a secret case whose last named has left: of it the head knows the number, and nothing else.
type LeftAlone struct {
	ID     db.ID
	Number string
}

// LeftAlone are the secret cases of the office that nobody can open any more.
func (s *Service) LeftAlone(ctx context.Context, a access.Actor) (list []LeftAlone, err error) {
	if err := a.Require(access.CaseConfidential); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectLeftAlone(ctx, r, s.scope(a))
		return err
	})
	return list, err
}

// OneLeftAlone is one of them by its key; any other case is not found.
func (s *Service) OneLeftAlone(ctx context.Context, a access.Actor, id db.ID) (c LeftAlone, err error) {
	if err := a.Require(access.CaseConfidential); err != nil {
		return c, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		c, err = selectOneLeftAlone(ctx, r, s.scope(a), id)
		return err
	})
	return c, err
}

// NameAnew names who may open a secret case whose last named has left: the head who does it, and at least one other.
func (s *Service) NameAnew(ctx context.Context, a access.Actor, id db.ID, named []string) error {
	if err := a.Require(access.CaseConfidential); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		if _, err := selectOneLeftAlone(ctx, tx, s.scope(a), id); err != nil {
			return err
		}
		if err := clearNamed(ctx, tx, id); err != nil {
			return err
		}
		if err := s.name(ctx, tx, a, id, append([]string{a.User.String()}, named...)); err != nil {
			return err
		}
		if err := s.refreshReaders(ctx, tx, id); err != nil {
			return err
		}
		c, err := s.find(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if err := touch(ctx, tx, &c); err != nil {
			return err
		}
		return tx.Record(ctx, s.change(a, id, "case.named_anew", nil))
	})
}

// OwnOpen lets another package ask what it keeps of all open cases that the actor is in charge of and may open.
func (s *Service) OwnOpen(ctx context.Context, a access.Actor, ask func(db.Reader, []db.ID) error) error {
	if err := a.Require(access.CaseRead); err != nil {
		return err
	}
	return s.db.Read(ctx, func(r db.Reader) error {
		ids, err := selectOwnOpen(ctx, r, s.scope(a))
		if err != nil {
			return err
		}
		return ask(r, ids)
	})
}

// Among lists cases within the actor's scope and lets another package ask what it keeps of them.
func (s *Service) Among(ctx context.Context, a access.Actor, f Filter, ask func(db.Reader, []Item) error) (more bool, err error) {
	list, err := s.List(ctx, a, f)
	if err != nil || len(list.Items) == 0 {
		return false, err
	}
	return list.More, s.db.Read(ctx, func(r db.Reader) error { return ask(r, list.Items) })
}
