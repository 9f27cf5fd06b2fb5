package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/db"
	"teduh/internal/region"
)

type initCommand struct {
	installation
	Office  string `required:"" help:"Name of the office."`
	Region  string `required:"" help:"Code of its city or regency, such as 21.72."`
	Admin   string `required:"" help:"E-mail of the first administrator."`
	Prefix  string `default:"LK3" help:"Prefix of its case numbers."`
	Zone    string `default:"Asia/Jakarta" help:"Asia/Jakarta, Asia/Makassar or Asia/Jayapura."`
	BaseURL string `name:"base-url" help:"Address people use." default:"http://127.0.0.1:8080"`
}

// Run makes the installation and prints the one-time link of its administrator.
func (c *initCommand) Run(ctx context.Context, o *output) error {
	name, ok := region.Name(c.Region)
	if !ok {
		return misused(fmt.Errorf("%q is no region code: write the code of a city or regency, such as 21.72", c.Region))
	}
	return c.with(ctx, func(a *app.App, system access.Actor) error {
		units, err := a.Access.Units(ctx)
		if err != nil {
			return err
		}
		if len(units) > 0 {
			return errors.New("this installation has an office already: add more with teduh unit add")
		}
		office, err := a.Access.AddUnit(ctx, system, access.Unit{Kind: "office", Name: c.Office, Region: c.Region, Zone: c.Zone, Prefix: c.Prefix})
		if err != nil {
			return err
		}
		link, err := firstAdmin(ctx, a, system, c.Admin, office)
		if err != nil {
			return err
		}
		link = c.BaseURL + "/masuk/tautan/" + link
		return o.show(c.JSON, map[string]string{"office": office.String(), "link": link},
			c.Office+" ("+name+") is ready. Start it with: teduh serve", "The administrator signs in once with: "+link)
	})
}

func firstAdmin(ctx context.Context, a *app.App, system access.Actor, email string, office db.ID) (string, error) {
	id, err := a.Access.AddUser(ctx, system, access.NewAccount{Email: email, Name: "Administrator"})
	if err != nil {
		return "", err
	}
	if err := a.Access.Grant(ctx, system, id, access.Grant{Role: access.Admin, Unit: office}); err != nil {
		return "", err
	}
	return a.Access.Link(ctx, system, id)
}

type migrateCommand struct {
	installation
	Check bool `help:"Only say what would be done; exit 3 if anything."`
}

// Run brings the schema up or says what is waiting.
func (c *migrateCommand) Run(ctx context.Context, o *output) error {
	cfg, err := c.config()
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, db.Config{Dir: cfg.Dir, Postgres: cfg.Postgres})
	if err != nil {
		return err
	}
	return errors.Join(c.run(ctx, o, d), d.Close())
}

func (c *migrateCommand) run(ctx context.Context, o *output, d *db.DB) error {
	if !c.Check {
		n, err := d.Migrate(ctx)
		if err != nil {
			return err
		}
		return o.show(c.JSON, map[string]int{"applied": n}, fmt.Sprintf("%d steps done.", n))
	}
	waiting, err := d.Pending(ctx)
	if err != nil {
		return err
	}
	if err := o.show(c.JSON, append([]string{}, waiting...), waiting...); err != nil || len(waiting) == 0 {
		return err
	}
	return errTodo
}

type versionCommand struct {
	JSON bool `name:"json" help:"Results as JSON."`
}

// Run tells the version and what it was built with.
func (c *versionCommand) Run(o *output) error {
	return o.show(c.JSON, map[string]string{"version": app.Version, "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH}, "teduh "+app.Version)
}
