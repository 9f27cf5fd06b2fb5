package genogram

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/genogram/drawing"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/vault"
	"teduh/internal/web"
)

// Service is what can be done with drawings of families.
type Service struct {
	db      *db.DB
	journal *journal.Journal
	vault   *vault.Vault
	people  *person.Service
	cases   *casefile.Service
	now     func() time.Time
}

// Needs are the parts of an installation that drawings are made of.
type Needs struct {
	DB      *db.DB
	Journal *journal.Journal
	Vault   *vault.Vault
	People  *person.Service
	Cases   *casefile.Service
	Now     func() time.Time
}

// NewService of an installation.
func NewService(n Needs) *Service {
	return &Service{db: n.DB, journal: n.Journal, vault: n.Vault, people: n.People, cases: n.Cases, now: n.Now}
}

func (s *Service) today(a access.Actor) db.Date { return db.DayOf(s.now(), a.Office.Zone) }

// Open draws a family with all kin the actor may know; the reading of the family is logged. Index is whom the drawing is
// about, or the family's contact person where it is zero.
func (s *Service) Open(ctx context.Context, a access.Actor, family, index db.ID, origin string) (d Drawing, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return d, err
	}
	if d.Family, err = s.people.Family(ctx, a, family, origin); err != nil {
		return d, err
	}
	if d, err = s.drawn(ctx, a, d.Family, index); err != nil {
		return d, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		key, err := s.vault.Key(ctx, r, family)
		if err != nil {
			return err
		}
		if d.Pictures, err = selectPictures(ctx, r, key, family); err != nil {
			return err
		}
		_, d.Undo, err = lastStep(ctx, r, key, family, a.User)
		return err
	})
	return d, err
}

// drawn is a family that was opened, with its kin on a sheet.
func (s *Service) drawn(ctx context.Context, a access.Actor, f person.Family, index db.ID) (d Drawing, err error) {
	d.Family = f
	seeds := make([]db.ID, 0, len(f.Members)+1)
	for _, m := range f.Members {
		seeds = append(seeds, m.ID)
	}
	if index.IsZero() {
		index = f.Contact
	}
	if d.Kin, err = s.people.Kindred(ctx, a, seeds); err != nil {
		return d, err
	}
	d.Facts, d.Sheet = draw(f, d.Kin, index, s.today(a))
	return d, nil
}

// OfPerson draws somebody without a family of their own, with all kin the actor may know.
func (s *Service) OfPerson(ctx context.Context, a access.Actor, id db.ID) (d Drawing, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return d, err
	}
	if d.Kin, err = s.people.Kindred(ctx, a, []db.ID{id}); err != nil {
		return d, err
	}
	d.Facts, d.Sheet = draw(person.Family{}, d.Kin, id, s.today(a))
	return d, nil
}

// Keep makes a picture of what the actor sees today, under a name.
func (s *Service) Keep(ctx context.Context, a access.Actor, family db.ID, name string) (db.ID, error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return db.ID{}, err
	}
	if bad := web.Length("name", name, 1, web.MaxName); bad != nil {
		return db.ID{}, fault.Invalid(bad)
	}
	f, err := s.people.Family(ctx, a, family, "page")
	if err != nil {
		return db.ID{}, err
	}
	d, err := s.drawn(ctx, a, f, db.ID{})
	if err != nil {
		return db.ID{}, err
	}
	id := db.NewID()
	return id, s.journal.Write(ctx, func(tx *journal.Tx) error {
		sealed, err := s.seal(ctx, tx, family, "genogram picture", pictured{name, d.Facts})
		if err != nil {
			return err
		}
		if err := insertPicture(ctx, tx, row{id, family, a.User, sealed}); err != nil {
			return err
		}
		return tx.Record(ctx, change(a, family, "genogram.kept"))
	})
}

// Picture opens a picture of a family and draws of it whom the actor may know today.
func (s *Service) Picture(ctx context.Context, a access.Actor, family, id db.ID) (d Drawing, p Picture, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return d, p, err
	}
	if d, err = s.Open(ctx, a, family, db.ID{}, "page"); err != nil {
		return d, p, err
	}
	i := slices.IndexFunc(d.Pictures, func(p Picture) bool { return p.ID == id })
	if i < 0 {
		return d, p, fault.NotFound()
	}
	p = d.Pictures[i]
	err = s.db.Read(ctx, func(r db.Reader) error {
		known, err := s.stillKnown(ctx, r, a, p.kept.Facts)
		d.Facts = without(p.kept.Facts, known)
		if !a.Can(access.CaseRead) {
			d.Facts.Ties = slices.DeleteFunc(d.Facts.Ties, func(t drawing.Tie) bool { return slices.Contains(person.BondKinds, t.Kind) })
		}
		d.Sheet = drawing.Draw(d.Facts)
		return err
	})
	return d, p, err
}

// stillKnown are the people of a picture whom the actor may know today. How people stand to each other is shown to those
// who read cases, as in the drawing of today.
func (s *Service) stillKnown(ctx context.Context, r db.Reader, a access.Actor, f drawing.Facts) (map[string]bool, error) {
	known := map[string]bool{}
	var ids []db.ID
	for _, p := range f.People {
		if id, err := db.ParseID(p.ID); err == nil {
			ids = append(ids, id)
		}
	}
	heads, err := s.people.Heads(ctx, r, a, ids)
	for id := range heads {
		known[id.String()] = true
	}
	return known, err
}

func (s *Service) seal(ctx context.Context, r db.Reader, family db.ID, field string, v any) ([]byte, error) {
	key, err := s.vault.Key(ctx, r, family)
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return key.Seal(field, string(plain))
}

// change is a change of a family's drawing.
func change(a access.Actor, family db.ID, code string) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "family", Subject: family}
}
