package app

import (
	"net/http"

	"teduh/internal/access"
	"teduh/internal/day"
	"teduh/internal/db"
	"teduh/internal/inbound"
	"teduh/internal/partnerdesk"
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
	{ui.NavItem{Key: "team", LabelKey: "nav.team", Icon: "life-buoy", Href: "/tim"}, access.TeamRead},
	{ui.NavItem{Key: "calendar", LabelKey: "nav.calendar", Icon: "calendar-days", Href: "/jadwal"}, access.CalendarRead},
	{ui.NavItem{Key: "people", LabelKey: "nav.people", Icon: "users", Href: "/keluarga"}, access.PersonRead},
	{ui.NavItem{Key: "referrals", LabelKey: "nav.referrals", Icon: "send", Href: "/rujukan"}, access.ReferralRefer},
	{ui.NavItem{Key: "letters", LabelKey: "nav.letters", Icon: "file-text", Href: "/surat"}, access.LetterWrite},
	{ui.NavItem{Key: "partners", LabelKey: "nav.partners", Icon: "handshake", Href: "/mitra"}, access.PartnerRead},
	{ui.NavItem{Key: "incoming", LabelKey: "nav.incoming", Icon: "inbox", Href: partnerdesk.Start}, access.ReferralReceive},
	{ui.NavItem{Key: "handed_in", LabelKey: "nav.handed_in", Icon: "send", Href: inbound.Own}, access.ReferralHandIn},
	{ui.NavItem{Key: "own_services", LabelKey: "nav.own_services", Icon: "handshake", Href: "/layanan-kami"}, access.PartnerOwn},
	{ui.NavItem{Key: "competence", LabelKey: "nav.competence", Icon: "graduation-cap", Href: "/kompetensi"}, access.CompetenceOwn},
	{ui.NavItem{Key: "reports", LabelKey: "nav.reports", Icon: "chart-column", Href: "/laporan"}, access.ReportRead},
	{ui.NavItem{Key: "accounts", LabelKey: "nav.accounts", Icon: "user-cog", Href: "/pengguna"}, access.AccountManage},
	{ui.NavItem{Key: "units", LabelKey: "nav.units", Icon: "building-2", Href: "/unit"}, access.UnitManage},
	{ui.NavItem{Key: "settings", LabelKey: "nav.settings", Icon: "settings", Href: "/pengaturan"}, access.OfficeSettings},
}

// urgent are the small numbers of the frame: requests that wait, those of them that are late, and the reader's own tasks past
// their day. Without them, should they fail, the page still stands.
type urgent struct{ waiting, late, tasks, owed int }

func (a *App) urgent(r *http.Request, actor access.Actor) (u urgent) {
	ctx := r.Context()
	if actor.Can(access.RequestRead) {
		if all, late, err := a.Requests.Waiting(ctx, actor); err == nil {
			u.waiting, u.late = int(all), int(late)
		}
	}
	if actor.Can(access.ReferralReceive) {
		if n, err := a.Referrals.Owed(ctx, actor); err == nil {
			u.owed = n
		}
	}
	if actor.Can(access.TaskOwn) {
		if n, err := a.Cases.LateTasks(ctx, actor, db.DayOf(a.Config.Now(), actor.Office.Zone)); err == nil {
			u.tasks = n
		}
	}
	return u
}

// bell leads to what needs doing, for those who have a page that says so.
func bell(s *ui.Shell, actor access.Actor, u urgent) {
	switch {
	case actor.Can(access.CaseRead):
		s.Notices, s.Unread = "/#"+day.Anchor, u.late+u.tasks
	case actor.Can(access.RequestRead):
		s.Notices, s.Unread = "/permintaan", u.late
	}
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
		u := a.urgent(r, actor)
		bell(&s, actor, u)
		for _, e := range entries {
			if !actor.Can(e.permission) || e.item.Key == "today" && actor.Can(access.ReferralReceive) {
				continue // a partner's day is what was referred to it
			}
			switch e.item.Key {
			case "requests":
				e.item.Count, e.item.Hot = u.waiting, u.late > 0
			case "incoming":
				e.item.Count = u.owed
			}
			s.Nav = append(s.Nav, e.item)
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
