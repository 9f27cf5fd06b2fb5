package person

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person/names"
	"teduh/internal/person/nik"
)

// sealedFamily is what stands under the family's key.
type sealedFamily struct {
	KK string `json:"kk,omitempty"`
}

// FamilyTwin is a family that may be the same as one being entered, and why: "kk", "member" or "name_village". Of one that
// the reader may not see nothing is told but to ask the head.
type FamilyTwin struct {
	ID   db.ID
	Name string
	Why  string
}

// AddedFamily tells what became of AddFamily: a new family, or likely twins and nothing written.
type AddedFamily struct {
	Family Family
	Twins  []FamilyTwin
}

// AddFamily keeps a new family of people who were found before. Where likely twins exist nothing is written, unless accept
// says that they are different families.
func (s *Service) AddFamily(ctx context.Context, a access.Actor, f Family, accept bool) (out AddedFamily, err error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return out, err
	}
	f.tidy()
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		out = AddedFamily{}
		if err := s.checkNewFamily(ctx, tx, a, f); err != nil {
			return err
		}
		if !accept {
			if out.Twins, err = s.familyTwins(ctx, tx, a.Scope(), f); err != nil || len(out.Twins) > 0 {
				return err
			}
		}
		f.ID, f.Version = db.NewID(), 1
		if _, err := s.vault.NewKey(ctx, tx, "client", f.ID); err != nil {
			return err
		}
		row, blind, err := s.sealFamily(ctx, tx, f)
		if err != nil {
			return err
		}
		if err := insertFamily(ctx, tx, a.Office.ID, row, blind, tx.Now()); err != nil {
			return err
		}
		for _, m := range f.Members {
			if err := putMember(ctx, tx, f.ID, m); err != nil {
				return err
			}
		}
		out.Family = f
		return tx.Record(ctx, ofFamily(a, f.ID, "family.added", journal.Detail{"members": len(f.Members)}))
	})
	return out, err
}

// checkNewFamily also asks that the members are people the actor may know: a family of nobody is not kept.
func (s *Service) checkNewFamily(ctx context.Context, r db.Reader, a access.Actor, f Family) error {
	if err := f.check(); err != nil {
		return err
	}
	var c fault.Checks
	c.Field(len(f.Members) == 0, "members", "required", "person.family.nobody")
	today := db.DayOf(s.now(), a.Office.Zone)
	for _, m := range f.Members {
		m.check(&c, today)
		if _, err := selectPerson(ctx, r, a.Scope(), m.ID); err != nil {
			return missing("members", err)
		}
	}
	c.Field(!f.Contact.IsZero() && !slices.ContainsFunc(f.Members, func(m Member) bool { return m.ID == f.Contact }),
		"contact", "unknown", "person.family.contact_no_member")
	return c.Err()
}

// ofFamily is a change of a family.
func ofFamily(a access.Actor, family db.ID, code string, d journal.Detail) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "family", Subject: family, Detail: d}
}

func (s *Service) sealFamily(ctx context.Context, r db.Reader, f Family) (row familyRow, blind []byte, err error) {
	row.f = f
	key, err := s.vault.Key(ctx, r, f.ID)
	if err != nil {
		return row, nil, err
	}
	if f.KK == "" {
		return row, nil, nil
	}
	plain, err := json.Marshal(sealedFamily{KK: f.KK})
	if err != nil {
		return row, nil, err
	}
	row.sealed, err = key.Seal("family", string(plain))
	return row, s.blindKK(f.KK), err
}

// blindKK is what a family card is found by; what holds no digit has none.
func (s *Service) blindKK(kk string) []byte {
	if digits := onlyDigits(kk); digits != "" {
		return s.vault.Blind("kk", digits)
	}
	return nil
}

