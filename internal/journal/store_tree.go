package journal

import (
	"context"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"teduh/internal/db"
	"teduh/internal/fault"
)

// leaf is a change as it joins the tree: its columns as they are kept.
type leaf struct {
	id                                 db.ID
	at                                 db.Time
	office, actor                      db.ID
	code, kind                         string
	subject, caseID, requestID, person db.ID
	detail                             string
}

// hash of the row. Every column has a line of its own, the detail the last one: it alone might hold more.
func (l leaf) hash() tlog.Hash {
	return tlog.RecordHash([]byte(strings.Join([]string{l.id.String(), strconv.FormatInt(l.at.UnixMicro(), 10), l.office.String(), l.actor.String(),
		l.code, l.kind, l.subject.String(), l.caseID.String(), l.requestID.String(), l.person.String(), l.detail}, "\n")))
}

const leafColumns = `c.id, c.at, c.office_id, c.actor_id, c.code, c.subject_kind, c.subject_id, c.case_id, c.request_id, c.person_id, c.detail`

func (l *leaf) places() []any {
	return []any{&l.id, &l.at, &l.office, &l.actor, (*db.Text)(&l.code), (*db.Text)(&l.kind), &l.subject, &l.caseID, &l.requestID, &l.person, (*db.Text)(&l.detail)}
}

// selectWaiting reads the oldest changes above a key that are not in the tree.
func selectWaiting(ctx context.Context, r db.Reader, after db.ID, limit int) ([]leaf, error) {
	return db.All(ctx, r, func(row db.Row) (l leaf, err error) {
		err = row.Scan(l.places()...)
		return l, err
	}, `SELECT `+leafColumns+` FROM change c WHERE c.id > $1 AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.change_id = c.id)
  ORDER BY c.id LIMIT $2`, after, limit)
}

// keptLeaf is a place of the tree with the change that stands there now.
type keptLeaf struct {
	n       int64
	hash    tlog.Hash
	missing bool
	leaf
}

func selectLeaves(ctx context.Context, r db.Reader, from int64, limit int) ([]keptLeaf, error) {
	return db.All(ctx, r, func(row db.Row) (k keptLeaf, err error) {
		var hash []byte
		var change db.ID
		err = row.Scan(append([]any{&k.n, &change, &hash}, k.places()...)...)
		k.missing = k.id.IsZero()
		copy(k.hash[:], hash)
		return k, err
	}, `SELECT l.n, l.change_id, l.hash, `+leafColumns+` FROM audit_leaf l LEFT JOIN change c ON c.id = l.change_id
  WHERE l.n >= $1 ORDER BY l.n LIMIT $2`, from, limit)
}

func insertLeaf(ctx context.Context, tx db.Tx, n int64, change db.ID, hash tlog.Hash) error {
	_, err := tx.Exec(ctx, `INSERT INTO audit_leaf (n, change_id, hash) VALUES ($1, $2, $3)`, n, change, hash[:])
	return err
}

// lastLeaf is the newest change in the tree, by its key.
func lastLeaf(ctx context.Context, r db.Reader) (id db.ID, err error) {
	id, err = db.One(ctx, r, db.Value[db.ID], `SELECT change_id FROM audit_leaf ORDER BY change_id DESC LIMIT 1`)
	if fault.Is(err, "not_found") {
		err = nil
	}
	return id, err
}

const headColumns = `size, root, at, signature, edge`

func scanHead(row db.Row) (h Head, err error) {
	var root, edge []byte
	if err = row.Scan(&h.Size, &root, &h.At, &h.Signature, &edge); err != nil {
		return h, err
	}
	copy(h.Root[:], root)
	h.edge, err = unpacked(edge)
	return h, err
}

// lastHead is the newest head; the one of nothing where there is none.
func lastHead(ctx context.Context, r db.Reader) (Head, error) {
	h, err := db.One(ctx, r, scanHead, `SELECT `+headColumns+` FROM audit_head ORDER BY size DESC LIMIT 1`)
	if fault.Is(err, "not_found") {
		err = nil
	}
	return h, err
}

func headsBetween(ctx context.Context, r db.Reader, from, to int64) (map[int64]Head, error) {
	list, err := db.All(ctx, r, scanHead, `SELECT `+headColumns+` FROM audit_head WHERE size BETWEEN $1 AND $2 ORDER BY size`, from, to)
	heads := make(map[int64]Head, len(list))
	for _, h := range list {
		heads[h.Size] = h
	}
	return heads, err
}

func insertHead(ctx context.Context, tx db.Tx, h Head) error {
	_, err := tx.Exec(ctx, `INSERT INTO audit_head (size, root, at, signature, edge) VALUES ($1, $2, $3, $4, $5)`,
		h.Size, h.Root[:], h.At, h.Signature, packed(h.edge))
	return err
}
