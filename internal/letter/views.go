package letter

import (
	"context"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/letter/paper"
	"teduh/internal/ui"
	"teduh/internal/web"
)

var (
	kindWords    = i18n.Family("letter.kind.")
	sectionWords = i18n.Family("letter.section.")
	sectionHints = i18n.Family("letter.section_hint.")
)

// composeView is the form of a letter: what was typed, and a look at the letter where one was asked for.
type composeView struct {
	Case     casefile.Case
	Actor    access.Actor
	New      New
	Old      string // the number of the letter that is corrected
	Template Template
	Settings Settings
	Preview  *paper.Document
	Err      error
}

func (v composeView) href() string { return "/kasus/" + v.Case.ID.String() + "/" + tab }

// asked are the given fields that the template uses, with whether it can do without.
func (v composeView) asked() (list []Field, needed map[string]bool) {
	codes, needed := v.Template.Uses()
	for _, f := range Fields {
		if f.Given && (slices.Contains(codes, f.Code) || v.New.Values[f.Code] != "") {
			list = append(list, f)
		}
	}
	return list, needed
}

func (v composeView) field(ctx context.Context, name, label, hint, value string) ui.Field {
	return ui.Field{Name: name, Label: label, Hint: hint, Value: value, Error: ui.ErrorsOf(ctx, v.Err).On(name)}
}

func (v composeView) valueField(ctx context.Context, f Field, needed bool) ui.Field {
	x := v.field(ctx, f.Code, fieldWords.T(ctx, f.Code), "", v.New.Values[f.Code])
	x.Required = needed
	return x
}

// signers to choose from: the usual one first.
func (v composeView) signers(ctx context.Context) (list []ui.Option) {
	usual, known := v.Settings.signer("", v.New.Kind)
	if !known {
		return nil
	}
	list = append(list, ui.Option{Label: i18n.T(ctx, "letter.signer_usual", "name", usual.Name)})
	for _, x := range v.Settings.Signers {
		list = append(list, ui.Option{Value: x.ID, Label: x.Name + ", " + x.Title})
	}
	return list
}

// oneView is the page of a letter.
type oneView struct {
	Case   casefile.Case
	Actor  access.Actor
	Letter Letter
	Form   web.Form
	Err    error
}

func (v oneView) href(rest string) string { return address(v.Case.ID, v.Letter.ID) + rest }

func (v oneView) writes() bool { return v.Case.Writes && v.Actor.Can(access.LetterWrite) }

// correctable tells whether a corrected letter may still be written.
func (v oneView) correctable() bool { return v.writes() && v.Letter.ReplacedBy == "" }

func (v oneView) facts(ctx context.Context) []ui.Fact {
	l := v.Letter
	facts := []ui.Fact{{Label: i18n.T(ctx, "letter.by"), Value: l.By}, {Label: i18n.T(ctx, "letter.at"), Value: i18n.DateTime(ctx, l.At.Time)},
		{Label: i18n.T(ctx, "letter.edition"), Value: i18n.T(ctx, "letter.edition_n", "n", l.Edition)}, {Label: i18n.T(ctx, "letter.code"), Value: l.Code, Href: "/surat/" + l.Code}}
	if !l.Replaces.IsZero() {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "letter.replaces"), Value: l.Replaced, Href: address(v.Case.ID, l.Replaces)})
	}
	return append(facts, ui.Fact{Label: i18n.T(ctx, "letter.replaced_by"), Value: l.ReplacedBy})
}

// rowOf a letter in a list.
func (v caseView) rowOf(ctx context.Context, l Letter) ui.RowProps {
	row := ui.RowProps{Title: kindWords.T(ctx, l.Kind) + ": " + l.Subject, Href: address(v.Case.ID, l.ID), Icon: "file-text", EndText: i18n.Day(ctx, l.On),
		Lines: []string{l.Number}, Marks: standing(ctx, l.Stands())}
	if l.Kind == Statement || strings.EqualFold(l.Subject, kindWords.T(ctx, l.Kind)) {
		row.Title = kindWords.T(ctx, l.Kind)
	}
	if l.To != "" {
		row.Lines = append(row.Lines, i18n.T(ctx, "letter.for", "to", l.To))
	}
	return row
}

