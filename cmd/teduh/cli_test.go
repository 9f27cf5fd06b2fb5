package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"teduh/internal/db"
	"teduh/internal/testkit/pg"
)

// asked runs a command on the installation and gives its JSON.
func (s *server) asked(into any, args ...string) {
	s.t.Helper()
	if out := s.says(append(args, "--json")...); json.Unmarshal([]byte(out), into) != nil {
		s.t.Fatalf("%v gives no JSON: %s", args, out)
	}
}

// refuses runs a command that must fail: with this code, one line on standard error and nothing on standard output.
func refuses(t *testing.T, want int, words string, args ...string) {
	t.Helper()
	code, out, errs := command(args...)
	if code != want || !strings.Contains(errs, words) || strings.Count(errs, "\n") != 1 || out != "" {
		t.Errorf("%v: exit %d, want %d; said %q %q, want %q", args, code, want, out, errs, words)
	}
}

// withinASecond asks until it is so, for a second at most: POLICY 7 gives other processes that long.
func withinASecond(t *testing.T, what string, so func() bool) {
	t.Helper()
	for ended := time.Now(); !so(); {
		if time.Since(ended) > time.Second {
			t.Errorf("%s: not within a second", what)
			return
		}
	}
}

// The administrator hires, promotes, takes back and ends accounts while the office is at work; each takes hold within a second.
func TestAccountsAreManagedWhileTheOfficeIsAtWork(t *testing.T) {
	s := newServer(t)
	s.start()
	roles := func() string {
		_, me, err := s.ask(http.MethodGet, "/api/v1/me", "", "")
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(me["roles"])
	}
	if got := roles(); !strings.Contains(got, "worker") || strings.Contains(got, "head") {
		t.Errorf("roles: %s", got)
	}
	s.says("user", "grant", "pekerja@example.org", "--role", "head", "--unit", "21.72")
	withinASecond(t, "the grant", func() bool { return strings.Contains(roles(), "head") })
	s.says("user", "revoke", "pekerja@example.org", "--role", "head", "--unit", "lk3 uji")
	withinASecond(t, "taking it back", func() bool { return !strings.Contains(roles(), "head") })
	var accounts []struct {
		ID, Email, Name string
		Disabled        bool
		Roles           []struct{ Role, Unit string }
	}
	s.asked(&accounts, "user", "list")
	if len(accounts) != 2 || accounts[1].Email != "pekerja@example.org" || accounts[1].Roles[0].Role != "worker" || accounts[1].Roles[0].Unit != "LK3 Uji" {
		t.Errorf("accounts: %+v", accounts)
	}
	if link := s.says("user", "link", "pekerja@example.org", "--base-url", "https://teduh.example"); !regexp.MustCompile(`^https://teduh\.example/masuk/tautan/[\w-]{43}\n$`).MatchString(link) {
		t.Errorf("the link: %q", link)
	}
	if out := s.says("token", "create", "--user", "pekerja@example.org", "--name", "uji", "--expires", "90d"); !regexp.MustCompile(`^teduh_[\w-]{43}\n$`).MatchString(out) {
		t.Errorf("the token does not stand alone: %q", out)
	}
	s.says("user", "disable", "pekerja@example.org")
	withinASecond(t, "the end", func() bool {
		status, _, err := s.ask(http.MethodGet, "/api/v1/me", "", "")
		return err == nil && status == http.StatusUnauthorized
	})
}

