package access

import (
	"net"
	"net/http"
	"strings"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

func (p *Pages) signInPage(w http.ResponseWriter, r *http.Request) error {
	if From(r.Context()).Kind == User {
		return web.Redirect(w, r, "/")
	}
	return p.showSignIn(w, r, signInForm{Back: web.LocalPath(r.URL.Query().Get("kembali"), "")}, nil)
}

func (p *Pages) showSignIn(w http.ResponseWriter, r *http.Request, f signInForm, err error) error {
	view := signInView{Form: f, Err: err, Here: r.URL.RequestURI(), Ended: r.URL.Query().Has("berakhir")}
	units, uerr := p.service.Units(r.Context())
	if uerr != nil {
		return uerr
	}
	for _, u := range units {
		if u.Kind == "office" {
			view.Office, view.Place = u.Name, p.place(u.Region)
			break
		}
	}
	return web.Render(w, r, web.StatusOf(err), signInPage(view))
}

func (p *Pages) signIn(w http.ResponseWriter, r *http.Request) error {
	posted, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	f := signInForm{Email: posted.Line("email"), Shared: posted.Checked("shared"), Back: web.LocalPath(posted.Get("back"), "/")}
	token, err := p.service.SignIn(r.Context(), p.attempt(r, f, posted.Get("password")))
	if _, ok := fault.As(err); ok {
		return p.showSignIn(w, r, f, err)
	}
	if err != nil {
		return err
	}
	p.setCookie(w, token)
	return web.Redirect(w, r, f.Back)
}

func (p *Pages) attempt(r *http.Request, f signInForm, password string) Attempt {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return Attempt{Email: f.Email, Password: password, Shared: f.Shared, Address: host, Device: device(r.UserAgent())}
}

// device says in two words what signed in; the whole of a browser's name would follow people around.
func device(agent string) string {
	kind := "computer"
	switch {
	case strings.Contains(agent, "Android"):
		kind = "android"
	case strings.Contains(agent, "iPhone"), strings.Contains(agent, "iPad"):
		kind = "ios"
	}
	browser := "other"
	for _, b := range []string{"Edg", "OPR", "Firefox", "Chrome", "Safari"} {
		if strings.Contains(agent, b) {
			browser = b
			break
		}
	}
	return kind + " " + browser
}

// CookieOf is the cookie's name for the way people come.
func CookieOf(secure bool) string {
	if secure {
		return "__Host-" + CookieName
	}
	return CookieName
}

func (p *Pages) setCookie(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{Name: CookieOf(p.secure), Value: token, Path: "/", HttpOnly: true, Secure: p.secure,
		SameSite: http.SameSiteLaxMode, MaxAge: int(LoginLasts.Seconds())})
}

// EndCookie takes the sign-in's cookie away.
func EndCookie(secure bool) *http.Cookie {
	return &http.Cookie{Name: CookieOf(secure), Path: "/", MaxAge: -1, HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode}
}

func (p *Pages) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := p.service.SignOut(r.Context(), From(r.Context()), db.ID{}); err != nil && !fault.Is(err, "not_found") {
		return err
	}
	http.SetCookie(w, EndCookie(p.secure))
	return web.Redirect(w, r, "/masuk")
}

func (p *Pages) linkPage(w http.ResponseWriter, r *http.Request) error {
	acc, err := p.service.LinkUser(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, linkPage(linkView{Email: acc.Email, Name: acc.Name, Action: r.URL.Path}))
}

func (p *Pages) useLink(w http.ResponseWriter, r *http.Request) error {
	posted, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	link := r.PathValue("token")
	acc, err := p.service.LinkUser(r.Context(), link)
	if err != nil {
		return err
	}
	token, err := p.service.UseLink(r.Context(), link, posted.Get("password"), p.attempt(r, signInForm{Email: acc.Email}, ""))
	if _, ok := fault.As(err); ok {
		return web.Render(w, r, web.StatusOf(err), linkPage(linkView{Email: acc.Email, Name: acc.Name, Action: r.URL.Path, Err: err}))
	}
	if err != nil {
		return err
	}
	p.setCookie(w, token)
	return web.Redirect(w, r, "/")
}

// LanguageCookie keeps the language of one who is not signed in.
const LanguageCookie = "teduh_bahasa"

func (p *Pages) language(w http.ResponseWriter, r *http.Request) error {
	posted, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	lang := "id"
	if posted.Get("lang") == string(i18n.EN) {
		lang = "en"
	}
	if a := From(r.Context()); a.Kind == User {
		if err := p.service.SetLanguage(r.Context(), a, lang); err != nil {
			return err
		}
	}
	http.SetCookie(w, &http.Cookie{Name: LanguageCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, Secure: p.secure, SameSite: http.SameSiteLaxMode})
	return web.Redirect(w, r, posted.Get("back"))
}

func (p *Pages) profile(w http.ResponseWriter, r *http.Request) error {
	return p.showProfile(w, r, profileView{})
}

func (p *Pages) showProfile(w http.ResponseWriter, r *http.Request, v profileView) (err error) {
	v.Actor, v.Now = From(r.Context()), p.service.now()
	if v.Logins, err = p.service.Logins(r.Context(), v.Actor); err != nil {
		return err
	}
	if v.Tokens, err = p.service.Tokens(r.Context(), v.Actor); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "access.profile.title"), Active: "profile", Err: v.Err}, profilePage(v))
}

func (p *Pages) password(w http.ResponseWriter, r *http.Request) error {
	posted, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	err = p.service.ChangePassword(r.Context(), From(r.Context()), posted.Get("old"), posted.Get("password"))
	if _, ok := fault.As(err); ok {
		return p.showProfile(w, r, profileView{Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "password_changed")
	return web.Redirect(w, r, "/profil")
}

func (p *Pages) endLogin(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	if err := p.service.SignOut(r.Context(), From(r.Context()), id); err != nil {
		return err
	}
	web.Say(w, "login_ended")
	return web.Redirect(w, r, "/profil")
}

func (p *Pages) endOthers(w http.ResponseWriter, r *http.Request) error {
	if err := p.service.SignOutOthers(r.Context(), From(r.Context())); err != nil {
		return err
	}
	web.Say(w, "login_ended")
	return web.Redirect(w, r, "/profil")
}
