package supervision

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/assessment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/practice"
)

// Service is what can be done.
type Service struct {
	db      *db.DB
	journal *journal.Journal
	cases   *casefile.Service
	people  *person.Service
	work    *practice.Service
	assess  *assessment.Service
	now     func() time.Time
}

// Needs are what a Service is built from.
type Needs struct {
	DB      *db.DB
	Journal *journal.Journal
	Cases   *casefile.Service
	People  *person.Service
	Work    *practice.Service
	Assess  *assessment.Service
	Now     func() time.Time
}

// NewService of an installation.
func NewService(n Needs) *Service {
	return &Service{db: n.DB, journal: n.Journal, cases: n.Cases, people: n.People, work: n.Work, assess: n.Assess, now: n.Now}
}

// Team is how the work lies on the workers the actor looks after, the heaviest load first; adrift is how many cases without a
// worker are read beside it.
func (s *Service) Team(ctx context.Context, a access.Actor, adrift int) (casefile.Team, error) {
	now := s.now()
	return s.cases.Team(ctx, a, casefile.TeamAsk{Today: db.DayOf(now, a.Office.Zone), QuietSince: db.At(now.Add(-casefile.QuietAfter)), Adrift: adrift})
}
