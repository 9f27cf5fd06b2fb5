package casefile

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/region"
	"teduh/internal/ui"
	"teduh/internal/unit"
	"teduh/internal/web"
)

type historyView struct {
	frameView
	List []Happening
	Next string
	Kind string
}

// historyKinds are the filters of the timeline and the changes they show.
var historyKinds = map[string][]string{
	"tahap":   {"case.opened", "case.stage", "case.stage_back", "case.stage_passed", "case.closed", "case.reopened"},
	"catatan": {"note.written", "note.signed", "note.added_to", "note.struck"},
	"janji":   {"appointment.made", "appointment.moved", "appointment.changed", "appointment.kept", "appointment.missed", "appointment.cancelled", "appointment.reopened"},
	"tugas":   {"task.added", "task.done", "task.cancelled", "task.reopened"},
	"akses":   {"case.assigned", "case.team", "case.confidentiality", "case.named_anew", "case.walled", "case.break_glass"},
}

func historyCodes(kind string) []string { return historyKinds[kind] }

func (v historyView) chips(ctx context.Context) []ui.Chip {
	chips := []ui.Chip{{Text: i18n.T(ctx, "case.history.all"), Href: v.href("riwayat"), Current: v.Kind == ""}}
	for _, kind := range []string{"tahap", "catatan", "janji", "tugas", "akses"} {
		chips = append(chips, ui.Chip{Text: historyWords.T(ctx, kind), Href: v.href("riwayat") + "?jenis=" + kind, Current: v.Kind == kind})
	}
	return chips
}

var historyWords = i18n.Family("case.history.kind.")

// happeningLook is the icon and tone of a change on the timeline.
func happeningLook(code string) (string, ui.Tone) {
	switch code {
	case "case.break_glass", "case.risk", "case.walled":
		return "shield-alert", ui.Coral
	case "case.confidentiality":
		return "lock", ui.Plum
	case "case.closed", "task.done":
		return "check", ui.Green
	case "note.written", "note.signed", "note.added_to", "note.struck":
		return "pencil", ui.Teal
	case "appointment.made", "appointment.moved", "appointment.changed", "appointment.missed", "appointment.cancelled", "appointment.reopened":
		return "calendar-days", ui.Teal
	case "appointment.kept":
		return "calendar-check", ui.Green
	case "case.stage", "case.stage_back", "case.stage_passed":
		return "flag", ui.Teal
	}
	return "info", ui.Neutral
}

type readersView struct {
	frameView
	Seers        []Seer
	Readings     []NamedReading
	ShowReadings bool
}

// NamedReading is a reading and the name of the one who read.
type NamedReading struct {
	journal.Reading
	By string
}

// NamedReadings are Readings with names.
func (s *Service) NamedReadings(ctx context.Context, a access.Actor, id db.ID, p journal.Page) ([]NamedReading, error) {
	list, err := s.Readings(ctx, a, id, p)
	if err != nil {
		return nil, err
	}
	ids := make([]db.ID, len(list))
	for i, r := range list {
		ids[i] = r.Actor
	}
	var names map[db.ID]string
	err = s.db.Read(ctx, func(r db.Reader) error {
		names, err = access.Names(ctx, r, ids)
		return err
	})
	out := make([]NamedReading, len(list))
	for i, r := range list {
		out[i] = NamedReading{r, names[r.Actor]}
		if r.Origin == byLink {
			out[i].By = i18n.T(ctx, "case.readers.by_link")
		}
	}
	return out, err
}

var (
	whyWords     = i18n.Family("case.why.")
	readingWords = i18n.Family("case.reading.")
)

func villageOptions(ctx context.Context, regency string) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "case.list.all_villages")}}
	for _, d := range region.Villages(regency) {
		for _, v := range d.Villages {
			list = append(list, ui.Option{Value: v.Code, Label: v.Name})
		}
	}
	return list
}

func withAll(first string, list []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: first}}, list...)
}

