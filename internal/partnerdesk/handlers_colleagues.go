package partnerdesk

import (
	"net/http"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// colleaguesPath is where a partner's users see to each other's accounts.
const colleaguesPath = "/rekan"

// colleaguesView is the list of a partner's accounts, with a link that was just made, shown this once.
type colleaguesView struct {
	List []access.PartnerUser
	Self access.Actor
	Link string
	Form web.Form
	Err  error
}

func (p *Pages) colleagues(w http.ResponseWriter, r *http.Request) error {
	return p.showColleagues(w, r, colleaguesView{Form: web.Form{Values: url.Values{}}})
}

func (p *Pages) showColleagues(w http.ResponseWriter, r *http.Request, v colleaguesView) (err error) {
	v.Self = access.From(r.Context())
	if v.List, err = p.service.Access.PartnerUsers(r.Context(), v.Self); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "partnerdesk.colleagues"), Active: "incoming", Err: v.Err}, colleaguesPage(v))
}

// invite makes an account and shows its one-time link in the answer itself, so that it stands in no address and no log.
func (p *Pages) invite(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	link, err := p.service.Access.InvitePartnerUser(r.Context(), access.From(r.Context()), access.NewAccount{Email: f.Line("email"), Name: f.Line("name")})
	if web.Refused(err) {
		return p.showColleagues(w, r, colleaguesView{Form: f, Err: err})
	}
	if err != nil {
		return err
	}
	return p.showColleagues(w, r, colleaguesView{Form: web.Form{Values: url.Values{}}, Link: p.absolute(r, "/masuk/tautan/"+link)})
}

func (p *Pages) inviteAgain(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	v := colleaguesView{Form: web.Form{Values: url.Values{}}}
	link, err := p.service.Access.PartnerUserLink(r.Context(), access.From(r.Context()), id)
	switch {
	case web.Refused(err):
		v.Err = err
	case err != nil:
		return err
	default:
		v.Link = p.absolute(r, "/masuk/tautan/"+link)
	}
	return p.showColleagues(w, r, v)
}

func (p *Pages) endPage(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	u, err := p.service.Access.PartnerUser(r.Context(), access.From(r.Context()), id)
	if err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "partnerdesk.colleagues"), Active: "incoming"}, endColleague(u))
}

func (p *Pages) end(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	err = p.service.Access.EndPartnerUser(r.Context(), access.From(r.Context()), id)
	if web.Refused(err) {
		return p.showColleagues(w, r, colleaguesView{Form: web.Form{Values: url.Values{}}, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "colleague_ended")
	return web.Redirect(w, r, colleaguesPath)
}
