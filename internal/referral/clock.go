package referral

import (
	"context"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/partner"
	"teduh/internal/partner/hours"
)

// Lengths are how many hours may pass in a state, by urgency; hours of the partner's opening time, but for «now», which
// counts round the clock.
type Lengths map[string]int

// The defaults: eight hours are a working day.
var (
	answerLengths  = Lengths{"now": 1, "day": 8, "three_days": 24, "week": 40}
	waitingLengths = Lengths{"now": 8, "day": 24, "three_days": 40, "week": 80}
	contactLengths = Lengths{"now": 4, "day": 16, "three_days": 24, "week": 80}
)

// reportEvery is how long a service may go on until the partner tells how it goes.
const reportEvery = 30 * 24 * time.Hour

// usualWeek stands for a service whose hours nobody has entered: Monday to Friday, 08.00–16.00.
var usualWeek = func() (w hours.Week) {
	for day := time.Monday; day <= time.Friday; day++ {
		w.Days[day] = []hours.Span{{From: 8 * 60, To: 16 * 60}}
	}
	return w
}()

// Promise is what a deadline is reckoned from: when the service is open, and what its partner promised.
type Promise struct {
	Week   hours.Week
	Answer Lengths // only the urgencies it speaks of
	Zone   *time.Location
}

// due is the instant by which somebody is to do the next thing, and from when it counts; the zero time where nothing waits.
// A referral that was received is answered within the time since it was sent.
func (p Promise) due(x Referral, now time.Time) (from, at time.Time) {
	from = now
	switch x.Status {
	case Sent, Received:
		if !x.SentAt.IsZero() {
			from = x.SentAt.Time
		}
		return from, p.after(from, x.Urgency, p.answer(x.Urgency))
	case Waitlisted:
		return from, p.after(from, x.Urgency, waitingLengths[x.Urgency])
	case Accepted:
		if x.NextOn != "" {
			return from, p.endOf(x.NextOn, now)
		}
		return from, p.after(from, x.Urgency, contactLengths[x.Urgency])
	case InService:
		if x.NextOn != "" {
			return from, p.endOf(x.NextOn, now)
		}
		return from, now.Add(reportEvery)
	}
	return time.Time{}, time.Time{}
}

func (p Promise) answer(urgency string) int {
	if own := p.Answer[urgency]; own > 0 {
		return own
	}
	return answerLengths[urgency]
}

// promiseOf reads what a service promises; one that left the directory promises what is usual.
func promiseOf(ctx context.Context, r db.Reader, x Referral, zone *time.Location) (Promise, error) {
	service, _, err := partner.ServiceIn(ctx, r, x.Office, x.Service)
	if fault.Is(err, "not_found") {
		return Promise{Zone: zone}, nil
	}
	return Promise{Week: service.Hours, Answer: service.Promises, Zone: zone}, err
}

// after counts hours of opening time; what is urgent at once does not wait for a door to open.
func (p Promise) after(from time.Time, urgency string, n int) time.Time {
	week := p.Week
	if week.Never() {
		week = usualWeek
	}
	if urgency == "now" {
		week = hours.Week{Always: true}
	}
	return week.Add(from.In(p.Zone), time.Duration(n)*time.Hour)
}

// endOf is the end of the day after one that was agreed: by then it is known whether the client came.
func (p Promise) endOf(day db.Date, now time.Time) time.Time {
	end := day.AddDays(2).In(p.Zone)
	if end.Before(now) {
		return now.Add(24 * time.Hour)
	}
	return end
}

// tick sets a referral's clock by the state it has come into. The first look comes when three quarters of the time are over.
func (x *Referral) tick(p Promise, now time.Time) {
	from, at := p.due(*x, now)
	x.DueFrom, x.DueAt, x.Looks = db.At(from), db.At(at), 0
}

// lookAt is when the clock next tells of a referral: before its deadline, at it, and again each time as much time has passed.
func (x Referral) lookAt() db.Time {
	if x.DueAt.IsZero() {
		return db.Time{}
	}
	length := x.DueAt.Sub(x.DueFrom.Time)
	switch x.Looks {
	case 0:
		return db.At(x.DueFrom.Add(length * 3 / 4))
	case 1:
		return x.DueAt
	}
	return db.At(x.DueAt.Add(time.Duration(x.Looks-1) * max(length, 24*time.Hour)))
}

// Late tells whether its time has passed.
func (x Referral) Late(now time.Time) bool { return !x.DueAt.IsZero() && x.DueAt.Before(now) }
