package intake

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/ui"
)

// lookEvery is how often an open stream looks by itself: for other nodes, for what goes on to the next by the clock, and
// for whether the listener may still listen, which must end within a second. A change on this node wakes it at once.
const lookEvery = 800 * time.Millisecond

// alerts streams urgent requests as server-sent events until the browser leaves or the sign-in ends.
func (p *Pages) alerts(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	woken, stop := p.service.bell.listen(a.Office.ID)
	defer stop()
	s := stream{w: w, flush: http.NewResponseController(w), shown: map[string]string{}}
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	if s.flush.Flush() != nil { // the browser learns at once that it is heard, or has gone
		return nil
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	// Once it has begun a stream can only end; the browser then connects anew and is told what is wrong.
	for p.look(r.Context(), a, &s) == nil {
		select {
		case <-r.Context().Done():
			return nil
		case <-p.service.bell.ended:
			return nil
		case <-woken:
		case <-tick.C:
		}
		var there bool
		if a, there = p.stillThere(r); !there {
			return nil
		}
	}
	return nil
}

// stillThere asks again who listens: a sign-in may have ended meanwhile, or a role.
func (p *Pages) stillThere(r *http.Request) (access.Actor, bool) {
	a, err := p.again(r)
	return a, err == nil && a.Can(access.RequestRead)
}

// look sends what is new or changed and what is gone.
func (p *Pages) look(ctx context.Context, a access.Actor, s *stream) error {
	list, err := p.service.Alerts(ctx, a)
	if err != nil {
		return err
	}
	now := map[string]string{}
	for _, q := range list {
		alert := alertOf(ctx, q, p.now())
		var html bytes.Buffer
		if err := ui.UrgentAlert(alert).Render(ctx, &html); err != nil {
			return err
		}
		now[alert.ID] = strings.ReplaceAll(html.String(), "\n", " ")
	}
	return s.send(now)
}

// stream is one browser that listens, and what it has been told.
type stream struct {
	w     http.ResponseWriter
	flush *http.ResponseController
	shown map[string]string
	quiet int
}

// heartbeatAfter is how many looks may pass in silence before a comment keeps the connection open.
const heartbeatAfter = 18

func (s *stream) send(now map[string]string) error {
	said := false
	for id, html := range now {
		if s.shown[id] != html {
			said = true
			if _, err := fmt.Fprintf(s.w, "event: alert\ndata: %s\n\n", html); err != nil {
				return err
			}
		}
	}
	for id := range s.shown {
		if _, stands := now[id]; !stands {
			said = true
			if _, err := fmt.Fprintf(s.w, "event: gone\ndata: %s\n\n", id); err != nil {
				return err
			}
		}
	}
	s.shown = now
	if s.quiet++; !said && s.quiet < heartbeatAfter {
		return nil
	}
	s.quiet = 0
	if !said {
		if _, err := fmt.Fprint(s.w, ": \n\n"); err != nil {
			return err
		}
	}
	return s.flush.Flush()
}
