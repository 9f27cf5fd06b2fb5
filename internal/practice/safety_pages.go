package practice

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/unit"
	"teduh/internal/web"
)

var (
	safetyWords = i18n.Family("practice.safety.")
	cardWords   = i18n.Family("practice.card.")
)

// safetyFields are those a person writes in.
func safetyFields() []string {
	fields := []string{"signs", "coping", "distract", "safe", "text"}
	for _, group := range []string{"helper", "expert"} {
		for i := range MaxContacts {
			fields = append(fields, contactField(group, "name", i), contactField(group, "phone", i))
		}
	}
	return fields
}

func readSafety(f web.Form) SafetyParts {
	return SafetyParts{Signs: f.Text("signs"), Coping: f.Text("coping"), Distract: f.Text("distract"), Safe: f.Text("safe"), Text: f.Text("text"),
		Helpers: readContacts(f, "helper"), Experts: readContacts(f, "expert")}
}

func readContacts(f web.Form, group string) (list []Contact) {
	for i := range MaxContacts {
		x := Contact{f.Line(contactField(group, "name", i)), f.Line(contactField(group, "phone", i))}
		if x != (Contact{}) {
			list = append(list, x)
		}
	}
	return list
}

// safetyValues is the form of a plan as it stands.
func safetyValues(p SafetyParts) web.Form {
	f := url.Values{}
	for _, x := range p.texts() {
		f.Set(x.field, x.text)
	}
	for group, list := range map[string][]Contact{"helper": p.Helpers, "expert": p.Experts} {
		for i, x := range list {
			f.Set(contactField(group, "name", i), x.Name)
			f.Set(contactField(group, "phone", i), x.Phone)
		}
	}
	return web.Form{Values: f}
}

func (p *Pages) safetyPlan(w http.ResponseWriter, r *http.Request) error {
	return p.showSafety(w, r, view{})
}

func (p *Pages) showSafety(w http.ResponseWriter, r *http.Request, v view) error {
	v, err := p.opened(r, v)
	if err == nil && !v.mayWrite() {
		err = fault.Forbidden()
	}
	if err == nil {
		err = p.fillLeft(r.Context(), v.Reader, &v, safetyDraft)
	}
	if err != nil {
		return err
	}
	v.Stands = safetyValues(v.Work.SafetyPlan.SafetyParts)
	return p.frame(w, r, "asesmen", v, safetyBody(v))
}

func (p *Pages) writeSafetyPlan(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = p.service.WriteSafetyPlan(r.Context(), access.From(r.Context()), id, readSafety(f), f.Version())
	if web.Refused(err) {
		return p.showSafety(w, r, view{Posted: safetyDraft, Form: f, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "safety_plan_saved")
	return web.Redirect(w, r, "/kasus/"+id.String()+"/asesmen")
}

// pocketCard is the plan to carry along, with no word that tells what it is.
func (p *Pages) pocketCard(w http.ResponseWriter, r *http.Request) error {
	v, err := p.opened(r, view{})
	if err == nil && v.Work.SafetyPlan.empty() {
		err = fault.NotFound()
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, cardSheet(v))
}

// cardLines are the steps of the card under headings that tell nothing.
func cardLines(ctx context.Context, p SafetyParts) (list []named) {
	for _, x := range []named{{"signs", p.Signs}, {"coping", p.Coping}, {"distract", p.Distract}, {"helpers", contactLines(p.Helpers)},
		{"experts", contactLines(p.Experts) + officeNumbers(ctx)}, {"safe", p.Safe}, {"text", p.Text}} {
		if x.text != "" {
			list = append(list, named{cardWords.T(ctx, x.field), strings.TrimSpace(x.text)})
		}
	}
	return list
}

func contactLines(list []Contact) string {
	var b strings.Builder
	for _, x := range list {
		b.WriteString(strings.TrimSpace(x.Name+"  "+x.Phone) + "\n")
	}
	return b.String()
}

// officeNumbers are the emergency numbers alone: their names would tell.
func officeNumbers(ctx context.Context) string {
	var numbers []string
	for _, n := range unit.From(ctx).Emergency.Shown() {
		numbers = append(numbers, n.Number)
	}
	return strings.Join(numbers, " · ")
}

// betraying are words, in both languages and small letters, by which somebody who finds the card would know what it is.
var betraying = []string{"bunuh diri", "mengakhiri hidup", "menyakiti diri", "melukai diri", "keselamatan", "kekerasan", "kdrt", "pelaku", "korban", "aniaya",
	"pemerkosa", "perkosa", "lk3", "krisis", "darurat", "psikolog", "psikiater", "konselor", "konseling", "pekerja sosial", "rumah aman", "polisi",
	"suicide", "kill myself", "self-harm", "safety plan", "violence", "abuse", "perpetrator", "victim", "crisis", "emergency", "psychologist",
	"psychiatrist", "counsellor", "counselling", "social worker", "shelter", "police"}

// Betrays are the words of a text by which somebody would know what the card is.
func Betrays(text string) (found []string) {
	text = strings.ToLower(text)
	for _, word := range betraying {
		if strings.Contains(text, word) {
			found = append(found, word)
		}
	}
	return found
}

// betrayed are those the worker typed into a plan that go onto the card.
func (p SafetyParts) betrayed() (found []string) {
	var all []string
	for _, x := range p.texts() {
		all = append(all, x.text)
	}
	for _, x := range slices.Concat(p.Helpers, p.Experts) {
		all = append(all, x.Name)
	}
	return Betrays(strings.Join(all, "\n"))
}

// quoted is a list of words as a sentence names them.
func quoted(words []string) string { return "«" + strings.Join(words, "», «") + "»" }

// safetyFacts are the steps of a plan for those who read the case.
func safetyFacts(ctx context.Context, p SafetyParts) (facts []ui.Fact) {
	for _, x := range []named{{"signs", p.Signs}, {"coping", p.Coping}, {"distract", p.Distract}, {"helpers", contactLines(p.Helpers)},
		{"experts", contactLines(p.Experts)}, {"safe", p.Safe}, {"text", p.Text}} {
		if x.text != "" {
			facts = append(facts, ui.Fact{Label: safetyWords.T(ctx, x.field), Body: ui.Typed(strings.TrimSpace(x.text))})
		}
	}
	return facts
}
