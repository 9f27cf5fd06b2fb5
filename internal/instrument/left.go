package instrument

import (
	"maps"
	"net/http"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/questions"
	"teduh/internal/web"
)

// fillDraft is the name of the form in which a worker notes answers. One filling of a case is kept as typed at a time: the one that
// was typed into last.
const fillDraft = "instrument"

// keepsDraft tells whether an answer was typed, to the instrument the form names.
func (p *Pages) keepsDraft(r *http.Request, _ db.ID, f web.Form) (bool, error) {
	name, version := edition(f)
	e, err := p.service.Edition(r.Context(), access.From(r.Context()), name, version)
	if err != nil {
		return false, err
	}
	for _, values := range e.Form.Clean(questions.Read(e.Form, f)) {
		if len(values) > 0 {
			return true, nil
		}
	}
	return false, nil
}

// asked is what a filling is: of which instrument, for whom, in which language.
func asked(f web.Form) url.Values {
	return url.Values{"instrument": {f.Get("instrument")}, "person": {f.Get("person")}, "language": {f.Get("language")}}
}

// same tells whether two forms are the same filling.
func same(a, b web.Form) bool { return asked(a).Encode() == asked(b).Encode() }

// resume is what the actor left in the filling of a case: the whole of it where the form asks for the same, and nothing else.
func (p *Pages) resume(r *http.Request, a access.Actor, v *fillView) error {
	left, err := p.cases.Left(r.Context(), a, v.Case, fillDraft)
	if err != nil || left.Values == nil {
		return err
	}
	if same(left.Form, v.Form) {
		v.Form, v.SavedAt = left.Form, left.SavedAt
	}
	return nil
}

// named is a form that says itself which filling it is.
func named(f web.Form, e Edition, language string) web.Form {
	all := url.Values{}
	maps.Copy(all, f.Values)
	all.Set("instrument", e.Name+" "+e.Version)
	all.Set("language", language)
	return web.Form{Values: all}
}

// unsent is what the actor left unfinished in the filling of a case.
func (p *Pages) unsent(r *http.Request, a access.Actor, v *caseView) error {
	if !v.mayWrite() || !a.Can(access.CaseWork) {
		return nil
	}
	var err error
	v.Unsent, err = p.cases.Left(r.Context(), a, v.Case, fillDraft)
	return err
}

// unsentHref leads back to what was left unfinished.
func (v caseView) unsentHref() string { return v.href("isi") + "?" + asked(v.Unsent.Form).Encode() }

// draft is where the form sends what is typed. It names the filling too: what a tab keeps of a form that was not sent comes back to
// the form of the same address alone, so one client's answers never stand before another question.
func (v fillView) draft() string {
	return casefile.DraftLink(v.Case, fillDraft) + "?" + asked(v.Form).Encode()
}
