package casefile

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/region"
	"teduh/internal/ui"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// frameView is what stands around every part of a case.
type frameView struct {
	Case     Case
	Tabs     []ui.Tab
	Category string
	Now      time.Time
	Err      error
}

func (v frameView) href(part string) string {
	if part == "" {
		return "/kasus/" + v.Case.ID.String()
	}
	return "/kasus/" + v.Case.ID.String() + "/" + part
}

// frame prepares the head of a case and its tabs; part is the open one.
func (p *Pages) frame(ctx context.Context, c Case, part string) frameView {
	v := frameView{Case: c, Now: p.now()}
	if c.MainCategory != "" {
		v.Category = unit.From(ctx).Category(ctx, c.MainCategory)
	}
	tabs := append([]Tab{{LabelKey: "case.tab.summary"}}, p.tabs...)
	tabs = append(tabs, Tab{Path: "riwayat", LabelKey: "case.tab.history"})
	if c.Writes {
		tabs = append(tabs, Tab{Path: "pembaca", LabelKey: "case.tab.readers", Rest: true})
	}
	a := access.From(ctx)
	for _, t := range tabs {
		if t.For != nil && !t.For(a, c) {
			continue
		}
		v.Tabs = append(v.Tabs, ui.Tab{Text: i18n.T(ctx, t.LabelKey), Href: v.href(t.Path), Current: t.Path == part, Rest: t.Rest})
	}
	return v
}

// Frame is the head of a case around a part that another package draws.
func (p *Pages) Frame(ctx context.Context, c Case, part string, err error, body templ.Component) templ.Component {
	v := p.frame(ctx, c, part)
	v.Err = err
	return framed(v, body)
}

func stagesOf(ctx context.Context, c Case) []ui.Stage {
	at := StageIndex(c.Stage)
	stages := make([]ui.Stage, len(StageCodes))
	for i, code := range StageCodes {
		stages[i] = ui.Stage{Name: StageWord(ctx, code), Done: i < at || c.Status == "closed", Current: i == at && c.Status == "open"}
	}
	return stages
}

func marksOf(ctx context.Context, v frameView) []ui.Mark {
	c := v.Case
	var marks []ui.Mark
	if c.Status == "closed" {
		marks = append(marks, ui.Mark{Text: i18n.T(ctx, "case.mark.closed"), Icon: "check", Tone: ui.Green})
	}
	switch c.Confidentiality {
	case Secret:
		marks = append(marks, ui.Mark{Text: secrecyWords.T(ctx, "3"), Icon: "lock", Tone: ui.Plum})
	case Restricted:
		marks = append(marks, ui.Mark{Text: secrecyWords.T(ctx, "2"), Icon: "lock"})
	}
	if c.Risk != "none" {
		marks = append(marks, riskMark(ctx, c.Risk))
	}
	if v.Category != "" {
		marks = append(marks, ui.Mark{Text: v.Category, Line: true})
	}
	word := "case.mark.new_client"
	if c.Continued {
		word = "case.mark.continued_client"
	}
	return append(marks, ui.Mark{Text: i18n.T(ctx, word), Line: true})
}

func riskMark(ctx context.Context, risk string) ui.Mark {
	m := ui.Mark{Text: riskWords.T(ctx, risk), Icon: "shield-alert"}
	switch risk {
	case "high":
		m.Full = true
	case "medium":
		m.Tone = ui.Amber
	case "low":
		m.Tone = ui.Teal
	}
	return m
}

func metaOf(ctx context.Context, c Case) []ui.MetaItem {
	meta := []ui.MetaItem{{Text: c.Number, Strong: true}}
	if name, ok := region.Name(c.Village); ok {
		meta = append(meta, ui.MetaItem{Text: name, Icon: "map-pin"})
	}
	return append(meta, ui.MetaItem{Text: i18n.T(ctx, "case.opened_on", "day", i18n.Day(ctx, c.OpenedOn)), Icon: "calendar"})
}

func teamOf(ctx context.Context, c Case) []ui.Member {
	var members []ui.Member
	if c.Worker.Name != "" {
		members = append(members, ui.Member{Name: c.Worker.Name, Part: i18n.T(ctx, "case.in_charge")})
	}
	for i, u := range c.Team {
		members = append(members, ui.Member{Name: u.Name, Part: i18n.T(ctx, "case.in_team"), Tone: []ui.Tone{ui.Amber, ui.Plum, ui.Blue}[i%3]})
	}
	return members
}

func teamWords(ctx context.Context, c Case) string {
	switch n := len(c.Team); {
	case c.Worker.Name == "":
		return i18n.T(ctx, "case.no_worker")
	case n == 0:
		return c.Worker.Name
	default:
		return i18n.T(ctx, "case.and_others", "name", c.Worker.Name, "n", n)
	}
}

// summaryView is the first part of a case.
type summaryView struct {
	frameView
	Notes  []Note
	Next   string
	Tasks  []Task
	Gates  []Gate
	People []Involved
	Panels []templ.Component
	Box    noteBox

	Members []Member // a note may stand for one of them alone
	Member  db.ID    // whose own notes are shown beside those that stand for all
	Shared  bool     // only those that stand for all are shown
	Task    taskBox
}

