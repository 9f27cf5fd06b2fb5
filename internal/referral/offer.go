package referral

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Offer is a service one may choose for a client, with why it fits.
type Offer struct {
	ID      db.ID
	Name    string
	Partner string
	Reasons []string
}

// mostOffers are shown to choose from.
const mostOffers = 60

// Offers are the services that a client may be referred to.
func (s *Service) Offers(ctx context.Context, a access.Actor, _ casefile.Case, _ web.Form) (list []Offer, err error) {
	if err := a.Require(access.ReferralRefer); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectOffers(ctx, r, a.Office.ID, mostOffers)
		return err
	})
	return list, err
}

// Choice is a field that may go along, as it would stand there; Barred is the catalog key of why it must not.
type Choice struct {
	Field  string
	Value  string
	Barred string
}

// Subject are the fields of a case's client that may go along.
func (s *Service) Subject(ctx context.Context, a access.Actor, caseID db.ID) (list []Choice, err error) {
	if err := a.Require(access.ReferralRefer); err != nil {
		return nil, err
	}
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		sub, err := s.subject(ctx, r, a, in.Case)
		if err != nil {
			return err
		}
		for _, f := range Fields {
			c := Choice{Field: f, Barred: sub.barred(f)}
			if c.Barred == "" {
				c.Value = sub.value(f)
			}
			if c.Barred != "" || c.Value != "" {
				list = append(list, c)
			}
		}
		return nil
	})
	return list, err
}

// CancelSiblings withdraws others of the group of a referral that was accepted: the need is met.
func (s *Service) CancelSiblings(ctx context.Context, a access.Actor, id db.ID, siblings []db.ID) error {
	if err := a.Require(access.ReferralRevoke); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		x, err := s.reach(ctx, tx, a, id)
		if err == nil && !x.In.Case.Writes {
			err = fault.Forbidden()
		}
		if err != nil {
			return err
		}
		for _, sibling := range siblings {
			y, err := s.reach(ctx, tx, a, sibling)
			switch {
			case err != nil:
				return err
			case x.Group.IsZero() || y.Group != x.Group:
				return fault.NotFound()
			}
			if err := s.move(ctx, tx, a, sibling, Step{To: Cancelled}); err != nil {
				return err
			}
		}
		return nil
	})
}
