package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/vault"
)

// InReach is the condition of SQL by which an actor reaches the cases of alias c, for the lists of packages that follow the
// cases; $1 to $4 are what ReachArgs gives.
const InReach = reachable

// ReachArgs are the parameters of InReach for an actor, and further ones after them.
func (s *Service) ReachArgs(a access.Actor, more ...any) []any { return s.scope(a).args(more...) }

// Held is a case within the actor's scope, with its key, in the transaction of another act. Where the right to a part of it
// comes from elsewhere, such as from a referral that was sent, the caller has checked that right in the same transaction and
// asks as the system at the office that keeps the case.
func (s *Service) Held(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (in Inside, err error) {
	if in.Case, err = s.Reachable(ctx, r, a, id); err != nil {
		return in, err
	}
	in.Key, err = s.vault.Key(ctx, r, id)
	return in, err
}

// Keys are the keys of cases for a list of what others were given of them, under the rule of Held.
func (s *Service) Keys(ctx context.Context, r db.Reader, cases []db.ID) (map[db.ID]vault.Key, error) {
	return s.vault.Keys(ctx, r, cases)
}
