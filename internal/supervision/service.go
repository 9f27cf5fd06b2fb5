package supervision

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// Service is what can be done.
type Service struct {
	cases *casefile.Service
	now   func() time.Time
}

// Needs are what a Service is built from.
type Needs struct {
	Cases *casefile.Service
	Now   func() time.Time
}

// NewService of an installation.
func NewService(n Needs) *Service { return &Service{cases: n.Cases, now: n.Now} }

// Team is how the work lies on the workers the actor looks after, the heaviest load first; adrift is how many cases without a
// worker are read beside it.
func (s *Service) Team(ctx context.Context, a access.Actor, adrift int) (casefile.Team, error) {
	now := s.now()
	return s.cases.Team(ctx, a, casefile.TeamAsk{Today: db.DayOf(now, a.Office.Zone), QuietSince: db.At(now.Add(-casefile.QuietAfter)), Adrift: adrift})
}
