package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// identify finds who is at the door: a bearer token, a cookie, or a visitor. The language and the zone go along.
func (a *App) identify(w http.ResponseWriter, r *http.Request) (context.Context, error) {
	actor, err := a.actor(r)
	if fault.Is(err, "unauthorized") && !web.IsAPI(r) {
		err = nil // a cookie that ended: a visitor, who is sent to sign in where that is needed
	}
	ctx := i18n.With(access.With(r.Context(), actor), language(r, actor), actor.Office.Zone)
	if actor.Kind == access.User && err == nil {
		settings, failed := a.Units.Of(ctx, actor.Office.ID)
		if failed != nil {
			return ctx, failed
		}
		ctx = unit.With(ctx, settings)
	}
	return web.WithShell(ctx, a.shell(r, actor)), err
}

func (a *App) actor(r *http.Request) (access.Actor, error) {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return a.Access.ByToken(r.Context(), token)
	}
	if c, err := r.Cookie(access.CookieOf(a.secure())); err == nil {
		return a.Access.ByLogin(r.Context(), c.Value)
	}
	return access.Actor{}, nil
}

// again finds who listens to a stream, without counting as a sign of life.
func (a *App) again(r *http.Request) (access.Actor, error) {
	if c, err := r.Cookie(access.CookieOf(a.secure())); err == nil {
		return a.Access.Peek(r.Context(), c.Value)
	}
	return a.actor(r)
}

func (a *App) secure() bool { return strings.HasPrefix(a.Config.BaseURL, "https://") }

// language of an answer: what a machine asks for, else what the account or the last choice says, else Indonesian, also where
// the browser was set up in another language.
func language(r *http.Request, actor access.Actor) i18n.Language {
	if web.IsAPI(r) {
		return i18n.Match(r.Header.Get("Accept-Language"))
	}
	if actor.Kind == access.User {
		return i18n.Language(actor.Language)
	}
	if c, err := r.Cookie(access.LanguageCookie); err == nil {
		return i18n.Language(c.Value)
	}
	return i18n.ID
}

func (a *App) allow(ctx context.Context, permission string) error {
	return access.From(ctx).Require(access.Permission(permission))
}

func known(permission string) bool { return access.Known(access.Permission(permission)) }

// most bytes of a JSON body.
const maxJSON = 1 << 20

// door identifies the caller and takes in what was sent before the API's own routing.
func (a *App) door(c web.Config, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, err := c.Identify(w, r)
		r = r.WithContext(ctx)
		if err == nil && !web.PlainQuery(r.URL.RawQuery) {
			err = fault.Malformed()
		}
		if err == nil {
			err = receive(w, r)
		}
		if err != nil {
			c.Fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// receive reads the whole body, so that one cut off or too large is told before anything is done.
func receive(w http.ResponseWriter, r *http.Request) error {
	if r.Body == nil || r.Body == http.NoBody {
		return nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxJSON))
	if _, big := errors.AsType[*http.MaxBytesError](err); big {
		return fault.TooLarge(maxJSON >> 20)
	}
	if err != nil {
		return fault.Malformed()
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

// reached tells as a problem that an address leads nowhere or does not know a method.
func (a *App) reached(operations *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		nowhere, pattern := operations.Handler(r)
		if pattern != "" {
			operations.ServeHTTP(w, r)
			return
		}
		told := &silent{header: http.Header{}}
		nowhere.ServeHTTP(told, r)
		if told.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", told.header.Get("Allow"))
			a.fail(w, r, &fault.Error{Status: told.status, Code: "method_not_allowed", Key: "error.method"})
			return
		}
		a.fail(w, r, fault.NotFound())
	})
}

// silent keeps the status and the headers of an answer nobody gets.
type silent struct {
	header http.Header
	status int
}

func (s *silent) Header() http.Header         { return s.header }
func (s *silent) WriteHeader(status int)      { s.status = status }
func (s *silent) Write(b []byte) (int, error) { return len(b), nil }
