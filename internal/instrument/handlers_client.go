package instrument

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/questions"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// deviceCookie tells the device that opened a link from any other.
const deviceCookie = "teduh_isi"

// device is the device's own mark, made when it has none. It lives as long as a link.
func (p *Pages) device(w http.ResponseWriter, r *http.Request) string {
	name := deviceCookie
	if p.secure {
		name = "__Host-" + deviceCookie
	}
	if c, err := r.Cookie(name); err == nil && len(c.Value) >= 20 {
		return c.Value
	}
	mark := access.FormKey()
	http.SetCookie(w, &http.Cookie{Name: name, Value: mark, Path: "/", MaxAge: int(LinkLasts.Seconds()), HttpOnly: true, Secure: p.secure, SameSite: http.SameSiteStrictMode})
	return mark
}

// clientView is one question of a sheet, or, past the last one, the end before sending.
type clientView struct {
	Sheet
	Action   string
	Asked    []form.Item
	At       int
	Err      error
	Settings *unit.Settings
}

func (v clientView) question() form.Item { return v.Asked[v.At] }
func (v clientView) last() bool          { return v.At >= len(v.Asked) }

func (v clientView) href(at int) string { return v.Action + "?q=" + strconv.Itoa(at+1) }

// firstOpen is the first question without an answer, or the end.
func (v clientView) firstOpen() int {
	for i, q := range v.Asked {
		if len(v.Answers[q.ID]) == 0 {
			return i
		}
	}
	return len(v.Asked)
}

// clientView puts a sheet before the client, at a question: «q» counts from one.
func (p *Pages) clientView(r *http.Request, sh Sheet, q string) clientView {
	v := clientView{Sheet: sh, Action: "/isi/" + r.PathValue("token"), Asked: sh.Asked()}
	v.At = v.firstOpen()
	if n, err := strconv.Atoi(q); err == nil && n >= 1 {
		v.At = min(n-1, len(v.Asked))
	}
	return v
}

func (p *Pages) sheet(w http.ResponseWriter, r *http.Request) error {
	sh, err := p.service.Open(r.Context(), r.PathValue("token"), p.device(w, r))
	if err != nil {
		return p.gone(w, r, err)
	}
	return p.showClient(w, r, p.clientView(r, sh, r.URL.Query().Get("q")), clientPage)
}

// showClient draws a client's page in the language they are asked in; nothing of it is kept by the browser.
func (p *Pages) showClient(w http.ResponseWriter, r *http.Request, v clientView, page func(clientView) templ.Component) error {
	ctx := i18n.With(r.Context(), i18n.Language(v.Language), v.Office.Zone)
	var err error
	if v.Settings, err = p.service.Office.Of(ctx, v.Office.ID); err != nil {
		return err
	}
	status := http.StatusOK
	if e, ok := fault.As(v.Err); ok {
		status = e.Status
	}
	w.Header().Set("Referrer-Policy", "no-referrer")
	return web.Render(w, r.WithContext(ctx), status, page(v))
}

// gone says in plain words that a link leads nowhere any more.
func (p *Pages) gone(w http.ResponseWriter, r *http.Request, err error) error {
	if e, ok := fault.As(err); ok && e.Status == http.StatusGone {
		return web.Render(w, r, e.Status, gonePage(e.Key))
	}
	return err
}

func (p *Pages) answer(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	token, device, item := r.PathValue("token"), p.device(w, r), f.Line("item")
	sh, err := p.service.Open(r.Context(), token, device)
	if err == nil {
		sh, err = p.service.Answer(r.Context(), token, device, item, questions.Read(sh.Edition.Form, f)[item])
	}
	if e, ok := fault.As(err); ok && e.Status == http.StatusUnprocessableEntity {
		v := p.clientView(r, sh, f.Line("q"))
		v.Err = err
		return p.showClient(w, r, v, clientPage)
	}
	if err != nil {
		return p.gone(w, r, err)
	}
	v := p.clientView(r, sh, "")
	return web.Redirect(w, r, v.href(v.after(item)))
}

// after is the place of the question behind one that was answered; conditions may have let in or taken out others.
func (v clientView) after(item string) int {
	for i, q := range v.Asked {
		if q.ID == item {
			return i + 1
		}
	}
	return v.firstOpen()
}

func (p *Pages) send(w http.ResponseWriter, r *http.Request) error {
	sh, err := p.service.Send(r.Context(), r.PathValue("token"), p.device(w, r))
	if e, ok := fault.As(err); ok && e.Status == http.StatusUnprocessableEntity {
		v := p.clientView(r, sh, "")
		v.Err = err
		return p.showClient(w, r, v, clientPage)
	}
	if err != nil {
		return p.gone(w, r, err)
	}
	return p.showClient(w, r, p.clientView(r, sh, ""), thanksPage)
}
