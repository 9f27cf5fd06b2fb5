package casefile

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// TakeOver puts what its author wrote of one member of a group into that member's own case, as a note that is signed there.
// Nothing in the group's case tells of it, so that it does not tell of the other case either. It is done once.
func (s *Service) TakeOver(ctx context.Context, a access.Actor, groupCase, noteID, ownCase db.ID) (out Note, err error) {
	if err := a.Require(access.CaseWork); err != nil {
		return out, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		n, err := s.noteOfMember(ctx, tx, a, groupCase, noteID)
		if err != nil {
			return err
		}
		own, err := selectOfClients(ctx, tx, s.scope(a), []db.ID{n.Member.Person})
		if err != nil {
			return err
		}
		if !slices.Contains(own, ownCase) {
			return fault.NotFound()
		}
		c, err := s.toWork(ctx, tx, a, ownCase, 0)
		if err != nil {
			return err
		}
		taken, err := isTaken(ctx, tx, noteID)
		if err == nil && taken {
			err = fault.Conflict("note_taken", "group.note_taken")
		}
		if err != nil {
			return err
		}
		if out, err = s.keepNote(ctx, tx, a, c, NewNote{Kind: n.Kind, HappenedAt: n.HappenedAt.Time, Minutes: n.Minutes, NoteText: n.NoteText, Sign: true, source: n.ID}); err != nil {
			return err
		}
		return touch(ctx, tx, &c)
	})
	return out, err
}

// noteOfMember is a signed note of a group's session about one member from the register, written by the actor.
func (s *Service) noteOfMember(ctx context.Context, r db.Reader, a access.Actor, caseID, noteID db.ID) (Note, error) {
	c, err := s.find(ctx, r, a, caseID)
	if err == nil && !c.Writes {
		err = fault.Forbidden()
	}
	if err != nil {
		return Note{}, err
	}
	n, err := s.note(ctx, r, a, caseID, noteID)
	switch {
	case err != nil:
		return n, err
	case n.Session.IsZero() || n.Member.Person.IsZero():
		return n, fault.NotFound()
	case n.Author.ID != a.User:
		return n, fault.Forbidden()
	case n.SignedAt.IsZero():
		return n, fault.Conflict("note_unsigned", "case.note.unsigned")
	case !n.StruckAt.IsZero():
		return n, fault.Conflict("note_struck", "case.note.struck")
	}
	return n, nil
}

// OwnCases are the open cases of somebody themselves that the actor works on.
func (s *Service) OwnCases(ctx context.Context, a access.Actor, person db.ID) (list []Item, err error) {
	if err := a.Require(access.CaseWork); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		ids, err := selectOfClients(ctx, r, s.scope(a), []db.ID{person})
		if err != nil {
			return err
		}
		for _, id := range ids {
			c, err := s.find(ctx, r, a, id)
			if err != nil {
				return err
			}
			if c.Writes && c.Status == "open" {
				list = append(list, Item{ID: c.ID, Number: c.Number, Status: c.Status, Stage: c.Stage, ClientName: c.Client.Name})
			}
		}
		return nil
	})
	return list, err
}
