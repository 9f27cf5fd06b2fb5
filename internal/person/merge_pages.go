package person

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/region"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// mergeView is the form that makes one person of two records: first the other one is found, then each fact is chosen.
type mergeView struct {
	Kept   Person
	Gone   Person // zero until chosen
	Finder finder
	Twins  []Twin
	Take   []string
	Today  db.Date
	Err    error
}

func (v mergeView) action() string { return "/orang/" + v.Kept.ID.String() + "/gabung" }

// with is the address of the choice of fields for someone who was found.
func (v mergeView) with(id db.ID) string { return v.action() + "?dengan=" + id.String() }

var factLabels = i18n.Family("person.fact.")

// choices are the facts in which the two differ.
func (v mergeView) choices() []string { return different(v.Kept, v.Gone) }

// takes tells which side is proposed for a fact: what was chosen, or the one that knows it.
func (v mergeView) takes(ctx context.Context, code string) bool {
	if v.Take != nil {
		return slices.Contains(v.Take, code)
	}
	return factText(ctx, code, v.Kept) == "" && factText(ctx, code, v.Gone) != ""
}

func (v mergeView) sides(ctx context.Context, code string) []ui.Option {
	side := func(value string, p Person) ui.Option {
		text := factText(ctx, code, p)
		if text == "" {
			text = i18n.T(ctx, "person.merge.nothing")
		}
		return ui.Option{Value: value, Label: text}
	}
	return []ui.Option{side("kept", v.Kept), side("gone", v.Gone)}
}

func (v mergeView) side(ctx context.Context, code string) string {
	if v.takes(ctx, code) {
		return "gone"
	}
	return "kept"
}

// factText is a fact in words; empty where it is not known.
func factText(ctx context.Context, code string, p Person) string {
	switch code {
	case "name":
		return strings.TrimSpace(p.Name + " " + protectedWord(ctx, p))
	case "aliases":
		return strings.Join(p.Aliases, ", ")
	case "sex":
		if p.Sex == "" {
			return ""
		}
		return sexWords.T(ctx, p.Sex)
	case "birth_date":
		return birthWords(ctx, p)
	case "phones":
		return phonesText(ctx, p)
	case "address":
		return addressText(ctx, p)
	case "died_on":
		return deathWords(ctx, p)
	}
	return plainFact(ctx, code, p)
}

func phonesText(ctx context.Context, p Person) string {
	var all []string
	for _, f := range p.Sealed.Phones {
		all = append(all, phoneWords(ctx, f))
	}
	return strings.Join(all, "; ")
}

func addressText(ctx context.Context, p Person) string {
	var parts []string
	village, _ := region.Name(p.Home())
	secret := ""
	if p.Confidential {
		secret = i18n.T(ctx, "person.merge.confidential")
	}
	for _, part := range []string{p.Sealed.Street, rtrw(p), village, p.Sealed.Landmark, secret} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// plainFact is a fact of one line.
func plainFact(ctx context.Context, code string, p Person) string {
	words := map[string]i18n.Family{"religion": religionWords, "marital": maritalWords, "education": educationWords}
	for _, f := range facts {
		if text, ok := f.pick(&p).(string); ok && f.code == code {
			if family, coded := words[code]; coded {
				return worded(ctx, family, text)
			}
			return text
		}
	}
	return ""
}

func (p *Pages) mergePage(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	v := mergeView{}
	if v.Kept, err = p.service.Get(r.Context(), a, id, "page"); err != nil {
		return err
	}
	if other := web.Query(r).ID("dengan"); !other.IsZero() {
		if v.Gone, err = p.service.Get(r.Context(), a, other, "page"); err != nil {
			return err
		}
	}
	return p.showMerge(w, r, v)
}

func (p *Pages) showMerge(w http.ResponseWriter, r *http.Request, v mergeView) (err error) {
	a := access.From(r.Context())
	v.Today = p.today(a)
	if v.Gone.ID == v.Kept.ID {
		v.Gone = Person{}
	}
	if v.Gone.ID.IsZero() {
		self := Member{}
		self.ID = v.Kept.ID
		if v.Finder, err = p.look(r.Context(), v.Finder.Query, []Member{self}); err != nil {
			return err
		}
		if v.Twins, err = p.service.Twins(r.Context(), a, v.Kept); err != nil {
			return err
		}
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "person.merge.title"), Active: "people", Err: v.Err}, mergeForm(v))
}

func (p *Pages) merge(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	v := mergeView{Finder: finder{Query: f.Line("q")}, Take: []string{}}
	if v.Kept, err = p.service.Get(r.Context(), a, id, "page"); err != nil {
		return err
	}
	if f.Line("act") == "find" {
		v.Take = nil
		return p.showMerge(w, r, v)
	}
	if v.Gone, err = p.service.Get(r.Context(), a, f.ID("other"), "page"); err != nil {
		return err
	}
	for _, x := range facts {
		if f.Line("take_"+x.code) == "gone" {
			v.Take = append(v.Take, x.code)
		}
	}
	c := Choice{Kept: v.Kept, Gone: v.Gone, Take: v.Take}
	c.Kept.Version, c.Gone.Version = f.Version(), int64(f.Int("other_version", 0))
	err = p.service.Merge(r.Context(), a, c)
	if _, ok := fault.As(err); ok {
		v.Err = err
		return p.showMerge(w, r, v)
	}
	if err != nil {
		return err
	}
	web.Say(w, "person_merged")
	return web.Redirect(w, r, "/orang/"+id.String())
}

func (p *Pages) unmerge(w http.ResponseWriter, r *http.Request) error {
	merging, err := web.PathID(r, "merging")
	if err != nil {
		return err
	}
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	err = p.service.Unmerge(r.Context(), access.From(r.Context()), id, merging)
	if e, ok := fault.As(err); ok && e.Status == http.StatusConflict {
		return p.showPerson(w, r, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "person_unmerged")
	return web.Redirect(w, r, "/orang/"+id.String())
}
