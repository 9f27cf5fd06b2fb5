package access

import (
	"context"

	"teduh/internal/db"
)

// EmailKey is the form accounts are found by.
func EmailKey(email string) string { return emailKey(email) }

// Staff are all who hold a role at the actor's office, also those whose account has ended, by the key of their e-mail;
// accounts tells which e-mails have an account anywhere in the installation. For imports, which name people of the past.
func (s *Service) Staff(ctx context.Context, a Actor) (staff map[string]db.ID, accounts map[string]bool, err error) {
	if err := a.Require(OfficeImport); err != nil {
		return nil, nil, err
	}
	staff, accounts = map[string]db.ID{}, map[string]bool{}
	err = s.db.Read(ctx, func(r db.Reader) error {
		_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
			var id db.ID
			var key string
			var here db.Flag
			err = row.Scan(&id, &key, &here)
			accounts[key] = true
			if here {
				staff[key] = id
			}
			return struct{}{}, err
		}, `SELECT u.id, u.email_key, CASE WHEN EXISTS (SELECT 1 FROM role_grant g WHERE g.user_id = u.id AND g.unit_id = $1) THEN 1 ELSE 0 END
  FROM app_user u`, a.Office.ID)
		return err
	})
	return staff, accounts, err
}

// StaffNames are the accounts that hold or held a role at the actor's office, by the key that keyOf makes of their name; of a
// name that several bear, all.
func (s *Service) StaffNames(ctx context.Context, a Actor, keyOf func(name string) string) (byName map[string][]db.ID, err error) {
	if err := a.Require(OfficeImport); err != nil {
		return nil, err
	}
	byName = map[string][]db.ID{}
	err = s.db.Read(ctx, func(r db.Reader) error {
		_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
			var id db.ID
			var name string
			err = row.Scan(&id, &name)
			byName[keyOf(name)] = append(byName[keyOf(name)], id)
			return struct{}{}, err
		}, `SELECT u.id, u.name FROM app_user u WHERE EXISTS (SELECT 1 FROM role_grant g WHERE g.user_id = u.id AND g.unit_id = $1) ORDER BY u.id`, a.Office.ID)
		return err
	})
	return byName, err
}
