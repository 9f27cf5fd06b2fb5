package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Attempt is someone at the door.
type Attempt struct {
	Email    string
	Password string
	Address  string // of the network; kept only as a keyed hash
	Device   string // what the browser says of itself, shortened, for the list of sign-ins
	Shared   bool   // a desk used by several: ends after 30 idle minutes
}

// SignIn checks an e-mail and a password and opens a login; the token goes into the cookie and is kept as a hash.
// Wrong account and wrong password read alike and cost alike.
func (s *Service) SignIn(ctx context.Context, t Attempt) (token string, err error) {
	sources := []source{{s.vault.Blind("signin account", emailKey(t.Email)), freeAttempts}, {s.vault.Blind("signin address", t.Address), freeFromAddress}}
	if err := s.patience(ctx, sources); err != nil {
		return "", err
	}
	u, err := s.credentials(ctx, t.Email)
	if err != nil {
		return "", err
	}
	ok, err := matches(ctx, u.hash, t.Password)
	if err != nil {
		return "", err
	}
	if !ok || u.disabled {
		return "", s.failed(ctx, sources)
	}
	if err := s.patience(ctx, sources); err != nil { // of many guesses at once the right one is not told from the others
		return "", err
	}
	return s.open(ctx, u.id, t)
}

func (s *Service) credentials(ctx context.Context, email string) (c credential, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		c, err = selectCredential(ctx, r, emailKey(email))
		if fault.Is(err, "not_found") {
			err = nil
		}
		return err
	})
	return c, err
}

// source is what failures are counted by, as a keyed hash, and how many of them cost no waiting.
type source struct {
	hash []byte
	free int
}

// patience slows down by account and by address: after some failures in a quarter of an hour each further one doubles the
// wait, up to the length of that window. Nobody is locked out for good.
func (s *Service) patience(ctx context.Context, sources []source) error {
	now := s.now()
	return s.db.Read(ctx, func(r db.Reader) error {
		for _, src := range sources {
			n, last, err := countFailures(ctx, r, src.hash, db.At(now.Add(-slowWindow)))
			if err != nil {
				return err
			}
			if wait := last.Add(waitAfter(n - src.free)).Sub(now); n >= src.free && wait > 0 {
				return fault.TooMany(int(wait/time.Second) + 1)
			}
		}
		return nil
	})
}

func waitAfter(more int) time.Duration { return min(slowWindow, time.Second<<min(max(more, 0)+1, 12)) }

func (s *Service) failed(ctx context.Context, sources []source) error {
	err := s.db.Write(ctx, func(tx db.Tx) error {
		now := db.At(s.now())
		if err := deleteFailures(ctx, tx, db.At(now.Add(-slowWindow))); err != nil {
			return err
		}
		for _, src := range sources {
			if err := insertFailure(ctx, tx, src.hash, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return fault.Invalid(fault.Field("email", "wrong", "access.signin.wrong"))
}

// open starts a login at the first of the user's offices.
func (s *Service) open(ctx context.Context, user db.ID, t Attempt) (string, error) {
	token := newToken()
	err := s.write(ctx, func(tx *journal.Tx) error {
		grants, err := selectGrants(ctx, tx, user)
		if err != nil {
			return err
		}
		if len(grants) == 0 {
			return fault.Conflict("no_role", "access.signin.no_role")
		}
		l := loginRow{id: db.NewID(), user: user, office: grants[0].Unit, device: t.Device, shared: db.Flag(t.Shared),
			at: tx.Now(), ends: db.At(tx.Now().Add(LoginLasts))}
		if err := insertLogin(ctx, tx, hashToken(token), l); err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: l.office, Actor: user, Code: "user.signed_in", Kind: "user", Subject: user})
	})
	return token, err
}

// newToken has 256 bits of chance.
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}

// FormKey is the one-time key that keeps a form from being taken twice.
func FormKey() string { return newToken()[:22] }

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte("teduh " + token))
	return sum[:]
}

// ByLogin is the actor behind a cookie's token; fault.Unauthorized when it ended or the account is disabled.
func (s *Service) ByLogin(ctx context.Context, token string) (Actor, error) {
	return s.byLogin(ctx, token, false)
}

// Peek is ByLogin for what goes on by itself, such as a stream of alerts: it is no sign that someone is at the desk.
func (s *Service) Peek(ctx context.Context, token string) (Actor, error) {
	return s.byLogin(ctx, token, true)
}

