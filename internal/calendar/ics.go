package calendar

import (
	"time"

	ics "github.com/arran4/golang-ical"
)

// iCalendar writes appointments as RFC 5545 has it, in UTC: that time is taken and when, in the same words for each.
func iCalendar(list []Appointment, words string, now time.Time) string {
	c := ics.NewCalendarFor("Teduh")
	c.SetProductId("-//Teduh//Teduh//ID")
	c.SetMethod(ics.MethodPublish)
	for _, a := range list {
		if !a.Takes() || a.ID.IsZero() {
			continue
		}
		e := c.AddEvent(a.ID.String() + "@teduh")
		e.SetDtStampTime(now)
		e.SetStartAt(a.From.Time)
		e.SetEndAt(a.To.Time)
		e.SetSummary(words)
		e.SetClass(ics.ClassificationPrivate)
	}
	return c.Serialize(ics.WithNewLine("\r\n"))
}
