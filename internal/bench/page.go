package main

import (
	"fmt"
	"io"
	"time"
)

var titles = map[string]string{"caseload": "caseload of a worker: 50 rows and the exact total (JSON)", "case": "a case with its last 20 notes and referrals (JSON)",
	"search": "people by name (JSON)", "page": "case page (HTML)", "note": "a note, durable (JSON)", "report": "report by category and kelurahan (JSON)"}

// goals are the 99th percentiles to reach at eight clients, in milliseconds.
var goals = map[string]int{"caseload": 10, "case": 10, "search": 10, "page": 30, "note": 50, "report": 10}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000) }

// tell writes the page.
func tell(out io.Writer, both []results) {
	one, ten := both[0], both[1]
	fmt.Fprintf(out, "# Performance\n\nMeasured by `scripts/bench` on %s: %s, SQLite. All times in milliseconds. The yardstick is measured in the same run:\n"+
		"the same statements through plain `database/sql` in process, without HTTP, sign-in, policy, sealing and the log of readings.\n"+
		"Clients, program and yardstick share the machine's cores.\n\n", time.Now().UTC().Format(time.DateOnly), machine())
	fmt.Fprintf(out, "| | people | cases | notes | referrals | workers | database |\n|---|---|---|---|---|---|---|\n")
	for _, r := range both {
		fmt.Fprintf(out, "| %s | %d | %d | %d | %d | %d | %d MiB |\n", r.name, r.people, r.cases, r.notes, r.referrals, r.workers, r.disk>>20)
	}
	fmt.Fprintf(out, "\n## Eight clients, over HTTP, 99th percentile\n\n| operation | goal | 1× | 10× | 10× : 1× | median 1× | median 10× | median 10× : 1× |\n|---|---|---|---|---|---|---|---|\n")
	for _, what := range operations {
		a, b := one.eight[what], ten.eight[what]
		fmt.Fprintf(out, "| %s | %d | %s | %s | %.2f | %s | %s | %.2f |\n", titles[what], goals[what], ms(a.p99), ms(b.p99), float64(b.p99)/float64(a.p99),
			ms(a.p50), ms(b.p50), float64(b.p50)/float64(a.p50))
	}
	fmt.Fprintf(out, "\n## One client, median, beside the plain statements\n\nGoal for a JSON read: at most twice the plain statements and 1 ms more.\n\n"+
		"| operation | 1× | plain 1× | 10× | plain 10× | goal at 10× |\n|---|---|---|---|---|---|\n")
	for _, what := range operations {
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s |\n", titles[what], ms(one.single[what]), ms(one.raw[what]), ms(ten.single[what]), ms(ten.raw[what]),
			ms(2*ten.raw[what]+time.Millisecond))
	}
	fmt.Fprintf(out, "\n## A day's mix, eight clients\n\n35 %% caseload, 35 %% case, 10 %% name search, 19 %% note, 1 %% report. Goal: half the operations a second of the plain statements.\n\n"+
		"| | over HTTP | plain | share |\n|---|---|---|---|\n")
	for _, r := range both {
		fmt.Fprintf(out, "| %s | %.0f/s | %.0f/s | %.2f |\n", r.name, r.mix, r.rawMix, r.mix/r.rawMix)
	}
	fmt.Fprintf(out, "\n## Taking in, starting, memory\n\n| | goal | 1× | 10× |\n|---|---|---|---|\n")
	fmt.Fprintf(out, "| `teduh import folder`, rows a second | 20000 | %.0f | %.0f |\n", float64(one.rows)/one.load.Seconds(), float64(ten.rows)/ten.load.Seconds())
	fmt.Fprintf(out, "| start until it answers, ms | 100 | %s | %s |\n", ms(one.ready), ms(ten.ready))
	fmt.Fprintf(out, "| resident memory at rest, MiB | 80 | %.0f | %.0f |\n", one.resting, ten.resting)
	fmt.Fprintf(out, "| resident memory after the mix, MiB | 200 | %.0f | %.0f |\n", one.busy, ten.busy)
}

// tellPostgres writes what stands in the page of performance about PostgreSQL.
func tellPostgres(out io.Writer, both []results) {
	one, ten := both[0], both[1]
	fmt.Fprintf(out, "## PostgreSQL, eight clients, over HTTP\n\nMeasured by `scripts/bench --postgres` on %s, %s; the cluster on the same machine, over a socket, durable.\n\n"+
		"| operation | p99 1× | p99 10× | median 1× | median 10× |\n|---|---|---|---|---|\n", time.Now().UTC().Format(time.DateOnly), machine())
	for _, what := range operations {
		a, b := one.eight[what], ten.eight[what]
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s |\n", titles[what], ms(a.p99), ms(b.p99), ms(a.p50), ms(b.p50))
	}
	fmt.Fprintf(out, "| a day's mix, operations a second | %.0f | %.0f | | |\n| `teduh import folder`, rows a second | %.0f | %.0f | | |\n| database, MiB | %d | %d | | |\n",
		one.mix, ten.mix, float64(one.rows)/one.load.Seconds(), float64(ten.rows)/ten.load.Seconds(), one.disk>>20, ten.disk>>20)
}
