package importer

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"sync/atomic"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
)

// run is a list at work on this machine.
type run struct {
	rows, of atomic.Int64
	done     chan struct{}
}

func (l *Lists) of(id db.ID) *run {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.runs[id]
}

// Progress is how far a list is on this machine: rows, and of how many where that is known.
func (l *Lists) Progress(id db.ID) (rows, of int64) {
	if r := l.of(id); r != nil {
		return r.rows.Load(), r.of.Load()
	}
	return 0, 0
}

// Await waits until a list is no longer at work here, a little while at most: a small list is ready before its page is drawn.
func (l *Lists) Await(ctx context.Context, id db.ID, most time.Duration) {
	r := l.of(id)
	if r == nil {
		return
	}
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-r.done:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// begin works at a list beside the request.
func (l *Lists) begin(a access.Actor, list List) {
	r := &run{done: make(chan struct{})}
	l.mu.Lock()
	l.runs[list.ID] = r
	l.mu.Unlock()
	l.working.Go(func() {
		defer func() {
			l.mu.Lock()
			delete(l.runs, list.ID)
			l.mu.Unlock()
			close(r.done)
		}()
		if err := l.work(l.ctx, a, list, r); err != nil && l.ctx.Err() == nil {
			slog.Error("a list could not be worked at", "list", list.ID, "state", list.State, "error", err)
			l.fail(list)
		}
	})
}

// errOthers is met where the list is no longer this machine's.
var errOthers = errors.New("importer: the list went on elsewhere")

func (l *Lists) work(ctx context.Context, a access.Actor, list List, r *run) error {
	file, err := l.crate.get(list.ID, list.Size)
	if errors.Is(err, fs.ErrNotExist) {
		return l.service.DB.Write(ctx, func(tx db.Tx) error { return forgetList(ctx, tx, list.ID) })
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // was only read
	options := SheetOptions{Kind: list.Kind, Columns: list.Meanings, SkipBad: list.SkipBad, Progress: func(step string, rows, of int) {
		r.rows.Store(int64(rows))
		r.of.Store(int64(of))
		if step == Checking && rows%beatEvery == 0 {
			l.beat(ctx, list)
		}
	}}
	x, err := l.service.checkedSheet(ctx, a, File{Name: list.Name, From: file, Size: list.Size}, options)
	var wrong *Refused
	if err != nil && !errors.As(err, &wrong) {
		return err
	}
	if list.State == StateChecking {
		return l.checked(ctx, list, x.result, wrong)
	}
	if wrong != nil || x.result.Problems.Total > 0 && !list.SkipBad { // the office has changed since it was checked
		return l.finish(ctx, list, StateReady, reportOf(x.result))
	}
	return l.take(ctx, list, x)
}

// beatEvery is after how many checked rows a list shows that it goes on.
const beatEvery = 20_000

func (l *Lists) beat(ctx context.Context, list List) {
	err := l.service.DB.Write(ctx, func(tx db.Tx) error {
		_, err := updateBeat(ctx, tx, list.ID, list.State, 0, db.At(l.service.Now()))
		return err
	})
	if err != nil && ctx.Err() == nil {
		slog.Warn("a list could not show that it goes on", "list", list.ID, "error", err)
	}
}

func (l *Lists) checked(ctx context.Context, list List, r SheetResult, wrong *Refused) error {
	state := StateReady
	if wrong != nil {
		state = StateRefused
	}
	return l.finish(ctx, list, state, reportOf(r))
}

// take writes the rows, each group with how far the list is, so that nothing is taken twice when another machine goes on.
func (l *Lists) take(ctx context.Context, list List, x *sheet) error {
	written := list.Written // more than none where another machine stopped
	if x.result.New > 0 {
		err := x.write(ctx, func(n int, fn func(*journal.Tx) error) error {
			err := l.service.Journal.Write(ctx, func(tx *journal.Tx) error {
				if err := fn(tx); err != nil {
					return err
				}
				mine, err := updateBeat(ctx, tx, list.ID, StateWriting, written+n, tx.Now())
				if err == nil && !mine {
					err = errOthers
				}
				return err
			})
			written += n
			return err
		})
		if err != nil {
			return err
		}
	}
	report := reportOf(x.result)
	report.First = nil
	report.New, report.Known = report.New+list.Written, report.Known-list.Written
	if err := l.finish(ctx, list, StateDone, report); err != nil {
		return err
	}
	return errors.Join(l.crate.remove(list.ID), l.service.DB.Learn(ctx))
}

func (l *Lists) finish(ctx context.Context, list List, state string, r Report) error {
	report, err := l.seal(list.ID, r)
	if err != nil {
		return err
	}
	return l.service.DB.Write(ctx, func(tx db.Tx) error {
		_, err := updateReport(ctx, tx, list.ID, list.State, state, report)
		return err
	})
}

// fail lets a list be tried again after an accident.
func (l *Lists) fail(list List) {
	to := StateFailed
	if list.State == StateChecking {
		to = StateRefused
	}
	err := l.service.DB.Write(l.ctx, func(tx db.Tx) error {
		_, err := moveList(l.ctx, tx, list.ID, [2]string{list.State, list.State}, to, db.At(l.service.Now()))
		return err
	})
	if err != nil {
		slog.Error("a list could not be marked as failed", "list", list.ID, "error", err)
	}
}

// sweepEvery is how often old lists are looked for.
const sweepEvery = 10 * time.Minute

// tidyUp deletes old lists while the program runs.
func (l *Lists) tidyUp() {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-l.ctx.Done():
			return
		case <-tick.C:
			if err := l.Sweep(l.ctx); err != nil && l.ctx.Err() == nil {
				slog.Error("old lists could not be deleted", "error", err)
			}
		}
	}
}
