package person

import (
	"context"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/web"
)

// Panel is a card of a person's page that another package draws; nil draws nothing.
type Panel func(ctx context.Context, a access.Actor, id db.ID) (templ.Component, error)

// Pages are the handlers of this package.
type Pages struct {
	service *Service
	panels  []Panel
}

// NewPages makes the pages.
func NewPages(s *Service) *Pages { return &Pages{service: s} }

// AddPanel puts a card of another package on a person's page.
func (p *Pages) AddPanel(panel Panel) { p.panels = append(p.panels, panel) }

// Routes of people. A query with many digits is posted, so that NIK and phone stand in no address.
func (p *Pages) Routes() []web.Route {
	read, write := string(access.PersonRead), string(access.PersonWrite)
	return []web.Route{
		{Method: "GET", Path: "/keluarga", Permission: read, Handle: p.list},
		{Method: "POST", Path: "/keluarga", Permission: read, Handle: p.find},
		{Method: "GET", Path: "/keluarga/baru", Permission: write, Handle: p.newFamily},
		{Method: "POST", Path: "/keluarga/baru", Permission: write, Handle: p.addFamily},
		{Method: "GET", Path: "/keluarga/{id}", Permission: read, Handle: p.family},
		{Method: "GET", Path: "/keluarga/{id}/ubah", Permission: write, Handle: p.editFamilyPage},
		{Method: "POST", Path: "/keluarga/{id}/ubah", Permission: write, Handle: p.editFamily},
		{Method: "GET", Path: "/keluarga/{id}/anggota", Permission: write, Handle: p.newMember},
		{Method: "POST", Path: "/keluarga/{id}/anggota", Permission: write, Handle: p.addMember},
		{Method: "GET", Path: "/keluarga/{id}/anggota/{person}", Permission: write, Handle: p.memberPage},
		{Method: "POST", Path: "/keluarga/{id}/anggota/{person}", Permission: write, Handle: p.editMember},
		{Method: "POST", Path: "/keluarga/{id}/hubungan", Permission: write, Handle: p.relateMembers},
		{Method: "POST", Path: "/hubungan/{id}/hapus", Permission: write, Handle: p.unrelate},
		{Method: "GET", Path: "/klien/baru", Permission: write, Handle: p.newBody},
		{Method: "POST", Path: "/klien/baru", Permission: write, Handle: p.addBody},
		{Method: "GET", Path: "/klien/{id}", Permission: read, Handle: p.body},
		{Method: "GET", Path: "/klien/{id}/ubah", Permission: write, Handle: p.editBodyPage},
		{Method: "POST", Path: "/klien/{id}/ubah", Permission: write, Handle: p.editBody},
		{Method: "GET", Path: "/saran/kelurahan", Permission: string(access.SignedIn), Handle: p.suggestVillages},
		{Method: "GET", Path: "/orang/baru", Permission: write, Handle: p.newPage},
		{Method: "POST", Path: "/orang/baru", Permission: write, Handle: p.add},
		{Method: "GET", Path: "/orang/{id}", Permission: read, Handle: p.show},
		{Method: "GET", Path: "/orang/{id}/ubah", Permission: write, Handle: p.editPage},
		{Method: "POST", Path: "/orang/{id}/ubah", Permission: write, Handle: p.edit},
		{Method: "GET", Path: "/orang/{id}/gabung", Permission: string(access.PersonMerge), Handle: p.mergePage},
		{Method: "POST", Path: "/orang/{id}/gabung", Permission: string(access.PersonMerge), Handle: p.merge},
		{Method: "POST", Path: "/orang/{id}/pisah/{merging}", Permission: string(access.PersonMerge), Handle: p.unmerge},
		{Method: "POST", Path: "/orang/{id}/tanda", Permission: write, Handle: p.setMark},
		{Method: "POST", Path: "/orang/{id}/tanda/{mark}/akhiri", Permission: write, Handle: p.endMark},
	}
}
