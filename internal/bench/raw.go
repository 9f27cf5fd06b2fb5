package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"

	"teduh/internal/db"
	"teduh/internal/person/names"
)

// raw is the yardstick: the statements the program runs for an operation, through plain database/sql, every row scanned into
// bytes, no sign-in, no policy, no sealing, no JSON.
type raw struct {
	reader, writer *sql.DB
	office         []byte
	workers        [][]byte
	cases          [][][]byte // of each worker
	kept           map[string]*sql.Stmt
}

// full is a page of people, and one more.
const full = 51

// What the program asks, in SQLite's numbering.
var texts = map[string]string{
	"login": `SELECT t.user_id, t.ends_at, u.name FROM api_token t JOIN app_user u ON u.id = t.user_id WHERE t.user_id = ?1`,
	"list": `SELECT c.id, c.number, c.status, c.stage, c.risk, c.confidentiality, c.main_category, c.village_code, c.opened_on, c.updated_at,
    c.worker_id, u.name, k.kind, k.id, k.name FROM case_file c JOIN client k ON k.id = c.client_id LEFT JOIN app_user u ON u.id = c.worker_id
  WHERE c.office_id = ?1 AND (c.confidentiality <= 1 OR EXISTS (SELECT 1 FROM case_reader x WHERE x.case_id = c.id AND x.user_id = ?2))
    AND NOT EXISTS (SELECT 1 FROM case_wall w WHERE w.case_id = c.id AND w.user_id = ?2) AND c.worker_id = ?2
  ORDER BY c.opened_on DESC, c.id DESC LIMIT 51`,
	"count": `SELECT COUNT(*) FROM case_file c
  WHERE c.office_id = ?1 AND (c.confidentiality <= 1 OR EXISTS (SELECT 1 FROM case_reader x WHERE x.case_id = c.id AND x.user_id = ?2))
    AND NOT EXISTS (SELECT 1 FROM case_wall w WHERE w.case_id = c.id AND w.user_id = ?2) AND c.worker_id = ?2`,
	"case": `SELECT c.*, u.name, k.*, d.wrapped FROM case_file c JOIN client k ON k.id = c.client_id LEFT JOIN app_user u ON u.id = c.worker_id
    LEFT JOIN data_key d ON d.subject_id = c.id
  WHERE c.id = ?3 AND c.office_id = ?1 AND (c.confidentiality <= 1 OR EXISTS (SELECT 1 FROM case_reader x WHERE x.case_id = c.id AND x.user_id = ?2))
    AND NOT EXISTS (SELECT 1 FROM case_wall w WHERE w.case_id = c.id AND w.user_id = ?2)`,
	"team":       `SELECT u.id, u.name FROM case_team t JOIN app_user u ON u.id = t.user_id WHERE t.case_id = ?1 ORDER BY u.name_key, u.id`,
	"categories": `SELECT code FROM case_category WHERE case_id = ?1 ORDER BY main DESC, code`,
	"notes": `SELECT n.id, n.case_id, n.kind, n.author_id, a.name, n.happened_at, n.recorded_at, n.minutes, n.services, n.body, n.signed_at,
    n.struck_at, n.struck_by, b.name, n.struck_reason, n.version
  FROM note n JOIN app_user a ON a.id = n.author_id LEFT JOIN app_user b ON b.id = n.struck_by WHERE n.case_id = ?1
    AND (n.signed_at IS NOT NULL OR n.author_id = ?2) ORDER BY n.happened_at DESC, n.id DESC LIMIT 20`,
	"addenda": `SELECT d.id, d.author_id, u.name, d.at, d.body FROM note_addendum d JOIN app_user u ON u.id = d.author_id
  WHERE d.note_id IN (SELECT n.id FROM note n WHERE n.case_id = ?1 ORDER BY n.happened_at DESC, n.id DESC LIMIT 20) ORDER BY d.id`,
	"referrals": `SELECT f.id, f.number, f.case_id, s.name, f.status, f.sent_at, f.answered_at
  FROM referral f JOIN partner_service s ON s.id = f.service_id WHERE f.case_id = ?1 ORDER BY f.number`,
	"search":  searched(0),
	"search1": searched(1),
	"search2": searched(2),
	"report": `SELECT c.main_category, c.village_code, COUNT(*) FROM case_file c WHERE c.office_id = ?1 AND substr(c.opened_on, 1, 4) = ?2
  GROUP BY c.main_category, c.village_code`,
	"note": `INSERT INTO note (id, case_id, kind, author_id, happened_at, recorded_at, minutes, services, body, signed_at, version)
  VALUES (?1, ?2, 'phone', ?3, ?4, ?4, 0, '', ?5, ?4, 1)`,
	"touch":  `UPDATE case_file SET updated_at = ?2, version = version + 1 WHERE id = ?1`,
	"change": `INSERT INTO change (id, at, office_id, actor_id, code, subject_kind, subject_id, case_id, detail) VALUES (?1, ?2, ?3, ?4, 'note.signed', 'note', ?5, ?6, '{}')`,
	"draft":  `DELETE FROM draft WHERE author_id = ?1 AND form = 'note' AND subject_id = ?2`,
}

