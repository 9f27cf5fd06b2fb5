package app

import (
	"context"
	"log/slog"
	"time"

	"teduh/internal/db"
)

// How often the clock looks after things: changes join the audit tree soon after they happened, and what is forgotten or
// may have come late is looked for by the hour.
const (
	joinEvery = 2 * time.Second
	lookEvery = time.Minute
	tidyEvery = time.Hour
)

// Work does what is due by itself until ctx ends. One of the processes on a database does it («serve --role»); several may.
func (a *App) Work(ctx context.Context) {
	a.tidy(ctx)
	join, look, tidy := time.NewTicker(joinEvery), time.NewTicker(lookEvery), time.NewTicker(tidyEvery)
	defer join.Stop()
	defer look.Stop()
	defer tidy.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tidy.C:
			a.tidy(ctx)
		case <-look.C:
			_, err := a.Referrals.Look(ctx)
			a.worked(ctx, "the clock of referrals could not be looked at", err)
		case <-join.C:
			_, err := a.Tree.Append(ctx, false)
			a.worked(ctx, "changes could not join the audit tree", err)
		}
	}
}

// tidy forgets the keys of requests that are not answered again, and lets late changes join.
func (a *App) tidy(ctx context.Context) {
	a.worked(ctx, "old keys could not be forgotten", a.Journal.ForgetClaims(ctx, db.At(a.Config.Now().Add(-claimLasts))))
	_, err := a.Tree.Append(ctx, true)
	a.worked(ctx, "changes could not join the audit tree", err)
}

// worked tells the log what went wrong; the clock goes on and tries again.
func (a *App) worked(ctx context.Context, words string, err error) {
	if err != nil && ctx.Err() == nil {
		slog.ErrorContext(ctx, words, "error", err)
	}
}
