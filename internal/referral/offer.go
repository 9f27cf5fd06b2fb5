package referral

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/partner"
)

// mostOffers are shown to choose from; who looks for another one types its name.
const mostOffers = 8

// Offers are the services that fit a client best, of those whose names begin with the words where some are given; those that
// are chosen already stand first.
func (s *Service) Offers(ctx context.Context, a access.Actor, c casefile.Case, words string, chosen []string) (list []partner.Fit, err error) {
	if err := a.Require(access.ReferralRefer); err != nil {
		return nil, err
	}
	ask := partner.Ask{Text: words, Need: c.MainCategory, Near: c.Village, Limit: mostOffers}
	if err := s.forClient(ctx, a, c, &ask); err != nil {
		return nil, err
	}
	found, err := s.partner.Search(ctx, a, ask)
	if err != nil {
		return nil, err
	}
	return s.withChosen(ctx, a, found.Fits, chosen)
}

// forClient asks for what is for someone of the client's age and sex.
func (s *Service) forClient(ctx context.Context, a access.Actor, c casefile.Case, ask *partner.Ask) error {
	if c.Client.Person.IsZero() {
		return nil
	}
	return s.cases.Read(ctx, a, c.ID, func(r db.Reader, in casefile.Inside) error {
		sub, err := s.subject(ctx, r, a, in.Case)
		if age, ok := sub.person.Age(sub.today); ok {
			ask.Age = &age
		}
		ask.Sex = sub.person.Sex
		return err
	})
}

// withChosen puts services that were chosen before, and are not among those found, at the top.
func (s *Service) withChosen(ctx context.Context, a access.Actor, list []partner.Fit, chosen []string) ([]partner.Fit, error) {
	for _, text := range chosen {
		id, err := db.ParseID(text)
		if err != nil || slices.ContainsFunc(list, func(f partner.Fit) bool { return f.Service.ID == id }) {
			continue
		}
		x, err := s.partner.Service(ctx, a, id)
		if fault.Is(err, "not_found") {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append([]partner.Fit{{Service: x}}, list...)
	}
	return list, nil
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