// Units are named by id, region or name, and may be left out while there is one office alone.
func TestAUnitIsNamedByIdRegionOrName(t *testing.T) {
	s := newServer(t)
	var made struct{ ID string }
	s.asked(&made, "unit", "add", "--name", "LK3 Sebelah", "--region", "21.71", "--prefix", "SBL")
	var units []struct{ ID, Kind, Name, Region, Prefix string }
	s.asked(&units, "unit", "list")
	if len(units) != 2 || units[1].ID != made.ID || units[1].Name != "LK3 Sebelah" || units[1].Prefix != "SBL" {
		t.Errorf("units: %+v", units)
	}
	for i, unit := range []string{made.ID, "21.71", "LK3 Sebelah"} {
		s.says("user", "add", "--email", fmt.Sprintf("orang%d@example.org", i), "--name", "Orang", "--role", "worker", "--unit", unit)
	}
	add := []string{"user", "add", "--data", s.dir, "--email", "siapa@example.org", "--name", "Siapa", "--role", "worker"}
	refuses(t, 1, "unit", add...)
	refuses(t, 1, "unit", append(add, "--unit", "LK3 Entah")...)
	refuses(t, 1, "unit", "unit", "add", "--data", s.dir, "--name", "x", "--region", "21.71", "--prefix", "Y", "--parent", "nowhere")
	partners := append(slices.Clone(add[:len(add)-1]), "partner", "--unit", "21.71")
	refuses(t, 2, "--partner ID", partners...)
	refuses(t, 2, "no id of a partner", append(partners, "--partner", "puskesmas")...)
	refuses(t, 1, "partner", append(partners, "--partner", made.ID)...)
	refuses(t, 2, "--role partner", append(add, "--unit", "21.71", "--partner", made.ID)...)
	if strings.Contains(s.says("user", "list"), "siapa@") {
		t.Error("an account was made for a refused command")
	}
}

// What is used wrongly is told in one line with exit code 2, what fails with 1, what waits with 3.
func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	refuses(t, 2, "unknown flag --colour", "version", "--colour")
	refuses(t, 2, "unexpected argument", "dance")
	refuses(t, 2, "--office", "init", "--data", dir, "--region", "21.72", "--admin", "a@example.org")
	refuses(t, 2, "region code", "init", "--data", dir, "--office", "x", "--region", "99.99", "--admin", "a@example.org")
	refuses(t, 2, "--role", "serve", "--data", dir, "--role", "everything")
	refuses(t, 2, "90d", "token", "create", "--data", dir, "--user", "a@example.org", "--name", "x", "--expires", "soon")
	refuses(t, 2, "90d", "token", "create", "--data", dir, "--user", "a@example.org", "--name", "x", "--expires=-1h")
	refuses(t, 2, "127.0.0.1", "demo", "--data", dir, "--listen", "0.0.0.0:8080")
	refuses(t, 1, "choose another --listen", "serve", "--data", dir, "--listen", "256.0.0.1:1")
	refuses(t, 1, "", "user", "disable", "nobody@example.org", "--data", dir)
	fresh := t.TempDir()
	if code, out, _ := command("migrate", "--check", "--data", fresh); code != 3 || !strings.Contains(out, "0001_foundation") {
		t.Errorf("a fresh place: exit %d, %q", code, out)
	}
	if code, out, _ := command("migrate", "--json", "--data", fresh); code != 0 || !strings.Contains(out, `"applied"`) {
		t.Errorf("bringing it up: exit %d, %q", code, out)
	}
	if code, out, _ := command("migrate", "--check", "--json", "--data", fresh); code != 0 || strings.TrimSpace(out) != "[]" {
		t.Errorf("afterwards: exit %d, %q", code, out)
	}
	code, _, errs := command("user", "disable", "nobody@example.org", "--data", fresh, "--json")
	var told struct{ Error, Code string }
	if json.Unmarshal([]byte(errs), &told) != nil || code != 1 || told.Code != "not_found" || told.Error == "" {
		t.Errorf("an error for machines: exit %d, %q", code, errs)
	}
}

