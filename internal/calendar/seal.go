package calendar

import (
	"context"
	"encoding/json"
	"errors"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/vault"
)

// subject is whose key an appointment's words are sealed under.
func (p Appointment) subject(office db.ID) db.ID {
	for _, id := range []db.ID{p.Case, p.Request, p.Person} {
		if !id.IsZero() {
			return id
		}
	}
	return office
}

// key of what an appointment is about. An office gets its key with the first appointment that has no other.
func (s *Service) key(ctx context.Context, tx *journal.Tx, a access.Actor, p Appointment) (vault.Key, error) {
	subject := p.subject(a.Office.ID)
	key, err := s.vault.Key(ctx, tx, subject)
	if errors.Is(err, vault.ErrForgotten) && subject == a.Office.ID {
		return s.vault.NewKey(ctx, tx, "office", subject)
	}
	return key, err
}

func (s *Service) seal(ctx context.Context, tx *journal.Tx, a access.Actor, p Appointment) ([]byte, error) {
	if p.Told == (Told{}) {
		return nil, nil
	}
	key, err := s.key(ctx, tx, a, p)
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(p.Told)
	if err != nil {
		return nil, err
	}
	return key.Seal("appointment", string(plain))
}

// openMany opens the words of appointments the reader may know. Of one whose subject was forgotten nothing is left.
func (s *Service) openMany(ctx context.Context, r db.Reader, ids []db.ID) (map[db.ID]Told, error) {
	told := map[db.ID]Told{}
	rows, err := selectBodies(ctx, r, ids)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		key, err := s.vault.Unwrap(row.subject, row.wrapped)
		if errors.Is(err, vault.ErrForgotten) || len(row.body) == 0 {
			continue
		}
		if err != nil {
			return nil, err
		}
		plain, err := key.Open("appointment", row.body)
		if err != nil {
			return nil, err
		}
		var t Told
		if err := json.Unmarshal([]byte(plain), &t); err != nil {
			return nil, err
		}
		told[row.id] = t
	}
	return told, nil
}
