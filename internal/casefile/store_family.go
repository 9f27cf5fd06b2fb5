package casefile

import (
	"context"

	"teduh/internal/db"
)

// mostOfFamily bounds the open cases of one family and its members.
const mostOfFamily = 100

// selectOfFamily are the open cases of a family and its members within a scope.
func selectOfFamily(ctx context.Context, r db.Reader, s scope, family db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT c.id FROM case_file c
  WHERE c.client_id IN (SELECT f.id FROM client f WHERE f.family_id = $5
    UNION ALL SELECT o.id FROM family_member m JOIN client o ON o.person_id = m.person_id WHERE m.family_id = $5)
    AND c.status = 'open' AND `+reachable+` ORDER BY c.opened_on, c.id LIMIT $6`, s.args(family, mostOfFamily)...)
}
