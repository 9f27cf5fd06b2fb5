package assessment

import (
	"sync"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/practice"
)

// Needs are what the service stands on.
type Needs struct {
	DB       *db.DB
	Journal  *journal.Journal
	Cases    *casefile.Service
	Practice *practice.Service
}

// Service is what can be done with the office's form and with the assessments of cases.
type Service struct {
	db       *db.DB
	journal  *journal.Journal
	cases    *casefile.Service
	practice *practice.Service
	read     sync.Map // known → *form.Definition
}

// NewService of an installation.
func NewService(n Needs) *Service {
	return &Service{db: n.DB, journal: n.Journal, cases: n.Cases, practice: n.Practice}
}
