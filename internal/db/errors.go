package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/ncruces/go-sqlite3"
)

// ErrFull is a disk without room; what was under way is not written.
var ErrFull = errors.New("db: the disk is full or fails")

// ErrAway is a database that does not answer or has too much to do; it is worth trying again a little later.
var ErrAway = errors.New("db: the database does not answer")

// PostgreSQL's codes, from its manual's appendix A.
const (
	pgSerialization = "40001"
	pgDeadlock      = "40P01"
	pgUnique        = "23505"
	pgForeign       = "23503"
	pgDiskFull      = "53100"
)

// IsDuplicate tells whether a unique key refused the row.
func IsDuplicate(err error) bool {
	return pgCode(err) == pgUnique || errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) || errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY)
}

// IsMissing tells whether a row named another one that is not there.
func IsMissing(err error) bool {
	return pgCode(err) == pgForeign || errors.Is(err, sqlite3.CONSTRAINT_FOREIGNKEY)
}

func again(err error) bool {
	code := pgCode(err)
	return code == pgSerialization || code == pgDeadlock
}

func pgCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// explain names the end of a context and a full disk, which the engines report in their own ways.
func explain(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil && (errors.Is(err, sqlite3.INTERRUPT) || pgCode(err) == "57014"):
		return ctx.Err()
	case errors.Is(err, sqlite3.FULL), errors.Is(err, sqlite3.IOERR), pgCode(err) == pgDiskFull:
		return errors.Join(ErrFull, err)
	case away(err):
		return errors.Join(ErrAway, err)
	}
	return err
}

// away tells of a connection that is lost, refused or busy: PostgreSQL's classes 08 (connection) and 57P (shutting down),
// 53300 (too many connections), a write that met others time and again, and SQLite's busy file.
func away(err error) bool {
	code := pgCode(err)
	var refused *pgconn.ConnectError
	var network *net.OpError
	return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "57P") || code == "53300" || again(err) ||
		errors.As(err, &refused) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err) || errors.Is(err, sqlite3.BUSY)
}
