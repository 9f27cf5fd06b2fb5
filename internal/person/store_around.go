package person

import (
	"context"

	"teduh/internal/db"
)

// selectAround are those of a family with someone, now or once, and those related to them.
func selectAround(ctx context.Context, r db.Reader, id db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT o.person_id FROM family_member m JOIN family_member o ON o.family_id = m.family_id WHERE m.person_id = $1
  UNION SELECT to_id FROM relation WHERE from_id = $1 UNION SELECT from_id FROM relation WHERE to_id = $1`, id)
}
