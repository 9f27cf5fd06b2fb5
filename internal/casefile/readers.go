package casefile

import (
	"context"

	"teduh/internal/db"
	"teduh/internal/person"
)

// refreshReaders writes anew who may open a case beyond what their role shows, and carries it over to the people behind
// the case: a person known only through cases one may not see is not found.
func (s *Service) refreshReaders(ctx context.Context, tx db.Tx, id db.ID) error {
	if err := rewriteReaders(ctx, tx, id); err != nil {
		return err
	}
	people, err := selectPeopleIDs(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := refreshPerson(ctx, tx, p); err != nil {
			return err
		}
	}
	return nil
}

// refreshPerson gives a person the lowest confidentiality of their cases, and the readers of them all.
func refreshPerson(ctx context.Context, tx db.Tx, id db.ID) error {
	level, err := lowestConfidentiality(ctx, tx, id)
	if err != nil {
		return err
	}
	users, err := readersOfPerson(ctx, tx, id)
	if err != nil {
		return err
	}
	return person.SetReaders(ctx, tx, id, level, users)
}

// RefreshSupervised writes the readers of a worker's open cases anew when who supervises the worker has changed.
func (s *Service) RefreshSupervised(ctx context.Context, tx db.Tx, worker db.ID) error {
	ids, err := openCasesOf(ctx, tx, worker)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.refreshReaders(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}
