package intake

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/unit"
)

// Alerts are the requests that can't wait and that call the actor: those on duty at once, the stand-ins and the heads when
// nobody takes one. One that was taken stays until someone was reached, with who has it.
func (s *Service) Alerts(ctx context.Context, a access.Actor) (list []Request, err error) {
	if err := a.Require(access.RequestRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		settings, err := s.office.In(ctx, r, a.Office.ID)
		if err != nil {
			return err
		}
		rows, err := selectUrgent(ctx, r, a.Scope())
		if err != nil {
			return err
		}
		for _, row := range rows {
			if !calls(settings.Duty, a, waited(row.q, s.now())) {
				continue
			}
			q, err := s.open(row)
			if err != nil {
				return err
			}
			list = append(list, q)
		}
		return nil
	})
	return list, err
}

// waited is how long nobody took a request; the waiting ends when it is taken.
func waited(q Request, now time.Time) time.Duration {
	if !q.TakenAt.IsZero() {
		now = q.TakenAt.Time
	}
	return now.Sub(q.RecordedAt.Time)
}

// calls tells whether someone is called after a wait. With nobody named, all who handle requests are on duty.
func calls(d unit.Duty, a access.Actor, waited time.Duration) bool {
	switch {
	case len(d.First) == 0 && a.Can(access.RequestHandle), slices.Contains(d.First, a.User):
		return true
	case waited >= time.Duration(d.ToStand)*time.Minute && slices.Contains(d.StandIns, a.User):
		return true
	}
	return waited >= time.Duration(d.ToHead)*time.Minute && a.Has(access.Head)
}

// bell wakes those who listen at an office when a request there has changed.
type bell struct {
	mu        sync.Mutex
	listeners map[db.ID]map[chan struct{}]struct{}
	ended     chan struct{}
	once      sync.Once
}

// EndStreams ends every open stream of alerts, when the server stops.
func (s *Service) EndStreams() { s.bell.once.Do(func() { close(s.bell.ended) }) }

// hear is told of every change after its commit and returns at once.
func (b *bell) hear(c journal.Change) {
	if !strings.HasPrefix(c.Code, "request.") {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for listener := range b.listeners[c.Office] {
		select {
		case listener <- struct{}{}:
		default: // it has been woken and will look
		}
	}
}

// listen gives a channel that is woken, and how to stop listening.
func (b *bell) listen(office db.ID) (woken <-chan struct{}, stop func()) {
	ch := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.listeners == nil {
		b.listeners = map[db.ID]map[chan struct{}]struct{}{}
	}
	if b.listeners[office] == nil {
		b.listeners[office] = map[chan struct{}]struct{}{}
	}
	b.listeners[office][ch] = struct{}{}
	return ch, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.listeners[office], ch)
	}
}
