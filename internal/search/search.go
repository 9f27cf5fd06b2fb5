// Package search is the one field above all pages: it finds people, families and other clients, cases, requests, and the
// services and partners of the network by what is typed, and shows what the reader opened last before anything is.
//
// It keeps nothing of its own and knows no table but the log of readings. Each kind is asked from the service of its
// domain, in the actor's scope and with its own permission, so that a search tells no more than the page of the kind does:
// what one may not see is not found, and what one may not see any more is no longer among what was opened last.
//
// What is typed comes by POST. A name is sent on to an address of its own, so that one comes back to what was found; a NIK
// or a phone number never is.
package search

import (
	"strings"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/intake"
	"teduh/internal/partner"
	"teduh/internal/person"
)

// Found is what a search finds, a few of each kind.
type Found struct {
	People   []person.Hit
	Marks    map[string][]person.Mark // of the people, by key
	Families []person.Hit             // and groups, organisations and communities
	Cases    []casefile.Item
	Requests []intake.Request
	Services []partner.Fit
	Partners []partner.Partner
	Numbered bool // what was typed may be a number
	At       time.Time
}

// Empty tells whether nothing was found.
func (f Found) Empty() bool {
	return len(f.People)+len(f.Families)+len(f.Cases)+len(f.Requests)+len(f.Services)+len(f.Partners) == 0
}

// Opened is something the actor opened lately and may still see.
type Opened struct {
	Kind    string // case, client, family, person or request
	Name    string
	Case    casefile.Item
	Request intake.Request
	Href    string
}

// few is how many of a kind stand in the list below the field; many on the page of the search.
const (
	few  = 5
	many = 20
)

// lately is how many things opened last are shown; the log is looked through for that many readings at most.
const (
	lately   = 8
	readings = 200
)

// holdsDigit tells whether a query may mean a number.
func holdsDigit(query string) bool { return strings.ContainsAny(query, "0123456789") }
