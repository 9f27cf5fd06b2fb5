package casefile

import (
	"context"

	"teduh/internal/journal"
)

// Closed is what another package keeps of a case when it is closed, in the same transaction.
type Closed func(ctx context.Context, tx *journal.Tx, in Inside) error

// OnClosing lets a package keep what it has to tell of a case that is closed.
func (s *Service) OnClosing(fn Closed) { s.closed = append(s.closed, fn) }

// tellClosed lets every package that asked for it look at a case that is just being closed.
func (s *Service) tellClosed(ctx context.Context, tx *journal.Tx, c Case) error {
	if len(s.closed) == 0 {
		return nil
	}
	key, err := s.vault.Key(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	for _, keep := range s.closed {
		if err := keep(ctx, tx, Inside{Case: c, Key: key}); err != nil {
			return err
		}
	}
	return nil
}
