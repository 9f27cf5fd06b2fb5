package partner

import (
	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
)

// scope says which entries an actor reaches. It goes into SQL as its parameters (args).
type scope struct {
	office  db.ID
	seen    [3]string // the visibilities, the last ones repeated
	own     bool      // a partner's user: one partner alone
	partner db.ID
	keeps   bool // keeps the directory
}

// reading is the scope of whoever reads the directory, or of a partner's user.
func reading(a access.Actor) (scope, error) {
	s := scope{office: a.Office.ID}
	switch {
	case a.Can(access.PartnerWrite):
		s.seen, s.keeps = [3]string{Public, Internal, Hidden}, true
	case a.Can(access.PartnerRead):
		s.seen = [3]string{Public, Internal, Internal}
	case a.Can(access.PartnerOwn):
		s.seen, s.own, s.partner = [3]string{Public, Internal, Hidden}, true, a.Partner
		if a.Partner.IsZero() {
			return s, fault.NotFound()
		}
	default:
		return s, a.Require(access.PartnerRead)
	}
	return s, nil
}

// changing is the scope of whoever keeps the directory, or keeps the own entry fresh.
func changing(a access.Actor) (scope, error) {
	if !a.Can(access.PartnerWrite) && !a.Can(access.PartnerOwn) {
		return scope{}, a.Require(access.PartnerWrite)
	}
	return reading(a)
}

// args are $1 to $6 of the conditions below.
func (s scope) args() []any {
	return []any{s.office, s.seen[0], s.seen[1], s.seen[2], db.Flag(s.own), s.partner}
}

// reachedPartner and reachedService are the conditions of what an actor reaches. A service is as hidden as its partner.
const (
	reachedPartner = `p.office_id = $1 AND p.visibility IN ($2, $3, $4) AND ($5 = 0 OR p.id = $6)`
	reachedService = `s.office_id = $1 AND s.visibility IN ($2, $3, $4) AND (p.id IS NULL OR p.visibility IN ($2, $3, $4)) AND ($5 = 0 OR s.partner_id = $6)`
)
