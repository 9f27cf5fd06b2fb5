package casefile

import (
	"context"
	"encoding/json"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/vault"
)

// NotesPage asks for notes, newest first by when it happened.
type NotesPage struct {
	Before Place // At and ID of the last note shown
	Limit  int
	Kind   string
	Word   string // only notes with this word; they are opened in memory, which counts as reading

	Shared  bool  // only those that stand for all, beside Member's own
	Member  db.ID // whose own notes are wanted too: a member of the case, or a person of a family's case
	Session db.ID // only those of a session
}

// Notes reads a page of a case's notes. Another's unsigned note is not shown: until signed it is the author's alone.
func (s *Service) Notes(ctx context.Context, a access.Actor, caseID db.ID, p NotesPage, origin string) (list []Note, more bool, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, false, err
	}
	var c Case
	err = s.db.Read(ctx, func(r db.Reader) error {
		if c, err = s.find(ctx, r, a, caseID); err != nil {
			return err
		}
		list, err = s.NotesIn(ctx, r, a, caseID, p)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	if len(list) > p.Limit {
		list, more = list[:p.Limit], true
	}
	for _, n := range list {
		if err := s.logReading(ctx, a, c, "note", n.ID, origin); err != nil {
			return nil, false, err
		}
	}
	return list, more, nil
}

// NotesIn reads the notes of a case that is open to the actor, one more than asked for when there are more.
func (s *Service) NotesIn(ctx context.Context, r db.Reader, a access.Actor, caseID db.ID, p NotesPage) ([]Note, error) {
	x := about{shared: p.Shared || !p.Member.IsZero(), session: p.Session}
	if !p.Member.IsZero() {
		member, err := selectMember(ctx, r, caseID, p.Member)
		if err != nil && !fault.Is(err, "not_found") {
			return nil, err
		}
		x.member = member.m.ID
	}
	return s.notes(ctx, r, caseID, notePage{eyes: eyesOf(a), before: p.Before, limit: p.Limit + 1, kind: p.Kind, word: p.Word, about: x})
}

// eyesOf an actor, for the notes of a case that is open to them.
func eyesOf(a access.Actor) eyes {
	return eyes{user: a.User, psychologist: db.Flag(a.Has(access.Psychologist) || a.Kind == access.System)}
}

func (s *Service) notes(ctx context.Context, r db.Reader, caseID db.ID, p notePage) ([]Note, error) {
	key, err := s.vault.Key(ctx, r, caseID)
	if err != nil {
		return nil, err
	}
	rows, err := selectNotes(ctx, r, caseID, p, func(row *noteRow) (bool, error) {
		if err := openNote(key, row); err != nil {
			return false, err
		}
		return p.word == "" || row.n.hasWord(p.word), nil
	})
	if err != nil {
		return nil, err
	}
	if err := s.openAddenda(ctx, r, key, rows); err != nil {
		return nil, err
	}
	if err := openMembers(ctx, r, key, caseID, rows); err != nil {
		return nil, err
	}
	return rows, s.openNamed(ctx, r, rows)
}

// openMembers puts to notes of one member who that is.
func openMembers(ctx context.Context, r db.Reader, key vault.Key, caseID db.ID, list []Note) error {
	if !slices.ContainsFunc(list, func(n Note) bool { return !n.Member.ID.IsZero() }) {
		return nil
	}
	rows, err := selectMembers(ctx, r, caseID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		m, err := openMember(key, row)
		if err != nil {
			return err
		}
		for i := range list {
			if list[i].Member.ID == m.ID {
				list[i].Member = m
			}
		}
	}
	return nil
}

func openNote(key vault.Key, row *noteRow) error {
	plain, err := key.Open("note", row.body)
	if err == nil {
		err = json.Unmarshal([]byte(plain), &row.n.NoteText)
	}
	if err == nil && len(row.struck) > 0 {
		row.n.StruckReason, err = key.Open("struck", row.struck)
	}
	return err
}

// openNamed puts to psychological notes whom they name.
func (s *Service) openNamed(ctx context.Context, r db.Reader, list []Note) (err error) {
	for i := range list {
		if list[i].Kind == Psychological && err == nil {
			list[i].Named, err = selectNamedIn(ctx, r, list[i].ID)
		}
	}
	return err
}

func (s *Service) openAddenda(ctx context.Context, r db.Reader, key vault.Key, list []Note) error {
	place, signed := map[db.ID]int{}, []db.ID{}
	for i, n := range list {
		if !n.SignedAt.IsZero() {
			place[n.ID], signed = i, append(signed, n.ID)
		}
	}
	rows, err := selectAddenda(ctx, r, signed)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.a.Text, err = key.Open("addendum", row.body); err != nil {
			return err
		}
		n := &list[place[row.note]]
		n.Addenda = append(n.Addenda, row.a)
	}
	return nil
}

func (n Note) hasWord(word string) bool {
	return slices.ContainsFunc([]string{n.Text, n.Place, n.Participants, n.NextStep}, func(t string) bool { return containsFold(t, word) })
}
