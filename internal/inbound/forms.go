package inbound

import (
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/referral"
	"teduh/internal/web"
)

// dataFields are what a form asks about the client, in its order.
var dataFields = []string{"name", "age", "sex", "phone", "contact", "address"}

// readHanded reads the form of a referral that is typed in. A letter of an earlier day came at its noon.
func readHanded(f web.Form, a access.Actor) (h Handed, err error) {
	var c fault.Checks
	h = Handed{SenderKind: f.Line("sender_kind"), Partner: f.ID("partner"), Kind: f.Line("kind"), Urgency: f.Line("urgency"), Agreed: f.Checked("agreed"),
		Body: Body{Sender: f.Line("sender"), Contact: f.Line("contact_of"), Reference: f.Line("reference"),
			Shared: referral.Shared{Words: referral.Words{Asked: f.Text("asked"), Why: f.Text("why")}, Worker: f.Line("worker")}}}
	for _, field := range dataFields {
		if value := f.Line(field); value != "" {
			h.Data = append(h.Data, referral.Datum{Field: field, Value: value})
		}
	}
	arrived, ok := f.Day("arrived")
	c.Field(!ok, "arrived", "impossible", "case.day.impossible")
	if ok && arrived != "" && a.Office.Zone != nil {
		h.ArrivedAt = db.At(arrived.In(a.Office.Zone).Add(12 * time.Hour))
	}
	feedback, ok := f.Day("feedback")
	c.Field(!ok, "feedback", "impossible", "case.day.impossible")
	h.FeedbackOn = feedback
	return h, c.Err()
}

// readCursor takes the place where the page above ended.
func (f *Filter) readCursor(cursor string) {
	parts, ok := web.ReadCursor(cursor, 2)
	if !ok {
		return
	}
	at, err := time.Parse(time.RFC3339Nano, parts[0])
	id, bad := db.ParseID(parts[1])
	if err == nil && bad == nil {
		f.DueAt, f.After = db.At(at), id
	}
}
