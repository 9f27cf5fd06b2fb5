package access_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/testkit"
)

const passphrase = "hujan turun di atap seng"

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

// hire makes an account as the administrator does on the page, and signs it in by its one-time link.
func hire(t *testing.T, o *testkit.Office, email string, role access.Role) (user db.ID, token string) {
	t.Helper()
	ctx, admin := t.Context(), o.As("admin")
	user, err := o.Access.AddUser(ctx, admin, access.NewAccount{Email: email, Name: "Orang Baru"})
	must(t, err)
	must(t, o.Access.Grant(ctx, admin, user, access.Grant{Role: role, Unit: o.ID}))
	link, err := o.Access.Link(ctx, admin, user)
	must(t, err)
	token, err = o.Access.UseLink(ctx, link, passphrase, access.Attempt{Email: email, Address: "127.0.0.1"})
	must(t, err)
	_, err = o.Access.UseLink(ctx, link, passphrase, access.Attempt{Email: email, Address: "127.0.0.1"})
	refused(t, err, "not_found") // a link serves once
	return user, token
}

// POLICY 7: whoever leaves is out at once, with every session and token.
func TestWhoeverIsDisabledIsOutAtOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		ctx, admin := t.Context(), o.As("admin")
		user, login := hire(t, o, "baru@example.org", access.Worker)
		token, err := o.Access.NewToken(ctx, admin, user, "ponsel", 0)
		must(t, err)
		a, err := o.Access.ByLogin(ctx, login)
		must(t, err)
		if !a.Can(access.CaseWork) || a.Office.ID != o.ID {
			t.Errorf("signed in as %+v", a)
		}
		_, err = o.Access.ByToken(ctx, token)
		must(t, err)
		refused(t, o.Access.Disable(ctx, o.As("head"), user), "forbidden")
		must(t, o.Access.Disable(ctx, admin, user))
		_, err = o.Access.ByLogin(ctx, login)
		refused(t, err, "unauthorized")
		_, err = o.Access.ByToken(ctx, token)
		refused(t, err, "unauthorized")
		_, err = o.Access.SignIn(ctx, access.Attempt{Email: "baru@example.org", Password: passphrase, Address: "127.0.0.1"})
		refused(t, err, "invalid")
		must(t, o.Access.Enable(ctx, admin, user))
		_, err = o.Access.ByLogin(ctx, login)
		refused(t, err, "unauthorized") // what was ended stays ended
		_, err = o.Access.SignIn(ctx, access.Attempt{Email: "baru@example.org", Password: passphrase, Address: "127.0.0.1"})
		must(t, err)
	})
}

// An account that another process disabled is out within a second here, also for a token that has just called.
func TestWhoeverIsDisabledElsewhereIsOutWithinASecond(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		ctx, admin := t.Context(), o.As("admin")
		elsewhere := access.NewService(d, o.Journal, o.Vault, o.Clock.Now)
		user, _ := hire(t, o, "baru@example.org", access.Worker)
		token, err := o.Access.NewToken(ctx, admin, user, "ponsel", 0)
		must(t, err)
		_, err = o.Access.ByToken(ctx, token)
		must(t, err)
		must(t, elsewhere.Disable(ctx, admin, user))
		o.Clock.Add(time.Second)
		_, err = o.Access.ByToken(ctx, token)
		refused(t, err, "unauthorized")
	})
}

// POLICY 8: a shared desk ends after 30 idle minutes, every sign-in after 12 hours; a stream is no sign of life.
func TestSignInsEndByThemselves(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		ctx := t.Context()
		hire(t, o, "baru@example.org", access.Worker)
		shared, err := o.Access.SignIn(ctx, access.Attempt{Email: "baru@example.org", Password: passphrase, Shared: true, Address: "127.0.0.1"})
		must(t, err)
		own, err := o.Access.SignIn(ctx, access.Attempt{Email: "baru@example.org", Password: passphrase, Address: "127.0.0.1"})
		must(t, err)
		o.Clock.Add(20 * time.Minute)
		_, err = o.Access.ByLogin(ctx, shared)
		must(t, err)
		o.Clock.Add(20 * time.Minute)
		_, err = o.Access.Peek(ctx, shared)
		must(t, err)
		o.Clock.Add(20 * time.Minute)
		_, err = o.Access.ByLogin(ctx, shared)
		refused(t, err, "unauthorized")
		_, err = o.Access.ByLogin(ctx, own)
		must(t, err)
		o.Clock.Add(12 * time.Hour)
		_, err = o.Access.ByLogin(ctx, own)
		refused(t, err, "unauthorized")
	})
}

func TestSupervisorsAreSetByTheAdministrator(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		ctx, admin := t.Context(), o.As("admin")
		worker, supervisor := o.As("worker2").User, o.As("supervisor").User
		var told []db.ID
		o.Access.OnSupervision(func(_ context.Context, _ db.Tx, who db.ID) error { told = append(told, who); return nil })
		must(t, o.Access.SetSupervisors(ctx, admin, worker, []string{supervisor.String()}))
		must(t, o.Access.SetSupervisors(ctx, admin, worker, []string{supervisor.String()}))
		ids, err := o.Access.Supervisors(ctx, admin, worker)
		must(t, err)
		if !slices.Equal(ids, []db.ID{supervisor}) {
			t.Errorf("supervised by %v", ids)
		}
		must(t, o.Access.SetSupervisors(ctx, admin, worker, nil))
		if want := []db.ID{worker, worker}; !slices.Equal(told, want) {
			t.Errorf("told of %v, want one change and its end", told)
		}
		refused(t, o.Access.SetSupervisors(ctx, o.As("head"), worker, nil), "forbidden")
		_, err = o.Access.Link(ctx, admin, db.NewID())
		refused(t, err, "not_found")
		_, err = o.Access.AddUnit(ctx, admin, access.Unit{Parent: o.ID, Kind: "office", Name: "LK3 Baru", Region: "99.99", Zone: "Asia/Jakarta", Prefix: "BRU"})
		refused(t, err, "invalid")
	})
}
