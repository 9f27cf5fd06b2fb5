package referral

import (
	"net/url"
	"strings"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// readOrder reads the form of a referral.
func readOrder(f web.Form) (o Order, err error) {
	var c fault.Checks
	for _, text := range f.All("services") {
		id, bad := db.ParseID(text)
		c.Field(bad != nil, "services", "unknown", "referral.service_unknown")
		o.Services = append(o.Services, id)
	}
	wanted, ok := f.Day("wanted")
	c.Field(!ok, "wanted", "impossible", "case.day.impossible")
	o.Kind, o.Urgency, o.Fields, o.WantedOn, o.Transport, o.Step = f.Line("kind"), f.Line("urgency"), f.All("fields"), wanted, f.Checked("transport"), f.ID("step")
	o.Words = Words{Why: f.Text("why"), Asked: f.Text("asked"), Companion: f.Line("companion"), Summary: f.Text("summary")}
	return o, c.Err()
}

// orderForm is the form of a referral as it stands.
func orderForm(x Referral) web.Form {
	f := url.Values{"services": {x.Service.String()}, "kind": {x.Kind}, "urgency": {x.Urgency}, "fields": x.Fields, "why": {x.Why}, "asked": {x.Asked},
		"companion": {x.Companion}, "summary": {x.Summary}, "step": {x.Step.String()}}
	if x.Transport {
		f.Set("transport", "1")
	}
	if x.WantedOn != "" {
		parts := strings.Split(string(x.WantedOn), "-")
		f["wanted_y"], f["wanted_m"], f["wanted_d"] = parts[:1], parts[1:2], parts[2:]
	}
	return web.Form{Values: f}
}

// ReadStep reads the form of a move.
func ReadStep(f web.Form) (st Step, err error) {
	var c fault.Checks
	day, ok := f.Day("next")
	c.Field(!ok, "next", "impossible", "case.day.impossible")
	st = Step{To: f.Line("to"), Reason: f.Line("reason"), Outcome: f.Line("outcome"), NextOn: day, Words: f.Text("words"), By: f.Line("by"), Version: f.Version()}
	if place := f.Text("place"); place != "" {
		st.Place = f.Int("place", -1)
	}
	return st, c.Err()
}
