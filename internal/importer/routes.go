package importer

import (
	"teduh/internal/access"
	"teduh/internal/web"
)

// Pages are the pages by which a head takes lists in.
type Pages struct{ lists *Lists }

// NewPages makes the pages.
func NewPages(l *Lists) *Pages { return &Pages{l} }

// maxBody is a list and what a form puts around it.
const maxBody = MaxList + 64<<10

// Routes of the lists.
func (p *Pages) Routes() []web.Route {
	take := string(access.OfficeImport)
	return []web.Route{
		{Method: "GET", Path: "/impor", Permission: take, Handle: p.index},
		{Method: "POST", Path: "/impor", Permission: take, Handle: p.receive, MaxBody: maxBody},
		{Method: "GET", Path: "/impor/{id}", Permission: take, Handle: p.list},
		{Method: "GET", Path: "/impor/{id}/hasil", Permission: take, Handle: p.result},
		{Method: "POST", Path: "/impor/{id}/kolom", Permission: take, Handle: p.understand},
		{Method: "POST", Path: "/impor/{id}/masukkan", Permission: take, Handle: p.take},
		{Method: "POST", Path: "/impor/{id}/buang", Permission: take, Handle: p.discard},
	}
}
