package partnerdesk

import (
	"errors"
	"net/http"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/attachment"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/referral"
	"teduh/internal/web"
)

// door is how somebody came to a referral: a partner's user by the list, or a visitor by a link.
type door struct {
	access.Actor
	referral db.ID
	base     string // the referral's address on this side
	link     *Link  // of a visitor
}

// at is a handler of a referral on the partner's side.
type at func(w http.ResponseWriter, r *http.Request, d door) error

// user lets a partner's user on.
func (p *Pages) user(next at) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := web.PathID(r, "id")
		if err != nil {
			return err
		}
		return next(w, r, door{Actor: access.From(r.Context()), referral: id, base: Start + "/" + id.String()})
	}
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	q, ctx, a := web.Query(r), r.Context(), access.From(r.Context())
	v := listView{Part: q.Line("bagian"), Now: p.now(), Office: a.Office.Name}
	v.readCursor(q.Line("cursor"))
	var more bool
	var err error
	if v.List, more, err = p.service.Referrals.Arrivals(ctx, a, v.filter()); err != nil {
		return err
	}
	if more {
		v.Next = v.next()
	}
	if v.Owed, err = p.service.Referrals.Owed(ctx, a); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(ctx, "partnerdesk.title"), Active: "incoming"}, listPage(v))
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request, d door) error {
	return p.showSheet(w, r, d, sheet{})
}

// showSheet draws a referral; v holds what was refused of a form.
func (p *Pages) showSheet(w http.ResponseWriter, r *http.Request, d door, v sheet) error {
	ctx := r.Context()
	whole, err := p.service.Referrals.Open(ctx, d.Actor, d.referral)
	if err != nil {
		return err
	}
	before, err := db.ParseID(r.URL.Query().Get("sebelum"))
	if err != nil {
		before = db.ID{}
	}
	messages, earlier, err := p.service.Referrals.Messages(ctx, d.Actor, d.referral, before)
	if err != nil {
		return err
	}
	if v.Files, err = p.service.Referrals.Files(ctx, d.Actor, d.referral); err != nil {
		return err
	}
	if d.Can(access.PartnerOwn) {
		note, err := p.service.OwnNote(ctx, d.Actor, d.referral)
		if err != nil {
			return err
		}
		v.Note = &note
	}
	v.fill(ctx, d, whole, p.now())
	v.thread(ctx, d, whole, messages, earlier)
	if d.link != nil {
		return p.showVisitor(w, r, d, v)
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Number, Active: "incoming", Err: v.Err}, sheetPage(v))
}

// act runs what a form asks for and comes back to the referral; what is refused is told beside what was typed.
func (p *Pages) act(w http.ResponseWriter, r *http.Request, d door, do func(f web.Form) (said string, err error)) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	said, err := do(f)
	return p.done(w, r, d, f, said, err)
}

func (p *Pages) done(w http.ResponseWriter, r *http.Request, d door, f web.Form, said string, err error) error {
	switch {
	case web.Refused(err):
		return p.showSheet(w, r, d, sheet{Form: f, Err: err})
	case err != nil && !errors.Is(err, journal.ErrClaimed):
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, d.base)
}

// claimed keeps a visitor's form from being taken twice, as the frame does for those with an account.
func claimed(r *http.Request, d door, key string) *http.Request {
	if d.link == nil && r.Header.Get("Content-Type") == "application/x-www-form-urlencoded" || key == "" {
		return r
	}
	owner := d.User
	if d.link != nil {
		owner = d.link.ID
	}
	return r.WithContext(journal.WithClaim(r.Context(), &journal.Claim{Account: owner, Key: "form:" + key, BodyHash: []byte(r.URL.Path)}))
}

func (p *Pages) move(w http.ResponseWriter, r *http.Request, d door) error {
	return p.act(w, r, d, func(f web.Form) (string, error) {
		st, err := referral.ReadStep(f)
		if err == nil {
			st.By = ""
			err = p.service.Referrals.Move(r.Context(), d.Actor, d.referral, st)
		}
		return "door_moved", err
	})
}

func (p *Pages) message(w http.ResponseWriter, r *http.Request, d door) error {
	return p.act(w, r, d, func(f web.Form) (string, error) {
		_, err := p.service.Referrals.Write(claimed(r, d, f.Line("form_key")).Context(), d.Actor, d.referral, f.Text("text"))
		return "door_message", err
	})
}

func (p *Pages) note(w http.ResponseWriter, r *http.Request, d door) error {
	return p.act(w, r, d, func(f web.Form) (string, error) {
		return "door_note", p.service.KeepNote(r.Context(), d.Actor, d.referral, f.Version(), f.Text("note"))
	})
}

func (p *Pages) bring(w http.ResponseWriter, r *http.Request, d door) error {
	u, err := p.service.Receive(r.Context(), d.Actor, d.referral)
	if err != nil {
		return err
	}
	key, err := u.Take(r)
	if err == nil {
		err = p.service.Keep(claimed(r, d, key).Context(), d.Actor, d.referral, u)
	}
	return p.done(w, r, d, web.Form{Values: url.Values{}}, "door_files", err)
}

func (p *Pages) file(w http.ResponseWriter, r *http.Request, d door) error {
	id, err := web.PathID(r, "sent")
	if err != nil {
		return err
	}
	f, content, err := p.service.File(r.Context(), d.Actor, d.referral, id)
	if err != nil {
		return err
	}
	attachment.Hand(w, f, content)
	return nil
}
