package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/db"
)

type userCommand struct {
	Add     userAdd     `cmd:"" help:"Make an account with a role."`
	Grant   userGrant   `cmd:"" help:"Give a role."`
	Revoke  userRevoke  `cmd:"" help:"Take a role away."`
	List    userList    `cmd:"" help:"List the accounts."`
	Disable userDisable `cmd:"" help:"End an account at once."`
	Link    userLink    `cmd:"" help:"Print a one-time sign-in link."`
}

type role struct {
	Role    string   `required:"" help:"head, supervisor, worker, psychologist, intake, facilitator, partner, viewer, upper, admin, auditor or dpo."`
	Unit    string   `help:"Id, region code or name of the unit; may be left out where there is one office."`
	Village []string `help:"Kelurahan codes of a facilitator."`
	Partner string   `help:"Id of the partner whose user it is; the directory shows it in its address."`
}

// held is the role at its unit; a role that is none and a unit that is not there are told before anything is written.
func (r role) held(ctx context.Context, a *app.App) (access.Grant, error) {
	g := access.Grant{Role: access.Role(r.Role), Villages: r.Village}
	switch {
	case !g.Role.Valid():
		return g, misused(fmt.Errorf("%q is no role: write one that --help lists", r.Role))
	case g.Role == access.Facilitator && len(g.Villages) == 0:
		return g, misused(errors.New("name the kelurahan of a facilitator with --village"))
	case g.Role == access.Partner && r.Partner == "":
		return g, misused(errors.New("name the partner of a partner's user with --partner ID"))
	case r.Partner != "" && g.Role != access.Partner:
		return g, misused(errors.New("--partner goes with --role partner alone"))
	case r.Partner != "":
		id, err := db.ParseID(r.Partner)
		if err != nil {
			return g, misused(fmt.Errorf("%q is no id of a partner: the directory shows it in the partner's address", r.Partner))
		}
		g.Partner = id
	}
	u, err := a.Access.FindUnit(ctx, r.Unit)
	if g.Unit = u.ID; err != nil || g.Partner.IsZero() {
		return g, err
	}
	return g, a.Partners.MayHaveUsers(ctx, access.SystemActor(u.Office()), g.Partner)
}

type userAdd struct {
	installation
	role
	Email string `required:"" help:"E-mail to sign in with."`
	Name  string `required:"" help:"Name as colleagues know it."`
}

// Run makes the account.
func (c *userAdd) Run(ctx context.Context, o *output) error {
	return c.with(ctx, func(a *app.App, system access.Actor) error {
		grant, err := c.held(ctx, a)
		if err != nil {
			return err
		}
		id, err := a.Access.AddUser(ctx, system, access.NewAccount{Email: c.Email, Name: c.Name})
		if err != nil {
			return err
		}
		if err := a.Access.Grant(ctx, system, id, grant); err != nil {
			return err
		}
		return o.show(c.JSON, map[string]string{"id": id.String()}, "Added "+c.Email+". Print a sign-in link with: teduh user link "+c.Email)
	})
}

type userGrant struct {
	installation
	role
	Email string `arg:"" help:"E-mail of the account."`
}

// Run gives the role.
func (c *userGrant) Run(ctx context.Context, o *output) error {
	return c.with(ctx, func(a *app.App, system access.Actor) error {
		acc, err := a.Access.FindUser(ctx, c.Email)
		if err != nil {
			return err
		}
		grant, err := c.held(ctx, a)
		if err != nil {
			return err
		}
		if err := a.Access.Grant(ctx, system, acc.ID, grant); err != nil {
			return err
		}
		return o.show(c.JSON, map[string]string{"id": acc.ID.String(), "role": c.Role}, acc.Email+" is now "+c.Role+".")
	})
}

type userRevoke struct {
	installation
	role
	Email string `arg:"" help:"E-mail of the account."`
}

// Run takes the role away.
func (c *userRevoke) Run(ctx context.Context, o *output) error {
	return c.with(ctx, func(a *app.App, system access.Actor) error {
		acc, err := a.Access.FindUser(ctx, c.Email)
		if err != nil {
			return err
		}
		u, err := a.Access.FindUnit(ctx, c.Unit)
		if err != nil {
			return err
		}
		if err := a.Access.Revoke(ctx, system, acc.ID, access.Role(c.Role), u.ID); err != nil {
			return err
		}
		return o.show(c.JSON, map[string]string{"id": acc.ID.String()}, acc.Email+" is no longer "+c.Role+".")
	})
}

type userList struct{ installation }

// userJSON is an account in a listing.
type userJSON struct {
	ID       string     `json:"id"`
	Email    string     `json:"email"`
	Name     string     `json:"name"`
	Disabled bool       `json:"disabled"`
	Roles    []heldJSON `json:"roles"`
}

// heldJSON is a role and where it is held.
type heldJSON struct {
	Role   string `json:"role"`
	Unit   string `json:"unit"`
	UnitID string `json:"unit_id"`
}

