package casefile

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// noteDraft is the box for a note among the forms whose text is kept as typed.
const noteDraft = "note"

// SessionDraft is the box for a note of a group's session among them.
const SessionDraft = "group_note"

// Left is what a worker left in a form of a case; without values where nothing was left.
type Left struct {
	web.Form
	SavedAt time.Time
}

// KeepDraft lets a form of the case keep what is typed into it as a draft, under a name of its own. Fields are those a person
// writes in: a draft in which all of them are empty is none.
func (p *Pages) KeepDraft(form string, fields ...string) { p.drafts[form] = typedIn(fields...) }

// KeepDraftIf is KeepDraft for a form whose fields are not known beforehand: fn tells whether what was typed is a draft.
func (p *Pages) KeepDraftIf(form string, fn func(r *http.Request, caseID db.ID, f web.Form) (bool, error)) {
	p.drafts[form] = fn
}

// worth tells whether what stands in a form is a draft, or none.
type worth func(r *http.Request, caseID db.ID, f web.Form) (bool, error)

func typedIn(fields ...string) worth {
	return func(_ *http.Request, _ db.ID, f web.Form) (bool, error) {
		return slices.ContainsFunc(fields, func(name string) bool { return f.Text(name) != "" }), nil
	}
}

// DraftLink is where a form sends its draft.
func DraftLink(c Case, form string) string { return "/kasus/" + c.ID.String() + "/draf/" + form }

// SignInLink leads to the sign-in and back to a part of the case, for a form whose session has ended.
func SignInLink(c Case, part string) string {
	return "/masuk?kembali=/kasus/" + c.ID.String() + "/" + part
}

// Left is what the actor left in a form of a case.
func (p *Pages) Left(ctx context.Context, a access.Actor, c Case, form string) (Left, error) {
	d, err := p.service.Draft(ctx, a, c.ID, form)
	if err != nil || d.Body == "" {
		return Left{}, err
	}
	values, err := url.ParseQuery(d.Body)
	return Left{web.Form{Values: values}, d.SavedAt.Time}, err
}

func (p *Pages) saveDraft(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	form := r.PathValue("form")
	worthIt, known := p.drafts[form]
	if !known {
		return fault.NotFound()
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	body := ""
	f.Del("form_key")
	kept, err := worthIt(r, id, f)
	if err != nil {
		return err
	}
	if kept {
		body = f.Encode()
	}
	at, err := p.service.SaveDraft(r.Context(), access.From(r.Context()), id, form, body)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write([]byte(`{"saved_at":"` + i18n.Clock(r.Context(), at.Time) + `"}`))
	return err
}
