package casefile

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// sharedOnly is what an address says to see only what stands for all.
const sharedOnly = "bersama"

// ownWords tell above a note that it is not for everyone of the client's, or not for every colleague.
func ownWords(ctx context.Context, n Note) (words []string) {
	if !n.Member.ID.IsZero() {
		words = append(words, i18n.T(ctx, "case.note.mark_own", "name", n.Member.Name))
	}
	switch {
	case n.Kind != Psychological:
	case len(n.Named) > 0:
		words = append(words, i18n.T(ctx, "case.note.mark_psychological_and", "names", namesOf(n.Named)))
	default:
		words = append(words, i18n.T(ctx, "case.note.mark_psychological"))
	}
	return words
}

func namesOf(list []User) string {
	words := ""
	for i, u := range list {
		if i > 0 {
			words += ", "
		}
		words += u.Name
	}
	return words
}

func memberHint(ctx context.Context, c Case) string {
	if c.Family() {
		return i18n.T(ctx, "case.note.member_hint_family")
	}
	return i18n.T(ctx, "case.note.member_hint_group")
}

func memberOptions(ctx context.Context, members []Member) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "case.note.for_all")}}
	for _, m := range members {
		list = append(list, ui.Option{Value: m.Key().String(), Label: i18n.T(ctx, "case.note.for_one", "name", m.Name)})
	}
	return list
}

// mayName tells whether the note box offers to name colleagues: the writer is a psychologist, and there are any.
func mayName(v summaryView) bool {
	return slices.ContainsFunc(v.Box.Kinds, func(k unit.Choice) bool { return k.Code == Psychological }) && len(v.Task.Staff) > 0
}

func namedOptions(ctx context.Context, v summaryView) (list []ui.Option) {
	for _, o := range staffOptions(v.Task.Staff, "") {
		if o.Value != access.From(ctx).User.String() {
			list = append(list, o)
		}
	}
	return list
}

// memberChips narrow the notes to those that stand for all, with one member's own beside them.
func (v summaryView) memberChips(ctx context.Context) []ui.Chip {
	var chips []ui.Chip
	if !v.Case.Grouped() {
		chips = append(chips, ui.Chip{Text: i18n.T(ctx, "case.note.filter_all"), Href: v.href(""), Current: v.Member.IsZero() && !v.Shared})
	}
	chips = append(chips, ui.Chip{Text: i18n.T(ctx, "case.note.filter_shared"), Href: v.href("") + "?anggota=" + sharedOnly + "#h-notes", Current: v.Member.IsZero() && v.Shared})
	return append(chips, v.eachMember(v.href(""), "#h-notes")...)
}

func (v summaryView) eachMember(address, part string) (chips []ui.Chip) {
	for _, m := range v.Members {
		q := url.Values{"anggota": {m.Key().String()}}
		chips = append(chips, ui.Chip{Text: m.Name, Href: address + "?" + q.Encode() + part, Current: v.Member == m.Key()})
	}
	return chips
}

// printChips are for whom the print may be: what stands for one alone goes to that one alone.
func (v summaryView) printChips(ctx context.Context) []ui.Chip {
	chips := []ui.Chip{{Text: i18n.T(ctx, "case.print.for_all"), Href: v.href("cetak"), Current: v.Member.IsZero()}}
	return append(chips, v.eachMember(v.href("cetak"), "")...)
}

func printWords(ctx context.Context, v summaryView) string {
	for _, m := range v.Members {
		if m.Key() == v.Member {
			return i18n.T(ctx, "case.print.for_one", "name", m.Name)
		}
	}
	return i18n.T(ctx, "case.print.for_everyone")
}

// forMember reads for whom a print is: for all of the client's, or for one member, whose own notes stand in it too.
func (p *Pages) forMember(r *http.Request, a access.Actor, v *summaryView) (err error) {
	if !v.Case.Family() && !v.Case.Grouped() {
		return nil
	}
	if v.Members, err = p.service.Members(r.Context(), a, v.Case.ID); err != nil {
		return err
	}
	v.Member = web.Query(r).ID("anggota")
	if !v.Member.IsZero() && !slices.ContainsFunc(v.Members, func(m Member) bool { return m.Key() == v.Member }) {
		return fault.NotFound()
	}
	return nil
}
