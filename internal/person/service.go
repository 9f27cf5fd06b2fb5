package person

import (
	"context"
	"encoding/json"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/vault"
)

// Service is what can be done with people.
type Service struct {
	db      *db.DB
	journal *journal.Journal
	vault   *vault.Vault
	now     func() time.Time
	circle  Circle
}

// NewService of an installation.
func NewService(d *db.DB, j *journal.Journal, v *vault.Vault, now func() time.Time) *Service {
	return &Service{db: d, journal: j, vault: v, now: now}
}

// Added tells what became of Add: a new person, or likely twins and nothing written.
type Added struct {
	Person Person
	Twins  []Twin
}

// Add keeps a new person. Where likely twins exist nothing is written, unless accept says they are different people.
func (s *Service) Add(ctx context.Context, a access.Actor, p Person, accept bool) (out Added, err error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return out, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		out = Added{}
		if !accept {
			if out.Twins, err = s.twins(ctx, tx, a.Scope(), p, db.ID{}); err != nil || len(out.Twins) > 0 {
				return err
			}
		}
		out.Person, err = s.AddIn(ctx, tx, a, p)
		return err
	})
	return out, err
}

// AddIn keeps a new person in a transaction of another act, such as opening a case.
func (s *Service) AddIn(ctx context.Context, tx *journal.Tx, a access.Actor, p Person) (Person, error) {
	p.Tidy()
	if err := p.Check(db.DayOf(tx.Now().Time, a.Office.Zone)); err != nil {
		return p, err
	}
	p.ID, p.Office, p.Level, p.Version = db.NewID(), a.Office.ID, 1, 1
	p.MadeUp = p.MadeUp || a.Office.MadeUp
	p.CreatedAt, p.UpdatedAt = tx.Now(), tx.Now()
	key, err := s.vault.NewKey(ctx, tx, "person", p.ID)
	if err != nil {
		return p, err
	}
	row, err := s.seal(key, p)
	if err != nil {
		return p, err
	}
	if err := insertPerson(ctx, tx, row); err != nil {
		return p, err
	}
	return p, tx.Record(ctx, journal.Change{Office: p.Office, Actor: a.User, Code: "person.added", Kind: "person", Subject: p.ID, Person: p.ID})
}

// Change writes the facts of a person over those of p.Version; a lost race is fault.VersionChanged.
func (s *Service) Change(ctx context.Context, a access.Actor, p Person) (kept Person, err error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return p, err
	}
	kept = p
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		kept, err = s.ChangeIn(ctx, tx, a, p)
		return err
	})
	return kept, err
}

// ChangeIn writes the facts of a person in a transaction of another act.
func (s *Service) ChangeIn(ctx context.Context, tx *journal.Tx, a access.Actor, p Person) (Person, error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return p, err
	}
	p.Tidy()
	if err := p.Check(db.DayOf(tx.Now().Time, a.Office.Zone)); err != nil {
		return p, err
	}
	old, err := s.find(ctx, tx, a.Scope(), p.ID)
	if err != nil {
		return p, err
	}
	if old.Version != p.Version {
		return p, fault.VersionChanged(old.Version)
	}
	fields := different(old, p)
	if len(fields) == 0 {
		return old, nil
	}
	p.ID, p.Office, p.Level, p.CreatedAt, p.UpdatedAt = old.ID, old.Office, old.Level, old.CreatedAt, tx.Now()
	p.Version, p.MadeUp, p.ExternalID = old.Version+1, old.MadeUp, old.ExternalID
	if err := s.write(ctx, tx, p); err != nil {
		return p, err
	}
	return p, tx.Record(ctx, changed(a, p.ID, "person.changed", journal.Detail{"fields": fields}))
}

// write seals a person and writes the row, what it is found by, and the name of the client it stands for.
func (s *Service) write(ctx context.Context, tx *journal.Tx, p Person) error {
	key, err := s.vault.Key(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	row, err := s.seal(key, p)
	if err != nil {
		return err
	}
	if err := updatePerson(ctx, tx, row); err != nil {
		return err
	}
	return renameClient(ctx, tx, Client{Name: p.Name, Person: p.ID, Village: p.Village}, tx.Now())
}

// changed is a change on a person's timeline.
func changed(a access.Actor, person db.ID, code string, d journal.Detail) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "person", Subject: person, Person: person, Detail: d}
}

// Get opens a person; the reading is logged. The id of a merged record leads to the one that was kept.
func (s *Service) Get(ctx context.Context, a access.Actor, id db.ID, origin string) (p Person, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return p, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		p, err = s.find(ctx, r, a.Scope(), id)
		return err
	})
	if err != nil {
		return p, err
	}
	reading := journal.Reading{Office: a.Office.ID, Actor: a.User, Kind: "person", Subject: p.ID, Why: journal.WhyWork, Origin: origin}
	if p.Level == 3 {
		return p, s.journal.LogNow(ctx, reading)
	}
	s.journal.Log(reading)
	return p, nil
}

// FindIn opens a person in a transaction of another act, without a reading of its own.
func (s *Service) FindIn(ctx context.Context, r db.Reader, scope access.Scope, id db.ID) (Person, error) {
	return s.find(ctx, r, scope, id)
}

func (s *Service) find(ctx context.Context, r db.Reader, scope access.Scope, id db.ID) (Person, error) {
	row, err := selectPerson(ctx, r, scope, id)
	if err != nil {
		return Person{}, err
	}
	return s.open(row)
}

// seal makes the row of a person: the sealed facts as one value, the blind indexes, the words of the search.
func (s *Service) seal(key vault.Key, p Person) (personRow, error) {
	row := newRow(p)
	plain, err := json.Marshal(p.Sealed)
	if err != nil {
		return row, err
	}
	if row.sealed, err = key.Seal("person", string(plain)); err != nil {
		return row, err
	}
	s.blind(&row)
	return row, nil
}

func (s *Service) open(row personRow) (Person, error) {
	key, err := s.vault.Unwrap(row.p.ID, row.wrapped)
	if err != nil {
		return row.p, err
	}
	plain, err := key.Open("person", row.sealed)
	if err != nil || plain == "" {
		return row.p, err
	}
	return row.p, json.Unmarshal([]byte(plain), &row.p.Sealed)
}

// SetReaders keeps who may see a person beyond the level; casefile calls it when a case's readers change.
func SetReaders(ctx context.Context, tx db.Tx, person db.ID, level int, users []db.ID) error {
	return replaceReaders(ctx, tx, person, level, users)
}

// NamedReading is a reading and the name of the one who read.
type NamedReading struct {
	journal.Reading
	By string
}

// mostReadings are shown on a person's page.
const mostReadings = 50

// ReadingsOf tells who read a person, newest first; none to those who may not see it.
func (s *Service) ReadingsOf(ctx context.Context, a access.Actor, id db.ID) (list []NamedReading, err error) {
	if !a.Can(access.CaseReaders) {
		return nil, nil
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if _, err := selectPerson(ctx, r, a.Scope(), id); err != nil {
			return err
		}
		readings, err := journal.ReadingsOf(ctx, r, id, journal.Page{Limit: mostReadings})
		if err != nil {
			return err
		}
		ids := make([]db.ID, len(readings))
		for i, x := range readings {
			ids[i] = x.Actor
		}
		names, err := access.Names(ctx, r, ids)
		list = nil
		for _, x := range readings {
			list = append(list, NamedReading{x, names[x.Actor]})
		}
		return err
	})
	return list, err
}
