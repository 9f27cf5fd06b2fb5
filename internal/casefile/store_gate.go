package casefile

import (
	"context"

	"teduh/internal/db"
)

func exists(ctx context.Context, r db.Reader, text string, id db.ID) (bool, error) {
	n, err := db.One(ctx, r, db.Value[int], `SELECT CASE WHEN EXISTS (`+text+`) THEN 1 ELSE 0 END`, id)
	return n == 1, err
}

// hasContact: the request and the first contact. A case opened directly has its first note instead.
func hasContact(ctx context.Context, r db.Reader, id db.ID) (bool, error) {
	return exists(ctx, r, `SELECT 1 FROM note WHERE case_id = $1 AND kind <> 'psychological' AND signed_at IS NOT NULL AND struck_at IS NULL`, id)
}

func hasRisk(ctx context.Context, r db.Reader, id db.ID) (bool, error) {
	return exists(ctx, r, `SELECT 1 FROM case_risk WHERE case_id = $1`, id)
}

func hasCategory(ctx context.Context, r db.Reader, id db.ID) (bool, error) {
	return exists(ctx, r, `SELECT 1 FROM case_category WHERE case_id = $1`, id)
}

// hasSession: a signed note of a meeting with the client.
func hasSession(ctx context.Context, r db.Reader, id db.ID) (bool, error) {
	return exists(ctx, r, `SELECT 1 FROM note WHERE case_id = $1 AND signed_at IS NOT NULL AND struck_at IS NULL
  AND kind IN ('counselling', 'home_visit', 'group', 'mediation', 'family_meeting')`, id)
}
