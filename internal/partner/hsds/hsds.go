// Package hsds reads, checks and writes the Human Services Data Specification, version 3.0: the format in which directories
// of services are exchanged.
//
// The same facts stand in two shapes. Nested, as the specification's API gives them: a Service holds its Organization, its
// places and its hours; a file is one such document, an array or a page of them, or one a line. And flat, as its schemas name
// the files: a zip of CSV tables with datapackage.json, the only shape that also holds an organization without a service,
// and one whose rows have line numbers; Teduh writes that one.
//
// Read goes through a file of either shape and gives organizations, then the services that name them, one whole thing at a
// time. What is wrong in it is a Problem with its place: the row is left out together with what hangs on it, and the rest is
// read on. Week and Schedules turn schedules into opening times and back. The rules of each field stand beside it in types.go.
//
// The package knows neither the directory nor the database; partner maps the one to the other.
package hsds

// Version is the version of the specification.
const Version = "3.0"

// Limits of a file. What a zip unpacks to is counted, not what it weighs.
const (
	MaxBytes = 256 << 20
	MaxRow   = 4 << 20 // one nested service, or one line of a table
	MaxRows  = 600_000 // of all tables together, or services with everything in them
)

// Limits of a field, in letters.
const (
	MaxID   = 100
	MaxName = 200
	MaxLine = 500
	MaxURL  = 2_000
	MaxText = 10_000
)

// Entry is a whole thing a file holds: an organization with its places, or a service with its own. Of one that was read
// from a package, Organization of the service is the one given before.
type Entry struct {
	Place
	Organization *Organization
	Service      *Service
	Taxonomy     *Taxonomy
	Term         *TaxonomyTerm
}

// Place is where something stands.
type Place struct {
	File string // the table of a package; empty for a nested file
	Row  int    // the line of a table; which service of a nested file, from 1
}

// Problem is something wrong in a file.
type Problem struct {
	Place
	Path  string // the field: phones[0].number
	Code  string // one of Codes
	Value string // what stands there, shortened
	Kept  bool   // the field alone was left out, and what it stands in was taken
}

// Codes are what may be wrong with a file.
var Codes = []string{"broken", "too_large", "too_many", "row_too_large", "unknown_kind", "kind", "missing", "choice", "date", "time", "moment",
	"number", "email", "uri", "days", "long", "twice", "no_parent", "no_term", "no_taxonomy"}

// Error is the code; what a person reads stands in the catalogs.
func (p *Problem) Error() string { return p.Code }
