package search

import (
	"context"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/intake"
	"teduh/internal/partner"
	"teduh/internal/person"
	"teduh/internal/region"
	"teduh/internal/ui"
)

type view struct {
	Query  string
	Groups []ui.SearchGroup
}

// groups are what was found, each kind under its name; a kind without hits is left out.
func groups(ctx context.Context, a access.Actor, f Found, query string) (list []ui.SearchGroup) {
	today := db.DayOf(f.At, i18n.Zone(ctx))
	add := func(id string, hits []ui.SearchHit, all string) {
		if len(hits) > 0 {
			list = append(list, ui.SearchGroup{ID: id, Title: groupWords.T(ctx, id), Hits: hits, All: all})
		}
	}
	q := ""
	if !person.Sensitive(query) {
		q = url.QueryEscape(query)
	}
	add("people", peopleHits(ctx, f, today), listOf(q, "/keluarga?q="))
	add("families", familyHits(ctx, f.Families), listOf(q, "/keluarga?tampil=keluarga&q="))
	add("cases", caseHits(ctx, a, f.Cases), listOf(q, "/kasus?milik=semua&status=&q="))
	add("requests", requestHits(f.Requests), "")
	add("services", serviceHits(f.Services), listOf(q, "/mitra?q="))
	add("partners", partnerHits(ctx, f.Partners), "")
	return list
}

var groupWords = i18n.Family("search.group.")

// listOf is the whole list of a kind; none for what may stand in no address.
func listOf(q, address string) string {
	if q == "" {
		return ""
	}
	return address + q
}

func peopleHits(ctx context.Context, f Found, today db.Date) []ui.SearchHit {
	hits := make([]ui.SearchHit, len(f.People))
	for i, h := range f.People {
		hits[i] = ui.SearchHit{Title: h.Name, Lines: person.FoundLines(ctx, *h.Person, today), Href: addresses["person"] + h.ID.String(), Icon: "user", Tone: ui.Teal,
			Marks: person.MarkPills(ctx, f.Marks[h.ID.String()])}
	}
	return hits
}

func familyHits(ctx context.Context, list []person.Hit) []ui.SearchHit {
	hits := make([]ui.SearchHit, len(list))
	for i, h := range list {
		address := addresses["client"]
		if h.Kind == "family" {
			address = addresses["family"]
		}
		hits[i] = ui.SearchHit{Title: h.Name, Lines: person.HitLines(ctx, h), Href: address + h.ID.String(), Icon: person.HitIcon(h.Kind), Tone: ui.Amber}
	}
	return hits
}

// caseHits lead to the case; those who may only list cases are led to the list.
func caseHits(ctx context.Context, a access.Actor, list []casefile.Item) []ui.SearchHit {
	hits := make([]ui.SearchHit, len(list))
	for i, c := range list {
		hits[i] = caseHit(ctx, c)
		if !a.Can(access.CaseRead) {
			hits[i].Href = "/kasus?status=&q=" + url.QueryEscape(c.Number)
		}
	}
	return hits
}

func caseHit(ctx context.Context, c casefile.Item) ui.SearchHit {
	h := ui.SearchHit{Title: c.Number, Href: "/kasus/" + c.ID.String(), Icon: "folder-heart", Tone: ui.Teal, Lines: []string{casefile.StateWords(ctx, c)}}
	if c.ClientName != "" {
		h.Title, h.Lines = c.ClientName, []string{c.Number + ", " + h.Lines[0]}
	}
	if c.Confidentiality == casefile.Secret {
		h.Marks = append(h.Marks, casefile.SecretMark(ctx))
	}
	return h
}

func serviceHits(list []partner.Fit) []ui.SearchHit {
	hits := make([]ui.SearchHit, len(list))
	for i, f := range list {
		hits[i] = ui.SearchHit{Title: f.Service.Name, Href: partner.ServiceHref(f.Service.ID), Icon: "handshake", Tone: ui.Teal}
		if f.Service.PartnerName != "" && f.Service.PartnerName != f.Service.Name {
			hits[i].Lines = []string{f.Service.PartnerName}
		}
	}
	return hits
}

func partnerHits(ctx context.Context, list []partner.Partner) []ui.SearchHit {
	hits := make([]ui.SearchHit, len(list))
	for i, p := range list {
		hits[i] = ui.SearchHit{Title: p.Name, Lines: []string{partner.KindWord(ctx, p.Kind)}, Href: partner.Href(p.ID), Icon: "building-2", Tone: ui.Teal}
	}
	return hits
}

func requestHits(list []intake.Request) []ui.SearchHit {
	hits := make([]ui.SearchHit, len(list))
	for i, q := range list {
		hits[i] = requestHit(q)
	}
	return hits
}

func requestHit(q intake.Request) ui.SearchHit {
	line := q.Number
	if name, ok := region.Name(q.Village); ok {
		line += ", " + name
	}
	return ui.SearchHit{Title: q.Title(), Lines: []string{line}, Href: "/permintaan/" + q.ID.String(), Icon: "inbox", Tone: ui.Blue}
}

// latelyGroups is what was opened last, under one name.
func latelyGroups(ctx context.Context, opened []Opened) []ui.SearchGroup {
	if len(opened) == 0 {
		return nil
	}
	hits := make([]ui.SearchHit, len(opened))
	for i, o := range opened {
		switch o.Kind {
		case "case":
			hits[i] = caseHit(ctx, o.Case)
		case "request":
			hits[i] = requestHit(o.Request)
		default:
			hits[i] = ui.SearchHit{Title: o.Name, Lines: []string{kindWords.T(ctx, o.Kind)}, Href: o.Href, Icon: kindIcons[o.Kind], Tone: ui.Teal}
		}
	}
	return []ui.SearchGroup{{ID: "lately", Title: groupWords.T(ctx, "lately"), Hits: hits}}
}

var (
	kindWords = i18n.Family("search.kind.")
	kindIcons = map[string]string{"person": "user", "family": "users", "client": "building-2"}
)

// more leads to the whole list of a kind.
func more(ctx context.Context, g ui.SearchGroup) ui.Link {
	if g.All == "" {
		return ui.Link{}
	}
	return ui.Link{Text: i18n.T(ctx, "search.whole_list"), Href: g.All, Hidden: g.Title, Icon: "chevron-right"}
}
