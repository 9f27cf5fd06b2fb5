package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"teduh/internal/testkit/pg"
)

// server is the built program at work on an installation of its own.
type server struct {
	t       *testing.T
	program string
	dir     string
	dsn     string // of PostgreSQL; empty on SQLite
	token   string
	address string
	process *exec.Cmd
}

func newServer(t *testing.T) *server {
	t.Helper()
	return newServerOn(t, "")
}

// newServerOn works on PostgreSQL where an address is given.
func newServerOn(t *testing.T, dsn string) *server {
	t.Helper()
	s := &server{t: t, program: filepath.Join(t.TempDir(), "teduh"), dir: t.TempDir(), dsn: dsn}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", s.program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s.says("init", "--office", "LK3 Uji", "--region", "21.72", "--admin", "admin@example.org")
	s.says("user", "add", "--email", "pekerja@example.org", "--name", "Pekerja", "--role", "worker")
	s.token = strings.TrimSpace(s.says("token", "create", "--user", "pekerja@example.org", "--name", "uji"))
	return s
}

// says runs a command on the installation, which must go well.
func (s *server) says(args ...string) string {
	s.t.Helper()
	code, out, errs := command(append(args, s.place()...)...)
	if code != 0 {
		s.t.Fatalf("%v: %d %s", args, code, errs)
	}
	return out
}

// place names the installation on the command line.
func (s *server) place() []string {
	if s.dsn == "" {
		return []string{"--data", s.dir}
	}
	return []string{"--data", s.dir, "--database", s.dsn}
}

// start lets the program serve, and waits until it says where.
func (s *server) start() {
	s.t.Helper()
	s.process = exec.CommandContext(context.WithoutCancel(s.t.Context()), s.program, append([]string{"serve", "--listen", "127.0.0.1:0"}, s.place()...)...)
	s.process.Stderr = io.Discard // it tells of the accidents that are made here
	out, err := s.process.StdoutPipe()
	if err == nil {
		err = s.process.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(s.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.t.Fatal(err)
	}
	s.address = line[strings.Index(line, "http://") : len(line)-1]
}

// kill ends the program without a word, as the power does.
func (s *server) kill() {
	if s.process.ProcessState == nil {
		_ = s.process.Process.Kill() // it may have ended
		_ = s.process.Wait()         // tells that it was killed
	}
}

// ask sends a request; an error means the program is gone.
func (s *server) ask(method, path, body, key string) (status int, answer map[string]any, err error) {
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.address+path, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Header.Set("Content-Type", "application/json")
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = got.Body.Close() }() // the answer is read
	return got.StatusCode, answer, json.NewDecoder(got.Body).Decode(&answer)
}

// send posts a form of a page and answers the status and what the page says.
func (s *server) send(path string, form url.Values) string {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.address+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = got.Body.Close() }() // the answer is read
	body, err := io.ReadAll(got.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return got.Status + "\n" + string(body)
}

// told is a request as someone told it, by its key.
func told(key string) string { return fmt.Sprintf(`{"narrative":"Cerita %s"}`, key) }

// sending is what one writer sends under a key.
type sending struct{ key, path, body string }

// ledger is what was sent and what was acknowledged, by key.
type ledger struct {
	mu           sync.Mutex
	sent         []sending
	acknowledged map[string]string // the id that was answered
}

func (j *ledger) sends(x sending) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.sent = append(j.sent, x)
}

// keeps notes an acknowledgement and tells how many there are.
func (j *ledger) keeps(key, id string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.acknowledged[key] = id
	return len(j.acknowledged)
}

// Whatever was acknowledged before the power went is there afterwards, whole and once; what was in doubt is sent again with
// its key and stands once; and no number was lost.
func TestNothingAcknowledgedIsLostWhenThePowerGoes(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { newServer(t).losesPower() })
	t.Run("postgres", func(t *testing.T) {
		newServerOn(t, pg.Fresh(t, pg.Template(t, "empty", func(string) error { return nil }))).losesPower()
	})
}

func (s *server) losesPower() {
	s.start()
	j := &ledger{acknowledged: map[string]string{}}
	notes := s.opensCase() + "/notes"
	for round := range 3 {
		var all sync.WaitGroup
		for writer := range 6 {
			all.Go(func() { s.writes(j, notes, fmt.Sprintf("%d-%d", round, writer), 40*(round+1)) })
		}
		all.Wait()
		s.kill()
		s.start()
	}
	requests := 0
	for _, x := range j.sent {
		status, answer, err := s.ask(http.MethodPost, x.path, x.body, x.key)
		if id := j.acknowledged[x.key]; err != nil || status != http.StatusCreated || id != "" && answer["id"] != id || !strings.Contains(fmt.Sprint(answer), "Cerita "+x.key) {
			s.t.Errorf("%s again: %d %v %v", x.key, status, answer, err)
		}
		if x.path != notes {
			requests++
		}
	}
	s.counted(requests)
	s.noted(notes, j)
	s.kill()
	s.says("doctor")
	s.says("audit", "verify")
}