func searched(also int) string {
	var with, where strings.Builder
	for i := range also {
		fmt.Fprintf(&with, ` CROSS JOIN person_word o%d`, i)
		fmt.Fprintf(&where, ` AND o%[1]d.office_id = w.office_id AND o%[1]d.prefix = ?%[2]d AND o%[1]d.name_key = w.name_key
    AND o%[1]d.person_id = w.person_id`, i, 6+i)
	}
	return `SELECT p.id, w.name_key, p.search_text, p.* FROM person_word w` + with.String() + ` CROSS JOIN person p
  WHERE p.office_id = ?1 AND p.merged_into IS NULL AND (p.level <= 1 OR EXISTS (SELECT 1 FROM person_reader x WHERE x.person_id = p.id AND x.user_id = ?2))
    AND p.id = w.person_id AND w.office_id = ?1 AND w.prefix = ?3 AND w.name_key > ?4` + where.String() + ` ORDER BY w.name_key, w.person_id LIMIT ?5`
}

func openRaw(ctx context.Context, data string) (w *raw, err error) {
	name := "file:" + filepath.Join(data, db.FileName) + "?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_pragma="
	w = &raw{kept: map[string]*sql.Stmt{}}
	steady := func(c *sqlite3.Conn) error {
		_, err := c.Config(sqlite3.DBCONFIG_ENABLE_QPSG, true) // as the program opens it
		return err
	}
	if w.reader, err = driver.Open(name+"cache_size(-4096)", steady); err != nil {
		return nil, err
	}
	if w.writer, err = driver.Open(name+"cache_size(-8192)&_pragma=wal_autocheckpoint(4000)", steady); err != nil {
		return nil, err
	}
	w.reader.SetMaxOpenConns(max(4, runtime.NumCPU()*2))
	w.reader.SetMaxIdleConns(max(4, runtime.NumCPU()*2))
	w.writer.SetMaxOpenConns(1)
	for key, text := range texts {
		pool := w.reader
		if key == "note" || key == "touch" || key == "change" || key == "draft" {
			pool = w.writer
		}
		if w.kept[key], err = pool.PrepareContext(ctx, text); err != nil {
			return nil, err
		}
	}
	return w, w.learn(ctx)
}

// learn finds the eight workers and their cases.
func (w *raw) learn(ctx context.Context) error {
	if err := w.reader.QueryRowContext(ctx, `SELECT id FROM unit WHERE kind = 'office'`).Scan(&w.office); err != nil {
		return err
	}
	var err error
	if w.workers, err = w.ids(ctx, `SELECT id FROM app_user WHERE email_key LIKE 'petugas00%' ORDER BY email_key LIMIT 8`); err != nil {
		return err
	}
	for _, worker := range w.workers {
		list, err := w.ids(ctx, `SELECT id FROM case_file WHERE worker_id = ?1 ORDER BY opened_on DESC LIMIT 200`, worker)
		if err != nil {
			return err
		}
		w.cases = append(w.cases, list)
	}
	return nil
}

func (w *raw) ids(ctx context.Context, text string, args ...any) (list [][]byte, err error) {
	rows, err := w.reader.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id []byte
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	return list, rows.Err()
}

