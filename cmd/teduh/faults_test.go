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

// Whatever was acknowledged before the power went is there afterwards, whole and once; what was in doubt is sent again with
// its key and stands once; and no number was lost.
func TestNothingAcknowledgedIsLostWhenThePowerGoes(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { powerGoes(newServer(t)) })
	t.Run("postgres", func(t *testing.T) {
		powerGoes(newServerOn(t, pg.Fresh(t, pg.Template(t, "empty", func(string) error { return nil }))))
	})
}

func powerGoes(s *server) {
	acknowledged, sent := map[string]string{}, []string{}
	for round := range 3 {
		s.start()
		var mu sync.Mutex
		var all sync.WaitGroup
		for writer := range 6 {
			all.Go(func() {
				for i := 0; ; i++ {
					key := fmt.Sprintf("%d-%d-%d", round, writer, i)
					mu.Lock()
					sent = append(sent, key)
					mu.Unlock()
					status, answer, err := s.ask(http.MethodPost, "/api/v1/requests", told(key), key)
					if err != nil || status != http.StatusCreated {
						return
					}
					mu.Lock()
					acknowledged[key] = answer["id"].(string)
					enough := len(acknowledged) >= 40*(round+1)
					mu.Unlock()
					if enough {
						_ = s.process.Process.Kill() // the first of them ends all
					}
				}
			})
		}
		all.Wait()
		s.kill()
	}
	s.start()
	for key, id := range acknowledged {
		status, answer, err := s.ask(http.MethodGet, "/api/v1/requests/"+id, "", "")
		if err != nil || status != http.StatusOK || answer["narrative"] != "Cerita "+key {
			s.t.Errorf("%s was acknowledged and is %d %v %v", key, status, answer, err)
		}
	}
	for _, key := range sent {
		status, answer, err := s.ask(http.MethodPost, "/api/v1/requests", told(key), key)
		if err != nil || status != http.StatusCreated || acknowledged[key] != "" && answer["id"] != acknowledged[key] {
			s.t.Errorf("%s again: %d %v %v", key, status, answer, err)
		}
	}
	s.counted(len(sent))
	s.kill()
	s.says("doctor")
	s.says("audit", "verify")
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
