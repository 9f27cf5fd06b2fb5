package db

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"sync"
)

// statements keeps what was prepared, by its text. SQLite wants ?1 for $1, because it binds $N in the order of first
// appearance; PostgreSQL's driver keeps its own prepared statements, so there the text goes through untouched.
//
// A transaction holds a connection while it prepares on another one, so turns lets through one transaction fewer than the
// pool has connections: with none to spare, transactions would wait for each other for ever.
type statements struct {
	pool    *sql.DB
	prepare bool
	turns   chan struct{}
	byText  sync.Map // string → *sql.Stmt
}

func newStatements(pool *sql.DB, turns int, prepare bool) *statements {
	return &statements{pool: pool, prepare: prepare, turns: make(chan struct{}, turns)}
}

// begin waits for its turn and opens a transaction; done gives the turn back.
func (s *statements) begin(ctx context.Context, opts *sql.TxOptions) (tx *sql.Tx, done func(), err error) {
	select {
	case s.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	done = func() { <-s.turns }
	if tx, err = s.pool.BeginTx(ctx, opts); err != nil {
		done()
	}
	return tx, done, err
}

// get answers nil without error where the text is to be sent as it is.
func (s *statements) get(ctx context.Context, text string) (*sql.Stmt, error) {
	if !s.prepare {
		return nil, nil
	}
	if st, ok := s.byText.Load(text); ok {
		return st.(*sql.Stmt), nil
	}
	st, err := s.pool.PrepareContext(ctx, numbered(text))
	if err != nil {
		return nil, err
	}
	kept, loaded := s.byText.LoadOrStore(text, st)
	if loaded {
		return kept.(*sql.Stmt), st.Close()
	}
	return st, nil
}

func (s *statements) close() {
	s.byText.Range(func(_, st any) bool {
		_ = st.(*sql.Stmt).Close() // the pool is closed right after and says what is wrong
		return true
	})
}

// numbered turns $1 into ?1. A dollar inside a literal would be turned too; a test refuses such texts.
func numbered(text string) string { return strings.ReplaceAll(text, "$", "?") }

// Texts are the statements that were prepared so far: what the program has asked, for the test that looks at their plans.
func (d *DB) Texts() (texts []string) {
	for _, kept := range []*statements{d.reads, d.writes} {
		kept.byText.Range(func(text, _ any) bool {
			texts = append(texts, text.(string))
			return true
		})
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}
