package practice

import (
	"context"

	"teduh/internal/db"
)

// Consented tells whether a consent of the kind stands in a case, for what rests on the client's own word and not on an
// emergency. The caller has the right to act on the case.
func Consented(ctx context.Context, r db.Reader, kind string, caseID db.ID) (bool, error) {
	let, err := selectConsented(ctx, r, kind, []db.ID{caseID})
	return let[caseID], err
}
