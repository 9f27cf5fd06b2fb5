package referral

import (
	"cmp"
	"context"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// Service is what can be done with referrals.
type Service struct{ cases *casefile.Service }

// NewService stands on the cases, which keep who may read what.
func NewService(cases *casefile.Service) *Service { return &Service{cases} }

// List reads the referrals of a case within the actor's scope.
func (s *Service) List(ctx context.Context, a access.Actor, caseID db.ID) (list []Referral, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		list, err = selectOfCase(ctx, r, in.Case.ID)
		return err
	})
	return list, err
}

// OfCase are the referrals of a case that is open to the reader, as the API shows them with the case.
func OfCase(ctx context.Context, r db.Reader, caseID db.ID) ([]casefile.ReferralJSON, error) {
	list, err := selectOfCase(ctx, r, caseID)
	if err != nil {
		return nil, err
	}
	items := make([]casefile.ReferralJSON, len(list))
	for i, x := range list {
		items[i] = casefile.ReferralJSON{ID: x.ID.String(), Number: x.Number, PartnerService: x.Service, Status: x.Status,
			SentAt: x.SentAt, AnsweredAt: x.AnsweredAt}
	}
	return items, nil
}

// AnswerWithin is how long a partner may take to answer before a referral is asked after.
const AnswerWithin = 7 * 24 * time.Hour

// Unanswered are the referrals from a worker's own open cases that were sent before an instant and have no answer, the
// oldest first.
func (s *Service) Unanswered(ctx context.Context, a access.Actor, before time.Time, most int) (list []Referral, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.cases.OwnOpen(ctx, a, func(r db.Reader, cases []db.ID) error {
		list, err = selectUnanswered(ctx, r, cases, db.At(before), most)
		return err
	})
	slices.SortFunc(list, func(x, y Referral) int { return cmp.Or(x.SentAt.Compare(y.SentAt.Time), x.ID.Compare(y.ID)) })
	return list[:min(len(list), most)], err
}