// opensCase opens a case of someone and gives its address.
func (s *server) opensCase() string {
	s.t.Helper()
	_, about, err := s.ask(http.MethodPost, "/api/v1/people", `{"name":"Siti Aminah"}`, "")
	if err != nil {
		s.t.Fatal(err)
	}
	status, opened, err := s.ask(http.MethodPost, "/api/v1/cases", fmt.Sprintf(`{"client":{"kind":"individual","person_id":%q}}`, about["id"]), "")
	if err != nil || status != http.StatusCreated {
		s.t.Fatal(status, opened, err)
	}
	return "/api/v1/cases/" + opened["id"].(string)
}

// writes sends requests and notes in turn until the program is gone; whoever has the last acknowledgement of a round ends it.
func (s *server) writes(j *ledger, notes, writer string, enough int) {
	for i := 0; ; i++ {
		x := sending{key: fmt.Sprintf("%s-%d", writer, i), path: "/api/v1/requests"}
		if x.body = told(x.key); i%2 == 1 {
			x.path, x.body = notes, fmt.Sprintf(`{"kind":"phone","text":"Cerita %s","sign":true}`, x.key)
		}
		j.sends(x)
		status, answer, err := s.ask(http.MethodPost, x.path, x.body, x.key)
		if err != nil || status != http.StatusCreated {
			return
		}
		if j.keeps(x.key, answer["id"].(string)) >= enough {
			_ = s.process.Process.Kill() // the first of them ends all
		}
	}
}

// noted compares the notes of the case with what was sent: each once.
func (s *server) noted(notes string, j *ledger) {
	s.t.Helper()
	var want, got []string
	for _, x := range j.sent {
		if x.path == notes {
			want = append(want, "Cerita "+x.key)
		}
	}
	for cursor, more := "", true; more; {
		_, answer, err := s.ask(http.MethodGet, notes+"?limit=200&cursor="+url.QueryEscape(cursor), "", "")
		if err != nil {
			s.t.Fatal(err)
		}
		for _, item := range answer["items"].([]any) {
			got = append(got, item.(map[string]any)["text"].(string))
		}
		cursor, more = answer["next"].(string)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		s.t.Errorf("%d notes stand, %d were sent", len(got), len(want))
	}
}

// counted compares how many requests there are, and that their numbers have no gap.
func (s *server) counted(want int) {
	s.t.Helper()
	var numbers []string
	cursor := ""
	for {
		_, answer, err := s.ask(http.MethodGet, "/api/v1/requests?limit=200&cursor="+cursor, "", "")
		if err != nil {
			s.t.Fatal(err)
		}
		for _, item := range answer["items"].([]any) {
			number := item.(map[string]any)["number"].(string)
			numbers = append(numbers, number[len(number)-6:])
		}
		next, more := answer["next"].(string)
		if !more {
			break
		}
		cursor = next
	}
	slices.Sort(numbers)
	for i, number := range numbers {
		if number != fmt.Sprintf("%06d", i+1) {
			s.t.Fatalf("number %s stands where %06d should", number, i+1)
		}
	}
	if len(numbers) != want {
		s.t.Errorf("%d requests, want %d", len(numbers), want)
	}
}

// On a disk without room nothing is half written, it is said plainly, what stands can be read, and as soon as there is room
// again the work goes on.
func TestAFullDiskIsToldAndSurvived(t *testing.T) {
	s := newServer(t)
	s.start()
	good := 0
	for ; good < 5; good++ {
		if status, answer, err := s.ask(http.MethodPost, "/api/v1/requests", told(fmt.Sprint(good)), ""); err != nil || status != http.StatusCreated {
			t.Fatal(status, answer, err)
		}
	}
	s.room("1") // no file may grow
	full := 0
	for i := range 50 {
		status, answer, err := s.ask(http.MethodPost, "/api/v1/requests", told(fmt.Sprint("besar ", i, strings.Repeat(" kata", 2000))), "")
		switch {
		case err != nil:
			t.Fatal(err)
		case status == http.StatusCreated: // there was room inside the file
			good++
		case status == http.StatusServiceUnavailable && answer["code"] == "unavailable" && answer["detail"] != "":
			full++
		default:
			t.Fatalf("%d %v", status, answer)
		}
	}
	if full == 0 {
		t.Error("the disk was never full")
	}
	page := s.send("/permintaan/baru", url.Values{"narrative": {"Cerita dari halaman" + strings.Repeat(" kata", 2000)}, "channel": {"phone"}, "kind": {"help_self"}})
	if !strings.HasPrefix(page, "503 ") || !strings.Contains(page, "belum tersimpan") || !strings.Contains(page, "data-trouble") {
		t.Errorf("a page says of a full disk: %.400s", page)
	}
	s.counted(good)
	s.room("unlimited")
	if status, answer, err := s.ask(http.MethodPost, "/api/v1/requests", told("lagi"), ""); err != nil || status != http.StatusCreated {
		t.Errorf("with room again: %d %v %v", status, answer, err)
	}
	s.counted(good + 1)
	s.kill()
	s.says("doctor")
}

// room sets how large a file of the program may become.
func (s *server) room(size string) {
	s.t.Helper()
	limit := exec.CommandContext(s.t.Context(), "prlimit", "--pid", strconv.Itoa(s.process.Process.Pid), "--fsize="+size+":unlimited")
	if out, err := limit.CombinedOutput(); err != nil {
		s.t.Fatalf("%v: %s", err, out)
	}
}
