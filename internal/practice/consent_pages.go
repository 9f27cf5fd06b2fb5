package practice

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// consentView is the page on which a client agrees.
type consentView struct {
	view
	Kind string
	Text Text
}

func (p *Pages) newConsent(w http.ResponseWriter, r *http.Request) error {
	q := web.Query(r)
	return p.showConsent(w, r, consentView{Kind: q.Line("kind"), Text: Text{Language: q.Line("language")}, view: view{Stands: q}})
}

// showConsent draws the page with the text that holds now; v holds what was refused.
func (p *Pages) showConsent(w http.ResponseWriter, r *http.Request, v consentView) (err error) {
	if v.Reader, v.Case, err = p.cases.Opened(r); err != nil {
		return err
	}
	if !v.mayWrite() {
		return fault.Forbidden()
	}
	if !slices.Contains(ConsentKinds, v.Kind) {
		v.Kind = "service"
	}
	if !slices.Contains(Languages, v.Text.Language) {
		v.Text.Language = string(i18n.Lang(r.Context()))
	}
	if v.Text, err = p.service.ToRead(r.Context(), v.Reader, v.Case.ID, v.Kind, v.Text.Language); err != nil {
		return err
	}
	info := web.PageInfo{Title: kindWords.T(r.Context(), v.Kind), Active: "cases", Err: v.Err}
	return web.ShowPage(w, r, info, consentBody(v))
}

func (p *Pages) giveConsent(w http.ResponseWriter, r *http.Request) error {
	return p.signed(w, r, "asesmen", "consent_saved", func(ctx context.Context, a access.Actor, id db.ID, f web.Form, photo Photo) error {
		_, err := p.service.GiveConsent(ctx, a, id, Consent{Kind: f.Line("kind"), TextVersion: f.Line("text_version"), Language: f.Line("language"), Signed: readSigned(f),
			Guardian: f.Line("guardian"), Relation: f.Line("relation"), Recipient: f.Line("recipient"), Data: f.Line("data")}, photo)
		return err
	}, func(f web.Form, err error) error {
		return p.showConsent(w, r, consentView{Kind: f.Line("kind"), Text: Text{Language: f.Line("language")}, view: view{Posted: consentForm, Form: f, Err: err}})
	})
}

func (p *Pages) withdrawConsent(w http.ResponseWriter, r *http.Request) error {
	form := "withdraw:" + r.PathValue("consent")
	return p.act(w, r, posted{besidePart, form, "consent_withdrawn"}, func(a access.Actor, id db.ID, f web.Form) error {
		consent, err := web.PathID(r, "consent")
		if err != nil {
			return err
		}
		return p.service.WithdrawConsent(r.Context(), a, id, consent, f.Line("why"))
	})
}

func (p *Pages) withoutConsent(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = p.service.WithoutConsent(r.Context(), access.From(r.Context()), id, f.Line("kind"), f.Line("reason"))
	if web.Refused(err) {
		return p.show(w, r, besidePart, view{Posted: "without", Form: f, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "without_consent")
	return web.Redirect(w, r, "/kasus/"+id.String()+"/cetak")
}

// receiptOf reads the record an address names.
func (p *Pages) receiptOf(r *http.Request) (v consentView, c Consent, err error) {
	if v.Reader, v.Case, err = p.cases.Opened(r); err != nil {
		return v, c, err
	}
	id, err := web.PathID(r, "consent")
	if err != nil {
		return v, c, err
	}
	c, v.Text, err = p.service.Record(r.Context(), v.Reader, v.Case.ID, id)
	v.Kind = c.Kind
	return v, c, err
}

func (p *Pages) receipt(w http.ResponseWriter, r *http.Request) error {
	v, c, err := p.receiptOf(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, receiptSheet(v, c, ui.PlainProps{Title: v.Text.Title, Office: v.Reader.Office.Name, Home: v.href("asesmen")}))
}

func (p *Pages) receiptFile(w http.ResponseWriter, r *http.Request) error {
	v, c, err := p.receiptOf(r)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(receiptJSON(v.Reader.Office.Name, v.Case, c, v.Text), "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="receipt.json"`)
	_, err = w.Write(append(body, '\n'))
	return err
}

func (p *Pages) texts(w http.ResponseWriter, r *http.Request) error {
	list, err := p.consentTexts.All(r.Context(), access.From(r.Context()))
	if err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "practice.texts.title"), Active: "settings"}, textsPage(list))
}