// Every flag is also an environment variable, and help shows it.
func TestFlagsAreEnvironmentVariablesToo(t *testing.T) {
	code, help, _ := command("serve", "--help")
	for _, name := range []string{"TEDUH_DATA", "TEDUH_DATABASE", "TEDUH_LISTEN", "TEDUH_BASE_URL", "TEDUH_ROLE", "TEDUH_METRICS_LISTEN"} {
		if code != 0 || !strings.Contains(help, "$"+name) {
			t.Errorf("help does not name %s", name)
		}
	}
	t.Setenv("TEDUH_DATA", t.TempDir())
	t.Setenv("TEDUH_JSON", "true")
	if code, out, errs := command("migrate"); code != 0 || !strings.Contains(out, `"applied"`) {
		t.Errorf("exit %d, %q %q", code, out, errs)
	}
	var version struct{ Version, Go string }
	if _, out, _ := command("version"); json.Unmarshal([]byte(out), &version) != nil || version.Version == "" || !strings.HasPrefix(version.Go, "go1.") {
		t.Errorf("version: %q", out)
	}
}

// A request under way when the program is told to stop is finished and kept, and the program ends with 0.
func TestWhatIsUnderWayIsFinished(t *testing.T) {
	s := newServer(t)
	s.start()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	body := told("terakhir")
	_, err = fmt.Fprintf(conn, "POST /api/v1/requests HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		s.token, len(body))
	if err != nil {
		t.Fatal(err)
	}
	first := make([]byte, len("HTTP/1.1 100"))
	if _, err := io.ReadFull(conn, first); err != nil || !strings.HasSuffix(string(first), "100") {
		t.Fatalf("%q %v", first, err) // the program is reading the body now
	}
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.gone()
	if _, err := io.WriteString(conn, body); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(conn)
	if err != nil || !strings.Contains(string(rest), "201 Created") {
		t.Errorf("%q %v", rest, err)
	}
	if err := s.process.Wait(); err != nil {
		t.Errorf("the end: %v", err)
	}
	s.start()
	s.counted(1)
}

// gone waits until nobody new is let in.
func (s *server) gone() {
	s.t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); {
		conn, err := (&net.Dialer{}).DialContext(s.t.Context(), "tcp", strings.TrimPrefix(s.address, "http://"))
		if errors.Is(err, syscall.ECONNREFUSED) {
			return
		}
		if err == nil {
			_ = conn.Close()
		}
	}
	s.t.Fatal("the program still lets people in")
}

var place = regexp.MustCompile(`http://[\d.:]+`)

// at starts the program with more flags and gives the addresses it says, one a line.
func (s *server) at(lines int, flags ...string) []string {
	s.t.Helper()
	cmd := exec.CommandContext(s.t.Context(), s.program, slices.Concat([]string{"serve", "--data", s.dir}, flags)...)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	said := make([]byte, 0, 256)
	for strings.Count(string(said), "\n") < lines {
		part := make([]byte, 256)
		n, err := out.Read(part)
		if err != nil {
			s.t.Fatalf("%v after %q", err, said)
		}
		said = append(said, part[:n]...)
	}
	return place.FindAllString(string(said), -1)
}

func get(t *testing.T, address string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = got.Body.Close() }() // it is read
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return got.StatusCode, string(text)
}

// Prometheus asks at a listener of its own; the office's address tells it nothing.
func TestHealthAndMetrics(t *testing.T) {
	s := newServer(t)
	said := s.at(2, "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0")
	metrics, office := said[0], said[1]
	for path, want := range map[string]string{"/healthz": "ok\n", "/readyz": "ready\n"} {
		if status, body := get(t, office+path); status != http.StatusOK || body != want {
			t.Errorf("%s: %d %q", path, status, body)
		}
	}
	if status, _ := get(t, office+"/metrics"); status != http.StatusNotFound {
		t.Errorf("the office's address tells metrics: %d", status)
	}
	status, body := get(t, metrics+"/metrics")
	for _, word := range []string{`teduh_http_requests_total{code="200",method="get"} 2`, "teduh_http_request_duration_seconds_bucket", "process_resident_memory_bytes", "go_goroutines", `go_sql_open_connections{db_name="teduh"}`} {
		if status != http.StatusOK || !strings.Contains(body, word) {
			t.Errorf("%d, %s is missing", status, word)
		}
	}
	if strings.Contains(body, "LK3") || strings.Contains(body, "healthz") {
		t.Error("metrics tell of addresses or offices")
	}
	if status, _ := get(t, metrics+"/healthz"); status != http.StatusNotFound {
		t.Errorf("the listener of metrics answers other things: %d", status)
	}
}