type stageView struct {
	frameView
	To      string
	Reason  string
	Gates   []Gate
	MayPass bool
}

type editView struct {
	frameView
	Actor access.Actor
	Staff []access.Colleague
	Form  editFields
	Raced bool // somebody else was first: what stands now is shown beside what was typed
}

// standing is a case's head as it stands, for whoever lost a race.
func standing(ctx context.Context, c Case) []ui.Fact {
	var team, kinds []string
	for _, u := range c.Team {
		team = append(team, u.Name)
	}
	for _, code := range c.Categories {
		kinds = append(kinds, unit.From(ctx).Category(ctx, code))
	}
	village, _ := region.Name(c.Village)
	return []ui.Fact{{Label: i18n.T(ctx, "case.in_charge"), Value: c.Worker.Name}, {Label: i18n.T(ctx, "case.team"), Value: strings.Join(team, ", ")},
		{Label: i18n.T(ctx, "case.categories"), Value: strings.Join(kinds, ", ")}, {Label: i18n.T(ctx, "case.list.village"), Value: village},
		{Label: i18n.T(ctx, "case.secrecy"), Value: secrecyWords.T(ctx, strconv.Itoa(c.Confidentiality))}}
}

// editFields is the form of a case's head: as it stands, or as it was typed.
type editFields struct {
	Worker          string
	Team            []string
	Categories      []string
	Village         string
	Confidentiality string
	Named           []string
}

func editForm(c Case, typed *web.Form) editFields {
	if typed != nil {
		return editFields{typed.Line("worker"), typed.All("team"), typed.All("categories"), typed.Line("village"), typed.Line("confidentiality"), typed.All("named")}
	}
	f := editFields{Worker: c.Worker.ID.String(), Categories: c.Categories, Village: c.Village, Confidentiality: strconv.Itoa(c.Confidentiality)}
	for _, u := range c.Team {
		f.Team = append(f.Team, u.ID.String())
	}
	for _, u := range c.Named {
		f.Named = append(f.Named, u.ID.String())
	}
	return f
}

func colleagueOptions(staff []access.Colleague) []ui.Option {
	list := make([]ui.Option, len(staff))
	for i, c := range staff {
		list[i] = ui.Option{Value: c.ID.String(), Label: c.Name}
	}
	return list
}

type closeView struct {
	frameView
	Form web.Form
	Open ToSettle
}

type glassView struct {
	Email  string
	Number string
	Reason string
	Err    error
}

type handOverView struct {
	Staff []access.Colleague
	Err   error
}

type openView struct {
	Query                        string // whom to look for, while nobody is chosen
	Hits                         []person.Hit
	Kind, Person, Family, Client string
	Who                          string
	Worker, Channel              string
	Chosen                       []string
	Confidentiality              string
	Staff                        []access.Colleague
	Categories                   []unit.Choice
	Err                          error
}

// clientName is the name of the one a new case would be about; empty where nobody was chosen or may be known.
func (s *Service) clientName(ctx context.Context, a access.Actor, c person.ClientChoice) (name string, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		name, err = s.people.ChoiceName(ctx, r, a, c)
		return err
	})
	return name, err
}

// choose is the address of a new case about someone who was found.
func choose(h person.Hit) string {
	name := map[string]string{"individual": "orang", "family": "keluarga"}[h.Kind]
	return "/kasus/baru?jenis=" + h.Kind + "&" + cmp.Or(name, "klien") + "=" + h.ID.String()
}

var channelWords = i18n.Family("channel.")

func noteLength(ctx context.Context, n Note) string {
	if n.Minutes == 0 {
		return ""
	}
	return i18n.Duration(ctx, time.Duration(n.Minutes)*time.Minute)
}

// handedOptions are the referrals that may be withdrawn where the case closes.
func handedOptions(list []Handed) (options []ui.Option) {
	for _, x := range list {
		options = append(options, ui.Option{Value: x.ID.String(), Label: x.Service, Hint: x.Number})
	}
	return options
}