func (p *Pages) textPage(w http.ResponseWriter, r *http.Request) error {
	return p.showText(w, r, view{})
}

func (p *Pages) showText(w http.ResponseWriter, r *http.Request, v view) error {
	list, err := p.consentTexts.All(r.Context(), access.From(r.Context()))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(t Text) bool { return t.Kind == r.PathValue("kind") && t.Language == r.PathValue("language") })
	if i < 0 {
		return fault.NotFound()
	}
	info := web.PageInfo{Title: list[i].Title, Active: "settings", Err: v.Err}
	return web.ShowPage(w, r, info, textForm(v, list[i]))
}

func (p *Pages) publishText(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	t := Text{Kind: r.PathValue("kind"), Language: r.PathValue("language"), Version: int(f.Version()), Terms: Terms{Title: f.Line("title"), Read: f.Text("read"),
		Purposes: f.Line("purposes"), Data: f.Line("data"), Recipients: f.Line("recipients"), Storage: f.Line("storage"), Withdrawal: f.Line("withdrawal")}}
	err = p.consentTexts.Publish(r.Context(), access.From(r.Context()), t)
	if web.Refused(err) {
		return p.showText(w, r, view{Posted: textDraft, Form: f, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "consent_text_published")
	return web.Redirect(w, r, "/pengaturan/persetujuan")
}

// termsFields are the words of a text besides what is read, in their order.
func (t Terms) lines() []named {
	return []named{{"purposes", t.Purposes}, {"data", t.Data}, {"recipients", t.Recipients}, {"storage", t.Storage}, {"withdrawal", t.Withdrawal}}
}

// termsFacts are what a receipt names of a text, and of what was agreed to beside it.
func termsFacts(ctx context.Context, t Text, c Consent) (facts []ui.Fact) {
	for _, x := range t.lines() {
		facts = append(facts, ui.Fact{Label: termWords.T(ctx, x.field), Value: x.text})
	}
	return append(facts, ui.Fact{Label: i18n.T(ctx, "practice.consent.recipient"), Value: c.Recipient}, ui.Fact{Label: i18n.T(ctx, "practice.consent.data"), Value: c.Data},
		ui.Fact{Label: i18n.T(ctx, "practice.consent.guardian"), Value: guardianOf(c)})
}

func guardianOf(c Consent) string {
	if c.Relation == "" {
		return c.Guardian
	}
	return c.Guardian + ", " + c.Relation
}

// givenFacts are how a consent was given and what became of it.
func givenFacts(ctx context.Context, c Consent) []ui.Fact {
	facts := []ui.Fact{{Label: i18n.T(ctx, "practice.sign.name"), Value: c.Name}, {Label: i18n.T(ctx, "practice.consent_how"), Value: mannerWords.T(ctx, c.Manner)},
		{Label: i18n.T(ctx, "practice.witness"), Value: c.Witness}, {Label: i18n.T(ctx, "practice.consent.given"), Value: i18n.DateTime(ctx, c.GivenAt.Time)},
		{Label: i18n.T(ctx, "practice.consent.by"), Value: c.By}, {Label: i18n.T(ctx, "practice.consent.text"), Value: i18n.T(ctx, "practice.consent.version", "n", c.TextVersion, "language", languageWords.T(ctx, c.Language))},
		{Label: i18n.T(ctx, "practice.consent.record"), Value: c.ID.String()}}
	if !c.Stands() {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.withdrawn"), Value: i18n.DateTime(ctx, c.WithdrawnAt.Time)})
	}
	return facts
}

var (
	termWords     = i18n.Family("practice.term.")
	languageWords = i18n.Family("practice.language.")
)

func (v consentView) version() string { return strconv.Itoa(v.Text.Version) }
