package access

import (
	"context"
	"slices"
	"strings"

	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/region"
	"teduh/internal/ui"
	"teduh/internal/web"
)

type accountsView struct {
	List []Account
	Next string
	Form web.Form
	Err  error
}

type accountView struct {
	Account     Account
	Units       []Unit
	Staff       []Colleague
	Supervisors []db.ID
	Partners    []PartnerChoice
	Office      db.ID
	Region      string
	Self        bool
	Link        string
	Place       func(string) string
	Form        web.Form
	Err         error
}

func (v accountView) href(act string) string { return "/pengguna/" + v.Account.ID.String() + "/" + act }

type unitsView struct {
	Units []Unit
	Form  web.Form
	Err   error
	Place func(string) string
}

var unitKinds = i18n.Family("access.unit_kind.")

func accountRow(ctx context.Context, a Account) ui.RowProps {
	row := ui.RowProps{Title: a.Name, Href: "/pengguna/" + a.ID.String(), Icon: "user", Tone: ui.Teal, Lines: []string{a.Email, rolesOf(ctx, a.Grants)}}
	switch {
	case a.Disabled:
		row.Tone = ui.Neutral
		row.Marks = []ui.Mark{{Text: i18n.T(ctx, "access.account.disabled"), Tone: ui.Coral}}
	case len(a.Grants) == 0:
		row.Marks = []ui.Mark{{Text: i18n.T(ctx, "access.account.no_role"), Tone: ui.Amber}}
	case !a.HasSecret:
		row.Marks = []ui.Mark{{Text: i18n.T(ctx, "access.account.no_password"), Tone: ui.Amber}}
	}
	return row
}

func rolesOf(ctx context.Context, grants []Grant) string {
	words := make([]string, len(grants))
	for i, g := range grants {
		words[i] = RoleWord(ctx, g.Role)
	}
	return strings.Join(words, ", ")
}

func grantWords(v accountView, g Grant) string {
	words := []string{g.UnitName}
	for _, code := range g.Villages {
		words = append(words, v.Place(code))
	}
	for _, p := range v.Partners {
		if p.ID == g.Partner {
			words = append(words, p.Name)
		}
	}
	return strings.Join(words, ", ")
}

func roleOptions(ctx context.Context) []ui.Option {
	list := make([]ui.Option, len(Roles))
	for i, r := range Roles {
		list[i] = ui.Option{Value: string(r), Label: RoleWord(ctx, r)}
	}
	return list
}

func partnerOptions(ctx context.Context, list []PartnerChoice) []ui.Option {
	options := []ui.Option{{Label: i18n.T(ctx, "access.role.partner_none")}}
	for _, p := range list {
		options = append(options, ui.Option{Value: p.ID.String(), Label: p.Name})
	}
	return options
}

func unitOptions(units []Unit) []ui.Option {
	list := make([]ui.Option, len(units))
	for i, u := range units {
		list[i] = ui.Option{Value: u.ID.String(), Label: u.Name}
	}
	return list
}

func kindOptions(ctx context.Context) []ui.Option {
	list := make([]ui.Option, len(UnitKinds))
	for i, k := range slices.Backward(UnitKinds) {
		list[len(UnitKinds)-1-i] = ui.Option{Value: k, Label: unitKinds.T(ctx, k)}
	}
	return list
}

func zoneOptions() []ui.Option {
	list := make([]ui.Option, len(Zones))
	for i, z := range Zones {
		list[i] = ui.Option{Value: z, Label: z}
	}
	return list
}

func villageOptions(code string) (list []ui.Option) {
	for _, d := range region.Villages(code) {
		for _, v := range d.Villages {
			list = append(list, ui.Option{Value: v.Code, Label: v.Name})
		}
	}
	return list
}

// supervisorOptions are the colleagues with the role of a supervisor, without the one whose page it is.
func supervisorOptions(v accountView) (list []ui.Option) {
	for _, c := range v.Staff {
		if c.ID != v.Account.ID && slices.Contains(c.Roles, Supervisor) {
			list = append(list, ui.Option{Value: c.ID.String(), Label: c.Name})
		}
	}
	return list
}

func supervisedBy(v accountView) (ids []string) {
	for _, id := range v.Supervisors {
		ids = append(ids, id.String())
	}
	return ids
}

func worksCases(a Account) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role.Allows(CaseWork) })
}

func unitLines(ctx context.Context, v unitsView, u Unit) []string {
	lines := []string{unitKinds.T(ctx, u.Kind) + ", " + v.Place(u.Region)}
	if u.Prefix != "" {
		lines = append(lines, u.Prefix)
	}
	return lines
}
