package app

import (
	"context"
	"net/http"
	"time"

	"teduh/internal/ops"
)

// health says that the program is alive, and nothing else.
func (a *App) health(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") }

// leastRoom is the room on the disk, in bytes, below which no work should be sent here.
const leastRoom = 64 << 20

// ready says that work can be done: the database answers, its schema is right, and the disk is not full.
func (a *App) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	waiting, err := a.DB.Pending(ctx)
	room, known := ops.Room(a.Config.Dir)
	if err != nil || len(waiting) > 0 || known && room < leastRoom {
		plain(w, http.StatusServiceUnavailable, "not ready")
		return
	}
	plain(w, http.StatusOK, "ready")
}

func plain(w http.ResponseWriter, status int, word string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(word + "\n")) // an error means the asker has gone
}
