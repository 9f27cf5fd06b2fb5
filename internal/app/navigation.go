package app

import (
	"net/http"

	"teduh/internal/access"
	"teduh/internal/search"
	"teduh/internal/ui"
)

// entry is a door of the side navigation and the permission that opens it.
type entry struct {
	item       ui.NavItem
	permission access.Permission
}

// entries in the order of the day; each stands here once it leads somewhere.
var entries = []entry{
	{ui.NavItem{Key: "today", LabelKey: "nav.today", Icon: "sun", Href: "/"}, access.SignedIn},
	{ui.NavItem{Key: "requests", LabelKey: "nav.requests", Icon: "inbox", Href: "/permintaan"}, access.RequestRead},
	{ui.NavItem{Key: "cases", LabelKey: "nav.cases", Icon: "folder-heart", Href: "/kasus"}, access.CaseList},
	{ui.NavItem{Key: "calendar", LabelKey: "nav.calendar", Icon: "calendar-days", Href: "/jadwal"}, access.CalendarRead},
	{ui.NavItem{Key: "people", LabelKey: "nav.people", Icon: "users", Href: "/keluarga"}, access.PersonRead},
	{ui.NavItem{Key: "accounts", LabelKey: "nav.accounts", Icon: "user-cog", Href: "/pengguna"}, access.AccountManage},
	{ui.NavItem{Key: "units", LabelKey: "nav.units", Icon: "building-2", Href: "/unit"}, access.UnitManage},
	{ui.NavItem{Key: "settings", LabelKey: "nav.settings", Icon: "settings", Href: "/pengaturan"}, access.OfficeSettings},
}

// counted puts the number of waiting requests beside their entry. Without it, should it fail, the page still stands.
func (a *App) counted(r *http.Request, actor access.Actor, item ui.NavItem) ui.NavItem {
	if item.Key != "requests" {
		return item
	}
	if all, late, err := a.Requests.Waiting(r.Context(), actor); err == nil {
		item.Count, item.Hot = int(all), late > 0
	}
	return item
}

// shell makes the frame around a page for an actor.
func (a *App) shell(r *http.Request, actor access.Actor) func() ui.Shell {
	return func() ui.Shell {
		s := ui.Shell{Office: actor.Office.Name, Home: "/", Language: "/bahasa"}
		if actor.Kind != access.User {
			return s
		}
		s.Profile, s.SignOut = "/profil", "/keluar"
		s.Reader = ui.Reader{Key: actor.User.String(), Name: actor.Name}
		if len(actor.Roles) > 0 {
			s.Reader.Role = access.RoleWord(r.Context(), actor.Roles[0])
		}
		for _, e := range entries {
			if actor.Can(e.permission) {
				s.Nav = append(s.Nav, a.counted(r, actor, e.item))
			}
		}
		if actor.Can(access.SearchUse) {
			s.Search = search.Address
		}
		if actor.Can(access.RequestRecord) {
			s.NewRequest = "/permintaan/baru"
		}
		if actor.Can(access.RequestRead) {
			s.Alerts = "/peringatan"
		}
		return s
	}
}
