package casefile

import (
	"context"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/web"
)

// Tab is a part of the case page that another package keeps.
type Tab struct {
	Path     string // below the case's address
	LabelKey string
	Rest     bool                              // it stands in the menu behind the others
	For      func(a access.Actor, c Case) bool // who finds it there; nil means whoever reads the case
}

// Panel is a card of the case page that another package draws; nil draws nothing.
type Panel func(ctx context.Context, a access.Actor, c Case) (templ.Component, error)

// Pages are the handlers of this package.
type Pages struct {
	service *Service
	access  *access.Service
	now     func() time.Time
	tabs    []Tab
	panels  []Panel
	drafts  map[string]worth // of each form whose text is kept as typed

	measured func(ctx context.Context, a access.Actor, id db.ID, into url.Values) error
}

// NewPages makes the pages.
func NewPages(s *Service, acc *access.Service, now func() time.Time) *Pages {
	return &Pages{service: s, access: acc, now: now, drafts: map[string]worth{noteDraft: typedIn("text")}}
}

// AddTab puts a part of another package on the case page.
func (p *Pages) AddTab(t Tab) { p.tabs = append(p.tabs, t) }

// AddPanel puts a card of another package into the side column of the case page.
func (p *Pages) AddPanel(panel Panel) { p.panels = append(p.panels, panel) }

// FillClosing lets the package that keeps the scales write what was measured into the form that closes a case.
func (p *Pages) FillClosing(fn func(ctx context.Context, a access.Actor, id db.ID, into url.Values) error) {
	p.measured = fn
}

// Routes of cases.
func (p *Pages) Routes() []web.Route {
	read, work := string(access.CaseRead), string(access.CaseWork)
	return []web.Route{
		{Method: "GET", Path: "/kasus", Permission: string(access.CaseList), Handle: p.list},
		{Method: "GET", Path: "/kasus/ekspor", Permission: string(access.CaseExport), Handle: p.export},
		{Method: "POST", Path: "/tampilan", Permission: string(access.CaseList), Handle: p.saveView},
		{Method: "POST", Path: "/tampilan/{view}/hapus", Permission: string(access.CaseList), Handle: p.dropView},
		{Method: "POST", Path: "/tampilan/kolom", Permission: string(access.CaseList), Handle: p.chooseColumns},
		{Method: "GET", Path: "/kasus/darurat", Permission: string(access.BreakGlass), Handle: p.glassPage},
		{Method: "POST", Path: "/kasus/darurat", Permission: string(access.BreakGlass), Handle: p.breakGlass},
		{Method: "GET", Path: "/kasus/serahkan", Permission: string(access.CaseAssign), Handle: p.handOverPage},
		{Method: "POST", Path: "/kasus/serahkan", Permission: string(access.CaseAssign), Handle: p.handOver},
		{Method: "GET", Path: "/kasus/baru", Permission: string(access.CaseOpen), Handle: p.openPage},
		{Method: "POST", Path: "/kasus/baru", Permission: string(access.CaseOpen), Handle: p.open},
		{Method: "GET", Path: "/kasus/{id}", Permission: read, Handle: p.summary},
		{Method: "GET", Path: "/kasus/{id}/riwayat", Permission: read, Handle: p.history},
		{Method: "GET", Path: "/kasus/{id}/pembaca", Permission: read, Handle: p.readers},
		{Method: "GET", Path: "/kasus/{id}/cetak", Permission: read, Handle: p.print},
		{Method: "POST", Path: "/kasus/{id}/catatan", Permission: work, Handle: p.writeNote},
		{Method: "POST", Path: "/kasus/{id}/draf/{form}", Permission: work, Handle: p.saveDraft},
		{Method: "POST", Path: "/kasus/{id}/catatan/{note}/tandatangani", Permission: work, Handle: p.signNote},
		{Method: "POST", Path: "/kasus/{id}/catatan/{note}/tambah", Permission: work, Handle: p.addToNote},
		{Method: "POST", Path: "/kasus/{id}/catatan/{note}/coret", Permission: work, Handle: p.strikeNote},
		{Method: "POST", Path: "/kasus/{id}/tugas", Permission: work, Handle: p.addTask},
		{Method: "POST", Path: "/tugas/{task}/selesai", Permission: string(access.TaskOwn), Handle: p.finishTask},
		{Method: "POST", Path: "/tugas/{task}/buka", Permission: string(access.TaskOwn), Handle: p.reopenTask},
		{Method: "GET", Path: "/kasus/{id}/tetapkan", Permission: string(access.CaseConfidential), Handle: p.nameAnewPage},
		{Method: "POST", Path: "/kasus/{id}/tetapkan", Permission: string(access.CaseConfidential), Handle: p.nameAnew},
		{Method: "GET", Path: "/kasus/{id}/tahap", Permission: work, Handle: p.stagePage},
		{Method: "POST", Path: "/kasus/{id}/tahap", Permission: work, Handle: p.moveStage},
		{Method: "GET", Path: "/kasus/{id}/ubah", Permission: work, Handle: p.editPage},
		{Method: "POST", Path: "/kasus/{id}/ubah", Permission: work, Handle: p.edit},
		{Method: "POST", Path: "/kasus/{id}/risiko", Permission: work, Handle: p.setRisk},
		{Method: "POST", Path: "/kasus/{id}/jenjang", Permission: work, Handle: p.climb},
		{Method: "GET", Path: "/kasus/{id}/tutup", Permission: work, Handle: p.closePage},
		{Method: "POST", Path: "/kasus/{id}/tutup", Permission: work, Handle: p.closeCase},
		{Method: "POST", Path: "/kasus/{id}/buka-kembali", Permission: work, Handle: p.reopen},
	}
}