// ask runs a statement and scans every row.
func (w *raw) ask(ctx context.Context, key string, args ...any) (err error) {
	rows, err := w.kept[key].QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	cells, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (w *raw) do(ctx context.Context, what string, place int, chance *rand.Rand) error {
	worker, list := w.workers[place%len(w.workers)], w.cases[place%len(w.workers)]
	one := list[chance.IntN(len(list))]
	if err := w.ask(ctx, "login", worker); err != nil {
		return err
	}
	switch what {
	case "caseload":
		return w.all(ctx, []any{w.office, worker}, "list", "count")
	case "case", "page":
		if err := w.ask(ctx, "case", w.office, worker, one); err != nil {
			return err
		}
		if err := w.ask(ctx, "notes", one, worker); err != nil {
			return err
		}
		return w.all(ctx, []any{one}, "team", "categories", "addenda", "referrals")
	case "search":
		return w.search(ctx, worker, queries[chance.IntN(len(queries))])
	case "note":
		return w.write(ctx, worker, one)
	}
	year := string([]byte{'2', '0', '2', byte('1' + chance.IntN(5))})
	return w.ask(ctx, "report", w.office, year)
}

func (w *raw) all(ctx context.Context, args []any, keys ...string) error {
	for _, key := range keys {
		if err := w.ask(ctx, key, args...); err != nil {
			return err
		}
	}
	return nil
}

// search walks the search table until fifty and one fit or it ends, as the program does.
func (w *raw) search(ctx context.Context, worker []byte, typed string) error {
	query, _ := names.Parse(typed)
	key, after, hits, looked := "search", "", 0, 0
	if n := len(query.Also); n > 0 {
		key += strconv.Itoa(n)
	}
	for steps := full; hits < full; steps = min(4*steps, 8+2*(full-hits)*looked/max(hits, 1)) {
		args := []any{w.office, worker, query.Anchor, after, steps}
		for _, prefix := range query.Also {
			args = append(args, prefix)
		}
		rows, err := w.kept[key].QueryContext(ctx, args...)
		if err != nil {
			return err
		}
		n, err := matching(rows, query, &hits, &after)
		if err != nil {
			return err
		}
		if looked += n; n < steps {
			break
		}
	}
	return nil
}

// matching scans every column of the rows and counts those that hold all words.
func matching(rows *sql.Rows, query names.Query, hits *int, last *string) (n int, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	cells, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range cells {
		into[i] = &cells[i]
	}
	for ; rows.Next(); n++ {
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		if *last = string(cells[1]); query.Match(string(cells[2])) {
			*hits++
		}
	}
	return n, rows.Err()
}

// write keeps a note durably, with the same rows as the program.
func (w *raw) write(ctx context.Context, worker, one []byte) (err error) {
	tx, err := w.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit this is a no-op
	id, change, now := db.NewID(), db.NewID(), time.Now().UnixMicro()
	for _, step := range []struct {
		key  string
		args []any
	}{{"note", []any{id[:], one, worker, now, make([]byte, 120)}}, {"change", []any{change[:], now, w.office, worker, id[:], one}},
		{"draft", []any{worker, one}}, {"touch", []any{one, now}}} {
		if _, err := tx.StmtContext(ctx, w.kept[step.key]).ExecContext(ctx, step.args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// yardstick measures the plain statements on the same database, after the program has gone.
func (b bench) yardstick(ctx context.Context, r *results, data string) error {
	w, err := openRaw(ctx, data)
	if err != nil {
		return err
	}
	r.raw = map[string]time.Duration{}
	for _, what := range operations {
		chance := rand.New(rand.NewPCG(7, 0))
		times, err := together(1, b.lasts/4, func(int) error { return w.do(ctx, what, 0, chance) })
		if err != nil {
			return err
		}
		r.raw[what] = spreadOf(times).p50
	}
	var chances []*rand.Rand
	for i := range clients {
		chances = append(chances, rand.New(rand.NewPCG(7, uint64(i))))
	}
	times, err := together(clients, b.lasts, func(i int) error { return w.do(ctx, mixed(chances[i]), i, chances[i]) })
	r.rawMix = float64(len(times)) / b.lasts.Seconds()
	return errors.Join(err, w.reader.Close(), w.writer.Close())
}