// Run lists all accounts, page by page.
func (c *userList) Run(ctx context.Context, o *output) error {
	return c.with(ctx, func(a *app.App, system access.Actor) error {
		items, lines := []userJSON{}, []string{}
		for after := ""; ; {
			page, err := a.Access.Accounts(ctx, system, after, 200)
			if err != nil {
				return err
			}
			for _, acc := range page {
				u := userJSON{ID: acc.ID.String(), Email: acc.Email, Name: acc.Name, Disabled: acc.Disabled, Roles: []heldJSON{}}
				words := make([]string, len(acc.Grants))
				for i, g := range acc.Grants {
					u.Roles = append(u.Roles, heldJSON{string(g.Role), g.UnitName, g.Unit.String()})
					words[i] = string(g.Role) + " at " + g.UnitName
				}
				items = append(items, u)
				lines = append(lines, fmt.Sprintf("%-32s %-28s %s", u.Email, u.Name, strings.Join(words, ", ")))
				after = acc.Cursor()
			}
			if len(page) < 200 {
				return o.show(c.JSON, items, lines...)
			}
		}
	})
}

type userDisable struct {
	installation
	Email string `arg:"" help:"E-mail of the account."`
}

// Run ends the account.
func (c *userDisable) Run(ctx context.Context, o *output) error {
	return c.with(ctx, func(a *app.App, system access.Actor) error {
		acc, err := a.Access.FindUser(ctx, c.Email)
		if err != nil {
			return err
		}
		if err := a.Access.Disable(ctx, system, acc.ID); err != nil {
			return err
		}
		return o.show(c.JSON, map[string]string{"id": acc.ID.String()}, acc.Email+" can no longer sign in.")
	})
}

type userLink struct {
	installation
	Email   string `arg:"" help:"E-mail of the account."`
	BaseURL string `name:"base-url" help:"Address people use." default:"http://127.0.0.1:8080"`
}

// Run prints the link.
func (c *userLink) Run(ctx context.Context, o *output) error {
	return c.with(ctx, func(a *app.App, system access.Actor) error {
		acc, err := a.Access.FindUser(ctx, c.Email)
		if err != nil {
			return err
		}
		token, err := a.Access.Link(ctx, system, acc.ID)
		if err != nil {
			return err
		}
		link := c.BaseURL + "/masuk/tautan/" + token
		return o.show(c.JSON, map[string]string{"link": link}, link)
	})
}

type unitCommand struct {
	Add  unitAdd  `cmd:"" help:"Make a unit."`
	List unitList `cmd:"" help:"List the units."`
}

type unitAdd struct {
	installation
	Kind   string `default:"office" help:"nation, province, regency or office."`
	Name   string `required:"" help:"Name of the unit."`
	Region string `required:"" help:"Region code, such as 21.72."`
	Parent string `help:"Id, region code or name of the unit above."`
	Zone   string `default:"Asia/Jakarta" help:"Asia/Jakarta, Asia/Makassar or Asia/Jayapura."`
	Prefix string `help:"Prefix of the case numbers of an office, unique in the installation."`
}

// Run makes the unit.
func (c *unitAdd) Run(ctx context.Context, o *output) error {
	return c.with(ctx, func(a *app.App, system access.Actor) error {
		u := access.Unit{Kind: c.Kind, Name: c.Name, Region: c.Region, Zone: c.Zone, Prefix: c.Prefix}
		if c.Parent != "" {
			parent, err := a.Access.FindUnit(ctx, c.Parent)
			if err != nil {
				return err
			}
			u.Parent = parent.ID
		}
		id, err := a.Access.AddUnit(ctx, system, u)
		if err != nil {
			return err
		}
		return o.show(c.JSON, map[string]string{"id": id.String()}, "Added "+c.Name+" ("+id.String()+").")
	})
}

type unitList struct{ installation }

// unitJSON is a unit in a listing.
type unitJSON struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Region string `json:"region"`
	Prefix string `json:"prefix,omitempty"`
}

// Run lists the units.
func (c *unitList) Run(ctx context.Context, o *output) error {
	return c.with(ctx, func(a *app.App, _ access.Actor) error {
		units, err := a.Access.Units(ctx)
		if err != nil {
			return err
		}
		items, lines := []unitJSON{}, []string{}
		for _, u := range units {
			items = append(items, unitJSON{ID: u.ID.String(), Kind: u.Kind, Name: u.Name, Region: u.Region, Prefix: u.Prefix})
			lines = append(lines, fmt.Sprintf("%s %-8s %-14s %s", u.ID, u.Kind, u.Region, u.Name))
		}
		return o.show(c.JSON, items, lines...)
	})
}

type tokenCommand struct {
	Create tokenCreate `cmd:"" help:"Print a new token, once."`
}

type tokenCreate struct {
	installation
	User    string `required:"" help:"E-mail of the account the token acts for."`
	Name    string `required:"" help:"What the token is for."`
	Expires string `help:"How long it lasts, such as 90d or 12h; without it, until it is taken back."`
}

// Run prints the token alone.
func (c *tokenCreate) Run(ctx context.Context, o *output) error {
	lasts, err := duration(c.Expires)
	if err != nil {
		return err
	}
	return c.with(ctx, func(a *app.App, system access.Actor) error {
		acc, err := a.Access.FindUser(ctx, c.User)
		if err != nil {
			return err
		}
		token, err := a.Access.NewToken(ctx, system, acc.ID, c.Name, lasts)
		if err != nil {
			return err
		}
		return o.show(c.JSON, map[string]string{"token": token}, token)
	})
}

// duration reads 90d, 12h or nothing.
func duration(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	times := 1
	if days, ok := strings.CutSuffix(s, "d"); ok {
		s, times = days+"h", 24
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, misused(errors.New("write the time like 90d or 12h"))
	}
	return d * time.Duration(times), nil
}
