// Package journal keeps what happened: a change with every act, and a log of who read what.
//
// Record writes a Change in the transaction of the act itself, so that there is no act without its trace and no trace
// without its act. The rows are audit log, timeline and outbox in one: a case's timeline tells them in sentences by
// their code (catalog key "change." + code), and listeners registered with OnCommit learn of them once they are durable.
// A Change's detail holds words of closed sets, numbers and ids, never anything sealed and never a name.
//
// Readings are logged in batches within a second (Log), or before the answer leaves where the case is secret (LogNow).
// Claims make a repeated request answer like the first: the claim is written with the first change of the transaction.
package journal

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"teduh/internal/db"
)

// Change is one thing that happened.
type Change struct {
	ID      db.ID
	At      db.Time
	Office  db.ID
	Actor   db.ID  // zero for the system
	Code    string // "case.opened"; the catalog has "change.case.opened"
	Kind    string // kind of the subject: case, request, person …
	Subject db.ID
	Case    db.ID // whose timelines it stands on
	Request db.ID
	Person  db.ID
	Detail  Detail
}

// Detail holds what the sentence needs beyond the code: words of closed sets, numbers, ids, days.
type Detail map[string]any

// Journal writes changes and tells the listeners.
type Journal struct {
	db        *db.DB
	now       func() time.Time
	mu        sync.RWMutex
	listeners []func(Change)
	readings  chan Reading
	done      chan struct{}
}

// New makes the journal of an installation; Close writes what is still waiting.
func New(d *db.DB, now func() time.Time) *Journal {
	j := &Journal{db: d, now: now, readings: make(chan Reading, 4096), done: make(chan struct{})}
	go j.keepReadings()
	return j
}

// Close writes the readings that wait and stops.
func (j *Journal) Close() {
	close(j.readings)
	<-j.done
}

// OnCommit registers a listener; it is called in turn after each commit and must return at once.
func (j *Journal) OnCommit(fn func(Change)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.listeners = append(j.listeners, fn)
}

// Write runs fn in one transaction and, when that is durable, tells the listeners what fn recorded.
func (j *Journal) Write(ctx context.Context, fn func(tx *Tx) error) error {
	var tx *Tx
	err := j.db.Write(ctx, func(plain db.Tx) error {
		tx = &Tx{Tx: plain, now: j.now()}
		return fn(tx)
	})
	if err != nil {
		return err
	}
	if tx.claim != nil {
		tx.claim.Held = true
	}
	j.mu.RLock()
	defer j.mu.RUnlock()
	for _, c := range tx.changes {
		for _, listen := range j.listeners {
			listen(c)
		}
	}
	return nil
}

// Tx is a transaction that records what it changes.
type Tx struct {
	db.Tx
	now     time.Time
	changes []Change
	claim   *Claim // that this transaction takes
}

// Now is the one instant of the transaction.
func (t *Tx) Now() db.Time { return db.At(t.now) }

// Record writes a change; its ID and, where unset, its time are filled in.
func (t *Tx) Record(ctx context.Context, c Change) error {
	c.ID = db.NewID()
	if c.At.IsZero() {
		c.At = t.Now()
	}
	if err := t.take(ctx, c); err != nil {
		return err
	}
	detail, err := json.Marshal(c.Detail)
	if err != nil {
		return fmt.Errorf("journal: detail of %s: %w", c.Code, err)
	}
	if err := insertChange(ctx, t, c, string(detail)); err != nil {
		return err
	}
	t.changes = append(t.changes, c)
	return nil
}

// Page asks for changes from newest to oldest, before a cursor.
type Page struct {
	Before db.ID // zero: from the newest
	Limit  int
	Codes  []string // only these codes; none means all

	Without []db.ID // subjects that the one who asks may not know
}

// OfCase reads a case's timeline; scope is the caller's, who has opened the case.
func OfCase(ctx context.Context, r db.Reader, caseID db.ID, p Page) ([]Change, error) {
	return changesOf(ctx, r, "case_id", caseID, p)
}

// OfRequest reads a request's timeline.
func OfRequest(ctx context.Context, r db.Reader, requestID db.ID, p Page) ([]Change, error) {
	return changesOf(ctx, r, "request_id", requestID, p)
}

// OfPerson reads a person's timeline.
func OfPerson(ctx context.Context, r db.Reader, personID db.ID, p Page) ([]Change, error) {
	return changesOf(ctx, r, "person_id", personID, p)
}

// RecordMany writes the changes of an import. They are history: no listener is told of them, and no claim is taken.
func (t *Tx) RecordMany(ctx context.Context, changes []Change) error {
	rows := db.NewBulk("change", "", strings.Split(changeColumns, ", ")...)
	for _, c := range changes {
		detail, err := json.Marshal(c.Detail)
		if err != nil {
			return fmt.Errorf("journal: detail of %s: %w", c.Code, err)
		}
		if c.At.IsZero() {
			c.At = t.Now()
		}
		if err := rows.Add(ctx, t, db.NewID(), c.At, c.Office, c.Actor, c.Code, c.Kind, c.Subject, c.Case, c.Request, c.Person, string(detail)); err != nil {
			return err
		}
	}
	return rows.Flush(ctx, t)
}
