package assessment

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/questions"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// view is the assessment of a case as a page shows it, and what was typed where it could not be kept.
type view struct {
	Case       casefile.Case
	Reader     access.Actor
	Language   string
	Assessment Assessment
	Areas      []Area
	Beside     templ.Component
	Left       casefile.Left
	Posted     web.Form // what was refused
	Err        error

	sheet questions.Sheet
	was   map[string]string // the marks that go along
	typed map[string]bool   // the questions that stand otherwise than they are kept
	stray []ui.Fact         // what was typed to questions that the form has no more
}

func (v view) href(part string) string { return "/kasus/" + v.Case.ID.String() + "/" + part }

// mayWrite tells whether the form is shown, and not what was answered.
func (v view) mayWrite() bool { return v.Case.Writes && v.Case.Status == "open" }

func (v view) form() *form.Definition { return v.Assessment.Edition.Form }

// words is the form the reader's own words stand in: the one that was refused, or the draft.
func (v view) words() web.Form {
	if v.Posted.Values != nil {
		return v.Posted
	}
	return v.Left.Form
}

// fill puts what stands into the fields, and over it what the reader typed otherwise.
func (v *view) fill() {
	d, typed := v.form(), v.words()
	values := questions.ValuesOf(d, v.Assessment.Answers)
	v.was, v.typed = map[string]string{}, map[string]bool{}
	var own form.Answers
	if typed.Values != nil {
		own = questions.Read(d, typed)
	}
	answers := form.Answers{}
	for _, it := range d.Questions() {
		kept := v.Assessment.Answers[it.ID]
		v.was[it.ID], answers[it.ID] = markOf(kept), kept
		text, given := own[it.ID]
		was := typed.Get(wasField(it.ID))
		if !given || was == markOf(text) {
			continue
		}
		answers[it.ID], v.typed[it.ID] = text, markOf(text) != markOf(kept)
		for _, name := range questions.Fields(it) {
			values[name] = typed.Values[name]
		}
		if was != "" && !slices.Contains(v.lost(), it.ID) {
			v.was[it.ID] = was
		}
	}
	v.stray = v.strayed(own, typed)
	clean := d.Clean(answers)
	v.sheet = questions.Sheet{Form: d, Language: v.Language, Values: web.Form{Values: values}, Err: v.Err, Asked: d.Asked(clean), Reckoned: d.Reckon(clean)}
}

// strayed is what was typed to questions of another edition; it is shown, so that it can be taken over by hand.
func (v *view) strayed(own form.Answers, typed web.Form) (facts []ui.Fact) {
	for id, values := range own {
		_, known := v.form().Item(id)
		if text := strings.Join(values, "; "); !known && text != "" && typed.Get(wasField(id)) != markOf(values) {
			facts = append(facts, ui.Fact{Label: v.labelOf(typed.Line("edition"), id), Body: ui.Typed(text)})
		}
	}
	return facts
}

// wasField is the hidden field beside a question: the mark of its answer when the form was made.
func wasField(id string) string { return "was-" + id }

// lost are the questions of which somebody else was first.
func (v view) lost() []string {
	e, ok := fault.As(v.Err)
	if !ok || e.Code != "version_changed" {
		return nil
	}
	items, _ := e.Data.([]string)
	return items
}

// theirs is what is kept now of the questions that a lost race would have written over.
func (v view) theirs(ctx context.Context) (facts []ui.Fact) {
	for _, id := range v.lost() {
		it, _ := v.form().Item(id)
		facts = append(facts, ui.Fact{Label: it.Text.In(v.Language), Body: ui.Typed(questions.Told(ctx, it, v.Assessment.Answers[id], v.Language))})
	}
	return facts
}

// labelOf is a question's words in the edition it was answered under, or its name where no edition knows it.
func (v view) labelOf(edition, id string) string {
	return labelIn(v.Assessment.Editions, edition, id, v.Language)
}

func labelIn(list []Edition, edition, id, language string) string {
	it, _ := itemIn(list, edition, id)
	if text := it.Text.In(language); text != "" {
		return text
	}
	return id
}

// itemIn finds a question in the edition of a name, or else in any that has it.
func itemIn(list []Edition, edition, id string) (form.Item, bool) {
	for _, e := range list {
		if it, ok := e.Form.Item(id); ok && e.Name() == edition {
			return it, true
		}
	}
	for _, e := range list {
		if it, ok := e.Form.Item(id); ok {
			return it, true
		}
	}
	return form.Item{}, false
}

// groupsOf are the parts of a form; questions that stand in none come first, in a part without a name.
func groupsOf(d *form.Definition) (list []form.Item) {
	var alone []form.Item
	for _, it := range d.Items {
		if it.Type == form.Group {
			list = append(list, it)
		} else {
			alone = append(alone, it)
		}
	}
	if len(alone) > 0 {
		list = append([]form.Item{{ID: "", Type: form.Group, Items: alone}}, list...)
	}
	return list
}

// within visits a part's questions, those below others too.
func within(items []form.Item, visit func(form.Item)) {
	for _, it := range items {
		if it.Type != form.Group && it.Type != form.Display {
			visit(it)
		}
		within(it.Items, visit)
	}
}

// count is how many of a part's questions are asked, and answered.
func (v view) count(g form.Item, asked map[string]bool, answers form.Answers) (all, done int) {
	within(g.Items, func(it form.Item) {
		if !asked[it.ID] || it.Calculated() {
			return
		}
		all++
		if len(answers[it.ID]) > 0 {
			done++
		}
	})
	return all, done
}

