package referral

import (
	"context"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/web"
)

// Groups of states by which a list is looked through; the empty one is everything.
var groups = map[string][]string{
	"draft":   {Draft},
	"waiting": {Sent, Received, Waitlisted},
	"going":   {Accepted, InService},
	"ended":   {Declined, Completed, NotAttended, Cancelled},
}

// Filter of a list of referrals.
type Filter struct {
	Group  string // of states; «late» is what is past its time
	Mine   bool   // sent by the actor, or from a case the actor is in charge of
	Status string // one state
	Before string // the number after which the page begins
	Late   Place  // where a page of late ones begins
	Limit  int
}

// Place is where a page of late ones ends.
type Place struct {
	DueAt db.Time
	ID    db.ID
}

// Found is a page of referrals.
type Found struct {
	Items []Item
	More  bool
}

// Item is a referral in a list, with what its reader may know of the client.
type Item struct {
	Referral
	Client string
}

// Find lists the office's referrals whose cases the actor may open: the newest number first, late ones by how long they are.
func (s *Service) Find(ctx context.Context, a access.Actor, f Filter) (found Found, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return found, err
	}
	f.Limit = web.Limit(f.Limit)
	err = s.db.Read(ctx, func(r db.Reader) error {
		found.Items, err = selectFound(ctx, r, s.cases.ReachArgs(a), a, f, db.At(s.now()))
		return err
	})
	if len(found.Items) > f.Limit {
		found.Items, found.More = found.Items[:f.Limit], true
	}
	return found, err
}

// states that a filter asks for; none means all.
func (f Filter) states() []string {
	if f.Status != "" {
		return []string{f.Status}
	}
	return groups[f.Group]
}

// known tells whether the filter's words are ones there are.
func (f Filter) known() bool {
	_, group := groups[f.Group]
	return (f.Group == "" || f.Group == "late" || group) && (f.Status == "" || slices.Contains(States, f.Status))
}

// CountLate counts the late referrals of an actor's reach, and looks no further than most.
func (s *Service) CountLate(ctx context.Context, a access.Actor, most int) (n int, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return 0, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		n, err = countLate(ctx, r, s.cases.ReachArgs(a, db.At(s.now()), most))
		return err
	})
	return n, err
}

// left is how much of its time a referral has left, from 1 to 0.
func (x Referral) left(now time.Time) float64 {
	whole := x.DueAt.Sub(x.DueFrom.Time)
	if whole <= 0 {
		return 0
	}
	return min(max(float64(x.DueAt.Sub(now))/float64(whole), 0), 1)
}
