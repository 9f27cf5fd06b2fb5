package assessment

import (
	"encoding/json"
	"net/http"

	"teduh/internal/i18n"
	"teduh/internal/questions"
	"teduh/internal/web"
)

type previewView struct {
	Edition Edition
	Sheet   questions.Sheet
}

// preview asks the form as a case does. Answers stand in the address of this page alone and are made up by whoever tries the
// form; nothing of them is kept.
func (p *Editor) preview(w http.ResponseWriter, r *http.Request) error {
	e, err := p.named(r)
	if err != nil {
		return err
	}
	tried := web.Query(r)
	answers := e.Form.Clean(questions.Read(e.Form, tried))
	v := previewView{Edition: e, Sheet: questions.Sheet{Form: e.Form, Language: string(i18n.Lang(r.Context())), Values: tried,
		Asked: e.Form.Asked(answers), Reckoned: e.Form.Reckon(answers)}}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "assessment.editor.preview"), Active: "settings"}, previewPage(v))
}

// asks tells the preview what is asked and reckoned while it is filled, as the page of a case is told.
func (p *Editor) asks(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	e, err := p.named(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(askingOf(r.Context(), e.Form, questions.Read(e.Form, f)))
}
