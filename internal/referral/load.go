package referral

import (
	"cmp"
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/partner"
)

// Loader takes in many referrals of the past at once.
type Loader struct {
	db     *db.DB
	office access.Office
}

// NewLoader for the actor's office.
func NewLoader(d *db.DB, a access.Actor) (*Loader, error) {
	if err := a.Require(access.OfficeImport); err != nil {
		return nil, err
	}
	return &Loader{d, a.Office}, nil
}

// Past is a referral as an old list tells it.
type Past struct {
	Name       string // in the old list
	Case       db.ID
	Service    string
	Kind       string // a referral where nothing is said
	Status     string
	SentAt     db.Time
	AnsweredAt db.Time
}

// answerWithin is how long a referral of the past may wait for an answer: what was promised then, nobody wrote down. It stands
// late on the day's page, and the clock does not tell of it.
const answerWithin = 7 * 24 * time.Hour

func (p Past) dueFrom() db.Time {
	if p.Status == Sent || p.Status == Received || p.Status == Waitlisted {
		return p.SentAt
	}
	return db.Time{}
}

func (p Past) dueAt() db.Time {
	if from := p.dueFrom(); !from.IsZero() {
		return db.At(from.Add(answerWithin))
	}
	return db.Time{}
}

// Known are the names of the old lists' referrals that are there already.
func (l *Loader) Known(ctx context.Context) (known map[string]bool, err error) {
	err = l.db.Read(ctx, func(r db.Reader) error {
		list, err := db.All(ctx, r, db.Value[string], `SELECT external_id FROM referral WHERE office_id = $1 AND external_id IS NOT NULL`, l.office.ID)
		known = make(map[string]bool, len(list))
		for _, name := range list {
			known[name] = true
		}
		return err
	})
	return known, err
}

// Write keeps referrals in their order, which is the order of their numbers; services that are not known yet are made.
func (l *Loader) Write(ctx context.Context, tx *journal.Tx, list []Past) error {
	days, names := make([]db.Date, len(list)), make([]string, len(list))
	for i, p := range list {
		days[i], names[i] = l.day(p, tx.Now()), p.Service
	}
	services, err := partner.ServicesNamed(ctx, tx, l.office.ID, names)
	if err != nil {
		return err
	}
	numbers, err := casefile.TakeNumbers(ctx, tx, l.office.ID, "referral", days)
	if err != nil {
		return err
	}
	rows := db.NewBulk("referral", "", "id", "office_id", "number", "external_id", "case_id", "service_id", "kind", "status", "sent_at", "answered_at",
		"due_from", "due_at", "created_at", "version")
	for i, p := range list {
		if err := rows.Add(ctx, tx, db.NewID(), l.office.ID, Number(numbers[i].Year, numbers[i].N), db.Text(p.Name), p.Case,
			services[partner.ServiceKey(p.Service)], cmp.Or(p.Kind, KindReferral), p.Status, p.SentAt, p.AnsweredAt, p.dueFrom(), p.dueAt(), tx.Now(), 1); err != nil {
			return err
		}
	}
	return rows.Flush(ctx, tx)
}

// day is the one whose year the number carries: when it was sent or, where nobody wrote that down, answered or taken in.
func (l *Loader) day(p Past, now db.Time) db.Date {
	for _, at := range []db.Time{p.SentAt, p.AnsweredAt} {
		if !at.IsZero() {
			return db.DayOf(at.Time, l.office.Zone)
		}
	}
	return db.DayOf(now.Time, l.office.Zone)
}
