package person

import (
	"context"
	"encoding/json"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Merging is the joining of two records of one person; see docs/adr/0009-merging.md.
type Merging struct {
	ID     db.ID
	Kept   db.ID
	Gone   db.ID
	Name   string // of the record that went
	At     db.Time
	before []byte
}

// Choice is what it takes to merge two records: which one stays, and the facts that come from the other.
type Choice struct {
	Kept Person // both as they were read: a lost race is refused
	Gone Person
	Take []string

	keptNow   Person
	goneStood Person
}

// beforeMerge is what stands sealed under the key of the one who was kept.
type beforeMerge struct {
	Kept  Person   `json:"kept"`
	Take  []string `json:"take"`
	Moved []db.ID  `json:"moved,omitempty"` // records that had been merged into the one that went
}

// Merge makes one person of two records. Nothing of either is lost: the one that goes stays as it is and leads to the one
// that is kept, which takes on the chosen facts; Unmerge brings both back.
func (s *Service) Merge(ctx context.Context, a access.Actor, c Choice) error {
	if err := a.Require(access.PersonMerge); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		if err := s.bothStand(ctx, tx, a, &c); err != nil {
			return err
		}
		kept, gone := c.keptNow, c.goneStood
		m := Merging{ID: db.NewID(), Kept: kept.ID, Gone: gone.ID, At: tx.Now()}
		moved, err := mergedInto(ctx, tx, gone.ID)
		if err != nil {
			return err
		}
		if m.before, err = s.sealBefore(ctx, tx, kept.ID, beforeMerge{Kept: kept, Take: c.Take, Moved: moved}); err != nil {
			return err
		}
		if err := insertMerging(ctx, tx, a, m); err != nil {
			return err
		}
		for _, id := range append(moved, gone.ID) {
			if err := pointAt(ctx, tx, id, kept.ID, tx.Now()); err != nil {
				return err
			}
		}
		after := join(kept, gone, c.Take)
		after.Version, after.UpdatedAt = kept.Version+1, tx.Now()
		if err := s.write(ctx, tx, after); err != nil {
			return err
		}
		if err := s.refresh(ctx, tx, kept.ID); err != nil {
			return err
		}
		return tx.Record(ctx, changed(a, kept.ID, "person.merged", journal.Detail{"gone": gone.ID.String(), "fields": c.Take}))
	})
}

// bothStand reads the two records once more, within what the actor may know.
func (s *Service) bothStand(ctx context.Context, r db.Reader, a access.Actor, c *Choice) (err error) {
	if c.keptNow, err = s.find(ctx, r, a.Scope(), c.Kept.ID); err != nil {
		return err
	}
	if c.goneStood, err = s.find(ctx, r, a.Scope(), c.Gone.ID); err != nil {
		return missing("other", err)
	}
	switch {
	case c.keptNow.ID == c.goneStood.ID:
		return fault.Invalid(fault.Field("other", "same", "person.merge.same"))
	case c.keptNow.Version != c.Kept.Version:
		return fault.VersionChanged(c.keptNow.Version)
	case c.goneStood.Version != c.Gone.Version:
		return fault.VersionChanged(c.goneStood.Version)
	}
	for _, code := range c.Take {
		if !slices.ContainsFunc(facts, func(f fact) bool { return f.code == code }) {
			return fault.Invalid(fault.Field("take", "unknown", "error.choice"))
		}
	}
	return nil
}

// join is the kept person with the chosen facts of the other. Under the name that was not chosen the person is still
// found, unless that would tell who hides behind an alias.
func join(kept, gone Person, take []string) Person {
	after := kept
	after.Aliases = slices.Clone(kept.Aliases)
	after.Sealed.Phones = slices.Clone(kept.Sealed.Phones)
	for _, f := range facts {
		if slices.Contains(take, f.code) {
			f.take(&after, gone)
		}
	}
	if !kept.Protected && !gone.Protected {
		for _, name := range []string{kept.Name, gone.Name} {
			if name != after.Name && !slices.Contains(after.Aliases, name) && len(after.Aliases) < maxAliases {
				after.Aliases = append(slices.Clone(after.Aliases), name)
			}
		}
	}
	return after
}

