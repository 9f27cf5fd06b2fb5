package unit

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Service reads and changes the settings of offices.
type Service struct {
	db      *db.DB
	journal *journal.Journal
	mu      sync.Mutex
	kept    map[db.ID]kept
}

// kept is what was read and when. It is time on the wall of this machine: only how long it is kept hangs on it.
type kept struct {
	settings *Settings
	at       time.Time
}

const keepFor = time.Second

// NewService of an installation.
func NewService(d *db.DB, j *journal.Journal) *Service {
	s := &Service{db: d, journal: j, kept: map[db.ID]kept{}}
	j.OnCommit(func(c journal.Change) {
		if c.Code == "office.settings" {
			s.forget(c.Office)
		}
	})
	return s
}

func (s *Service) forget(office db.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, office)
}

// Of reads the settings of an office, at most a second old. They belong to everyone who works there and hold no secret.
func (s *Service) Of(ctx context.Context, office db.ID) (found *Settings, err error) {
	if k, ok := s.recent(office); ok {
		return k, nil
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		found, err = s.In(ctx, r, office)
		return err
	})
	return found, err
}

// In is Of inside a transaction that is already open.
func (s *Service) In(ctx context.Context, r db.Reader, office db.ID) (*Settings, error) {
	if k, ok := s.recent(office); ok {
		return k, nil
	}
	rows, err := selectAreas(ctx, r, office)
	if err != nil {
		return nil, err
	}
	settings, err := merge(rows)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[office] = kept{settings, time.Now()}
	return settings, nil
}

func (s *Service) recent(office db.ID) (*Settings, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.kept[office]
	return k.settings, ok && time.Since(k.at) < keepFor
}

// merge lays the areas an office changed over the defaults.
func merge(rows []areaRow) (*Settings, error) {
	s := Defaults()
	s.versions = map[string]int64{}
	places := s.places()
	for _, row := range rows {
		place, ok := places[row.area]
		if !ok {
			continue
		}
		s.versions[row.area] = row.version
		if err := json.Unmarshal([]byte(row.value), place); err != nil {
			return nil, fmt.Errorf("unit: settings %s: %w", row.area, err)
		}
	}
	return &s, nil
}

// Change writes one area over the version that was read.
func (s *Service) Change(ctx context.Context, a access.Actor, p Part, version int64) error {
	if err := a.Require(access.OfficeSettings); err != nil {
		return err
	}
	if err := p.Check(); err != nil {
		return err
	}
	value, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		ok, err := db.Changed(upsertArea(ctx, tx, a.Office.ID, a.User, tx.Now(), areaRow{p.Area(), string(value), version}))
		if err == nil && !ok {
			err = fault.VersionChanged(version + 1)
		}
		if err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: "office.settings", Kind: "unit", Subject: a.Office.ID,
			Detail: journal.Detail{"area": p.Area()}})
	})
}