// noteBox is the form for a note as it stands: a draft, or what was refused.
type noteBox struct {
	ID      db.ID
	Version int64
	Kind    string
	Text    string
	Day     string
	Clock   string
	Minutes string
	Place   string
	Who     string
	Next    string
	Session string // the kept appointment whose session is told
	Saved   time.Time
	Kinds   []unit.Choice
	Member  string   // whose own note it is to be
	Named   []string // who may read it where it is psychological
}

type taskBox struct {
	What  string
	DueOn string
	For   string
	Staff []access.Colleague
}

func kindChoices(ctx context.Context, a access.Actor) []unit.Choice {
	kinds := KindsFor(a)
	list := make([]unit.Choice, len(kinds))
	for i, code := range kinds {
		list[i] = unit.Choice{Code: code, Label: noteWords.T(ctx, code)}
	}
	return list
}

// NoteKind is what a kind of note is called.
func NoteKind(ctx context.Context, code string) string { return kindLabel(ctx, code) }

func kindLabel(ctx context.Context, code string) string {
	if noteWords.Has(code) {
		return noteWords.T(ctx, code)
	}
	return code
}

// TaskTitle is a task's own words, or those of its rule.
func TaskTitle(ctx context.Context, t Task) string {
	if t.What != "" {
		return t.What
	}
	return taskWords.T(ctx, t.Code)
}

var (
	taskWords = i18n.Family("case.task.")
	gateWords = i18n.Family("case.gate_name.")
)

// TaskMark tells when a task is due, late ones in coral.
func TaskMark(ctx context.Context, t Task, now time.Time) ui.Mark {
	today := db.DayOf(now, i18n.Zone(ctx))
	switch {
	case !t.DoneAt.IsZero():
		return ui.Mark{Text: i18n.T(ctx, "case.task_done"), Icon: "check", Tone: ui.Green}
	case t.DueOn == "":
		return ui.Mark{}
	case t.DueOn < today:
		return ui.Mark{Text: i18n.Due(ctx, t.DueOn, now), Tone: ui.Coral}
	case t.DueOn == today:
		return ui.Mark{Text: i18n.Due(ctx, t.DueOn, now), Tone: ui.Amber}
	}
	return ui.Mark{Text: i18n.Due(ctx, t.DueOn, now)}
}

func stageOptions(ctx context.Context) []ui.Option {
	list := make([]ui.Option, len(StageCodes))
	for i, code := range StageCodes {
		list[i] = ui.Option{Value: code, Label: StageWord(ctx, code)}
	}
	return list
}

func choices(list []unit.Choice) []ui.Option {
	out := make([]ui.Option, len(list))
	for i, c := range list {
		out[i] = ui.Option{Value: c.Code, Label: c.Label}
	}
	return out
}

func staffOptions(staff []access.Colleague, first string) []ui.Option {
	list := []ui.Option{}
	if first != "" {
		list = append(list, ui.Option{Label: first})
	}
	for _, c := range staff {
		for _, r := range c.Roles {
			if r.Allows(access.CaseWork) {
				list = append(list, ui.Option{Value: c.ID.String(), Label: c.Name})
				break
			}
		}
	}
	return list
}

func versionField(v int64) string { return strconv.FormatInt(v, 10) }

// SessionLink is the address of a case's note box for the session of a kept appointment: nothing in it is sealed.
func SessionLink(caseID, appointment db.ID, kind string, from, to time.Time) string {
	q := url.Values{"kind": {kind}, "appointment": {appointment.String()}, "clock": {from.Format("15.04")},
		"minutes": {strconv.Itoa(int(to.Sub(from).Minutes()))}, "happened_d": {from.Format("2")}, "happened_m": {from.Format("1")},
		"happened_y": {from.Format("2006")}}
	return "/kasus/" + caseID.String() + "?" + q.Encode() + "#catatan"
}

// sessionBox is a note box as SessionLink fills it.
func sessionBox(q web.Form) noteBox {
	box := noteBox{Day: ui.DateValue(q.Text, "happened"), Clock: q.Line("clock"), Minutes: q.Line("minutes"), Session: q.ID("appointment").String()}
	if slices.Contains(NoteKinds, q.Line("kind")) {
		box.Kind = q.Line("kind")
	}
	return box
}

func readNote(f web.Form, zone *time.Location) (NewNote, noteBox, error) {
	box := noteBox{ID: f.ID("note"), Version: f.Version(), Kind: f.Line("kind"), Text: f.Text("text"), Day: ui.DateValue(f.Text, "happened"), Clock: f.Line("clock"),
		Minutes: f.Line("minutes"), Place: f.Line("place"), Who: f.Line("participants"), Next: f.Line("next_step"), Session: f.ID("appointment").String(),
		Member: f.ID("member").String(), Named: f.All("named")}
	n := NewNote{ID: box.ID, Version: box.Version, Kind: box.Kind, Minutes: f.Int("minutes", 0), Appointment: f.ID("appointment"), Sign: f.Get("act") == "sign",
		Member: f.ID("member"), NoteText: NoteText{Text: box.Text, Place: box.Place, Participants: box.Who, NextStep: box.Next}}
	if n.Kind == Psychological {
		n.Named = box.Named
	}
	var err error
	n.HappenedAt, err = when(f, zone)
	return n, box, err
}

func personCaseLines(ctx context.Context, i Item) []string {
	line := itemTitle(i) + ", " + i18n.T(ctx, "case.opened_on", "day", i18n.Day(ctx, i.OpenedOn))
	if i.Worker.Name != "" {
		line += ", " + i.Worker.Name
	}
	return []string{line}
}
