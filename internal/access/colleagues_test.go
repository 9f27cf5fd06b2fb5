package access_test

import (
	"slices"
	"testing"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/testkit"
)

// A partner's user holds a role at the office and is none of its workers: nobody offers them work, names them or finds them by
// their e-mail.
func TestPartnersUsersAreNoColleagues(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		ctx, head, partner := t.Context(), o.As("head"), o.As("partner")
		isPartner := func(c access.Colleague) bool { return c.ID == partner.User }
		for name, ask := range map[string]func() ([]access.Colleague, error){
			"colleagues": func() ([]access.Colleague, error) { return o.Access.Colleagues(ctx, head) },
			"offered":    func() ([]access.Colleague, error) { return o.Access.Offered(ctx, head) },
		} {
			list, err := ask()
			must(t, err)
			if len(list) == 0 || slices.ContainsFunc(list, isPartner) {
				t.Errorf("%s: %d, with the partner's user: %v", name, len(list), slices.ContainsFunc(list, isPartner))
			}
		}
		must(t, d.Read(ctx, func(r db.Reader) error {
			for _, who := range []string{partner.User.String(), "partner@example.org"} {
				_, err := access.ColleagueIn(ctx, r, o.ID, who)
				refused(t, err, "not_found")
			}
			c, err := access.ColleagueIn(ctx, r, o.ID, "worker@example.org")
			if c.ID != o.As("worker").User {
				t.Errorf("the worker is %v", c)
			}
			return err
		}))
	})
}
