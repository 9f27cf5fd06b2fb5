package casefile

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
)

// Load is how much lies on a worker, of what the actor may know. All but Late count cases, so that each number leads to the
// list of just those cases.
type Load struct {
	Worker   User
	Open     int
	Weight   int // of the open ones, by the office's points for stage and risk
	High     int // at high risk
	Quiet    int // without a change since the day that was asked about
	Gates    int // where something that a stage asks for is past its day
	Unsigned int // with a note that its author has not signed
	Late     int // tasks past their day
}

// Team is the work of the office as it lies on its workers.
type Team struct {
	Loads  []Load
	Adrift []Item // open cases that nobody is in charge of, or someone whose account has ended
	More   bool   // there are more of them than fit
}

// TeamAsk is what a look at the team depends on.
type TeamAsk struct {
	Today      db.Date
	QuietSince db.Time
	Adrift     int // how many cases without a worker are shown
}

// Team tells how the open cases lie on the workers, as far as the actor may know them: a head the office's up to restricted,
// a supervisor those of the supervised. The heaviest load stands first.
func (s *Service) Team(ctx context.Context, a access.Actor, ask TeamAsk) (t Team, err error) {
	if err := a.Require(access.TeamRead); err != nil {
		return t, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		settings, err := s.office.In(ctx, r, a.Office.ID)
		if err != nil {
			return err
		}
		q := loadQuery{scope: s.scope(a), ask: ask, weight: settings.Guidance.Weight}
		if t.Loads, err = selectLoads(ctx, r, q, a.Has(access.Head)); err != nil || ask.Adrift == 0 {
			return err
		}
		t.Adrift, err = selectList(ctx, r, q.scope, Filter{Status: "open", Adrift: true, Sort: OldestFirst, Limit: ask.Adrift})
		return err
	})
	slices.SortStableFunc(t.Loads, func(a, b Load) int { return b.Weight - a.Weight })
	if len(t.Adrift) > ask.Adrift {
		t.Adrift, t.More = t.Adrift[:ask.Adrift], true
	}
	return t, err
}
