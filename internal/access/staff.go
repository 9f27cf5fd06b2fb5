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