// standing marks a letter that was withdrawn.
func standing(ctx context.Context, stands bool) []ui.Mark {
	if stands {
		return nil
	}
	return []ui.Mark{{Text: i18n.T(ctx, "letter.withdrawn"), Tone: ui.Coral, Icon: "circle-x"}}
}

// offered are the kinds that can be written on this case by themselves; an answer only where somebody referred the client here.
func (v caseView) offered() []string {
	if !v.Case.Writes || !v.Actor.Can(access.LetterWrite) {
		return nil
	}
	if v.Case.Channel == "referral_in" {
		return Own
	}
	return []string{Introduction, Statement}
}

// listView is the office's letters.
type listView struct {
	Kind string
	List []Listed
	Next string
}

func (v listView) chips(ctx context.Context) []ui.Chip {
	chips := []ui.Chip{{Text: i18n.T(ctx, "letter.all"), Href: "/surat", Current: v.Kind == ""}}
	for _, kind := range Kinds {
		chips = append(chips, ui.Chip{Text: kindWords.T(ctx, kind), Href: "/surat?jenis=" + kind, Current: v.Kind == kind})
	}
	return chips
}

func listedRow(ctx context.Context, l Listed) ui.RowProps {
	return ui.RowProps{Title: l.Number, Href: address(l.Case, l.ID), Icon: "file-text", EndText: i18n.Day(ctx, l.On), Marks: standing(ctx, l.Stands),
		Lines: []string{kindWords.T(ctx, l.Kind) + ", " + l.CaseNumber, l.By}}
}

// settingsView is the office's letterhead, numbers and signers.
type settingsView struct {
	Office   access.Office
	Now      time.Time
	Settings Settings
	Logo     []byte
	Preview  bool
	Theirs   *Settings
	Err      error
}

func (v settingsView) field(ctx context.Context, name, value string) ui.Field {
	return ui.Field{Name: name, Label: settingWords.T(ctx, name), Hint: settingHints.T(ctx, name), Value: value, Error: ui.ErrorsOf(ctx, v.Err).On(name)}
}

var (
	settingWords = i18n.Family("letter.setting.")
	settingHints = i18n.Family("letter.setting_hint.")
)

// sampleNumber is how a number by the pattern looks today.
func (v settingsView) sampleNumber(kind string) string {
	on := db.DayOf(v.Now, v.Office.Zone)
	return Number(v.Settings.Pattern, v.Settings.code(kind), sampleSerial, on)
}

// signerRows are the signers and an empty row for a new one.
func (v settingsView) signerRows() []Signer {
	if len(v.Settings.Signers) >= mostSigners {
		return v.Settings.Signers
	}
	return append(slices.Clone(v.Settings.Signers), Signer{})
}

func (v settingsView) signerOptions(ctx context.Context) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "letter.usual_first")}}
	for _, x := range v.Settings.Signers {
		list = append(list, ui.Option{Value: x.ID, Label: x.Name})
	}
	return list
}

// head is how the letterhead looks.
func (v settingsView) head(ctx context.Context) ui.LetterProps {
	return ui.LetterProps{Label: i18n.T(ctx, "letter.preview"), Lang: string(i18n.ID), Head: v.Settings.Lines, Small: v.Settings.Small, Logo: picture(v.Logo),
		Facts: []ui.Fact{{Label: "Nomor", Value: v.sampleNumber(Referral)}}}
}

// templateView is the editor of a template.
type templateView struct {
	Office   access.Office
	Template Template
	Preview  *paper.Document
	Theirs   *Template
	Err      error
}

func (v templateView) field(ctx context.Context, name, value string) ui.Field {
	return ui.Field{Name: name, Label: sectionWords.T(ctx, name), Hint: sectionHints.T(ctx, name), Value: value, Error: ui.ErrorsOf(ctx, v.Err).On(name)}
}

func (v templateView) href() string { return "/pengaturan/surat/templat/" + v.Template.Kind }