func (s *Service) byLogin(ctx context.Context, token string, quietly bool) (Actor, error) {
	now := s.now()
	var a Actor
	var seen db.Time
	err := s.db.Read(ctx, func(r db.Reader) error {
		l, err := selectLogin(ctx, r, hashToken(token), db.At(now))
		if err != nil {
			return err
		}
		if bool(l.shared) && now.Sub(l.seen.Time) > SharedIdle {
			return fault.NotFound()
		}
		seen = l.seen
		a, err = actorAt(ctx, r, l.user, l.office)
		a.Login, a.ProvedAt = l.id, l.proved.Time
		return err
	})
	if err != nil {
		return Actor{}, unauthorized(err)
	}
	if !quietly && now.Sub(seen.Time) > seenEvery {
		err = s.db.Write(ctx, func(tx db.Tx) error { return updateSeen(ctx, tx, a.Login, db.At(now)) })
	}
	return a, err
}

// ByToken is the actor behind an API token.
func (s *Service) ByToken(ctx context.Context, token string) (Actor, error) {
	hash, now := hashToken(token), s.now()
	a, age, ok := s.recent.find(hash, now)
	if ok {
		return a, nil
	}
	err := s.db.Read(ctx, func(r db.Reader) error {
		user, office, err := selectToken(ctx, r, hash, db.At(now))
		if err != nil {
			return err
		}
		a, err = actorAt(ctx, r, user, office)
		a.Token = true
		return err
	})
	if err == nil {
		s.recent.keep(hash, a, now, age)
	}
	return a, unauthorized(err)
}

func unauthorized(err error) error {
	if fault.Is(err, "not_found") {
		return fault.Unauthorized()
	}
	return err
}

// actorAt reads a user with the roles that reach a unit.
func actorAt(ctx context.Context, r db.Reader, user, office db.ID) (Actor, error) {
	rows, err := selectActor(ctx, r, user, office)
	if err != nil {
		return Actor{}, err
	}
	if len(rows) == 0 {
		return Actor{}, fault.NotFound()
	}
	a := NewActor(user, rows[0].name, rows[0].unit.Office())
	a.Email, a.Language = rows[0].email, rows[0].language
	var roles []Role
	for _, row := range rows {
		roles = append(roles, row.role)
		if row.village != "" {
			a.Villages = append(a.Villages, string(row.village))
		}
		if row.role == Partner {
			a.Partner = row.partner
		}
	}
	a.setRoles(roles)
	return a, nil
}

// ActorOf is the actor a user would be at an office, for the clock and for «who can see this».
func ActorOf(ctx context.Context, r db.Reader, user, office db.ID) (Actor, error) {
	return actorAt(ctx, r, user, office)
}

// SignOut ends one login of the actor's own; the zero id means the current one.
func (s *Service) SignOut(ctx context.Context, a Actor, login db.ID) error {
	if err := a.Require(SignedIn); err != nil {
		return err
	}
	if login.IsZero() {
		login = a.Login
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		if ok, err := db.Changed(deleteLogin(ctx, tx, a.User, login)); err != nil || !ok {
			return orNotFound(err)
		}
		return tx.Record(ctx, a.change("user.signed_out", "user", a.User, nil))
	})
}

// SignOutOthers ends all logins of the actor but the current one.
func (s *Service) SignOutOthers(ctx context.Context, a Actor) error {
	if err := a.Require(SignedIn); err != nil {
		return err
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		if err := deleteOtherLogins(ctx, tx, a.User, a.Login); err != nil {
			return err
		}
		return tx.Record(ctx, a.change("user.signed_out_others", "user", a.User, nil))
	})
}

// Logins lists the actor's own sign-ins that still last.
func (s *Service) Logins(ctx context.Context, a Actor) (list []Login, err error) {
	if err := a.Require(SignedIn); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectLogins(ctx, r, a.User, db.At(s.now()))
		return err
	})
	return list, err
}

// ChangePassword sets a new password after proving the old one, and ends the other logins.
func (s *Service) ChangePassword(ctx context.Context, a Actor, old, fresh string) error {
	if err := a.Require(SignedIn); err != nil {
		return err
	}
	ok, err := s.proves(ctx, a, old)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Invalid(fault.Field("old", "wrong", "access.password.wrong"))
	}
	return s.setPassword(ctx, a, fresh, func(*journal.Tx) error { return nil })
}

