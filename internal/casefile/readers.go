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
	if err := s.tellFollowers(ctx, tx, id); err != nil {
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
	return refreshClient(ctx, tx, id)
}

// refreshClient does the same for a client that is no person.
func refreshClient(ctx context.Context, tx db.Tx, caseID db.ID) error {
	client, err := bodyOf(ctx, tx, caseID)
	if err != nil || client.IsZero() {
		return err
	}
	level, err := lowestOfClient(ctx, tx, client)
	if err != nil {
		return err
	}
	users, err := readersOfClient(ctx, tx, client)
	if err != nil {
		return err
	}
	return person.SetClientReaders(ctx, tx, client, level, users)
}

// refreshPerson gives a person the lowest confidentiality of their cases, and the readers of them all. Records that were
// merged are one person: each gets the same, so that none tells what another hides.
func refreshPerson(ctx context.Context, tx db.Tx, id db.ID) error {
	records, err := recordsOf(ctx, tx, id)
	if err != nil {
		return err
	}
	kept := records[0]
	level, err := lowestConfidentiality(ctx, tx, kept)
	if err != nil {
		return err
	}
	users, err := readersOfPerson(ctx, tx, kept)
	if err != nil {
		return err
	}
	for _, record := range records {
		if err := person.SetReaders(ctx, tx, record, level, users); err != nil {
			return err
		}
	}
	return nil
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

// Readership is who may see a case beyond what a role shows at its confidentiality, and who may not at all.
type Readership struct {
	Case            db.ID
	Confidentiality int
	Readers         []db.ID
	Walled          []db.ID
}

// OnReadership registers what must follow when the readers of a case change, in the same transaction: the request a case
// came from takes on its confidentiality.
func (s *Service) OnReadership(follow func(ctx context.Context, tx db.Tx, to Readership) error) {
	s.followers = append(s.followers, follow)
}

func (s *Service) tellFollowers(ctx context.Context, tx db.Tx, id db.ID) error {
	if len(s.followers) == 0 {
		return nil
	}
	to, err := s.ReadershipOf(ctx, tx, id)
	for _, follow := range s.followers {
		if err == nil {
			err = follow(ctx, tx, to)
		}
	}
	return err
}

// ReadershipOf reads who may see a case, for what is being joined to it.
func (s *Service) ReadershipOf(ctx context.Context, r db.Reader, id db.ID) (to Readership, err error) {
	to.Case = id
	if to.Confidentiality, err = confidentialityOf(ctx, r, id); err != nil {
		return to, err
	}
	if to.Readers, err = readersOf(ctx, r, id); err != nil {
		return to, err
	}
	to.Walled, err = walledOf(ctx, r, id)
	return to, err
}
