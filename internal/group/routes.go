package group

import (
	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/person"
	"teduh/internal/web"
)

// Pages are the tab of a group's case.
type Pages struct {
	service *Service
	all     *casefile.Service
	people  *person.Service
	access  *access.Service
	cases   *casefile.Pages
}

// Needs are what the pages work with.
type Needs struct {
	Service *Service
	All     *casefile.Service
	People  *person.Service
	Access  *access.Service
	Cases   *casefile.Pages
}

// tab is the part of the case page.
const tab = "kelompok"

// NewPages makes the pages and puts their tab on the pages of groups' cases.
func NewPages(n Needs) *Pages {
	n.Cases.AddTab(casefile.Tab{Path: tab, LabelKey: "group.tab", For: func(_ access.Actor, c casefile.Case) bool { return c.Grouped() }})
	n.Cases.KeepDraft(casefile.SessionDraft, "text")
	return &Pages{service: n.Service, all: n.All, people: n.People, access: n.Access, cases: n.Cases}
}

// Routes of the sessions of a group.
func (p *Pages) Routes() []web.Route {
	read, work := string(access.CaseRead), string(access.CaseWork)
	at := "/kasus/{id}/" + tab
	return []web.Route{
		{Method: "GET", Path: at, Permission: read, Handle: p.grid},
		{Method: "POST", Path: at, Permission: work, Handle: p.hold},
		{Method: "POST", Path: at + "/hadir", Permission: work, Handle: p.markGrid},
		{Method: "POST", Path: at + "/anggota", Permission: work, Handle: p.join},
		{Method: "POST", Path: at + "/anggota/{member}", Permission: work, Handle: p.leave},
		{Method: "GET", Path: at + "/sesi/{session}", Permission: read, Handle: p.session},
		{Method: "POST", Path: at + "/sesi/{session}", Permission: work, Handle: p.markSession},
		{Method: "GET", Path: at + "/sesi/{session}/ubah", Permission: work, Handle: p.edit},
		{Method: "POST", Path: at + "/sesi/{session}/ubah", Permission: work, Handle: p.change},
		{Method: "POST", Path: at + "/sesi/{session}/batal", Permission: work, Handle: p.cancel},
		{Method: "POST", Path: at + "/sesi/{session}/catatan", Permission: work, Handle: p.writeNote},
		{Method: "POST", Path: at + "/sesi/{session}/catatan/{own}/salin", Permission: work, Handle: p.takeOver},
		{Method: "GET", Path: at + "/sesi/{session}/cetak", Permission: read, Handle: p.print},
	}
}
