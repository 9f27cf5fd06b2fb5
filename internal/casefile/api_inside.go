package casefile

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/web"
)

type notesInput struct {
	IDInput
	Kind   string `query:"kind" enum:"process_record,short_record,phone,home_visit,counselling,group,mediation,family_meeting,coordination,supervision,incident,follow_up,psychological"`
	Word   string `query:"word" maxLength:"100" doc:"only notes with this word in them"`
	Member string `query:"member" maxLength:"36" doc:"only notes that stand for all, beside this member's own"`
	Shared bool   `query:"shared" doc:"only notes that stand for all"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many on a page"`
	Cursor string `query:"cursor" maxLength:"500" doc:"next of the page before"`
}

func (o operations) notes(ctx context.Context, in *notesInput) (*pageOf[NoteJSON], error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	before, err := nextPlace(in.Cursor, LatestChange)
	if err != nil {
		return nil, err
	}
	member, err := memberID("member", in.Member)
	if err != nil {
		return nil, err
	}
	list, more, err := o.s.Notes(ctx, access.From(ctx), id, NotesPage{Before: before, Limit: in.Limit, Kind: in.Kind, Word: in.Word,
		Member: member, Shared: in.Shared}, "api")
	if err != nil {
		return nil, err
	}
	out := &pageOf[NoteJSON]{}
	out.Body.Items = make([]NoteJSON, len(list))
	for i, n := range list {
		out.Body.Items[i] = noteJSON(n)
	}
	if more {
		next := NotePlace(list[len(list)-1])
		out.Body.Next = &next
	}
	return out, nil
}

// NotePlace is the cursor after a note.
func NotePlace(n Note) string {
	return web.Cursor("t", n.HappenedAt.UTC().Format(time.RFC3339Nano), n.ID.String())
}

type writeInput struct {
	IDInput
	Body struct {
		Kind       string     `json:"kind" enum:"process_record,short_record,phone,home_visit,counselling,group,mediation,family_meeting,coordination,supervision,incident,follow_up,psychological"`
		HappenedAt *time.Time `json:"happened_at,omitempty" doc:"now when left out"`
		Text       string     `json:"text" minLength:"1" maxLength:"100000"`
		Sign       bool       `json:"sign,omitempty" doc:"a signed note is never changed, only added to"`
		Services   []string   `json:"services,omitempty" nullable:"false" maxItems:"30" doc:"codes of the office's services"`
		Minutes    int        `json:"minutes,omitempty" minimum:"0" maximum:"1440"`
		Member     string     `json:"member,omitempty" maxLength:"36" doc:"the note stands for this member alone: id of a member, or of a person of a family's case"`
		Named      []string   `json:"named,omitempty" nullable:"false" maxItems:"20" doc:"ids or e-mails of colleagues who may read a psychological note beside psychologists"`
	}
}

type noteOutput struct {
	Location string `header:"Location"`
	Body     NoteJSON
}

func (o operations) write(ctx context.Context, in *writeInput) (*noteOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	n := NewNote{Kind: in.Body.Kind, Minutes: in.Body.Minutes, Services: in.Body.Services, NoteText: NoteText{Text: in.Body.Text}, Sign: in.Body.Sign}
	n.Named = in.Body.Named
	if n.Member, err = memberID("member", in.Body.Member); err != nil {
		return nil, err
	}
	if in.Body.HappenedAt != nil {
		n.HappenedAt = *in.Body.HappenedAt
	}
	note, err := o.s.WriteNote(ctx, access.From(ctx), id, n)
	if err != nil {
		return nil, err
	}
	return written(note), nil
}

func written(n Note) *noteOutput {
	return &noteOutput{Location: "/api/v1/cases/" + n.Case.String() + "/notes", Body: noteJSON(n)}
}

type taskInput struct {
	IDInput
	Body struct {
		What  string  `json:"what" minLength:"1" maxLength:"500"`
		For   string  `json:"for,omitempty" maxLength:"200" doc:"id or e-mail; oneself when left out"`
		DueOn *string `json:"due_on,omitempty" format:"date"`

		Profession string `json:"profession,omitempty" enum:"social_worker,psychologist,health_worker,police,legal_expert,religious_expert,education_expert" doc:"that whoever it is for must have"`
	}
}

// TaskJSON is a task.
type TaskJSON struct {
	ID    string    `json:"id"`
	What  string    `json:"what" example:"(what is to be done)"`
	For   NamedJSON `json:"for"`
	DueOn *string   `json:"due_on" format:"date"`

	Profession *string `json:"profession" enum:"social_worker,psychologist,health_worker,police,legal_expert,religious_expert,education_expert"`
}

type taskOutput struct{ Body TaskJSON }

func taskJSON(t Task) TaskJSON {
	return TaskJSON{t.ID.String(), t.What, NamedJSON{t.For.ID.String(), t.For.Name}, web.Optional(string(t.DueOn)), web.Optional(t.Profession)}
}

func (o operations) task(ctx context.Context, in *taskInput) (*taskOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	n := NewTask{What: in.Body.What, For: in.Body.For, Profession: in.Body.Profession}
	if in.Body.DueOn != nil {
		n.DueOn = db.Date(*in.Body.DueOn)
	}
	t, err := o.s.AddTask(ctx, access.From(ctx), id, n)
	if err != nil {
		return nil, err
	}
	return &taskOutput{taskJSON(t)}, nil
}

// HappeningJSON is a change, told in a sentence of the reader's language.
type HappeningJSON struct {
	ID       string  `json:"id"`
	At       db.Time `json:"at" format:"date-time"`
	Code     string  `json:"code" doc:"stable word for programs" example:"case.stage"`
	By       string  `json:"by" doc:"name of who did it; empty for the system" example:"Contoh"`
	Sentence string  `json:"sentence" doc:"in the language of Accept-Language" example:"memindahkan ke tahap asesmen"`
}

type timelineInput struct {
	IDInput
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many on a page"`
	Cursor string `query:"cursor" maxLength:"500" doc:"next of the page before"`
}

func (o operations) timeline(ctx context.Context, in *timelineInput) (*pageOf[HappeningJSON], error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	before, err := db.ParseID(in.Cursor)
	if err != nil && in.Cursor != "" {
		return nil, web.BadCursor()
	}
	list, err := o.s.Timeline(ctx, access.From(ctx), id, journal.Page{Before: before, Limit: in.Limit + 1})
	if err != nil {
		return nil, err
	}
	out := &pageOf[HappeningJSON]{}
	out.Body.Items = []HappeningJSON{}
	for i, h := range list {
		if i == in.Limit {
			next := list[i-1].ID.String()
			out.Body.Next = &next
			break
		}
		out.Body.Items = append(out.Body.Items, HappeningJSON{h.ID.String(), h.At, h.Code, h.By, Sentence(ctx, h)})
	}
	return out, nil
}
