package unit

import (
	"net/http"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

func (p *Pages) index(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "unit.title"), Active: "settings"}, indexPage(a.Office, From(r.Context())))
}

func (p *Pages) officePage(w http.ResponseWriter, r *http.Request) error {
	u, err := p.access.Unit(r.Context(), access.From(r.Context()).Office.ID)
	if err != nil {
		return err
	}
	return p.showOffice(w, r, u, nil)
}

func (p *Pages) showOffice(w http.ResponseWriter, r *http.Request, u access.Unit, refused error) error {
	info := web.PageInfo{Title: i18n.T(r.Context(), "unit.area.office"), Active: "settings", Err: refused}
	return web.ShowPage(w, r, info, officePage(officeView{Unit: u, Place: p.place(u.Region), Err: refused}))
}

func (p *Pages) office(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	u, err := p.access.Unit(r.Context(), a.Office.ID)
	if err != nil {
		return err
	}
	u.Name, u.Prefix, u.Zone, u.Version = f.Line("name"), f.Line("prefix"), f.Line("zone"), f.Version()
	if err = p.access.ChangeUnit(r.Context(), a, u); err != nil {
		if _, ok := fault.As(err); ok {
			return p.showOffice(w, r, u, err)
		}
		return err
	}
	web.Say(w, "settings_saved")
	return web.Redirect(w, r, "/pengaturan")
}

func (p *Pages) partPage(w http.ResponseWriter, r *http.Request) error {
	settings, err := p.service.Of(r.Context(), access.From(r.Context()).Office.ID)
	if err != nil {
		return err
	}
	return p.showPart(w, r, *settings, nil)
}

// showPart draws one area; settings holds what was typed where it was refused.
func (p *Pages) showPart(w http.ResponseWriter, r *http.Request, settings Settings, refused error) error {
	area, ok := slugs[r.PathValue("bagian")]
	if !ok {
		return fault.NotFound()
	}
	staff, err := p.colleagues(r.Context(), access.From(r.Context()))
	if err != nil {
		return err
	}
	v := partView{Area: area, Settings: settings, Staff: staff, Gates: p.gates, Err: refused}
	info := web.PageInfo{Title: areaWords.T(r.Context(), area), Active: "settings", Err: refused}
	return web.ShowPage(w, r, info, partPage(v, fieldsOf(v)))
}

// fieldsOf chooses the fields of an area.
func fieldsOf(v partView) templ.Component {
	switch v.Area {
	case "categories":
		return entryFields(v, v.Settings.Categories, categoryWords)
	case "services":
		return entryFields(v, v.Settings.Services, serviceWords)
	case "stages":
		return stageFields(v)
	case "urgency":
		return urgencyFields(v)
	case "danger":
		return dangerFields(v)
	case "duty":
		return dutyFields(v)
	case "calendar":
		return calendarFields(v)
	case "emergency":
		return emergencyFields(v)
	case "rules":
		return ruleFields(v)
	case "guidance":
		return guidanceFields(v)
	}
	return followUpFields(v)
}

func (p *Pages) change(w http.ResponseWriter, r *http.Request) error {
	area, ok := slugs[r.PathValue("bagian")]
	if !ok {
		return fault.NotFound()
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	settings, err := p.service.Of(r.Context(), a.Office.ID)
	if err != nil {
		return err
	}
	typed := *settings
	part := p.readPart(r.Context(), area, f, &typed)
	if err = p.service.Change(r.Context(), a, part, f.Version()); err != nil {
		if _, ok := fault.As(err); ok {
			return p.showPart(w, r, typed, err)
		}
		return err
	}
	web.Say(w, "settings_saved")
	return web.Redirect(w, r, "/pengaturan/"+r.PathValue("bagian"))
}
