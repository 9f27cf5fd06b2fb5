package demo

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/inbound"
	"teduh/internal/intake"
	"teduh/internal/referral"
)

// asked is a request on its way to its end.
type asked struct {
	*filler
	voice
	text    requestText
	village string
	arrived time.Time
	last    time.Time    // when something was last done with it
	by      access.Actor // who records it
	worker  access.Actor // who sees to it
	q       intake.Request
}

// requests plans what came through the doors beside the cases, and tells which late case each «existing_case» joins.
func (f *filler) requests() error {
	texts, err := readRequests()
	if err != nil {
		return err
	}
	for i, t := range texts {
		f.ask(i, t)
	}
	return nil
}

func (f *filler) ask(i int, t requestText) {
	r := &asked{filler: f, text: t, village: pick(f, f.codes), by: f.staff.intake[i%len(f.staff.intake)], worker: f.staff.social[i%len(f.staff.social)]}
	channel := pick(f, t.Channels)
	if channel == "facilitator" {
		r.by = f.staff.inPlace[r.village]
	}
	r.voice = voice{f.chance, f.surroundings(r.village)}
	r.arrived = r.arrival(i)
	r.q = intake.Request{Channel: channel, Kind: t.Kind, Danger: t.Danger, Categories: t.Categories, Village: r.village}
	name := f.names.whole(f.names.group(), "f")
	r.words["klien"] = name
	r.q.Told = intake.Told{Narrative: r.say(t.Text), SafeContact: t.Safe, Reporter: intake.Reporter{Name: name, Phone: f.phone(), Relation: t.Relation}}
	if t.Relation == "tetangga" {
		r.q.Told.Reporter.Anonymous = true
	}
	r.last = r.arrived.Add(4 * time.Minute)
	r.add(r.last, r.record)
	switch t.State {
	case "now", "new":
	case "vain":
		r.tries(1 + i%3)
	case "contacted":
		r.contact(2 * time.Hour)
	case "unreachable":
		r.tries(4)
		r.decide(80 * time.Hour)
	default:
		r.contact(90 * time.Minute)
		r.decide(3 * time.Hour)
	}
}

// arrival says when a request came in: what is decided lies back by weeks, the late ones by more than a week.
func (r *asked) arrival(i int) time.Time {
	minute := r.chance.IntN(420)
	switch {
	case r.text.State == "now":
		return r.now.Add(-12 * time.Minute)
	case r.text.Late:
		return r.days.moment(11+r.chance.IntN(5), minute)
	case r.text.State == "new":
		return r.working(r.now.Add(-time.Duration(2+i*3) * time.Hour))
	case r.text.State == "vain" || r.text.State == "contacted":
		return r.days.moment(1+i%5, minute)
	}
	return r.days.moment(12+r.chance.IntN(170), minute)
}

func (r *asked) record(ctx context.Context) (err error) {
	r.q.ArrivedAt = db.At(r.arrived)
	if r.text.State == "existing_case" && r.joined() != nil {
		r.q.Told.Narrative = voice{nil, r.joined().words}.fill(r.q.Told.Narrative)
	}
	if r.text.Sender != "" {
		return r.handIn(ctx)
	}
	r.q, err = r.Requests.Record(ctx, r.by, r.q)
	return err
}

// handIn is a referral from outside: by letter, or by the partner's own account.
func (r *asked) handIn(ctx context.Context) error {
	h := inbound.Handed{SenderKind: r.text.SenderKind, Urgency: "three_days", ArrivedAt: r.q.ArrivedAt, Agreed: true, Body: inbound.Body{Sender: r.text.Sender,
		Contact: r.phone(), Shared: referral.Shared{Words: referral.Words{Asked: r.q.Told.Narrative}, Worker: r.text.Relation,
			Data: []referral.Datum{{Field: "name", Value: r.words["klien"]}, {Field: "contact", Value: r.text.Safe}}}}}
	by, keep := r.by, r.Inbound.Record
	if h.SenderKind == "" {
		by, keep = r.staff.partner, r.Inbound.HandIn
	}
	x, err := keep(ctx, by, h)
	r.q.ID = x.Request
	return err
}

// joined is the case that an «existing_case» belongs to: the worker's first open one.
func (r *asked) joined() *life {
	for _, l := range r.lives {
		if l.reason == "" && !l.id.IsZero() && l.st.Secrecy < casefile.Restricted && l.home != nil {
			return l
		}
	}
	return nil
}

// later does something a while after the request came in, if that is not still to come.
func (r *asked) later(after time.Duration, do func(context.Context) error) {
	at := maxTime(r.working(r.arrived.Add(after)), r.last.Add(8*time.Minute))
	if at.Before(r.now) {
		r.last = at
		r.add(at, do)
	}
}

// tries are calls that reached nobody.
func (r *asked) tries(n int) {
	for i := range n {
		note := pick(r.filler, []string{"Tidak diangkat", "Nomor tidak aktif", "Pesan terkirim, belum dibaca", "Diangkat orang lain, ditutup"})
		r.later(time.Duration(2+19*i)*time.Hour, r.contacting(intake.Contact{How: []string{"phone", "whatsapp", "phone", "visit"}[i%4], Note: note}))
	}
}

func (r *asked) contact(after time.Duration) {
	how := map[string]string{"walk_in": "walk_in", "whatsapp": "whatsapp", "portal": "whatsapp", "social_media": "whatsapp", "event": "walk_in"}[r.q.Channel]
	if how == "" {
		how = "phone"
	}
	r.later(after, r.contacting(intake.Contact{How: how, Reached: true, Note: r.say(r.text.Note)}))
}

func (r *asked) contacting(c intake.Contact) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := r.Requests.Contact(ctx, r.worker, r.q.ID, c)
		return err
	}
}

// decide ends a request with the outcome its text names.
func (r *asked) decide(after time.Duration) {
	d := intake.Decision{Outcome: r.text.State, Note: r.say(r.text.Word)}
	r.later(after, func(ctx context.Context) error {
		switch d.Outcome {
		case "duplicate":
			d.Duplicate = r.decided
		case "existing_case":
			l := r.joined()
			if l == nil {
				d.Outcome = "informed"
				break
			}
			d.Case = l.id
		}
		out, err := r.Requests.Triage(ctx, r.worker, r.q.ID, d)
		if err == nil {
			r.decided = out.Request.ID
		}
		return err
	})
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