// Family opens a family with the members the actor may know; the reading is logged.
func (s *Service) Family(ctx context.Context, a access.Actor, id db.ID, origin string) (f Family, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		f, err = s.findFamily(ctx, r, a, id)
		return err
	})
	if err == nil {
		s.journal.Log(journal.Reading{Office: a.Office.ID, Actor: a.User, Kind: "family", Subject: f.ID, Why: journal.WhyWork, Origin: origin})
	}
	return f, err
}

func (s *Service) findFamily(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (Family, error) {
	row, err := selectFamily(ctx, r, a.Scope(), id)
	if err != nil {
		return row.f, err
	}
	if len(row.sealed) > 0 {
		if row.f.KK, err = s.openKK(row); err != nil {
			return row.f, err
		}
	}
	row.f.Members, err = selectMembers(ctx, r, a.Scope(), id)
	return row.f, err
}

func (s *Service) openKK(row familyRow) (string, error) {
	key, err := s.vault.Unwrap(row.f.ID, row.wrapped)
	if err != nil {
		return "", err
	}
	plain, err := key.Open("family", row.sealed)
	if err != nil {
		return "", err
	}
	var sealed sealedFamily
	err = json.Unmarshal([]byte(plain), &sealed)
	return sealed.KK, err
}

// ChangeFamily writes the family's own facts over those of f.Version; a lost race is fault.VersionChanged.
func (s *Service) ChangeFamily(ctx context.Context, a access.Actor, f Family) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	f.tidy()
	if err := f.check(); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		old, err := s.findFamily(ctx, tx, a, f.ID)
		switch {
		case err != nil:
			return err
		case old.Version != f.Version:
			return fault.VersionChanged(old.Version)
		case f.Contact != old.Contact && !f.Contact.IsZero() && !old.has(f.Contact):
			return fault.Invalid(fault.Field("contact", "unknown", "person.family.contact_no_member"))
		}
		f.Version++
		shown := f.Village
		if old.Village != old.home { // nobody saw the village, so nobody changed it
			f.Village, shown = old.home, ""
		}
		row, blind, err := s.sealFamily(ctx, tx, f)
		if err != nil {
			return err
		}
		if err := updateFamily(ctx, tx, a.Office.ID, row, blind, tx.Now()); err != nil {
			return err
		}
		if err := renameClient(ctx, tx, Client{Name: f.Name, Family: f.ID, Village: shown}, tx.Now()); err != nil {
			return err
		}
		return tx.Record(ctx, ofFamily(a, f.ID, "family.changed", nil))
	})
}

// SetMember puts someone into a family, or changes their part in it; with a day in To the membership has ended.
func (s *Service) SetMember(ctx context.Context, a access.Actor, family db.ID, m Member) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		_, err := s.SetMemberIn(ctx, tx, a, family, m)
		return err
	})
}

// SetMemberIn writes someone's part in a family in a transaction of another act, and tells what it was before, if any.
func (s *Service) SetMemberIn(ctx context.Context, tx *journal.Tx, a access.Actor, family db.ID, m Member) (before *Member, err error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return nil, err
	}
	var c fault.Checks
	m.check(&c, db.DayOf(tx.Now().Time, a.Office.Zone))
	c.Field(m.ID.IsZero(), "person", "required", "person.family.nobody")
	if err := c.Err(); err != nil {
		return nil, err
	}
	if _, err := selectFamily(ctx, tx, a.Scope(), family); err != nil {
		return nil, err
	}
	row, err := selectPerson(ctx, tx, a.Scope(), m.ID)
	if err != nil {
		return nil, missing("person", err)
	}
	m.ID = row.p.ID
	switch record, err := memberRecord(ctx, tx, family, m.ID); {
	case err == nil:
		m.ID = record
		stood, err := memberOf(ctx, tx, family, record)
		if err != nil {
			return nil, err
		}
		before = &stood
	case !fault.Is(err, "not_found"):
		return nil, err
	}
	if err := putMember(ctx, tx, family, m); err != nil {
		return nil, err
	}
	return before, tx.Record(ctx, ofFamily(a, family, "family.member", journal.Detail{"role": m.Role, "ended": m.To != ""}))
}

