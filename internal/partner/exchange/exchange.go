// Package exchange gives and takes the directory of partners in the format other directories use, the Human Services Data
// Specification (HSDS 3.0, see partner/hsds).
//
// Out: a teller makes HSDS of what is public (partner.Told) and of nothing else; Open serves it to anyone below /hsds/ as the
// specification's API describes, for the whole installation; Export writes an office's share of it as a file. In: a taker makes
// partners and services of an HSDS file; Import tells first what is new, changed, the same and refused, and writes only when it is
// told to. What was taken in is internal until the office says otherwise, keeps its key, and taking the same file in again
// changes nothing. docs/hsds.md says which field becomes which.
package exchange

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/partner"
	"teduh/internal/partner/hsds"
	"teduh/internal/unit"
	"teduh/internal/vault"
)

// Service gives and takes.
type Service struct {
	Needs
	shelf index
}

// Needs are what a Service is built from.
type Needs struct {
	DB        *db.DB
	Vault     *vault.Vault
	Journal   *journal.Journal
	Directory *partner.Directory
	Office    *unit.Service
	Now       func() time.Time
}

// New service of an installation.
func New(n Needs) *Service { return &Service{Needs: n} }

// place is an office as its entries are told.
type place struct {
	zone     hsds.Zone
	settings *unit.Settings
}

// placeOf reads an office's zone and list of needs.
func (s *Service) placeOf(ctx context.Context, r db.Reader, office db.ID) (p place, err error) {
	o, err := access.OfficeIn(ctx, r, office)
	if err != nil {
		return p, err
	}
	zone := o.Zone
	if zone == nil {
		zone = i18n.Jakarta
	}
	now := s.Now().In(zone)
	_, seconds := now.Zone()
	p.zone = hsds.Zone{Offset: time.Duration(seconds) * time.Second, Today: now.Format(time.DateOnly)}
	p.settings, err = s.Office.In(ctx, r, office)
	return p, err
}

// inData is the language of what is given out: a directory has one.
func inData(ctx context.Context) context.Context { return i18n.With(ctx, i18n.ID, i18n.Jakarta) }

// derived is the key of a part that has none of its own, the same each time.
func derived(of db.ID, kind, name string) string { return db.NamedID(of, "hsds "+kind, name).String() }
