package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/bulk"
	"teduh/internal/i18n"
	"teduh/internal/importer"
)

type importCommand struct {
	Sheet  importSheet  `cmd:"" help:"Take in an office's own list of people or cases, XLSX or CSV."`
	Folder importFolder `cmd:"" help:"Take in a bulk folder: people.csv, cases.csv, notes.csv, referrals.csv."`
}

// atOffice is what a command takes that works for one office.
type atOffice struct {
	installation
	Unit string `help:"Id, region code or name of the office; may be left out where there is one."`
}

// withOffice opens the installation for much writing and runs fn as the system at the office.
func (o atOffice) withOffice(ctx context.Context, fn func(a *app.App, system access.Actor) error) error {
	return o.loading(ctx, func(a *app.App, _ access.Actor) error {
		u, err := a.Access.FindUnit(ctx, o.Unit)
		if err != nil {
			return err
		}
		return fn(a, access.SystemActor(u.Office()))
	})
}

type importFolder struct {
	atOffice
	Dir           string `arg:"" help:"The folder." type:"existingdir"`
	CreateWorkers bool   `help:"Make accounts that can't sign in for workers nobody knows."`
}

// Run checks the folder and takes it in.
func (c *importFolder) Run(ctx context.Context, o *output) error {
	return c.withOffice(ctx, func(a *app.App, system access.Actor) error {
		bar := newProgress(o.stderr)
		begun := time.Now()
		done, err := a.Importer.Folder(ctx, system, c.Dir, importer.Options{CreateWorkers: c.CreateWorkers, Progress: bar.show})
		bar.end()
		if err != nil {
			return o.refused(c.JSON, err)
		}
		return o.show(c.JSON, done, tellResult(done, time.Since(begun))...)
	})
}

type importSheet struct {
	atOffice
	File    string `arg:"" help:"The list." type:"existingfile"`
	Kind    string `required:"" enum:"people,cases" help:"people or cases."`
	DryRun  bool   `help:"Check and tell, write nothing."`
	SkipBad bool   `help:"Take in the rows that are right; without it, one wrong row refuses all."`
}

// Run checks the list and takes it in.
func (c *importSheet) Run(ctx context.Context, o *output) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	return c.withOffice(ctx, func(a *app.App, system access.Actor) error {
		r, err := a.Importer.Sheet(ctx, system, filepath.Base(c.File), raw, importer.SheetOptions{Kind: c.Kind, DryRun: c.DryRun, SkipBad: c.SkipBad})
		if err != nil {
			return o.refused(c.JSON, err)
		}
		verb := "taken in"
		if c.DryRun {
			verb = "would be taken in"
		}
		lines := []string{fmt.Sprintf("%d rows: %d %s, %d there already, %d wrong", r.Rows, r.New, verb, r.Known, r.Bad)}
		if len(r.Ignored) > 0 {
			lines = append(lines, "columns not known and passed over: "+strings.Join(r.Ignored, ", "))
		}
		if !c.JSON {
			o.problems(r.Problems)
		}
		return o.show(c.JSON, r, append(lines, tellTwins(c.File, r.Twins, r.TwinTotal)...)...)
	})
}

// problems tells wrong places on standard error.
func (o *output) problems(list []*bulk.Problem) {
	ctx := i18n.With(context.Background(), i18n.EN, nil)
	for _, p := range list {
		_, _ = fmt.Fprintln(o.stderr, importer.Line(ctx, p))
	}
}

func tellTwins(file string, twins []importer.Twin, total int) (lines []string) {
	for _, t := range twins {
		lines = append(lines, fmt.Sprintf("%s line %d may be the same person as line %d (%s)", filepath.Base(file), t.Line, t.Other, t.Why))
	}
	if more := total - len(twins); more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more who may be twins", more))
	}
	return lines
}

func tellResult(r importer.Result, took time.Duration) []string {
	lines := []string{
		fmt.Sprintf("people     %8d rows, %8d new", r.People.Rows, r.People.New),
		fmt.Sprintf("cases      %8d rows, %8d new", r.Cases.Rows, r.Cases.New),
		fmt.Sprintf("notes      %8d rows, %8d new", r.Notes.Rows, r.Notes.New),
		fmt.Sprintf("referrals  %8d rows, %8d new", r.Referrals.Rows, r.Referrals.New),
	}
	if len(r.Workers) > 0 {
		lines = append(lines, fmt.Sprintf("%d accounts were made; they can't sign in until they get a link: teduh user link E-MAIL", len(r.Workers)))
	}
	lines = append(lines, tellTwins("people.csv", r.Twins, r.TwinTotal)...)
	return append(lines, fmt.Sprintf("%d rows in %.1f s, %.0f rows a second", r.Rows(), took.Seconds(), float64(r.Rows())/took.Seconds()))
}

// problemJSON is a wrong place in a file.
type problemJSON struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  string `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// refused tells each wrong place of a file that was not taken in.
func (o *output) refused(asJSON bool, err error) error {
	var r *importer.Refused
	if !errors.As(err, &r) {
		return err
	}
	ctx, list := i18n.With(context.Background(), i18n.EN, nil), []problemJSON{}
	for _, p := range r.Problems {
		list = append(list, problemJSON{p.File, p.Line, p.Column, p.Key, i18n.T(ctx, p.Key, p.Args...)})
		if !asJSON {
			_, _ = fmt.Fprintln(o.stderr, importer.Line(ctx, p))
		}
	}
	if asJSON {
		if err := o.show(true, map[string]any{"problems": list, "total": r.Total}); err != nil {
			return err
		}
	}
	return fmt.Errorf("%d problems, nothing was written: mend the files and run again", r.Total)
}

// progress is a bar on a terminal, and nothing anywhere else.
type progress struct {
	to   io.Writer
	last time.Time
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	if !ok {
		return &progress{}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &progress{}
	}
	return &progress{to: f}
}

const barWidth = 40

// show draws the bar anew, ten times a second at most.
func (p *progress) show(file string, done, of int64) {
	if p.to == nil || time.Since(p.last) < 100*time.Millisecond || of == 0 {
		return
	}
	p.last = time.Now()
	full := int(barWidth * done / of)
	_, _ = fmt.Fprintf(p.to, "\r%-14s [%-*s] %3d %%", file, barWidth, strings.Repeat("=", full), 100*done/of)
}

func (p *progress) end() {
	if p.to != nil {
		_, _ = fmt.Fprint(p.to, "\r\033[K")
	}
}
