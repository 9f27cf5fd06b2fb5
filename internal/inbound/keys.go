package inbound

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Key is that of an office elsewhere, as the head entered it.
type Key struct {
	ID      db.ID
	Name    string // of the office
	Kind    string // of sender
	Code    string
	Card    string
	AddedBy casefile.User
	AddedAt db.Time
	EndedAt db.Time // from then on nothing of theirs is taken in
}

// OwnCard is the office's own key: the card that is handed over, and its code.
func (s *Service) OwnCard(_ context.Context, a access.Actor) (text, code string, err error) {
	if err := a.Require(access.OfficeSettings); err != nil {
		return "", "", err
	}
	k, err := s.ownKey(a.Office.ID)
	if err != nil {
		return "", "", err
	}
	return k.Text(), k.Code(), nil
}

// Keys are those of offices elsewhere, by name; those that were ended stand among them.
func (s *Service) Keys(ctx context.Context, a access.Actor) (list []Key, err error) {
	if err := a.Require(access.OfficeSettings); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectKeys(ctx, r, a.Office.ID)
		return err
	})
	return list, err
}

// Receivers are the offices elsewhere to which a referral may go as a file.
func (s *Service) Receivers(ctx context.Context, a access.Actor) (list []Key, err error) {
	if err := a.Require(access.ReferralRefer); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectKeys(ctx, r, a.Office.ID)
		return err
	})
	return slices.DeleteFunc(list, func(k Key) bool { return !k.EndedAt.IsZero() }), err
}

// AddKey trusts an office elsewhere from now on. The head has compared the code by telephone.
func (s *Service) AddKey(ctx context.Context, a access.Actor, k Key) error {
	if err := a.Require(access.OfficeSettings); err != nil {
		return err
	}
	var c fault.Checks
	c.Add(web.Length("name", k.Name, 1, web.MaxName))
	c.Field(!slices.Contains(SenderKinds, k.Kind), "kind", "unknown", "error.choice")
	if err := c.Err(); err != nil {
		return err
	}
	theirs, err := readCard(k.Card)
	if err != nil {
		return err
	}
	own, err := s.ownKey(a.Office.ID)
	if err != nil {
		return err
	}
	if theirs.Code() == own.Code() {
		return fault.Invalid(fault.Field("card", "own", "inbound.key.own"))
	}
	k.ID, k.Card, k.Code, k.AddedBy = db.NewID(), theirs.Text(), theirs.Code(), casefile.User{ID: a.User}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		k.AddedAt = tx.Now()
		if err := insertKey(ctx, tx, a.Office.ID, k); err != nil {
			return err
		}
		return tx.Record(ctx, keyChange(a, k.ID, "office_key.added"))
	})
	if db.IsDuplicate(err) {
		return fault.Invalid(fault.Field("card", "taken", "inbound.key.taken"))
	}
	return err
}

// EndKey trusts an office elsewhere no longer. What came from it stays.
func (s *Service) EndKey(ctx context.Context, a access.Actor, id db.ID) error {
	if err := a.Require(access.OfficeSettings); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		k, err := selectKey(ctx, tx, a.Office.ID, id)
		if err != nil || !k.EndedAt.IsZero() {
			return err
		}
		if err := endKey(ctx, tx, id, tx.Now()); err != nil {
			return err
		}
		return tx.Record(ctx, keyChange(a, id, "office_key.ended"))
	})
}

func keyChange(a access.Actor, id db.ID, code string) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "office_key", Subject: id}
}

// keyOf is the key a parcel says it is from, where the office trusts it.
func keyOf(ctx context.Context, r db.Reader, office db.ID, code string) (k Key, c card, err error) {
	k, err = selectKeyByCode(ctx, r, office, code)
	switch {
	case fault.Is(err, "not_found"):
		return k, c, fault.Conflict("parcel_unknown_key", "inbound.parcel.unknown_key")
	case err != nil:
		return k, c, err
	case !k.EndedAt.IsZero():
		return k, c, fault.Conflict("parcel_ended_key", "inbound.parcel.ended_key")
	}
	c, err = readCard(k.Card)
	return k, c, err
}
