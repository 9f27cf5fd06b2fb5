package referral_test

import (
	"testing"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

// Tuesday 24 November 2026, 09.00 in Jakarta, at a service that is open Monday to Friday from 08.00 to 16.00: eight hours of
// opening time a day. Reckoned by hand on a calendar.
func TestDeadlinesByUrgencyAndOpeningTime(t *testing.T) {
	t.Parallel()
	d := newDesk(t, testkit.SQLite(t))
	c := d.past("worker", 1, casefile.Ordinary)[0]
	service, partner := d.offer("Puskesmas")
	jakarta := d.As("worker").Office.Zone
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, jakarta)
	}
	for _, x := range []struct {
		urgency                    string
		answer, contact, afterWait time.Time
	}{
		{"now", at(11, 24, 10, 0), at(11, 24, 13, 0), at(11, 24, 17, 0)},
		{"day", at(11, 25, 9, 0), at(11, 26, 9, 0), at(11, 27, 9, 0)},
		{"three_days", at(11, 27, 9, 0), at(11, 27, 9, 0), at(12, 1, 9, 0)},
		{"week", at(12, 1, 9, 0), at(12, 8, 9, 0), at(12, 8, 9, 0)},
	} {
		o := order(service)
		o.Urgency = x.urgency
		due := func(what string, want time.Time, to referral.Step) {
			t.Helper()
			id := d.refer(c, o)[0]
			if to.To != "" {
				d.move(partner, id, to)
			}
			if got := d.open(d.As("worker"), id).DueAt; !got.Equal(want) {
				t.Errorf("%s, %s: %s, want %s", x.urgency, what, got.In(jakarta), want)
			}
		}
		due("sent", x.answer, referral.Step{})
		due("received", x.answer, referral.Step{To: referral.Received})
		due("accepted", x.contact, referral.Step{To: referral.Accepted})
		due("accepted for a day", at(11, 29, 0, 0), referral.Step{To: referral.Accepted, NextOn: "2026-11-27"})
		due("waiting for a place", x.afterWait, referral.Step{To: referral.Waitlisted, Place: 3})
	}
}
