package app_test

import (
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"teduh/internal/app"
	"teduh/internal/testkit/pg"
)

// line is a way to PostgreSQL that can be cut.
type line struct {
	net.Listener
	mu    sync.Mutex
	conns []net.Conn
}

// lay lays a line to where the address leads, and gives the address of its near end.
func lay(t *testing.T, dsn string) (*line, string) {
	t.Helper()
	to, err := pgx.ParseConfig(dsn)
	must(t, err)
	l := &line{}
	l.Listener, err = (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(l.cut)
	socket := filepath.Join(to.Host, ".s.PGSQL."+strconv.Itoa(int(to.Port)))
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := (&net.Dialer{}).DialContext(t.Context(), "unix", socket)
			if err != nil {
				_ = near.Close()
				return
			}
			l.mu.Lock()
			l.conns = append(l.conns, near, far)
			l.mu.Unlock()
			go func() { _, _ = io.Copy(near, far) }() // ends when the line is cut
			go func() { _, _ = io.Copy(far, near) }()
		}
	}()
	return l, "postgres://" + to.User + "@" + l.Addr().String() + "/" + to.Database + "?sslmode=disable"
}

func (l *line) cut() {
	_ = l.Close() // it may be cut already
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.conns {
		_ = c.Close()
	}
}

// Where the database is away, a program is told to come back, and the installation is not ready.
func TestADatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	l, dsn := lay(t, pg.Fresh(t, pg.Template(t, "empty", func(string) error { return nil })))
	w := open(t, app.Config{Dir: t.TempDir(), Postgres: dsn, Demo: true})
	if got := w.ask("worker", "GET", "/api/v1/people", ""); got.Code != http.StatusOK {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	l.cut()
	for range 3 {
		got := w.ask("worker", "GET", "/api/v1/people", "")
		seconds, err := strconv.Atoi(got.Header().Get("Retry-After"))
		if got.Code != http.StatusServiceUnavailable || err != nil || seconds < 1 || got.JSON["code"] != "unavailable" || got.JSON["reference"] == "" {
			t.Errorf("%d, Retry-After %q: %s", got.Code, got.Header().Get("Retry-After"), got.Body)
		}
	}
	if got := w.ask("", "GET", "/readyz", ""); got.Code != http.StatusServiceUnavailable {
		t.Errorf("ready: %d", got.Code)
	}
	if got := w.ask("", "GET", "/healthz", ""); got.Code != http.StatusOK {
		t.Errorf("alive: %d", got.Code)
	}
}