func (v templateView) edition() string { return strconv.Itoa(v.Template.Edition) }

// picture is a data address for a page; empty without one.
func picture(logo []byte) string {
	if len(logo) == 0 {
		return ""
	}
	return "data:" + http.DetectContentType(logo) + ";base64," + base64.StdEncoding.EncodeToString(logo)
}

// Props are a document as the page shows it.
func Props(ctx context.Context, d paper.Document) ui.LetterProps {
	p := ui.LetterProps{Label: i18n.T(ctx, "letter.preview"), Lang: string(i18n.ID), Head: d.Head.Lines, Small: d.Head.Small, Logo: picture(d.Head.Logo), Title: d.Title,
		Facts: facts(d.Facts), Place: d.Place, To: d.To, Signer: append([]string{d.Signer.Title, d.Signer.Name}, d.Signer.Below...), Copied: d.Copied, Copies: d.Copies}
	for _, b := range paper.Blocks(d.Body) {
		block := ui.LetterBlock{Items: b.Items, Rows: facts(b.Rows)}
		if b.Paragraph != "" {
			block.Paragraph = strings.Split(b.Paragraph, "\n")
		}
		p.Body = append(p.Body, block)
	}
	for _, m := range d.Marks {
		p.Foot = append(p.Foot, strings.Join(m.Words, " "))
	}
	return p
}

func facts(list []paper.Fact) (out []ui.Fact) {
	for _, f := range list {
		out = append(out, ui.Fact{Label: f.Label, Value: f.Value})
	}
	return out
}

func composeBelow(ctx context.Context, v composeView) string {
	if v.Old != "" {
		return i18n.T(ctx, "letter.correcting", "number", v.Old)
	}
	return v.Case.Number
}

// askedField is a field of the form and whether the template can't do without it.
type askedField struct {
	Field
	needed bool
}

func asked(v composeView) (list []askedField) {
	fields, needed := v.asked()
	for _, f := range fields {
		list = append(list, askedField{f, needed[f.Code]})
	}
	return list
}

func required(f ui.Field) ui.Field {
	f.Required = true
	return f
}

// more tells whether the further fields stand open: something stands in them.
func (v composeView) more() bool {
	n := v.New
	return n.Subject+n.Secrecy+n.Enclosures+n.Signer != "" || len(n.Copies) > 0
}

func typed(f web.Form, name string) string {
	if f.Values == nil {
		return ""
	}
	return f.Get(name)
}

var kindHints = i18n.Family("letter.kind_hint.")

func (v settingsView) edition() string { return strconv.Itoa(v.Settings.Edition) }

func (v settingsView) codesOpen() bool { return len(v.Settings.Codes) > 0 }

func (s Settings) text() string {
	return strings.Join(append(slices.Concat(s.Lines, s.Small), s.Place, s.Pattern), "\n")
}

func signerTitle(ctx context.Context, x Signer) string {
	if x.Name == "" {
		return i18n.T(ctx, "letter.signer_new")
	}
	return x.Name
}

func signerParts(ctx context.Context, v settingsView, i int, x Signer) (list []ui.Field) {
	for _, part := range []struct{ name, value string }{{"name", x.Name}, {"title", x.Title}, {"rank", x.Rank}, {"nip", x.NIP}} {
		f := ui.Field{Name: "signer_" + part.name + "_" + strconv.Itoa(i), Label: signerWords.T(ctx, part.name), Small: true, Value: part.value, MaxLength: web.MaxName}
		if x != (Signer{}) && part.value == "" {
			f.Error = ui.ErrorsOf(ctx, v.Err).On("signer_" + part.name)
		}
		list = append(list, f)
	}
	return list
}

var signerWords = i18n.Family("letter.signer_part.")

// taking is a field of the editor into which fields can be put.
func (v templateView) taking(ctx context.Context, s section) ui.Field {
	f := v.field(ctx, s.name, *s.text)
	f.Attrs = map[string]any{"data-takes": true}
	return f
}

func rowsOf(s section) int {
	if s.name == "body" {
		return 14
	}
	return 3
}
