package genogram

import (
	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/person"
	"teduh/internal/web"
)

// Pages are the drawing of a family, and the parts of a case page that show it and what surrounds it.
type Pages struct {
	service *Service
	people  *person.Service
	cases   *casefile.Pages
}

// NewPages makes the pages and puts the tabs of family and ecomap on the case page.
func NewPages(s *Service, people *person.Service, cases *casefile.Pages) *Pages {
	cases.AddTab(casefile.Tab{Path: "genogram", LabelKey: "genogram.tab"})
	cases.AddTab(casefile.Tab{Path: "ekomap", Rest: true, LabelKey: "ecomap.tab"})
	return &Pages{service: s, people: people, cases: cases}
}

// Routes of drawings.
func (p *Pages) Routes() []web.Route {
	read, write := string(access.PersonRead), string(access.PersonWrite)
	return []web.Route{
		{Method: "GET", Path: "/keluarga/{id}/genogram", Permission: read, Handle: p.page},
		{Method: "GET", Path: "/keluarga/{id}/genogram/gambar.svg", Permission: read, Handle: p.file},
		{Method: "POST", Path: "/keluarga/{id}/genogram/orang", Permission: write, Handle: p.add},
		{Method: "POST", Path: "/keluarga/{id}/genogram/data", Permission: write, Handle: p.changePerson},
		{Method: "POST", Path: "/keluarga/{id}/genogram/garis", Permission: write, Handle: p.line},
		{Method: "POST", Path: "/keluarga/{id}/genogram/garis/{line}/hapus", Permission: write, Handle: p.removeLine},
		{Method: "POST", Path: "/keluarga/{id}/genogram/urungkan", Permission: write, Handle: p.undo},
		{Method: "POST", Path: "/keluarga/{id}/genogram/simpan", Permission: write, Handle: p.keep},
		{Method: "GET", Path: "/keluarga/{id}/genogram/simpanan/{picture}", Permission: read, Handle: p.picture},
		{Method: "GET", Path: "/kasus/{id}/genogram", Permission: string(access.CaseRead), Handle: p.ofCase},
		{Method: "GET", Path: "/kasus/{id}/ekomap", Permission: string(access.CaseRead), Handle: p.ecomap},
		{Method: "POST", Path: "/kasus/{id}/ekomap", Permission: string(access.CaseWork), Handle: p.surround},
		{Method: "POST", Path: "/kasus/{id}/ekomap/{system}/ubah", Permission: string(access.CaseWork), Handle: p.changeSurrounding},
		{Method: "POST", Path: "/kasus/{id}/ekomap/urungkan", Permission: string(access.CaseWork), Handle: p.undoSurrounding},
		{Method: "GET", Path: "/kasus/{id}/ekomap/gambar.svg", Permission: string(access.CaseRead), Handle: p.ecoFile},
		{Method: "POST", Path: "/kasus/{id}/ekomap/{system}/akhiri", Permission: string(access.CaseWork), Handle: p.endSurrounding},
	}
}
