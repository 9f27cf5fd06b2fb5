package journal

import (
	"context"
	"log/slog"
	"time"

	"teduh/internal/db"
)

// The reasons for a reading.
const (
	WhyWork       = "work"
	WhySearch     = "search"
	WhyBreakGlass = "break_glass"
	WhyExport     = "export"
)

// Reading is one look at a case, a note, a person, an attachment or a request.
type Reading struct {
	ID      db.ID // its place in the log; made when it is written
	At      db.Time
	Office  db.ID
	Actor   db.ID
	Kind    string
	Subject db.ID
	Case    db.ID
	Why     string
	Origin  string // "page", "api", "export": the door, never an address of the network
}

const (
	batchSize = 2000
	batchWait = 500 * time.Millisecond
)

// Log keeps a reading within a second.
func (j *Journal) Log(r Reading) {
	if r.At.IsZero() {
		r.At = db.At(j.now())
	}
	j.readings <- r
}

// LogNow keeps a reading before it returns: for secret cases and break-glass.
func (j *Journal) LogNow(ctx context.Context, r Reading) error {
	if r.At.IsZero() {
		r.At = db.At(j.now())
	}
	return j.db.Write(ctx, func(tx db.Tx) error { return insertReadings(ctx, tx, []Reading{r}) })
}

// LogAllNow keeps many readings before it returns: for what leaves as a file.
func (j *Journal) LogAllNow(ctx context.Context, batch []Reading) error {
	for i := range batch {
		if batch[i].At.IsZero() {
			batch[i].At = db.At(j.now())
		}
	}
	return j.db.Write(ctx, func(tx db.Tx) error { return insertReadings(ctx, tx, batch) })
}

func (j *Journal) keepReadings() {
	defer close(j.done)
	for first := range j.readings {
		batch := j.gather(first)
		if err := j.writeReadings(batch); err != nil {
			slog.Error("the log of readings could not be written", "readings", len(batch), "error", err)
		}
	}
}

// gather takes what comes within the wait, so that many readings cost one write.
func (j *Journal) gather(first Reading) []Reading {
	batch := append(make([]Reading, 0, batchSize), first)
	timer := time.NewTimer(batchWait)
	defer timer.Stop()
	for len(batch) < batchSize {
		select {
		case r, ok := <-j.readings:
			if !ok {
				return batch
			}
			batch = append(batch, r)
		case <-timer.C:
			return batch
		}
	}
	return batch
}

func (j *Journal) writeReadings(batch []Reading) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	return j.db.Write(ctx, func(tx db.Tx) error { return insertReadings(ctx, tx, batch) })
}

// ReadingsOf tells who read a subject that stands in no case, such as a person, newest first.
func ReadingsOf(ctx context.Context, r db.Reader, subject db.ID, p Page) ([]Reading, error) {
	return readingsOf(ctx, r, "subject_id = $1 AND case_id IS NULL", subject, p)
}

// ReadingsOfCase tells who read a case or anything in it, newest first.
func ReadingsOfCase(ctx context.Context, r db.Reader, caseID db.ID, p Page) ([]Reading, error) {
	return readingsOf(ctx, r, "case_id = $1", caseID, p)
}

// OpenedBy tells what someone opened at an office, newest first: cases, people, families, other clients and requests. What
// a search merely found is not among them, nor are the notes inside a case.
func OpenedBy(ctx context.Context, r db.Reader, office, actor db.ID, most int) ([]Reading, error) {
	return openedBy(ctx, r, office, actor, most)
}
