package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/i18n"
	"teduh/internal/partner/exchange"
)

type exportHSDS struct {
	atOffice
	File string `arg:"" help:"Where to write it: .zip (a package of tables), .json or .ndjson (services with everything in them)." type:"path"`
}

// Run writes what is public of the office's directory; a file that is there already stays.
func (c *exportHSDS) Run(ctx context.Context, o *output) error {
	shape := strings.ToLower(filepath.Ext(c.File))
	if !slices.Contains(exchange.Shapes, shape) {
		return fmt.Errorf("name a file that ends in %s", strings.Join(exchange.Shapes, ", "))
	}
	return c.with(ctx, func(a *app.App, _ access.Actor) error {
		u, err := a.Access.FindUnit(ctx, c.Unit)
		if err != nil {
			return err
		}
		out, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		n, err := a.Exchange.Export(ctx, access.SystemActor(u.Office()), out, shape)
		if err = errors.Join(err, out.Close()); err != nil {
			return errors.Join(err, os.Remove(c.File))
		}
		return o.show(c.JSON, n, fmt.Sprintf("%d organizations and %d services, all that is public: %s", n.Organizations, n.Services, c.File))
	})
}

type importHSDS struct {
	atOffice
	File   string `arg:"" help:"A directory of HSDS 3.0: a ZIP package, JSON or NDJSON." type:"existingfile"`
	DryRun bool   `help:"Tell what would change, write nothing."`
}

// Run goes through the file twice: to tell, and to write.
func (c *importHSDS) Run(ctx context.Context, o *output) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // was only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return c.withOffice(ctx, func(a *app.App, system access.Actor) error {
		bar := newProgress(o.stderr)
		r, err := a.Exchange.Import(ctx, system, f, info.Size(), exchange.Options{Write: !c.DryRun, Progress: func(n int) { bar.steps("reading", n, 0) }})
		bar.end()
		if err != nil {
			return err
		}
		return c.tell(o, r)
	})
}

// directoryJSON is what became of a directory.
type directoryJSON struct {
	exchange.Report
	Written bool            `json:"written"`
	Listed  []directoryLine `json:"problem_list"`
}

type directoryLine struct {
	File    string `json:"file,omitempty"`
	Row     int    `json:"row"`
	Path    string `json:"path"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Kept    bool   `json:"kept"` // what it stands in was taken all the same
}

func (c *importHSDS) tell(o *output, r exchange.Report) error {
	english, told := i18n.With(context.Background(), i18n.EN, nil), directoryJSON{Report: r, Written: !c.DryRun, Listed: []directoryLine{}}
	for i, p := range r.Problems {
		told.Listed = append(told.Listed, directoryLine{p.File, p.Row, p.Path, p.Key, p.Say(english), p.Kept})
		if !c.JSON && i < mostTold {
			_, _ = fmt.Fprintln(o.stderr, p.Where(english)+": "+p.Say(english))
		}
	}
	if more := r.Total - mostTold; more > 0 && !c.JSON {
		_, _ = fmt.Fprintf(o.stderr, "and %d more; --json tells them\n", more)
	}
	line := func(what string, n exchange.Tally) string {
		return fmt.Sprintf("%s: %d new, %d changed, %d the same, %d refused", what, n.New, n.Changed, n.Same, n.Refused)
	}
	last := "taken in; what is new is internal until the office opens it"
	if c.DryRun {
		last = "nothing was written"
	}
	err := o.show(c.JSON, told, line("organizations", r.Partners), line("services", r.Services), last)
	if none := (exchange.Tally{}); err == nil && r.Total > 0 && r.Partners == none && r.Services == none {
		err = errors.New("nothing in the file could be read")
	}
	return err
}
