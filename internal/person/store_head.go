package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
)

func selectHeads(ctx context.Context, r db.Reader, s access.Scope, ids []db.ID, into map[db.ID]Head) error {
	return db.InAfter([]any{s.Office, s.People, s.User}, ids, func(marks string, args []any) error {
		_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
			var asked db.ID
			var h Head
			err = row.Scan(&asked, &h.ID, &h.Name, (*db.Flag)(&h.Confidential))
			into[asked] = h
			return struct{}{}, err
		}, `SELECT o.id, p.id, p.name, p.confidential FROM person o JOIN person p ON p.id = COALESCE(o.merged_into, o.id)
  WHERE `+visible+` AND o.id IN (`+marks+`)`, args...)
		return err
	})
}

func selectRecords(ctx context.Context, r db.Reader, s access.Scope, id db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT o.id FROM person p JOIN person o ON o.id = p.id OR o.merged_into = p.id
  WHERE `+visible+` AND p.id = $4 ORDER BY o.id`, s.Office, s.People, s.User, id)
}
