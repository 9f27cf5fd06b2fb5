package inbound

import (
	"cmp"
	"context"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/partner"
)

// Sender is who referred to the office in a time, and what has become of it. Partners of the directory and offices of the
// installation stand by name; all others of a kind are one line, because their names are sealed.
type Sender struct {
	Kind    string
	Partner db.ID
	Unit    db.ID
	Name    string
	Counts  map[string]int // of referral.States
}

// Sent counts all that came from a sender.
func (s Sender) Sent() (n int) {
	for _, x := range s.Counts {
		n += x
	}
	return n
}

// Senders tells who referred to the office from one instant until before another, of the requests the actor may see; who
// referred most stands first.
func (s *Service) Senders(ctx context.Context, a access.Actor, from, to time.Time) (list []Sender, err error) {
	if err := a.Require(access.TeamRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if list, err = selectSenders(ctx, r, intake.ReachArgs(a, db.At(from), db.At(to))); err != nil {
			return err
		}
		return nameSenders(ctx, r, a.Office.ID, list)
	})
	slices.SortStableFunc(list, func(x, y Sender) int { return cmp.Or(y.Sent()-x.Sent(), cmp.Compare(x.Name, y.Name)) })
	return list, err
}

func nameSenders(ctx context.Context, r db.Reader, office db.ID, list []Sender) error {
	var partners []db.ID
	for _, x := range list {
		if !x.Partner.IsZero() {
			partners = append(partners, x.Partner)
		}
	}
	names, err := partner.NamesIn(ctx, r, office, partners)
	if err != nil {
		return err
	}
	for i := range list {
		x := &list[i]
		x.Name = names[x.Partner]
		if x.Unit.IsZero() {
			continue
		}
		o, err := access.OfficeIn(ctx, r, x.Unit)
		if err != nil {
			return err
		}
		x.Name = o.Name
	}
	return nil
}
