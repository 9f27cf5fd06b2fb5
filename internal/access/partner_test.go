package access_test

import (
	"testing"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/partner"
	"teduh/internal/testkit"
)

// A partner's user invites a colleague, who comes in once by the link and stands at the same partner; ends their access at once;
// and can neither see, nor end, nor take over any other account.
func TestAPartnersUserSeesToItsOwnColleagues(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		ctx, user := t.Context(), o.As("partner")
		link, err := o.Access.InvitePartnerUser(ctx, user, access.NewAccount{Email: "dewi@p2tp2a.example", Name: "Dewi Anggraini"})
		must(t, err)
		_, err = o.Access.InvitePartnerUser(ctx, user, access.NewAccount{Email: "Dewi@P2TP2A.example", Name: "Dewi"})
		refused(t, err, "invalid")
		list, err := o.Access.PartnerUsers(ctx, user)
		must(t, err)
		if len(list) != 2 || list[0].Name != "Dewi Anggraini" || !list[0].Waits {
			t.Fatalf("the partner's accounts are %+v", list)
		}
		dewi := list[0].ID
		_, err = o.Access.PartnerUserLink(ctx, user, dewi)
		must(t, err)
		login, err := o.Access.UseLink(ctx, link, passphrase, access.Attempt{Email: "dewi@p2tp2a.example", Address: "127.0.0.1"})
		must(t, err)
		a, err := o.Access.ByLogin(ctx, login)
		must(t, err)
		if a.Partner != user.Partner || len(a.Roles) != 1 || a.Roles[0] != access.Partner {
			t.Errorf("she came in as %+v", a)
		}
		_, err = o.Access.PartnerUserLink(ctx, user, dewi)
		refused(t, err, "has_password")

		other, err := o.Network.AddPartner(ctx, o.As("head"), partner.Partner{Name: "RSUD", Kind: "hospital"})
		must(t, err)
		stranger := user
		stranger.Partner = other
		list, err = o.Access.PartnerUsers(ctx, stranger)
		if err != nil || len(list) != 0 {
			t.Errorf("another partner sees %+v %v", list, err)
		}
		refused(t, o.Access.EndPartnerUser(ctx, stranger, dewi), "not_found")
		refused(t, o.Access.EndPartnerUser(ctx, user, o.As("worker").User), "not_found")
		refused(t, o.Access.EndPartnerUser(ctx, user, user.User), "self")
		for _, who := range []string{"worker", "head", "admin"} {
			_, err := o.Access.InvitePartnerUser(ctx, o.As(who), access.NewAccount{Email: "x@y.example", Name: "X"})
			refused(t, err, "forbidden")
			refused(t, o.Access.EndPartnerUser(ctx, o.As(who), dewi), "forbidden")
		}
		must(t, o.Access.EndPartnerUser(ctx, user, dewi))
		_, err = o.Access.ByLogin(ctx, login)
		refused(t, err, "unauthorized")
	})
}
