package referral

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/attachment"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// arrived are the states of each part of a partner's list.
var arrived = map[string][]string{
	"answer":   {Sent, Received},
	"waiting":  {Waitlisted},
	"accepted": {Accepted},
	"service":  {InService},
	"ended":    {Declined, Completed, NotAttended, Cancelled},
}

// ArrivalParts are the parts of a partner's list in the order of the work.
var ArrivalParts = []string{"answer", "waiting", "accepted", "service", "ended"}

// Arrival is a referral as its partner's list shows it: of the case there is nothing but what was sent.
type Arrival struct {
	ID      db.ID
	Number  string
	Service string
	Kind    string
	Urgency string
	Status  string
	Asked   string
	Worker  string // who to ask at the office
	SentAt  db.Time
	DueAt   db.Time
	Unread  bool // the office wrote something that nobody at the partner has read
	caseID  db.ID
	shared  []byte
}

// ArrivalFilter says which part of a partner's list, and after which place.
type ArrivalFilter struct {
	Part  string
	DueAt db.Time // of the last one above, but for those that ended
	After db.ID
	Limit int
}

// Arrivals lists what was sent to a partner: what is due first at the top, of what has ended the newest.
func (s *Service) Arrivals(ctx context.Context, a access.Actor, f ArrivalFilter) (list []Arrival, more bool, err error) {
	if err := ofPartner(a); err != nil {
		return nil, false, err
	}
	if _, known := arrived[f.Part]; !known {
		f.Part = ArrivalParts[0]
	}
	f.Limit = web.Limit(f.Limit)
	err = s.db.Read(ctx, func(r db.Reader) error {
		if list, err = selectArrivals(ctx, r, a.Partner, f); err != nil {
			return err
		}
		if more = len(list) > f.Limit; more {
			list = list[:f.Limit]
		}
		return s.openArrivals(ctx, r, list)
	})
	return list, more, err
}

// ofPartner lets on whoever is a partner's user; a link leads to one referral and to no list.
func ofPartner(a access.Actor) error {
	if err := a.Require(access.ReferralReceive); err != nil {
		return err
	}
	if a.Partner.IsZero() {
		return fault.Forbidden()
	}
	return nil
}

// openArrivals reads what of a list is sealed.
func (s *Service) openArrivals(ctx context.Context, r db.Reader, list []Arrival) error {
	ids := make([]db.ID, len(list))
	for i, x := range list {
		ids[i] = x.caseID
	}
	keys, err := s.cases.Keys(ctx, r, ids)
	if err != nil {
		return err
	}
	for i := range list {
		var shared Shared
		if err := keys[list[i].caseID].OpenJSON("referral shared", list[i].shared, &shared); err != nil {
			return err
		}
		list[i].Asked, list[i].Worker = shared.Asked, shared.Worker
	}
	return nil
}

// Owed counts the referrals that a partner has not answered yet.
func (s *Service) Owed(ctx context.Context, a access.Actor) (n int, err error) {
	if err := ofPartner(a); err != nil {
		return 0, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		n, err = OwedBy(ctx, r, a.Partner)
		return err
	})
	return n, err
}

// OwedBy counts the referrals that a partner has not answered yet, for what the clock tells it.
func OwedBy(ctx context.Context, r db.Reader, partner db.ID) (int, error) {
	return countArrivals(ctx, r, partner, arrived["answer"])
}

// ReachIn is a referral as an actor reaches it, in the transaction of another package's act.
func (s *Service) ReachIn(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (Reach, error) {
	if !a.Can(access.CaseRead) && !a.Can(access.ReferralReceive) {
		return Reach{}, a.Require(access.CaseRead)
	}
	return s.reach(ctx, r, a, id)
}

// Enclosed is a file that stands with a referral, for both sides.
type Enclosed struct {
	attachment.File
	Side Side
}

// MaxFiles may stand with one referral.
const MaxFiles = 40

// Files are those that stand with a referral, the oldest first; struck ones are left out.
func (s *Service) Files(ctx context.Context, a access.Actor, id db.ID) (list []Enclosed, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		x, err := s.ReachIn(ctx, r, a, id)
		if err == nil {
			list, err = enclosed(ctx, r, x)
		}
		return err
	})
	return list, err
}

func enclosed(ctx context.Context, r db.Reader, x Reach) (list []Enclosed, err error) {
	rows, err := selectEnclosed(ctx, r, x.ID)
	if err != nil {
		return nil, err
	}
	ids := make([]db.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.file
	}
	files, err := attachment.Named(ctx, r, x.In, ids)
	for _, row := range rows {
		if f, ok := files[row.file]; ok && f.StruckAt.IsZero() {
			list = append(list, Enclosed{f, row.side})
		}
	}
	return list, err
}

// AttachSent lets files of the case go along with a referral: of a draft exactly these, of one that was sent these as well.
func (s *Service) AttachSent(ctx context.Context, a access.Actor, id db.ID, files []db.ID) error {
	if err := a.Require(access.ReferralRefer); err != nil {
		return err
	}
	if err := s.mayEnclose(ctx, a, id); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		x, err := s.reach(ctx, tx, a, id)
		if err != nil {
			return err
		}
		if !x.In.Case.Writes {
			return fault.Forbidden()
		}
		return s.EncloseIn(ctx, tx, a, x, files)
	})
}

// mayEnclose asks for the client's consent before a file goes to a partner that has the rest already.
func (s *Service) mayEnclose(ctx context.Context, a access.Actor, id db.ID) error {
	var x Reach
	err := s.db.Read(ctx, func(r db.Reader) (err error) {
		x, err = s.reach(ctx, r, a, id)
		return err
	})
	if err != nil || x.Status == Draft || !x.In.Case.Writes {
		return err
	}
	return s.cases.Leaving(ctx, a, x.Case, "referral")
}

// EncloseIn puts files of the case with a referral from the actor's side, in the transaction of another act on it.
func (s *Service) EncloseIn(ctx context.Context, tx *journal.Tx, a access.Actor, x Reach, files []db.ID) error {
	if !a.Can(access.ReferralRefer) && !a.Can(access.ReferralReceive) {
		return a.Require(access.ReferralRefer)
	}
	if x.Status == Completed || x.Status == Cancelled {
		return illegal(x.Status)
	}
	if x.Side == PartnerSide && x.Shared == nil {
		return fault.NotFound()
	}
	known, err := attachment.Named(ctx, tx, x.In, files)
	if err != nil {
		return err
	}
	for _, id := range files {
		if f, ok := known[id]; !ok || !f.StruckAt.IsZero() {
			return fault.Invalid(fault.Field("files", "unknown", "referral.file_unknown"))
		}
	}
	if x.Status == Draft {
		if err := deleteEnclosed(ctx, tx, x.ID); err != nil {
			return err
		}
	}
	before, err := selectEnclosed(ctx, tx, x.ID)
	if err != nil {
		return err
	}
	files = slices.DeleteFunc(slices.Clone(files), func(id db.ID) bool {
		return slices.ContainsFunc(before, func(row enclosedRow) bool { return row.file == id })
	})
	if len(before)+len(files) > MaxFiles {
		return fault.Invalid(fault.Field("files", "too_many", "referral.too_many_files", "max", MaxFiles))
	}
	for _, id := range files {
		if err := insertEnclosed(ctx, tx, x.ID, enclosedRow{id, x.Side}, tx.Now()); err != nil {
			return err
		}
	}
	return tx.Record(ctx, ChangeOf(a, x.Referral, "referral.files_from_"+string(x.Side)))
}
