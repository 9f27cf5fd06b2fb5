package referral

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/journal"
)

// Handing is what referrals say when their case is to be closed.
func (s *Service) Handing() casefile.Handing {
	return casefile.Handing{Open: underway, TakenOver: takenOver, Withdraw: func(ctx context.Context, tx *journal.Tx, a access.Actor, id db.ID) error {
		return s.move(ctx, tx, a, id, Step{To: Cancelled})
	}}
}

func underway(ctx context.Context, r db.Reader, caseID db.ID) (list []casefile.Handed, err error) {
	all, err := selectOfCase(ctx, r, caseID)
	for _, x := range all {
		if x.Underway() {
			list = append(list, casefile.Handed{ID: x.ID, Number: x.Number, Service: x.ServiceName, Begun: x.Kind == KindTransfer && x.Status == InService})
		}
	}
	return list, err
}

// takenOver tells whether a receiver of the case has confirmed the first contact.
func takenOver(ctx context.Context, r db.Reader, caseID db.ID) (bool, error) {
	all, err := selectOfCase(ctx, r, caseID)
	return slices.ContainsFunc(all, func(x Referral) bool {
		return x.Kind == KindTransfer && (x.Status == InService || x.Status == Completed)
	}), err
}
