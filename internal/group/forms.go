package group

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// The fields of attendance: a tap names session, member and state; a form names each member's state and what it was.
const (
	markField  = "mark"
	allField   = "all"
	stateField = "state_"
	wasField   = "was_"
)

// readSession reads the form of a session; a day without a clock is refused, for others come by it.
func readSession(f web.Form, zone *time.Location) (x Session, led string, err error) {
	var c fault.Checks
	x = Session{Version: f.Version(), Minutes: f.Int("minutes", 0), Told: Told{Theme: f.Line("theme"), Place: f.Line("place"), Aims: f.Text("aims")}}
	day, ok := f.Day("held")
	c.Field(!ok, "held", "impossible", "case.day.impossible")
	c.Field(ok && day == "", "held", "required", "group.session.when_missing")
	clock := strings.ReplaceAll(f.Line("clock"), ".", ":")
	at, wrong := time.ParseInLocation("2006-01-02 15:04", string(day)+" "+clock, zone)
	c.Field(ok && day != "" && wrong != nil, "clock", "impossible", "case.clock.impossible")
	x.HeldAt = db.At(at)
	return x, f.Line("led_by"), c.Err()
}

// sessionForm is the form of a session as it stands.
func sessionForm(x Session, zone *time.Location) web.Form {
	at := x.HeldAt.In(zone)
	f := url.Values{"theme": {x.Theme}, "place": {x.Place}, "aims": {x.Aims}, "clock": {at.Format("15.04")}, "led_by": {x.LedBy.ID.String()},
		"held_d": {at.Format("2")}, "held_m": {at.Format("1")}, "held_y": {at.Format("2006")}}
	if x.Minutes > 0 {
		f.Set("minutes", strconv.Itoa(x.Minutes))
	}
	return web.Form{Values: f}
}

// readTap reads which cell of the grid was tapped, or whose column is to be all present.
func readTap(f web.Form) (session db.ID, marks []Mark, rest bool, err error) {
	if f.Has(allField) {
		return f.ID(allField), nil, true, nil
	}
	parts := strings.Split(f.Line(markField), ".")
	if len(parts) != 3 {
		return session, nil, false, fault.Malformed()
	}
	if session, err = db.ParseID(parts[0]); err != nil {
		return session, nil, false, fault.Malformed()
	}
	member, err := db.ParseID(parts[1])
	if err != nil {
		return session, nil, false, fault.Malformed()
	}
	return session, []Mark{{member, parts[2]}}, false, nil
}

// readMarks are the states of a session's form that differ from what it was drawn with: what somebody else has marked
// meanwhile is not written over unseen.
func readMarks(f web.Form) (marks []Mark) {
	for name := range f.Values {
		member, err := db.ParseID(strings.TrimPrefix(name, stateField))
		if err != nil || !strings.HasPrefix(name, stateField) {
			continue
		}
		if state := f.Line(name); state != f.Line(wasField+member.String()) {
			marks = append(marks, Mark{member, state})
		}
	}
	slices.SortFunc(marks, func(x, y Mark) int { return x.Member.Compare(y.Member) })
	return marks
}

// readPlace reads where a page of the grid ends.
func readPlace(cursor string) (p Place) {
	parts, ok := web.ReadCursor(cursor, 3)
	if !ok || parts[0] != "t" {
		return p
	}
	id, err := db.ParseID(parts[2])
	if err != nil {
		return p
	}
	if at, err := time.Parse(time.RFC3339Nano, parts[1]); err == nil {
		p = Place{db.At(at), id}
	}
	return p
}

func placeAfter(x Session) string {
	return web.Cursor("t", x.HeldAt.UTC().Format(time.RFC3339Nano), x.ID.String())
}
