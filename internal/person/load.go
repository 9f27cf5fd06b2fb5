package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/vault"
)

// Loader writes many people at once, as an import brings them. Prepare may run in several goroutines; Write has one.
type Loader struct {
	s      *Service
	scope  access.Scope
	office db.ID
	now    db.Time
}

// NewLoader for the actor's office.
func (s *Service) NewLoader(a access.Actor) (*Loader, error) {
	if err := a.Require(access.OfficeImport); err != nil {
		return nil, err
	}
	return &Loader{s: s, scope: a.Scope(), office: a.Office.ID, now: db.At(s.now())}, nil
}

// highestLevel is that of people behind secret cases; whoever sees it sees everyone.
const highestLevel = 3

// Prepared is a person sealed and ready to be written.
type Prepared struct {
	row personRow
	key vault.Made
}

// ID the person will have.
func (p Prepared) ID() db.ID { return p.row.p.ID }

// Name is what the imported list calls the person.
func (p Prepared) Name() string { return p.row.p.ExternalID }

// Prepare makes the key of a person who was tidied and checked, seals what is to be sealed, and finds the words of the search.
func (l *Loader) Prepare(p Person) (out Prepared, err error) {
	p.ID, p.Office, p.Level, p.Version, p.CreatedAt, p.UpdatedAt = db.NewID(), l.office, 1, 1, l.now, l.now
	if out.key, err = l.s.vault.Make(p.ID); err != nil {
		return out, err
	}
	out.row, err = l.s.seal(out.key.Key, p)
	return out, err
}

// Write keeps prepared people, with everything they are found by.
func (l *Loader) Write(ctx context.Context, tx *journal.Tx, list []Prepared) error {
	keys := make([]vault.Made, len(list))
	for i, p := range list {
		keys[i] = p.key
	}
	if err := vault.Keep(ctx, tx, "person", keys); err != nil {
		return err
	}
	return insertPeople(ctx, tx, list)
}

// Known are the office's people by the number an imported list gave them, and who of them is hidden from the actor; a merged
// record stands for the one that was kept.
func (l *Loader) Known(ctx context.Context, a access.Actor) (known map[string]db.ID, hidden map[db.ID]bool, err error) {
	err = l.s.db.Read(ctx, func(r db.Reader) error {
		known, hidden, err = selectExternal(ctx, r, a.Scope())
		return err
	})
	return known, hidden, err
}

// Clients finds or makes the clients that people are, by person. Someone who was hidden from the actor meanwhile refuses them all.
func (l *Loader) Clients(ctx context.Context, tx *journal.Tx, people []db.ID) (map[db.ID]Client, error) {
	if l.scope.People < highestLevel {
		hidden, err := anyHidden(ctx, tx, l.scope, people)
		if err != nil {
			return nil, err
		}
		if hidden {
			return nil, fault.Invalid(fault.Field("client_id", "unknown", "error.unknown_id"))
		}
	}
	clients, err := selectClientsOf(ctx, tx, people)
	if err != nil {
		return nil, err
	}
	return clients, insertClients(ctx, tx, l.office, people, clients)
}

// ReaderRow lets a user know a person.
type ReaderRow struct{ Person, User db.ID }

// AddReaders lets more users know people, who from now on have an ordinary case; what they had stays.
func AddReaders(ctx context.Context, tx db.Tx, people []db.ID, readers []ReaderRow) error {
	return addReaders(ctx, tx, people, readers)
}