// waits tells whether a question of a part keeps a stage from being left.
func (v view) waits(g form.Item) (waits bool) {
	within(g.Items, func(it form.Item) { waits = waits || it.Stage != "" && len(v.Assessment.Answers[it.ID]) == 0 })
	return waits
}

// open tells whether a part stands unfolded: where something waits in it, was typed, or is wrong, and the first one that is
// still empty.
func (v view) open(ctx context.Context, g form.Item, first bool) bool {
	errs, open := ui.ErrorsOf(ctx, v.Err), first || v.waits(g)
	within(g.Items, func(it form.Item) { open = open || v.typed[it.ID] || errs.On(questions.Name(it.ID)) != "" })
	return open
}

// firstEmpty is the id of the first part without any answer.
func (v view) firstEmpty() string {
	asked := v.form().Asked(v.Assessment.Answers)
	for _, g := range groupsOf(v.form()) {
		if all, done := v.count(g, asked, v.Assessment.Answers); all > 0 && done == 0 {
			return g.ID
		}
	}
	return "-"
}

// partID is where a part stands on the page.
func partID(g form.Item) string { return "b-" + g.ID }

func partName(ctx context.Context, v view, g form.Item) string {
	if g.ID == "" {
		return v.Assessment.Edition.Title(ctx)
	}
	return g.Text.In(v.Language)
}

// filledWords say how much of a part is answered.
func (v view) filledWords(ctx context.Context, g form.Item) string {
	all, done := v.count(g, v.form().Asked(v.Assessment.Answers), v.Assessment.Answers)
	return i18n.T(ctx, "assessment.filled", "done", done, "all", all)
}

// missing are the questions that the stage of the case waits for.
func (v view) missing() []form.Item { return Missing(v.form(), v.Assessment.Answers, v.Case.Stage) }

// facts are the answers of a part as they are read.
func (v view) facts(ctx context.Context, g form.Item) (facts []ui.Fact) {
	within(g.Items, func(it form.Item) {
		if text := questions.Told(ctx, it, v.Assessment.Answers[it.ID], v.Language); text != "" {
			facts = append(facts, ui.Fact{Label: it.Text.In(v.Language), Body: ui.Typed(text)})
		}
	})
	return facts
}

// sheetFacts are all questions of a part that are asked, with a dash where one was not answered.
func (v view) sheetFacts(ctx context.Context, g form.Item) (facts []ui.Fact) {
	asked := v.form().Asked(v.Assessment.Answers)
	within(g.Items, func(it form.Item) {
		if !asked[it.ID] {
			return
		}
		text := questions.Told(ctx, it, v.Assessment.Answers[it.ID], v.Language)
		if text == "" {
			text = "–"
		}
		facts = append(facts, ui.Fact{Label: it.Text.In(v.Language), Body: ui.Typed(text)})
	})
	return facts
}

// Said is a question and its answer in words.
type Said struct{ Item, Question, Answer string }

// Told is all that stands, in the reader's language: first what the form in force asks, then what older ones asked.
func (x Assessment) Told(ctx context.Context) (list []Said) {
	language := string(i18n.Lang(ctx))
	for _, it := range x.Edition.Form.Questions() {
		if words := questions.Told(ctx, it, x.Answers[it.ID], language); words != "" {
			list = append(list, Said{it.ID, it.Text.In(language), words})
		}
	}
	for _, old := range x.Old {
		list = append(list, Said{old.Item, labelIn(x.Editions, old.Edition, old.Item, language), oldWords(ctx, x.Editions, old, language)})
	}
	return list
}

// oldWords are an answer in the words of the edition it was given under.
func oldWords(ctx context.Context, list []Edition, x Answer, language string) string {
	it, ok := itemIn(list, x.Edition, x.Item)
	if len(x.Values) == 0 || !ok {
		return x.text()
	}
	return questions.Told(ctx, it, valuesOf(it, x.text()), language)
}

// oldFacts are the answers of an edition to questions the form has no more.
func (v view) oldFacts(ctx context.Context, e Edition) (facts []ui.Fact) {
	for _, x := range v.Assessment.Old {
		if x.Edition == e.Name() {
			facts = append(facts, ui.Fact{Label: v.labelOf(x.Edition, x.Item), Body: ui.Typed(oldWords(ctx, v.Assessment.Editions, x, v.Language))})
		}
	}
	return facts
}

func editionWords(ctx context.Context, e Edition) string {
	if e.Shipped() {
		return i18n.T(ctx, "assessment.edition_shipped")
	}
	return i18n.T(ctx, "assessment.edition", "n", e.Number)
}

// tones of weights from the lightest problem to the heaviest.
func toneOf(x Area) ui.Tone {
	switch w := x.Weight(); {
	case w >= 3:
		return ui.Coral
	case w >= 2:
		return ui.Amber
	}
	return ui.Blue
}

func pastChips(ctx context.Context, v pastView) (chips []ui.Chip) {
	for i, p := range v.Past {
		chips = append(chips, ui.Chip{Text: i18n.DateTime(ctx, p.Until.Time), Href: pastHref(v, i), Current: i == v.Shown})
	}
	return chips
}

// label is a question's words then, or now where it was not asked then.
func (v pastView) label(c Change) string {
	if c.Then.Edition != "" {
		return labelIn(v.Editions, c.Then.Edition, c.Item, v.Language)
	}
	return labelIn(v.Editions, c.Now.Edition, c.Item, v.Language)
}
