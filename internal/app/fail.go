package app

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/partner/exchange"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// accident gives an error that is no refusal a reference number; the log holds the rest. Errors carry no sealed text.
func accident(ctx context.Context, err error) string {
	reference := rand.Text()[:8]
	switch {
	case errors.Is(err, context.Canceled):
		slog.InfoContext(ctx, "the reader left", "reference", reference)
	case errors.Is(err, db.ErrAway):
		slog.ErrorContext(ctx, "the database is away", "reference", reference, "error", err)
	default:
		slog.ErrorContext(ctx, "accident", "reference", reference, "error", err)
	}
	return reference
}

// fail tells an error to a person as a page.
func (a *App) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, journal.ErrClaimed) {
		return // claimed answers with what the first request was told
	}
	if web.IsAPI(r) || exchange.IsOpen(r) {
		a.failAPI(w, r, err)
		return
	}
	e, ok := fault.As(err)
	if ok && e.Status == http.StatusUnauthorized && r.Header.Get("Accept") == "text/event-stream" {
		plain(w, http.StatusUnauthorized, "signed out") // who listens is not led to a page
		return
	}
	if ok && e.Status == http.StatusUnauthorized && r.Method == http.MethodGet {
		http.Redirect(w, r, "/masuk?kembali="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	if ok && e.Status == http.StatusUnauthorized {
		http.Redirect(w, r, "/masuk?berakhir=1&kembali="+url.QueryEscape(cameFrom(r)), http.StatusSeeOther)
		return
	}
	if ok && e.Status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", strconv.Itoa(e.Data.(int)))
	}
	a.showTrouble(w, r, err)
}

// cameFrom is the page of ours whose form was sent: there the tab still holds what was typed.
func cameFrom(r *http.Request) string {
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.Host {
		return "/"
	}
	return web.LocalPath(from.RequestURI(), "/")
}

// retrySoon is when to come back while the disk is full or the database away, in seconds.
const retrySoon = "10"

func (a *App) showTrouble(w http.ResponseWriter, r *http.Request, err error) {
	ctx := r.Context()
	t := ui.Trouble{Title: i18n.T(ctx, "error.title"), Action: ui.Button{Text: i18n.T(ctx, "error.home"), Href: "/"}}
	status := http.StatusInternalServerError
	if e, ok := fault.As(err); ok {
		status, t.Lines = e.Status, []string{i18n.T(ctx, e.Key, e.Args...)}
		if status == http.StatusUnauthorized {
			t.Action = ui.Button{Text: i18n.T(ctx, "access.signin.do"), Href: "/masuk"}
		}
	} else {
		t.Lines, t.Reference = []string{i18n.T(ctx, "error.accident")}, accident(ctx, err)
		if unavailable(err) {
			status, t.Lines = http.StatusServiceUnavailable, []string{i18n.T(ctx, "error.unavailable")}
			w.Header().Set("Retry-After", retrySoon)
		}
	}
	page := web.PageInfo{Title: t.Title, Status: status}
	if err := web.ShowPage(w, r, page, ui.TroublePage(t)); err != nil {
		slog.ErrorContext(ctx, "the page of an error failed", "error", err)
	}
}
