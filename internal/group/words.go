package group

import (
	"context"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// typed is what stands in a field of a form that is shown again.
func typed(f web.Form, name string) string {
	if f.Values == nil {
		return ""
	}
	return f.Line(name)
}

func typedText(f web.Form, name string) string {
	if f.Values == nil {
		return ""
	}
	return f.Text(name)
}

func day(f web.Form, name string) string {
	if f.Values == nil {
		return ""
	}
	return ui.DateValue(f.Text, name)
}

func today(v gridView) string { return string(db.DayOf(v.Now, v.Reader.Office.Zone)) }

// firstOf is what is wrong by any of the names a field has.
func firstOf(errors ui.FieldErrors, names ...string) string {
	for _, name := range names {
		if words := errors.On(name); words != "" {
			return words
		}
	}
	return ""
}

func leaveTitle(ctx context.Context, m casefile.Member) string {
	if m.LeftOn == "" {
		return i18n.T(ctx, "group.leave")
	}
	return i18n.T(ctx, "group.back")
}

// noteCardID names the card of a note: «utas» is a member's own thread.
func noteCardID(m casefile.Member) string {
	if m.ID.IsZero() {
		return "catatan-kelompok"
	}
	return "utas"
}

func noteTitle(ctx context.Context, m casefile.Member) string {
	if m.ID.IsZero() {
		return i18n.T(ctx, "group.note_all")
	}
	return i18n.T(ctx, "group.note_one", "name", m.Name)
}

func noteLabel(ctx context.Context, m casefile.Member) string {
	if m.ID.IsZero() {
		return i18n.T(ctx, "group.process")
	}
	return i18n.T(ctx, "group.of_one", "name", m.Name)
}

// noteText is what was typed into the box that was refused.
func noteText(v sessionView, m casefile.Member) string {
	if v.Form.Values == nil || v.Form.ID("member") != m.ID {
		return ""
	}
	return v.Form.Text("text")
}

// draftAt is when the box of a note was last kept as a draft.
func draftAt(v sessionView, m casefile.Member) (at time.Time) {
	if v.Form.Values != nil && v.Form.ID("member") == m.ID {
		at = v.SavedAt
	}
	return at
}

func noteError(ctx context.Context, v sessionView, m casefile.Member) string {
	if v.Form.Values == nil || v.Form.ID("member") != m.ID {
		return ""
	}
	return ui.ErrorsOf(ctx, v.Err).On("text")
}

// caseNotes is where the note stands among those of the case: there it is signed, added to and struck.
func caseNotes(v sessionView, n casefile.Note) string {
	at := "/kasus/" + v.Case.ID.String()
	if !n.Member.ID.IsZero() {
		at += "?anggota=" + n.Member.ID.String()
	}
	return at + "#h-notes"
}
