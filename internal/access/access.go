// Package access knows who acts and what they may do.
//
// An Actor is a signed-in worker at one office, a visitor without an account, one whom a referral's link let in, or the system. Roles are held over
// units and give Permissions (policy.go is the whole policy of roles); Can and Require ask for one. Scope says which rows
// an actor may reach and goes into SQL as parameters: what is out of scope is not fetched and reads as not found.
//
// A worker stands at one office at a time, even when roles reach several; choosing another desk is a change of the
// sign-in. Case content never reaches above the office, so the subtree of a higher role is offices to choose for numbers,
// not for cases.
//
// The package also keeps users, units, roles, supervision, sign-ins (logins), API tokens and one-time links. Tokens are
// stored as hashes; disabling an account ends them at the next request, on every node.
package access

import (
	"context"
	"slices"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
)

// Kind tells what sort of actor acts.
type Kind int

// The kinds of actor.
const (
	Visitor Kind = iota // nobody signed in
	User
	System // the command line and the clock
	Link   // who came by a referral's link and its PIN
)

// Office is the unit an actor stands at.
type Office struct {
	ID     db.ID
	Name   string
	Kind   string // nation, province, regency or office
	Region string // region code, "21.72"
	Prefix string
	Zone   *time.Location
	MadeUp bool // the demo's office
}

// Actor is who acts, at which office, with which roles there.
type Actor struct {
	Kind     Kind
	User     db.ID
	Name     string
	Email    string
	Language string
	Office   Office
	Roles    []Role   // in the order of the policy
	Villages []string // a facilitator's kelurahan
	Login    db.ID    // the sign-in, zero for a token
	ProvedAt time.Time
	Token    bool  // came with an API token
	Partner  db.ID // of a partner user: whose services they see to
	Referral db.ID // the one referral that a link opens
	allowed  permissionSet
}

// SystemActor acts for the command line and the clock at an office; the zero office stands for the installation.
func SystemActor(o Office) Actor {
	return Actor{Kind: System, Name: "system", Office: o, Language: "id"}
}

// LinkActor came by the link of one referral: the partner's side of it and nothing else. Name is what they said it is.
func LinkActor(o Office, referral db.ID, name string) Actor {
	return Actor{Kind: Link, Name: name, Office: o, Referral: referral, Language: "id", allowed: set(ReferralReceive, ReferralAccept, ReferralRevoke)}
}

// NewActor is a user with roles at an office.
func NewActor(user db.ID, name string, o Office, roles ...Role) Actor {
	a := Actor{Kind: User, User: user, Name: name, Office: o, Language: "id"}
	a.setRoles(roles)
	return a
}

func (a *Actor) setRoles(roles []Role) {
	a.Roles = slices.Clone(roles)
	slices.SortFunc(a.Roles, func(x, y Role) int { return slices.Index(Roles, x) - slices.Index(Roles, y) })
	a.Roles = slices.Compact(a.Roles)
	for _, r := range a.Roles {
		a.allowed.add(policy[r])
	}
}

// Can tells whether the actor holds a permission at the office.
func (a Actor) Can(p Permission) bool {
	switch {
	case p == Public, a.Kind == System:
		return true
	case p == SignedIn:
		return a.Kind == User
	}
	return a.allowed.has(p)
}

// Require is Can as an error: sign in, or forbidden.
func (a Actor) Require(p Permission) error {
	switch {
	case a.Can(p):
		return nil
	case a.Kind == Visitor:
		return fault.Unauthorized()
	}
	return fault.Forbidden()
}

// Zone of the office; UTC where the actor stands at none.
func (a Actor) Zone() *time.Location {
	if a.Office.Zone == nil {
		return time.UTC
	}
	return a.Office.Zone
}

// Has tells whether the actor holds a role at the office.
func (a Actor) Has(r Role) bool { return slices.Contains(a.Roles, r) }

// Scope is what goes into SQL so that only reachable rows are read.
type Scope struct {
	Office   db.ID
	User     db.ID
	Open     int      // the highest confidentiality read without being named or in the team: 0 none, 1 ordinary, 2 restricted
	People   int      // the same for the people behind cases; 0 none
	Villages []string // only these kelurahan, for a facilitator; nil means no such limit
}

// Scope of the actor at the office.
func (a Actor) Scope() Scope {
	s := Scope{Office: a.Office.ID, User: a.User}
	switch {
	case a.Kind == System:
		s.Open, s.People = 3, 3
	case a.Has(Head):
		s.Open, s.People = 2, 2
	case a.Has(Worker), a.Has(Psychologist):
		s.Open, s.People = 1, 1
	case a.Can(PersonRead):
		s.People = 1
	}
	if a.Kind == User && len(a.Roles) == 1 && a.Roles[0] == Facilitator {
		s.Villages = append([]string{}, a.Villages...)
	}
	return s
}

type actorKey struct{}

// With puts the actor into a context, at the edge.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, actorKey{}, a) }

// From is the actor of a context; a visitor where none was put.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
