package referral

import (
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/web"
)

// WholeJSON is a referral as the side that asks may read it.
type WholeJSON struct {
	ID         string              `json:"id"`
	Number     string              `json:"number" example:"RJ-2026-000041"`
	Kind       string              `json:"kind" enum:"referral,transfer,information,joint"`
	Urgency    string              `json:"urgency" enum:"now,day,three_days,week"`
	Status     string              `json:"status" enum:"draft,sent,received,accepted,declined,waitlisted,in_service,completed,not_attended,cancelled"`
	TaskStatus string              `json:"task_status" doc:"the same as FHIR R4 Task.status" example:"requested"`
	Case       *casefile.NamedJSON `json:"case,omitempty" doc:"id and number; left out on the partner's side"`
	Service    casefile.NamedJSON  `json:"service"`
	Partner    *casefile.NamedJSON `json:"partner,omitempty" doc:"whose service it is; left out while nobody has said"`
	Group      *string             `json:"group" nullable:"true" doc:"the same for all that ask for one need"`
	Asked      string              `json:"asked"`
	Why        string              `json:"why"`
	Summary    string              `json:"summary"`
	Companion  string              `json:"companion"`
	WantedOn   *string             `json:"wanted_on" format:"date" nullable:"true"`
	Transport  bool                `json:"transport" doc:"brought by the office's car"`
	Fields     []string            `json:"fields" nullable:"false" doc:"of the client, that go along"`
	Shared     []SharedFieldJSON   `json:"shared" nullable:"false" doc:"what was sent of them, as it was then"`
	Reason     *string             `json:"reason" nullable:"true" doc:"why it was declined"`
	Outcome    *string             `json:"outcome" nullable:"true"`
	Place      *int                `json:"place" nullable:"true" doc:"in the queue"`
	NextOn     *string             `json:"next_on" format:"date" nullable:"true"`
	SentAt     db.Time             `json:"sent_at" format:"date-time" nullable:"true"`
	AnsweredAt db.Time             `json:"answered_at" format:"date-time" nullable:"true"`
	ServedAt   db.Time             `json:"served_at" format:"date-time" nullable:"true"`
	EndedAt    db.Time             `json:"ended_at" format:"date-time" nullable:"true"`
	DueAt      db.Time             `json:"due_at" format:"date-time" nullable:"true" doc:"by when somebody is to do the next thing"`
	Late       bool                `json:"late"`
	Tries      int                 `json:"tries"`
	Moves      []MoveJSON          `json:"moves" nullable:"false"`
	Next       []string            `json:"next" nullable:"false" doc:"the states the one who asks may bring it to"`
	Version    int64               `json:"version"`
}

// SharedFieldJSON is a field that was shared.
type SharedFieldJSON struct {
	Field string `json:"field" example:"age"`
	Value string `json:"value" example:"34"`
}

// MoveJSON is what happened once.
type MoveJSON struct {
	At      db.Time `json:"at" format:"date-time"`
	From    string  `json:"from"`
	To      string  `json:"to"`
	Side    string  `json:"side" enum:"office,partner,recorded" doc:"recorded: the office typed in what the partner said"`
	By      string  `json:"by" doc:"who"`
	Reason  *string `json:"reason" nullable:"true"`
	Outcome *string `json:"outcome" nullable:"true"`
	Place   *int    `json:"place" nullable:"true"`
	NextOn  *string `json:"next_on" format:"date" nullable:"true"`
	Words   string  `json:"words"`
}

// ListedJSON is a referral in a list.
type ListedJSON struct {
	ID         string             `json:"id"`
	Number     string             `json:"number"`
	Case       casefile.NamedJSON `json:"case"`
	Client     string             `json:"client" doc:"name; an alias where the identity is protected"`
	Service    casefile.NamedJSON `json:"service"`
	Kind       string             `json:"kind"`
	Urgency    string             `json:"urgency"`
	Status     string             `json:"status"`
	SentAt     db.Time            `json:"sent_at" format:"date-time" nullable:"true"`
	AnsweredAt db.Time            `json:"answered_at" format:"date-time" nullable:"true"`
	DueAt      db.Time            `json:"due_at" format:"date-time" nullable:"true"`
	Late       bool               `json:"late"`
}