// Families finds families in name order; an empty query lists all. A name finds the families called so and those of the
// people called so; a whole family card number finds its family.
func (s *Service) Families(ctx context.Context, a access.Actor, q Search) (list []Family, more bool, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return nil, false, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = s.families(ctx, r, a.Scope(), q)
		return err
	})
	if len(list) > q.Limit {
		return list[:q.Limit], true, err
	}
	return list, false, err
}

func (s *Service) families(ctx context.Context, r db.Reader, scope access.Scope, q Search) ([]Family, error) {
	if strings.TrimSpace(q.Query) == "" {
		return listFamilies(ctx, r, scope, q)
	}
	var list []Family
	if typed := nik.Normalise(q.Query); len(typed) == nik.Length && onlyDigits(typed) == typed {
		byCard, err := familiesByKK(ctx, r, scope, s.blindKK(typed))
		if err != nil {
			return nil, err
		}
		list = byCard
	} else if query, ok := names.Parse(q.Query); ok {
		named, err := familiesNamed(ctx, r, scope, query, q.Limit+1)
		if err != nil {
			return nil, err
		}
		list = named
	}
	people, _, err := s.search(ctx, r, scope, Search{Query: q.Query, Limit: mostTwins})
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		theirs, err := familiesOf(ctx, r, scope, p.ID)
		if err != nil {
			return nil, err
		}
		list = append(list, theirs...)
	}
	return uniqueFamilies(list), nil
}

func uniqueFamilies(list []Family) []Family {
	slices.SortFunc(list, func(a, b Family) int { return cmp.Or(cmp.Compare(a.NameKey, b.NameKey), a.ID.Compare(b.ID)) })
	return slices.CompactFunc(list, func(a, b Family) bool { return a.ID == b.ID })
}

// familyTwins looks for the same family card, a family that one of the members belongs to today, and a family of a similar
// name in the same village.
func (s *Service) familyTwins(ctx context.Context, r db.Reader, scope access.Scope, f Family) (twins []FamilyTwin, err error) {
	add := func(why string, list []Family) {
		for _, x := range list {
			if !slices.ContainsFunc(twins, func(t FamilyTwin) bool { return t.ID == x.ID }) {
				twins = append(twins, FamilyTwin{ID: x.ID, Name: x.Name, Why: why})
			}
		}
	}
	if blind := s.blindKK(f.KK); blind != nil {
		same, err := familiesByKK(ctx, r, scope, blind)
		if err != nil {
			return nil, err
		}
		add("kk", same)
	}
	for _, m := range f.Members {
		theirs, err := familiesOf(ctx, r, scope, m.ID)
		if err != nil {
			return nil, err
		}
		add("member", theirs)
	}
	if query, ok := names.Parse(f.Name); ok && f.Village != "" {
		named, err := familiesNamed(ctx, r, scope, query, mostTwins)
		if err != nil {
			return nil, err
		}
		add("name_village", slices.DeleteFunc(named, func(x Family) bool { return x.Village != f.Village }))
	}
	return twins, nil
}

// FamiliesOf are the families someone belongs or belonged to, that the actor may know.
func (s *Service) FamiliesOf(ctx context.Context, a access.Actor, person db.ID) (list []Family, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = familiesOf(ctx, r, a.Scope(), person)
		return err
	})
	return list, err
}

// named puts the facts of lists to people who are known by their keys alone; those the actor may not know fall out.
func (s *Service) named(ctx context.Context, a access.Actor, members []Member) (list []Member, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		list = nil
		for _, m := range members {
			row, err := selectPerson(ctx, r, a.Scope(), m.ID)
			if fault.Is(err, "not_found") {
				continue
			}
			if err != nil {
				return err
			}
			m.Person = row.p
			list = append(list, m)
		}
		return nil
	})
	return list, err
}
