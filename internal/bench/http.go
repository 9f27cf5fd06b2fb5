package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// spread is how long operations took.
type spread struct{ p50, p95, p99 time.Duration }

func spreadOf(times []time.Duration) spread {
	if len(times) == 0 {
		return spread{}
	}
	slices.Sort(times)
	at := func(share float64) time.Duration { return times[min(len(times)-1, int(share*float64(len(times))))] }
	return spread{at(.50), at(.95), at(.99)}
}

// server is a running program.
type server struct {
	cmd     *exec.Cmd
	address string
	http    *http.Client
}

// start serves an installation and tells how long it took until it said it was ready to answer.
func (b bench) start(ctx context.Context, data string) (s *server, ready time.Duration, err error) {
	begun := time.Now()
	s = &server{cmd: exec.CommandContext(ctx, b.teduh, append([]string{"serve", "--listen", "127.0.0.1:0"}, b.at(data)...)...),
		http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * clients}}}
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return s, 0, err
	}
	if err := s.cmd.Start(); err != nil {
		return s, 0, err
	}
	line := make([]byte, 200)
	n, err := out.Read(line)
	if err != nil {
		return s, 0, err
	}
	words := strings.Fields(string(line[:n]))
	s.address = words[len(words)-1]
	go func() { _, _ = io.Copy(io.Discard, out) }()
	err = s.get(ctx, "/readyz", "", nil)
	return s, time.Since(begun), err
}

func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.cmd.Wait()
}

// resident is the program's memory in MiB.
func (s *server) resident() float64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024
		}
	}
	return 0
}

func (s *server) get(ctx context.Context, path, token string, into any) error {
	return s.send(ctx, http.MethodGet, path, token, nil, into)
}

func (s *server) send(ctx context.Context, method, path, token string, body []byte, into any) error {
	r, err := http.NewRequestWithContext(ctx, method, s.address+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := s.http.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 300 {
		return errors.Join(err, fmt.Errorf("%s %s: %d %.300s", method, path, answer.StatusCode, raw))
	}
	if into != nil {
		return json.Unmarshal(raw, into)
	}
	return nil
}

// client is one who works, with the cases in hand.
type client struct {
	account
	line   *wire
	head   account
	cases  []string
	chance *rand.Rand
}

// queries are what people type to find someone.
var queries = []string{"siti", "siti am", "budi wi", "ratna lestari", "andi", "nur has", "tan mei", "agus saputra", "zul", "sri han", "halimah r", "joko pra"}

// do runs one operation by its name.
func (c *client) do(what string) error {
	one := c.cases[c.chance.IntN(len(c.cases))]
	switch what {
	case "caseload":
		return c.line.send(http.MethodGet, "/api/v1/cases?limit=50&total=true&worker="+c.email, c.token, nil)
	case "case":
		return c.line.send(http.MethodGet, "/api/v1/cases/"+one, c.token, nil)
	case "search":
		return c.line.send(http.MethodGet, "/api/v1/people?q="+strings.ReplaceAll(queries[c.chance.IntN(len(queries))], " ", "+"), c.token, nil)
	case "page":
		return c.line.send(http.MethodGet, "/kasus/"+one, c.token, nil)
	case "note":
		return c.line.send(http.MethodPost, "/api/v1/cases/"+one+"/notes", c.token,
			[]byte(`{"kind":"phone","text":"Ibu menelepon, keadaan lebih tenang. Minggu depan bertemu di kantor.","sign":true}`))
	}
	return c.line.send(http.MethodGet, "/api/v1/reports/cases?by=category,village&year="+strconv.Itoa(2021+c.chance.IntN(5)), c.head.token, nil)
}

// mixed names an operation as often as it comes in a day's work.
func mixed(chance *rand.Rand) string {
	switch n := chance.IntN(100); {
	case n < 35:
		return "caseload"
	case n < 70:
		return "case"
	case n < 80:
		return "search"
	case n < 99:
		return "note"
	}
	return "report"
}

func (b bench) overHTTP(ctx context.Context, r *results, data string, who staff) error {
	s, ready, err := b.start(ctx, data)
	if err != nil {
		return err
	}
	r.ready = ready
	r.resting = s.resident()
	team, err := s.team(ctx, who)
	if err != nil {
		return errors.Join(err, s.stop())
	}
	// What an import leaves to be done behind it, the signed tree of its changes above all, is not what people wait for.
	if _, err := hammer(team, b.lasts, func(c *client) string { return mixed(c.chance) }); err != nil {
		return errors.Join(err, s.stop())
	}
	for _, what := range operations {
		times, err := hammer(team[:1], b.lasts/4, func(*client) string { return what })
		if err != nil {
			return errors.Join(err, s.stop())
		}
		r.single[what] = spreadOf(times).p50
		if times, err = hammer(team, b.lasts/2, func(*client) string { return what }); err != nil {
			return errors.Join(err, s.stop())
		}
		r.eight[what] = spreadOf(times)
	}
	times, err := hammer(team, b.lasts, func(c *client) string { return mixed(c.chance) })
	r.mix = float64(len(times)) / b.lasts.Seconds()
	r.busy = s.resident()
	return errors.Join(err, s.stop())
}

// team signs eight workers in and learns their cases.
func (s *server) team(ctx context.Context, who staff) (team []*client, err error) {
	for i, a := range who.workers {
		line, err := dial(s.address)
		if err != nil {
			return nil, err
		}
		c := &client{line: line, account: a, head: who.head, chance: rand.New(rand.NewPCG(7, uint64(i)))}
		var list struct {
			Items []struct {
				ID string `json:"id"`
			} `json:"items"`
		}
		if err := s.get(ctx, "/api/v1/cases?limit=200&worker="+a.email, a.token, &list); err != nil {
			return nil, err
		}
		for _, item := range list.Items {
			c.cases = append(c.cases, item.ID)
		}
		if len(c.cases) == 0 {
			return nil, fmt.Errorf("%s has no cases", a.email)
		}
		team = append(team, c)
	}
	return team, nil
}

// hammer lets all clients work for a while, one request after the other.
func hammer(team []*client, lasts time.Duration, what func(*client) string) ([]time.Duration, error) {
	return together(len(team), lasts, func(i int) error { return team[i].do(what(team[i])) })
}

// together runs one goroutine for each place until the time is over, and gathers how long each turn took.
func together(places int, lasts time.Duration, turn func(place int) error) (all []time.Duration, failed error) {
	var mu sync.Mutex
	var group sync.WaitGroup
	var broken atomic.Bool
	end := time.Now().Add(lasts)
	for i := range places {
		group.Go(func() {
			var times []time.Duration
			for time.Now().Before(end) && !broken.Load() {
				begun := time.Now()
				if err := turn(i); err != nil {
					broken.Store(true)
					mu.Lock()
					failed = err
					mu.Unlock()
					return
				}
				times = append(times, time.Since(begun))
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, times...)
		})
	}
	group.Wait()
	return all, failed
}
