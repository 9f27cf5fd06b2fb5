package journal

import (
	"context"
	"errors"

	"teduh/internal/db"
)

// ErrClaimed is met where the same key was used before: the first one's answer stands.
var ErrClaimed = errors.New("journal: this request was received before")

// Claim is a caller's key for one act, so that a repeated request does nothing twice.
type Claim struct {
	Account  db.ID
	Key      string
	BodyHash []byte
	Lost     bool // set when another request with the same key was first
	Held     bool // set when this request's own first transaction has it; the next ones need not take it
}

// Claimed is what became of a claim.
type Claimed struct {
	BodyHash []byte
	Kind     string // the subject of the act's first change
	Subject  db.ID
	At       db.Time
	Status   int    // 0 while the answer is not kept yet
	Answer   []byte // sealed by the caller
}

type claimKey struct{}

// WithClaim puts a claim on all that is written under the context; the first change recorded takes it.
func WithClaim(ctx context.Context, c *Claim) context.Context {
	return context.WithValue(ctx, claimKey{}, c)
}

// claim writes the context's claim with the first change of the transaction.
func (t *Tx) take(ctx context.Context, c Change) error {
	cl, ok := ctx.Value(claimKey{}).(*Claim)
	if !ok || cl.Held || t.claim != nil {
		return nil
	}
	t.claim = cl
	err := insertClaim(ctx, t, *cl, c)
	if db.IsDuplicate(err) {
		cl.Lost = true
		return ErrClaimed
	}
	return err
}

// FindClaim reads what became of a claim; fault.NotFound when it is new.
func (j *Journal) FindClaim(ctx context.Context, c Claim) (found Claimed, err error) {
	err = j.db.Read(ctx, func(r db.Reader) error {
		found, err = selectClaim(ctx, r, c)
		return err
	})
	return found, err
}

// Answer keeps the sealed answer of a claim.
func (j *Journal) Answer(ctx context.Context, c Claim, status int, sealed []byte) error {
	return j.db.Write(ctx, func(tx db.Tx) error { return updateClaim(ctx, tx, c, status, sealed) })
}

// ForgetClaims deletes claims made before an instant.
func (j *Journal) ForgetClaims(ctx context.Context, before db.Time) error {
	return j.db.Write(ctx, func(tx db.Tx) error { return deleteClaims(ctx, tx, before) })
}
