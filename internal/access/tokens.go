package access

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// Token is what is kept of an API token: never the token itself.
type Token struct {
	ID        db.ID
	Name      string
	CreatedAt db.Time
	EndsAt    db.Time // zero: until it is taken back
}

// TokenDays are how many days a token made on the profile page may last; one that never ends is made by the command line.
var TokenDays = []int{30, 90, 365}

// Tokens lists the actor's own API tokens that still last, newest first.
func (s *Service) Tokens(ctx context.Context, a Actor) (list []Token, err error) {
	if err := a.Require(SignedIn); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectTokens(ctx, r, a.User, db.At(s.now()))
		return err
	})
	return list, err
}

// MakeToken makes a token for the actor's own account. A program can't make another one: it would outlive its own.
func (s *Service) MakeToken(ctx context.Context, a Actor, name string, days int) (string, error) {
	if err := a.Require(SignedIn); err != nil {
		return "", err
	}
	if a.Token {
		return "", fault.Conflict("by_token", "access.token.by_token")
	}
	var c fault.Checks
	c.Add(web.Length("token_name", name, 1, web.MaxName))
	c.Field(!slices.Contains(TokenDays, days), "token_days", "unknown", "error.choice")
	if err := c.Err(); err != nil {
		return "", err
	}
	return s.NewToken(ctx, a, a.User, name, time.Duration(days)*24*time.Hour)
}

// EndToken takes one of the actor's own tokens back; it is dead at the next request.
func (s *Service) EndToken(ctx context.Context, a Actor, id db.ID) error {
	if err := a.Require(SignedIn); err != nil {
		return err
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		if ok, err := db.Changed(deleteToken(ctx, tx, a.User, id)); err != nil || !ok {
			return orNotFound(err)
		}
		return tx.Record(ctx, a.change("user.token_ended", "user", a.User, nil))
	})
}

func (p *Pages) makeToken(w http.ResponseWriter, r *http.Request) error {
	posted, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	token, err := p.service.MakeToken(r.Context(), From(r.Context()), posted.Line("token_name"), posted.Int("token_days", 0))
	if refused, ok := errors.AsType[*fault.Error](err); ok && refused.Status == http.StatusUnprocessableEntity {
		return p.showProfile(w, r, profileView{Err: err, Form: posted})
	}
	if err != nil {
		return err
	}
	return p.showProfile(w, r, profileView{Token: token})
}

func (p *Pages) endToken(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err == nil {
		err = p.service.EndToken(r.Context(), From(r.Context()), id)
	}
	if err != nil {
		return err
	}
	web.Say(w, "token_ended")
	return web.Redirect(w, r, "/profil")
}

func tokenDays(ctx context.Context) []ui.Option {
	list := make([]ui.Option, len(TokenDays))
	for i, days := range TokenDays {
		list[i] = ui.Option{Value: strconv.Itoa(days), Label: i18n.T(ctx, "access.token.days", "n", days)}
	}
	return list
}

// ends tells until when a token lasts.
func (t Token) ends(ctx context.Context) string {
	if t.EndsAt.IsZero() {
		return i18n.T(ctx, "access.token.endless")
	}
	return i18n.T(ctx, "access.token.until", "day", i18n.Date(ctx, t.EndsAt.Time))
}
