package partner

import (
	"context"

	"teduh/internal/db"
)

// OfficeOf is the office of this installation that offers a service, or the zero id. The caller has the right to ask the service.
func OfficeOf(ctx context.Context, r db.Reader, service db.ID) (db.ID, error) {
	return db.One(ctx, r, db.Value[db.ID], `SELECT p.unit_id FROM partner_service s LEFT JOIN partner p ON p.id = s.partner_id WHERE s.id = $1`, service)
}

// NamesIn are the names of an office's partners by id, for rows of another package that name them; unknown ids are left out.
func NamesIn(ctx context.Context, r db.Reader, office db.ID, ids []db.ID) (map[db.ID]string, error) {
	names := map[db.ID]string{}
	return names, db.InAfter([]any{office}, ids, func(marks string, args []any) error {
		_, err := db.All(ctx, r, func(row db.Row) (id db.ID, err error) {
			var name string
			err = row.Scan(&id, &name)
			names[id] = name
			return id, err
		}, `SELECT id, name FROM partner WHERE office_id = $1 AND id IN (`+marks+`)`, args...)
		return err
	})
}

// SenderIn is an entry of an office's directory as a sender: its name and what it is. The caller has the right to name it.
func SenderIn(ctx context.Context, r db.Reader, office, id db.ID) (Partner, error) {
	return db.One(ctx, r, func(row db.Row) (p Partner, err error) {
		err = row.Scan(&p.ID, &p.Name, &p.Kind, (*db.Text)(&p.PSKS))
		return p, err
	}, `SELECT id, name, kind, psks FROM partner WHERE office_id = $1 AND id = $2`, office, id)
}
