package genogram

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/genogram/drawing"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Surrounding is a system around the household of a case, as the worker came to know it. It is the work of the case, sealed
// under its key; what it was before a change and where it ended is kept, too.
type Surrounding struct {
	ID       db.ID
	Root     db.ID  // the first of those it came from by changes; its place in the drawing
	Kind     string // one of SystemKinds
	Strength string
	Flow     string
	At       db.Time
	By       string
	Ended    db.Time
	Told

	byID, endedBy db.ID
}

// Told is what is sealed of a surrounding.
type Told struct {
	Name string `json:"name"`
	Note string `json:"note,omitempty"`
}

// Ecomap is all that surrounds or surrounded a household, the oldest first.
type Ecomap []Surrounding

// SystemKinds are what may surround a household, and mostSystems how many are drawn.
var SystemKinds = []string{"school", "work", "health", "religion", "kin", "friends", "neighbours", "services", "law", "money", "other"}

const mostSystems = 30

// Now are the systems that stand.
func (m Ecomap) Now() (list []Surrounding) {
	for _, x := range m {
		if x.Ended.IsZero() {
			list = append(list, x)
		}
	}
	return list
}

// On are the systems that stood at the end of a day, by the clocks of a zone.
func (m Ecomap) On(day db.Date, zone *time.Location) (list []Surrounding) {
	for _, x := range m {
		if db.DayOf(x.At.Time, zone) <= day && (x.Ended.IsZero() || db.DayOf(x.Ended.Time, zone) > day) {
			list = append(list, x)
		}
	}
	return list
}

// Days are those on which the map changed, the newest first.
func (m Ecomap) Days(zone *time.Location) (days []db.Date) {
	for _, x := range m {
		days = append(days, db.DayOf(x.At.Time, zone))
		if !x.Ended.IsZero() {
			days = append(days, db.DayOf(x.Ended.Time, zone))
		}
	}
	slices.SortFunc(days, func(a, b db.Date) int { return cmp.Compare(b, a) })
	return slices.Compact(days)
}

// Surroundings of a case within the actor's scope.
func (s *Service) Surroundings(ctx context.Context, a access.Actor, caseID db.ID) (m Ecomap, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		m, err = selectSurroundings(ctx, r, in)
		return err
	})
	return m, err
}

func (x Surrounding) check() error {
	var c fault.Checks
	c.Add(web.Length("name", x.Name, 1, web.MaxName))
	c.Add(web.Length("note", x.Note, 0, web.MaxLine))
	c.Field(!slices.Contains(SystemKinds, x.Kind), "kind", "unknown", "error.choice")
	c.Field(!slices.Contains(drawing.Strengths, x.Strength), "strength", "unknown", "error.choice")
	c.Field(!slices.Contains(drawing.Flows, x.Flow), "flow", "unknown", "error.choice")
	return c.Err()
}

// Surround adds a system to the ecomap of a case.
func (s *Service) Surround(ctx context.Context, a access.Actor, caseID db.ID, x Surrounding) (db.ID, error) {
	if err := x.check(); err != nil {
		return db.ID{}, err
	}
	x.ID = db.NewID()
	x.Root = x.ID
	return x.ID, s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		m, err := selectSurroundings(ctx, tx, in)
		if err != nil {
			return "", err
		}
		if len(m.Now()) >= mostSystems {
			return "", fault.Invalid(fault.Field("name", "too_many", "ecomap.too_many", "max", mostSystems))
		}
		return "genogram.system", put(ctx, tx, a, in, x)
	})
}

// ChangeSurrounding tells a system anew; what it was stays on the maps of the days before.
func (s *Service) ChangeSurrounding(ctx context.Context, a access.Actor, caseID db.ID, x Surrounding) (db.ID, error) {
	if err := x.check(); err != nil {
		return db.ID{}, err
	}
	made := db.NewID()
	return made, s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		was, err := standing(ctx, tx, in, x.ID)
		if err != nil {
			return "", err
		}
		if err := endSurrounding(ctx, tx, caseID, was.ID, a.User); err != nil {
			return "", err
		}
		x.ID, x.Root = made, was.Root
		return "genogram.system_changed", put(ctx, tx, a, in, x)
	})
}

// EndSurrounding takes a system off the ecomap; it stays on record.
func (s *Service) EndSurrounding(ctx context.Context, a access.Actor, caseID, id db.ID) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		if _, err := standing(ctx, tx, in, id); err != nil {
			return "", err
		}
		return "genogram.system_gone", endSurrounding(ctx, tx, caseID, id, a.User)
	})
}

// standing finds a system of the map as it is. One that was changed or ended meanwhile is a conflict, told so.
func standing(ctx context.Context, r db.Reader, in casefile.Inside, id db.ID) (Surrounding, error) {
	m, err := selectSurroundings(ctx, r, in)
	if err != nil {
		return Surrounding{}, err
	}
	i := slices.IndexFunc(m, func(x Surrounding) bool { return x.ID == id })
	switch {
	case i < 0:
		return Surrounding{}, fault.NotFound()
	case !m[i].Ended.IsZero():
		return Surrounding{}, fault.Conflict("changed_since", "ecomap.changed_since")
	}
	return m[i], nil
}

func put(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, x Surrounding) error {
	plain, err := json.Marshal(x.Told)
	if err != nil {
		return err
	}
	sealed, err := in.Key.Seal("ecomap", string(plain))
	if err != nil {
		return err
	}
	return insertSurrounding(ctx, tx, in.Case.ID, a.User, x, sealed)
}
