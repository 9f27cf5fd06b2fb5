package referral

import (
	"cmp"
	"context"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/partner"
	"teduh/internal/person"
	"teduh/internal/unit"
)

// Service is what can be done with referrals.
type Service struct {
	db      *db.DB
	journal *journal.Journal
	cases   *casefile.Service
	people  *person.Service
	partner *partner.Directory
	office  *unit.Service
	now     func() time.Time
	follow  []Follow
	looked  []Looked
	wrote   []Wrote
}

// Needs are what a Service is built from.
type Needs struct {
	DB      *db.DB
	Journal *journal.Journal
	Cases   *casefile.Service // which keep who may read what
	People  *person.Service
	Partner *partner.Directory
	Office  *unit.Service
	Now     func() time.Time
}

// NewService of an installation.
func NewService(n Needs) *Service {
	return &Service{db: n.DB, journal: n.Journal, cases: n.Cases, people: n.People, partner: n.Partner, office: n.Office, now: n.Now}
}

// Reach is a referral as an actor reaches it, in one transaction: the case behind it, and from which side it is looked at.
type Reach struct {
	Referral
	In   casefile.Inside
	Side Side
}

// reach finds a referral for an actor: through the case where they read cases, else as the partner it was sent to. What
// cannot be reached is not found.
func (s *Service) reach(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (x Reach, err error) {
	if a.Can(access.CaseRead) {
		return s.ofOffice(ctx, r, a, id)
	}
	if err := a.Require(access.ReferralReceive); err != nil {
		return x, err
	}
	x.Side = PartnerSide
	if x.Referral, err = selectFor(ctx, r, a, id); err != nil {
		return x, err
	}
	if x.In, err = s.cases.Held(ctx, r, access.SystemActor(officeOf(a, x.Referral)), x.Case); err != nil {
		return x, err
	}
	return x, x.open(x.In.Key)
}

// selectFor is a referral on the partner's side: the one of a link, or one sent to a partner user's services.
func selectFor(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (Referral, error) {
	switch {
	case a.Kind == access.Link && a.Referral == id:
		return selectLinked(ctx, r, a.Office.ID, id)
	case a.Kind == access.User && !a.Partner.IsZero():
		return selectSent(ctx, r, a.Partner, id)
	}
	return Referral{}, fault.NotFound()
}

func (s *Service) ofOffice(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (x Reach, err error) {
	x.Side = OfficeSide
	if x.Referral, err = selectOne(ctx, r, a.Office.ID, id); err != nil {
		return x, err
	}
	if x.In, err = s.cases.Held(ctx, r, a, x.Case); err != nil {
		return x, err
	}
	return x, x.open(x.In.Key)
}

// officeOf is the office that keeps the case of a referral; a partner acts at the office whose directory it stands in.
func officeOf(a access.Actor, x Referral) access.Office {
	o := a.Office
	o.ID = x.Office
	return o
}

// Whole is a referral with all that happened to it.
type Whole struct {
	Reach
	Moves    []Move
	Siblings []Referral // only on the office's side
	Next     []string   // the states the actor may bring it to
}

// Open reads a referral with its moves; on the office's side the reading is logged.
func (s *Service) Open(ctx context.Context, a access.Actor, id db.ID) (w Whole, err error) {
	if !a.Can(access.CaseRead) && !a.Can(access.ReferralReceive) {
		return w, a.Require(access.CaseRead)
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if w.Reach, err = s.reach(ctx, r, a, id); err != nil {
			return err
		}
		if w.Moves, err = selectMoves(ctx, r, w.In.Key, id); err != nil {
			return err
		}
		if w.Side == OfficeSide {
			w.Siblings, err = selectSiblings(ctx, r, w.Referral)
		}
		return err
	})
	if err != nil {
		return w, err
	}
	w.Next = w.next(a)
	return w, s.cases.LogReading(ctx, a, w.In, "referral", id)
}

// next are the moves an actor may make now.
func (x Reach) next(a access.Actor) (list []string) {
	for _, to := range moves[x.Status] {
		if x.may(a, to) == nil {
			list = append(list, to)
		}
	}
	return list
}

// may asks whether an actor may make a move from where a referral stands.
func (x Reach) may(a access.Actor, to string) error {
	if x.Side == PartnerSide && officeOnly(x.Status, to) {
		return fault.Forbidden()
	}
	if x.Side == OfficeSide && !x.In.Case.Writes {
		return fault.Forbidden()
	}
	return a.Require(right(x.Status, to, x.Side))
}

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
		items[i] = casefile.ReferralJSON{ID: x.ID.String(), Number: x.Number, PartnerService: x.ServiceName, Status: x.Status,
			SentAt: x.SentAt, AnsweredAt: x.AnsweredAt}
	}
	return items, nil
}

// Unanswered are the referrals from a worker's own open cases whose time has passed, the longest past first.
func (s *Service) Unanswered(ctx context.Context, a access.Actor, most int) (list []Referral, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.cases.OwnOpen(ctx, a, func(r db.Reader, cases []db.ID) error {
		list, err = selectUnanswered(ctx, r, cases, db.At(s.now()), most)
		return err
	})
	slices.SortFunc(list, func(x, y Referral) int { return cmp.Or(x.DueAt.Compare(y.DueAt.Time), x.ID.Compare(y.ID)) })
	return list[:min(len(list), most)], err
}