// Prove asks the actor for the password again, before an act that needs it; the login remembers when.
func (s *Service) Prove(ctx context.Context, a Actor, password string) (bool, error) {
	if err := a.Require(SignedIn); err != nil {
		return false, err
	}
	return s.proves(ctx, a, password)
}

func (s *Service) proves(ctx context.Context, a Actor, password string) (bool, error) {
	account := []source{{s.vault.Blind("signin account", emailKey(a.Email)), freeAttempts}}
	if err := s.patience(ctx, account); err != nil {
		return false, err
	}
	c, err := s.credentials(ctx, a.Email)
	if err != nil {
		return false, err
	}
	ok, err := matches(ctx, c.hash, password)
	if err != nil || ok {
		return ok, err
	}
	if err := s.failed(ctx, account); !fault.Is(err, "invalid") {
		return false, err
	}
	return false, nil
}

// setPassword keeps a new password and ends the other logins, in one transaction with what allows it.
func (s *Service) setPassword(ctx context.Context, a Actor, fresh string, spend func(*journal.Tx) error) error {
	if bad := CheckPassword(fresh, a.Name, a.Email); bad != nil {
		return fault.Invalid(bad)
	}
	hash, err := HashPassword(ctx, fresh)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		if err := spend(tx); err != nil {
			return err
		}
		if err := updatePassword(ctx, tx, a.User, hash); err != nil {
			return err
		}
		if err := deleteOtherLogins(ctx, tx, a.User, a.Login); err != nil {
			return err
		}
		return tx.Record(ctx, a.change("user.password_set", "user", a.User, nil))
	})
}

// SetHash gives a user a password that was hashed before: the demo hashes its one password once.
func (s *Service) SetHash(ctx context.Context, a Actor, user db.ID, hash string) error {
	if err := a.Require(AccountManage); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx db.Tx) error { return updatePassword(ctx, tx, user, hash) })
}

// Link makes a one-time sign-in link's token for a user; it lasts 48 hours.
func (s *Service) Link(ctx context.Context, a Actor, user db.ID) (string, error) {
	if err := a.Require(AccountManage); err != nil {
		return "", err
	}
	token := newToken()
	err := s.write(ctx, func(tx *journal.Tx) error {
		if err := s.reachesUser(ctx, tx, a, user); err != nil {
			return err
		}
		if err := insertLink(ctx, tx, hashToken(token), user, db.At(tx.Now().Add(linkLasts))); err != nil {
			return err
		}
		return tx.Record(ctx, a.change("user.link_made", "user", user, nil))
	})
	return token, err
}

// UseLink sets the password of the link's user and opens a login; the link is spent.
func (s *Service) UseLink(ctx context.Context, link, password string, t Attempt) (string, error) {
	u, err := s.LinkUser(ctx, link)
	if err != nil {
		return "", err
	}
	a := NewActor(u.ID, u.Name, Office{})
	a.Email = u.Email
	err = s.setPassword(ctx, a, password, func(tx *journal.Tx) error {
		ok, err := db.Changed(deleteLink(ctx, tx, hashToken(link)))
		if err == nil && !ok {
			return fault.NotFound() // someone else was faster
		}
		return err
	})
	if err != nil {
		return "", err
	}
	return s.open(ctx, u.ID, t)
}

// LinkUser tells whose link it is, while it lasts.
func (s *Service) LinkUser(ctx context.Context, link string) (acc Account, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		id, err := selectLink(ctx, r, hashToken(link), db.At(s.now()))
		if err != nil {
			return err
		}
		acc, err = selectAccount(ctx, r, id)
		return err
	})
	return acc, err
}

// NewToken makes an API token for a user; zero lasts means it does not end by itself. The token is told once.
func (s *Service) NewToken(ctx context.Context, a Actor, user db.ID, name string, lasts time.Duration) (string, error) {
	if a.User != user {
		if err := a.Require(AccountManage); err != nil {
			return "", err
		}
	}
	name = strings.TrimSpace(name)
	if bad := web.Length("name", name, 1, web.MaxName); bad != nil {
		return "", fault.Invalid(bad)
	}
	token := "teduh_" + newToken()
	err := s.write(ctx, func(tx *journal.Tx) error {
		ends := db.Time{}
		if lasts > 0 {
			ends = db.At(tx.Now().Add(lasts))
		}
		if err := insertToken(ctx, tx, tokenRow{db.NewID(), hashToken(token), user, name, tx.Now(), ends}); err != nil {
			return err
		}
		return tx.Record(ctx, a.change("user.token_made", "user", user, nil))
	})
	return token, err
}
