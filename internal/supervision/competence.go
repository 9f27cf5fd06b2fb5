package supervision

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// LicenceKinds are what professions are licensed by; closed.
var LicenceKinds = []string{"str", "sipp", "sip", "certificate", "other"}

// RemindWithin is how many days before a licence expires one is reminded of it.
const RemindWithin = 60

// Licence of a worker, such as a certificate of registration (STR) or of practice as a psychologist (SIPP).
type Licence struct {
	ID        db.ID
	Kind      string
	Number    string
	ExpiresOn db.Date // empty where it holds for life
}

// Expires tells whether it has expired on a day or will within the days of the reminder.
func (l Licence) Expires(today db.Date) bool {
	return l.ExpiresOn != "" && l.ExpiresOn <= today.AddDays(RemindWithin)
}

// Training that a worker took part in.
type Training struct {
	ID     db.ID
	Name   string
	HeldOn db.Date
	Hours  int
}

// Competence is what a worker is able and licensed to do at an office. The hours of supervision come from the notes of it.
type Competence struct {
	Worker        casefile.User
	Profession    string
	Licences      []Licence
	Trainings     []Training
	TrainingHours int
	GuidedMinutes int // of supervision received
	GuidedLast    db.Time
	Writes        bool // the actor may change it
}

// Competence reads a worker's record: one's own, that of somebody one supervises, and for a head all of the office's.
func (s *Service) Competence(ctx context.Context, a access.Actor, worker db.ID) (c Competence, err error) {
	if err := a.Require(access.CompetenceOwn); err != nil {
		return c, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if c.Worker, err = selectStaff(ctx, r, a, worker); err != nil {
			return err
		}
		c.Writes = true
		return fillCompetence(ctx, r, a.Office.ID, &c)
	})
	for _, t := range c.Trainings {
		c.TrainingHours += t.Hours
	}
	return c, err
}

// onRecord runs a change of a record that the actor may see.
func (s *Service) onRecord(ctx context.Context, a access.Actor, worker db.ID, code string, act func(*journal.Tx) error) error {
	if err := a.Require(access.CompetenceOwn); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		if _, err := selectStaff(ctx, tx, a, worker); err != nil {
			return err
		}
		if err := act(tx); err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "user", Subject: worker})
	})
}

// SetProfession says which profession a worker has. Tasks hang on it, so nobody says it of themselves but a head.
func (s *Service) SetProfession(ctx context.Context, a access.Actor, worker db.ID, profession string) error {
	if profession != "" && !slices.Contains(unit.Professions, profession) {
		return fault.Invalid(fault.Field("profession", "unknown", "error.choice"))
	}
	return s.onRecord(ctx, a, worker, "competence.profession", func(tx *journal.Tx) error {
		if !a.Has(access.Head) && (worker == a.User || !a.Can(access.CaseSupervise)) {
			return fault.Forbidden()
		}
		return upsertProfession(ctx, tx, a.Office.ID, worker, profession)
	})
}

// AddLicence adds a licence to a record.
func (s *Service) AddLicence(ctx context.Context, a access.Actor, worker db.ID, l Licence) (db.ID, error) {
	var c fault.Checks
	c.Field(!slices.Contains(LicenceKinds, l.Kind), "kind", "unknown", "error.choice")
	c.Add(web.Length("number", l.Number, 1, web.MaxName))
	if err := c.Err(); err != nil {
		return db.ID{}, err
	}
	l.ID = db.NewID()
	return l.ID, s.onRecord(ctx, a, worker, "competence.licence", func(tx *journal.Tx) error {
		return insertLicence(ctx, tx, a.Office.ID, worker, l, tx.Now())
	})
}

// AddTraining adds a training to a record.
func (s *Service) AddTraining(ctx context.Context, a access.Actor, worker db.ID, t Training) (db.ID, error) {
	t.ID = db.NewID()
	return t.ID, s.onRecord(ctx, a, worker, "competence.training", func(tx *journal.Tx) error {
		var c fault.Checks
		c.Add(web.Length("name", t.Name, 1, web.MaxName))
		c.Field(t.HeldOn == "" || t.HeldOn > db.DayOf(tx.Now().Time, a.Office.Zone), "held", "impossible", "supervision.competence.held_wrong")
		c.Field(t.Hours < 1 || t.Hours > 2000, "hours", "out_of_range", "supervision.competence.hours_wrong")
		if err := c.Err(); err != nil {
			return err
		}
		return insertTraining(ctx, tx, a.Office.ID, worker, t, tx.Now())
	})
}

// End takes a licence or a training off a record; what was written stays in the database.
func (s *Service) End(ctx context.Context, a access.Actor, worker, id db.ID) error {
	return s.onRecord(ctx, a, worker, "competence.ended", func(tx *journal.Tx) error {
		n, err := endEntry(ctx, tx, a.Office.ID, worker, id, tx.Now())
		if err == nil && n == 0 {
			err = fault.NotFound()
		}
		return err
	})
}

// HasProfession tells who may be given a task that needs a profession; casefile asks it.
func HasProfession(ctx context.Context, r db.Reader, office, user db.ID, profession string) (bool, error) {
	return exists(ctx, r, `SELECT 1 FROM competence WHERE user_id = $1 AND office_id = $2 AND profession = $3`, user, office, profession)
}

// Expiring is a licence that has expired or will soon.
type Expiring struct {
	Licence
	Worker casefile.User
}

// Expiring are the licences to renew: one's own, and with team those of whom the actor looks after; the soonest first.
func (s *Service) Expiring(ctx context.Context, a access.Actor, team bool, most int) (list []Expiring, err error) {
	if !a.Can(access.CompetenceOwn) {
		return nil, nil
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectExpiring(ctx, r, a, expiryAsk{team: team && a.Can(access.TeamRead), until: db.DayOf(s.now(), a.Office.Zone).AddDays(RemindWithin), most: most})
		return err
	})
	return list, err
}
