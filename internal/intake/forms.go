package intake

import (
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/web"
)

// readRequest reads the page of a new request. Day and time of arrival may be left out: now.
func readRequest(f web.Form, a access.Actor) (Request, error) {
	q := Request{Channel: f.Line("channel"), Kind: f.Line("kind"), Urgency: f.Line("urgency"), Person: f.ID("person_id"), Village: f.Line("village_code"),
		Danger: f.All("danger_signs"), Categories: f.All("categories"),
		Told: Told{Narrative: f.Text("narrative"), About: f.Line("about"), SafeContact: f.Line("safe_contact"), Needs: f.Line("needs"),
			Reporter: Reporter{Name: f.Line("reporter_name"), Phone: f.Line("reporter_phone"), Relation: f.Line("reporter_relation"), Anonymous: f.Checked("anonymous")}}}
	at, ok := readMoment(f, "arrived", a.Zone())
	if !ok {
		return q, fault.Invalid(fault.Field("arrived_at", "impossible", "intake.moment.impossible"))
	}
	q.ArrivedAt = at
	return q, nil
}

// readMoment reads name_on, a day, and name_at, a clock; both empty is no moment, a day alone is its noon.
func readMoment(f web.Form, name string, zone *time.Location) (db.Time, bool) {
	day, ok := f.Day(name + "_on")
	clock := strings.ReplaceAll(f.Line(name+"_at"), ".", ":")
	switch {
	case !ok, day == "" && clock != "":
		return db.Time{}, false
	case day == "":
		return db.Time{}, true
	case clock == "":
		clock = "12:00"
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", string(day)+" "+clock, zone)
	return db.At(at), err == nil
}

func readContact(f web.Form, a access.Actor) (Contact, error) {
	c := Contact{How: f.Line("how"), Reached: f.Line("reached") == "yes", Note: f.Text("note")}
	at, ok := readMoment(f, "contact", a.Zone())
	if !ok {
		return c, fault.Invalid(fault.Field("at", "impossible", "intake.moment.impossible"))
	}
	if f.Line("reached") == "" {
		return c, fault.Invalid(fault.Field("reached", "required", "intake.contact.reached_choose"))
	}
	c.At = at
	return c, nil
}

// readDecision reads the triage form. A case, request or unit may be named by number.
func readDecision(f web.Form) Decision {
	d := Decision{Outcome: f.Line("outcome"), Note: f.Line("note"), Worker: f.Line("worker"), NewName: f.Line("new_name"), Case: f.ID("case_id"),
		Duplicate: f.ID("request_id"), Unit: f.ID("unit_id"), Secrecy: f.Int("confidentiality", 0), Version: f.Version()}
	if id := f.ID("person_id"); !id.IsZero() {
		d.Client = person.ClientChoice{Kind: "individual", Person: id}
	}
	return d
}
