package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/demo"
	"teduh/internal/importer"
)

type seedCommand struct {
	atOffice
	People    int    `required:"" help:"How many people."`
	Cases     int    `required:"" help:"How many cases."`
	Notes     int    `help:"How many notes. Default: ten a case."`
	Referrals int    `help:"How many referrals. Default: six for five cases."`
	Workers   int    `help:"How many workers. Default: one for 200 cases."`
	Seed      uint64 `default:"1" help:"The same seed makes the same data."`
	Folder    string `hidden:"" help:"Only write a bulk folder here." type:"existingdir"`
}

// seedRegion is where the people of a folder live that is written for no office.
const seedRegion = "21.72"

// Run makes the data and takes it in.
func (c *seedCommand) Run(ctx context.Context, o *output) error {
	if c.People < 1 || c.Cases < 0 || c.Notes < 0 || c.Referrals < 0 || c.Workers < 0 {
		return misused(errors.New("write --people as at least 1 and no number below 0"))
	}
	size := demo.Size{People: c.People, Cases: c.Cases, Notes: c.Notes, Referrals: c.Referrals, Workers: c.Workers, Seed: c.Seed, Region: seedRegion}
	if c.Folder != "" {
		return demo.WriteFolder(c.Folder, size)
	}
	return c.withOffice(ctx, func(a *app.App, system access.Actor) error {
		size.Region = system.Office.Region
		return c.take(o, func(dir string) (importer.Result, error) {
			bar := newProgress(o.stderr)
			defer bar.end()
			if err := demo.WriteFolder(dir, size); err != nil {
				return importer.Result{}, err
			}
			return a.Importer.Folder(ctx, system, dir, importer.Options{CreateWorkers: true, MadeUp: true, Progress: bar.show})
		})
	})
}

// take runs fn with a folder that is gone afterwards.
func (c *seedCommand) take(o *output, fn func(dir string) (importer.Result, error)) error {
	dir, err := os.MkdirTemp("", "teduh-seed-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left of it does no harm
	begun := time.Now()
	done, err := fn(dir)
	if err != nil {
		return fmt.Errorf("made-up data: %w", o.refused(c.JSON, err))
	}
	return o.show(c.JSON, done, tellResult(done, time.Since(begun))...)
}
