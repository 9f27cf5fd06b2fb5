package genogram

import (
	"context"
	"encoding/json"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/genogram/drawing"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Surrounding is a system around the household of a case, as the worker came to know it. It is the work of the case, sealed
// under its key; where it ends is kept, too.
type Surrounding struct {
	ID       db.ID
	Kind     string // one of SystemKinds
	Strength string
	Flow     string
	At       db.Time
	By       string
	Told
}

// Told is what is sealed of a surrounding.
type Told struct {
	Name string `json:"name"`
	Note string `json:"note,omitempty"`
}

// SystemKinds are what may surround a household, and mostSystems how many are drawn.
var SystemKinds = []string{"school", "work", "health", "religion", "kin", "friends", "neighbours", "services", "law", "money", "other"}

const mostSystems = 30

// Surroundings of a case within the actor's scope, the oldest first.
func (s *Service) Surroundings(ctx context.Context, a access.Actor, caseID db.ID) (list []Surrounding, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		list, err = selectSurroundings(ctx, r, in)
		return err
	})
	return list, err
}

// Surround adds a system to the ecomap of a case.
func (s *Service) Surround(ctx context.Context, a access.Actor, caseID db.ID, x Surrounding) error {
	var c fault.Checks
	c.Add(web.Length("name", x.Name, 1, web.MaxName))
	c.Add(web.Length("note", x.Note, 0, web.MaxLine))
	c.Field(!slices.Contains(SystemKinds, x.Kind), "kind", "unknown", "error.choice")
	c.Field(!slices.Contains(drawing.Strengths, x.Strength), "strength", "unknown", "error.choice")
	c.Field(!slices.Contains(drawing.Flows, x.Flow), "flow", "unknown", "error.choice")
	if err := c.Err(); err != nil {
		return err
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		list, err := selectSurroundings(ctx, tx, in)
		if err != nil {
			return "", err
		}
		if len(list) >= mostSystems {
			return "", fault.Invalid(fault.Field("name", "too_many", "ecomap.too_many", "max", mostSystems))
		}
		plain, err := json.Marshal(x.Told)
		if err != nil {
			return "", err
		}
		sealed, err := in.Key.Seal("ecomap", string(plain))
		if err != nil {
			return "", err
		}
		x.ID = db.NewID()
		return "genogram.system", insertSurrounding(ctx, tx, caseID, a.User, x, sealed)
	})
}

// EndSurrounding takes a system off the ecomap; it stays on record.
func (s *Service) EndSurrounding(ctx context.Context, a access.Actor, caseID, id db.ID) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, _ casefile.Inside) (string, error) {
		return "genogram.system_gone", endSurrounding(ctx, tx, caseID, id)
	})
}
