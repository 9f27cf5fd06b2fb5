package partnerdesk

import (
	"net/http"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// visitCookie is what a device keeps of a visit: one cookie for each link, so that two referrals can be open beside each other.
func (p *Pages) visitCookie(l Link) string {
	id := l.ID.String()
	name := "teduh_r_" + id[len(id)-12:]
	if p.secure {
		return "__Host-" + name
	}
	return name
}

// kept is what the device kept of a visit by a link.
func (p *Pages) kept(r *http.Request, l Link) string {
	c, err := r.Cookie(p.visitCookie(l))
	if err != nil {
		return ""
	}
	return c.Value
}

// keep puts a visit into the device. The cookie outlives the visit: by it the device is known again. Behind https its name binds
// it to this very host, which asks for the whole of it; else it goes to the links alone.
func (p *Pages) keep(w http.ResponseWriter, l Link, visit string) {
	path := "/r"
	if p.secure {
		path = "/"
	}
	http.SetCookie(w, &http.Cookie{Name: p.visitCookie(l), Value: visit, Path: path, MaxAge: int(LinkLasts.Seconds()), HttpOnly: true,
		Secure: p.secure, SameSite: http.SameSiteLaxMode})
}

// private keeps the address, which holds a token, from being told to anyone.
func private(w http.ResponseWriter) {
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Robots-Tag", "noindex, nofollow")
}

// doorView is the page that asks for the PIN. It tells nothing of what is behind.
type doorView struct {
	Action string
	Name   string
	Ended  bool // a form was sent after the visit had ended
	Err    error
}

// atDoor asks for the PIN, or shows the referral to who is in already. Opening the address changes nothing.
func (p *Pages) atDoor(w http.ResponseWriter, r *http.Request) error {
	private(w)
	token := r.PathValue("token")
	l, err := p.service.At(r.Context(), token)
	if err == nil || fault.Is(err, "link_locked") {
		if kept := p.kept(r, l); kept != "" {
			v, verr := p.service.Visit(r.Context(), token, kept)
			if verr == nil {
				return p.visit(w, r, v, p.show)
			}
			if !fault.Is(verr, "unauthorized") {
				return verr
			}
		}
	}
	if err != nil {
		return p.closed(w, r, err)
	}
	return p.showDoor(w, r, doorView{})
}

func (p *Pages) showDoor(w http.ResponseWriter, r *http.Request, v doorView) error {
	v.Action = linkPath(r.PathValue("token"))
	status := web.StatusOf(v.Err)
	if v.Ended {
		status = http.StatusUnauthorized
	}
	if status == http.StatusTooManyRequests {
		if e, _ := fault.As(v.Err); e != nil {
			w.Header().Set("Retry-After", strconv.Itoa(e.Data.(int)))
		}
	}
	return web.Render(w, r, status, doorPage(v))
}

// closed says that a link leads nowhere, in the same words whatever was the reason, or that it is locked.
func (p *Pages) closed(w http.ResponseWriter, r *http.Request, err error) error {
	if !fault.Is(err, "link_gone") && !fault.Is(err, "link_locked") {
		return err
	}
	e, _ := fault.As(err)
	return web.Render(w, r, e.Status, closedPage(e.Key))
}

func (p *Pages) enter(w http.ResponseWriter, r *http.Request) error {
	private(w)
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	l, err := p.service.At(r.Context(), token)
	if err != nil {
		return p.closed(w, r, err)
	}
	visit, err := p.service.Enter(r.Context(), Knock{Token: token, PIN: f.Line("pin"), Name: f.Line("name"), Before: p.kept(r, l)})
	if fault.Is(err, "link_gone") || fault.Is(err, "link_locked") {
		return p.closed(w, r, err)
	}
	if _, refused := fault.As(err); refused {
		return p.showDoor(w, r, doorView{Name: f.Line("name"), Err: err})
	}
	if err != nil {
		return err
	}
	p.keep(w, l, visit)
	return web.Redirect(w, r, linkPath(token))
}

// visitor lets whoever is in by a link on; who is not in is asked for the PIN.
func (p *Pages) visitor(next at) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		private(w)
		token := r.PathValue("token")
		l, err := p.service.At(r.Context(), token)
		if err != nil && !fault.Is(err, "link_locked") {
			return p.closed(w, r, err)
		}
		v, err := p.service.Visit(r.Context(), token, p.kept(r, l))
		if fault.Is(err, "unauthorized") {
			return p.showDoor(w, r, doorView{Ended: true})
		}
		if err != nil {
			return p.closed(w, r, err)
		}
		return p.visit(w, r, v, next)
	}
}

// visit runs a handler as the visitor, in the office's zone, whoever else may be signed in at this browser.
func (p *Pages) visit(w http.ResponseWriter, r *http.Request, v Visit, next at) error {
	ctx := i18n.With(access.With(r.Context(), v.Actor), i18n.Lang(r.Context()), v.Office.Zone)
	return next(w, r.WithContext(ctx), door{Actor: v.Actor, referral: v.Referral, base: linkPath(r.PathValue("token")), link: &v.Link})
}

func (p *Pages) showVisitor(w http.ResponseWriter, r *http.Request, d door, v sheet) error {
	v.Said = web.Said(w, r)
	return web.Render(w, r, web.StatusOf(v.Err), visitorPage(visitorView{v, d.Name, d.Office.Name, d.base}))
}

// visitorView is a referral as a visitor sees it: without a navigation, there is nowhere else to go.
type visitorView struct {
	sheet
	Visitor string
	Office  string
	Here    string
}

func (p *Pages) leave(w http.ResponseWriter, r *http.Request) error {
	private(w)
	token := r.PathValue("token")
	if l, err := p.service.At(r.Context(), token); err == nil {
		if err := p.service.Leave(r.Context(), p.kept(r, l)); err != nil {
			return err
		}
	}
	return web.Redirect(w, r, linkPath(token))
}

// absolute is an address of ours as somebody outside types it.
func (p *Pages) absolute(r *http.Request, path string) string {
	if p.service.BaseURL != "" {
		return p.service.BaseURL + path
	}
	return "http://" + r.Host + path
}