func (s *Service) sealBefore(ctx context.Context, r db.Reader, kept db.ID, b beforeMerge) ([]byte, error) {
	key, err := s.vault.Key(ctx, r, kept)
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	return key.Seal("merging", string(plain))
}

func (s *Service) openBefore(ctx context.Context, r db.Reader, m Merging) (b beforeMerge, err error) {
	key, err := s.vault.Key(ctx, r, m.Kept)
	if err != nil {
		return b, err
	}
	plain, err := key.Open("merging", m.before)
	if err != nil {
		return b, err
	}
	return b, json.Unmarshal([]byte(plain), &b)
}

// Unmerge makes two records of a person again, the latest merging first. Each fact goes back to what it was, but for those
// that were changed since: what was learnt later stays with the one that was kept.
func (s *Service) Unmerge(ctx context.Context, a access.Actor, kept, merging db.ID) error {
	if err := a.Require(access.PersonMerge); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		now, err := s.find(ctx, tx, a.Scope(), kept)
		if err != nil {
			return err
		}
		list, err := selectMergings(ctx, tx, now.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(m Merging) bool { return m.ID == merging })
		switch {
		case i < 0:
			return fault.NotFound()
		case i > 0:
			return fault.Conflict("later_merging", "person.merge.later_first")
		}
		return s.undo(ctx, tx, a, now, list[0])
	})
}

func (s *Service) undo(ctx context.Context, tx *journal.Tx, a access.Actor, now Person, m Merging) error {
	before, err := s.openBefore(ctx, tx, m)
	if err != nil {
		return err
	}
	gone, err := s.findAny(ctx, tx, m.Gone)
	if err != nil {
		return err
	}
	if err := pointAt(ctx, tx, m.Gone, db.ID{}, tx.Now()); err != nil {
		return err
	}
	for _, id := range before.Moved {
		if err := pointAt(ctx, tx, id, m.Gone, tx.Now()); err != nil {
			return err
		}
	}
	merged := join(before.Kept, gone, before.Take)
	for _, f := range facts {
		if f.same(now, merged) {
			f.take(&now, before.Kept)
		}
	}
	now.Version, now.UpdatedAt = now.Version+1, tx.Now()
	if err := s.write(ctx, tx, now); err != nil {
		return err
	}
	if err := renameClient(ctx, tx, Client{Name: gone.Name, Person: gone.ID, Village: gone.Village}, tx.Now()); err != nil {
		return err
	}
	if err := endMerging(ctx, tx, m.ID, tx.Now()); err != nil {
		return err
	}
	if err := s.refresh(ctx, tx, now.ID, gone.ID); err != nil {
		return err
	}
	return tx.Record(ctx, changed(a, now.ID, "person.unmerged", journal.Detail{"gone": gone.ID.String()}))
}

// refresh writes anew who may know these people: their cases have come together or apart.
func (s *Service) refresh(ctx context.Context, tx *journal.Tx, people ...db.ID) error {
	if s.circle.Refresh == nil {
		return nil
	}
	for _, id := range people {
		if err := s.circle.Refresh(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

// findAny reads a record as it stands, also one that was merged into another.
func (s *Service) findAny(ctx context.Context, r db.Reader, id db.ID) (Person, error) {
	row, err := selectRecord(ctx, r, id)
	if err != nil {
		return Person{}, err
	}
	return s.open(row)
}

// Mergings of a person that stand, the latest first.
func (s *Service) Mergings(ctx context.Context, a access.Actor, person db.ID) (list []Merging, err error) {
	if !a.Can(access.PersonMerge) {
		return nil, nil
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		row, err := selectPerson(ctx, r, a.Scope(), person)
		if err != nil {
			return err
		}
		list, err = selectMergings(ctx, r, row.p.ID)
		return err
	})
	return list, err
}