// The web and the jobs may be two processes: the one of the jobs lets changes join the audit log and serves nobody.
func TestTheJobsOfTheirOwnProcess(t *testing.T) {
	s := newServer(t)
	said := s.at(2, "--role", "jobs", "--metrics-listen", "127.0.0.1:0")
	if len(said) != 1 {
		t.Errorf("it says %v", said)
	}
	d, err := db.Open(t.Context(), db.Config{Dir: s.dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	for end := time.Now().Add(20 * time.Second); ; {
		var heads int
		if err := d.Raw().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM audit_head").Scan(&heads); err != nil {
			t.Fatal(err)
		}
		if heads > 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatal("nothing joined the audit log")
		}
	}
}

// The auditor notes a head; later somebody with the database alone rewrites a change, and it is found.
func TestTheAuditLogIsVerified(t *testing.T) {
	s := newServer(t)
	out := s.says("audit", "verify")
	head := regexp.MustCompile(`Head (\d+:\S+)`).FindStringSubmatch(out)
	if !strings.HasPrefix(out, "Sound: ") || head == nil {
		t.Fatalf("%q", out)
	}
	s.says("user", "add", "--email", "baru@example.org", "--name", "Baru", "--role", "worker")
	s.says("audit", "verify", "--head", head[1])
	refuses(t, 2, "SIZE:ROOT", "audit", "verify", "--data", s.dir, "--head", "12")
	d, err := db.Open(t.Context(), db.Config{Dir: s.dir})
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Raw().ExecContext(t.Context(), `DROP TRIGGER change_kept; UPDATE change SET actor_id = NULL, code = 'user.disabled' WHERE code = 'user.granted'`)
	if err = errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	code, lines, errs := command("audit", "verify", "--data", s.dir)
	if code != 1 || !strings.Contains(lines, "is not what it was") || strings.Count(errs, "\n") != 1 {
		t.Errorf("exit %d: %q %q", code, lines, errs)
	}
	var proof struct {
		Size     int
		Findings []string
	}
	_, lines, _ = command("audit", "verify", "--json", "--data", s.dir)
	if json.Unmarshal([]byte(lines), &proof) != nil || len(proof.Findings) < 2 || proof.Size < 5 {
		t.Errorf("for machines: %q", lines)
	}
}

// The key that signs is the installation's own: with another master key nothing agrees.
func TestTheHeadIsSignedWithTheInstallationsKey(t *testing.T) {
	s := newServer(t)
	s.says("audit", "verify")
	if err := os.WriteFile(filepath.Join(s.dir, "master.key"), []byte(strings.Repeat("x", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := command("audit", "verify", "--data", s.dir); code == 0 {
		t.Errorf("another key signs as well: %q", out)
	}
}

// An installation on PostgreSQL obeys the same commands.
func TestTheSameCommandsOnPostgres(t *testing.T) {
	dsn := pg.Fresh(t, pg.Template(t, "empty", func(string) error { return nil }))
	at := []string{"--data", t.TempDir(), "--database", dsn}
	for _, c := range []struct{ args, says string }{
		{"migrate --check", "0001_foundation"},
		{"init --office LK3 --region 21.72 --admin admin@example.org", "is ready"},
		{"migrate --check", ""},
		{"user add --email pekerja@example.org --name Pekerja --role worker", "Added"},
		{"user list", "worker at LK3"},
		{"unit list", "21.72"},
		{"token create --user pekerja@example.org --name uji", "teduh_"},
		{"audit verify", "Sound"},
		{"doctor", "ok    journal"},
	} {
		code, out, errs := command(append(strings.Fields(c.args), at...)...)
		want := 0
		if c.says == "0001_foundation" {
			want = 3
		}
		if code != want || !strings.Contains(out, c.says) {
			t.Errorf("%s: exit %d, %q %q", c.args, code, out, errs)
		}
	}
}
