package partnerdesk

import (
	"time"

	"teduh/internal/access"
	"teduh/internal/attachment"
	"teduh/internal/web"
)

// Pages are the partners' side, and what the office sees of a link.
type Pages struct {
	service *Service
	secure  bool
	now     func() time.Time
}

// NewPages makes the pages; secure tells that people come by https.
func NewPages(s *Service, secure bool) *Pages { return &Pages{s, secure, s.Now} }

// Start is where the day of a partner's user begins.
const Start = "/rujukan-masuk"

// WithToken are the addresses that hold a token which no other site knows: a request that comes without a word about where it
// comes from, as pages that tell no address send it, is taken there.
var WithToken = []string{"POST /r/{token}", "POST /r/{token}/{act}"}

// Routes of the partners' door.
func (p *Pages) Routes() []web.Route {
	receive, own, refer, public := string(access.ReferralReceive), string(access.PartnerOwn), string(access.ReferralRefer), string(access.Public)
	return []web.Route{
		{Method: "GET", Path: "/rujukan-masuk", Permission: receive, Handle: p.list},
		{Method: "GET", Path: "/rujukan-masuk/{id}", Permission: receive, Handle: p.user(p.show)},
		{Method: "POST", Path: "/rujukan-masuk/{id}/langkah", Permission: receive, Handle: p.user(p.move)},
		{Method: "POST", Path: "/rujukan-masuk/{id}/pesan", Permission: receive, Handle: p.user(p.message)},
		{Method: "POST", Path: "/rujukan-masuk/{id}/catatan", Permission: own, Handle: p.user(p.note)},
		{Method: "POST", Path: "/rujukan-masuk/{id}/berkas", Permission: receive, Handle: p.user(p.bring), MaxBody: attachment.MaxBody},
		{Method: "GET", Path: "/rujukan-masuk/{id}/berkas/{sent}", Permission: receive, Handle: p.user(p.file)},

		{Method: "GET", Path: "/rekan", Permission: own, Handle: p.colleagues},
		{Method: "POST", Path: "/rekan", Permission: own, Handle: p.invite},
		{Method: "POST", Path: "/rekan/{id}/tautan", Permission: own, Handle: p.inviteAgain},
		{Method: "GET", Path: "/rekan/{id}/akhiri", Permission: own, Handle: p.endPage},
		{Method: "POST", Path: "/rekan/{id}/akhiri", Permission: own, Handle: p.end},

		{Method: "GET", Path: "/r/{token}", Permission: public, Handle: p.atDoor},
		{Method: "POST", Path: "/r/{token}", Permission: public, Handle: p.enter},
		{Method: "POST", Path: "/r/{token}/keluar", Permission: public, Handle: p.leave},
		{Method: "POST", Path: "/r/{token}/langkah", Permission: public, Handle: p.visitor(p.move)},
		{Method: "POST", Path: "/r/{token}/pesan", Permission: public, Handle: p.visitor(p.message)},
		{Method: "POST", Path: "/r/{token}/berkas", Permission: public, Handle: p.visitor(p.bring), MaxBody: attachment.MaxBody},
		{Method: "GET", Path: "/r/{token}/berkas/{sent}", Permission: public, Handle: p.visitor(p.file)},

		{Method: "POST", Path: "/rujukan/{id}/tautan", Permission: refer, Handle: p.makeLink},
		{Method: "POST", Path: "/rujukan/{id}/tautan/pin", Permission: refer, Handle: p.newPIN},
		{Method: "POST", Path: "/rujukan/{id}/tautan/cabut", Permission: refer, Handle: p.revoke},
	}
}