// MessageJSON is one of the two sides writing to the other.
type MessageJSON struct {
	ID     string  `json:"id"`
	At     db.Time `json:"at" format:"date-time"`
	Side   string  `json:"side" enum:"office,partner"`
	By     string  `json:"by"`
	Text   string  `json:"text"`
	ReadAt db.Time `json:"read_at" format:"date-time" nullable:"true"`
}

func optionalInt(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func named(id db.ID, name string) casefile.NamedJSON {
	return casefile.NamedJSON{ID: id.String(), Name: name}
}

// whole is a referral for the side that asks; the partner's side reads what was shared and nothing else.
func whole(w Whole, now time.Time) WholeJSON {
	x := w.Referral
	j := WholeJSON{ID: x.ID.String(), Number: x.Number, Kind: x.Kind, Urgency: x.Urgency, Status: x.Status, TaskStatus: FHIRStatus(x.Status),
		Service: named(x.Service, x.ServiceName), Fields: []string{}, Shared: []SharedFieldJSON{}, Moves: []MoveJSON{}, Next: append([]string{}, w.Next...),
		Reason: web.Optional(x.Reason), Outcome: web.Optional(x.Outcome), Place: optionalInt(x.Place), NextOn: web.Optional(string(x.NextOn)),
		SentAt: x.SentAt, AnsweredAt: x.AnsweredAt, ServedAt: x.ServedAt, EndedAt: x.EndedAt, DueAt: x.DueAt, Late: x.Late(now), Tries: x.Tries, Version: x.Version}
	if !x.Partner.IsZero() {
		p := named(x.Partner, x.PartnerName)
		j.Partner = &p
	}
	words, wanted, transport := x.Words, x.WantedOn, x.Transport
	if w.Side == OfficeSide {
		c := named(x.Case, x.CaseNumber)
		j.Case, j.Fields, j.Group = &c, append(j.Fields, x.Fields...), web.Optional(x.Group.String())
	} else {
		words, wanted, transport = x.Shared.Words, x.Shared.WantedOn, x.Shared.Transport
	}
	j.Asked, j.Why, j.Summary, j.Companion, j.Transport, j.WantedOn = words.Asked, words.Why, words.Summary, words.Companion, transport, web.Optional(string(wanted))
	if x.Shared != nil {
		for _, d := range x.Shared.Data {
			j.Shared = append(j.Shared, SharedFieldJSON(d))
		}
	}
	for _, m := range w.Moves {
		j.Moves = append(j.Moves, moveJSON(m))
	}
	return j
}

func moveJSON(m Move) MoveJSON {
	return MoveJSON{At: m.At, From: m.From, To: m.To, Side: string(m.Side), By: who(m.By.Name, m.Name), Reason: web.Optional(m.Reason),
		Outcome: web.Optional(m.Outcome), Place: optionalInt(m.Place), NextOn: web.Optional(string(m.NextOn)), Words: m.Words}
}

func listedJSON(x Item, now time.Time) ListedJSON {
	return ListedJSON{ID: x.ID.String(), Number: x.Number, Case: named(x.Case, x.CaseNumber), Client: x.Client, Service: named(x.Service, x.ServiceName),
		Kind: x.Kind, Urgency: x.Urgency, Status: x.Status, SentAt: x.SentAt, AnsweredAt: x.AnsweredAt, DueAt: x.DueAt, Late: x.Late(now)}
}

func messageJSON(m Message) MessageJSON {
	return MessageJSON{ID: m.ID.String(), At: m.At, Side: string(m.Side), By: who(m.By.Name, m.Name), Text: m.Text, ReadAt: m.ReadAt}
}
