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
	"teduh/internal/i18n"
	"teduh/internal/importer"
)

type importCommand struct {
	Sheet  importSheet  `cmd:"" help:"Take in an office's own list of people or cases, XLSX or CSV."`
	Folder importFolder `cmd:"" help:"Take in a bulk folder: people.csv, cases.csv, notes.csv, referrals.csv."`
	Lists  importLists  `cmd:"" help:"Take in the lists and forms of another office, as export lists writes them."`
	HSDS   importHSDS   `cmd:"" name:"hsds" help:"Take in another directory of services, HSDS 3.0."`
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
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // was only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	list := importer.File{Name: filepath.Base(c.File), From: f, Size: info.Size()}
	return c.withOffice(ctx, func(a *app.App, system access.Actor) error {
		bar := newProgress(o.stderr)
		r, err := a.Importer.Sheet(ctx, system, list, importer.SheetOptions{Kind: c.Kind, DryRun: c.DryRun, SkipBad: c.SkipBad, Progress: bar.steps})
		bar.end()
		var wrong *importer.Refused
		if err != nil && !errors.As(err, &wrong) {
			return cutOff(r, err)
		}
		return c.tell(o, r, wrong)
	})
}

// cutOff says what a list that could not be written to its end left.
func cutOff(r importer.SheetResult, err error) error {
	if r.Taken == 0 {
		return err
	}
	return fmt.Errorf("%d of %d rows were taken in, then it was cut off; run it again for the rest: %s", r.Taken, r.New, explain(err))
}

// tell says what became of the list: its rows, its wrong places, what should be looked at.
func (c *importSheet) tell(o *output, r importer.SheetResult, wrong *importer.Refused) error {
	if c.JSON {
		told := sheetJSON{SheetResult: r, Written: wrong == nil && !c.DryRun, Problems: placesOf(r, r.Problems), ProblemTotal: r.Problems.Total,
			Notes: placesOf(r, r.Notes), NoteTotal: r.Notes.Total}
		if err := o.show(true, told); err != nil {
			return err
		}
	} else if err := o.show(false, nil, c.lines(o, r, wrong != nil)...); err != nil {
		return err
	}
	if wrong == nil {
		return nil
	}
	if r.New+r.Known == 0 {
		return errors.New("nothing was written: mend the list and run again")
	}
	return fmt.Errorf("%s wrong in the list and nothing was written: mend it and run again, or take in the right rows with --skip-bad", places(wrong.Total))
}

func (c *importSheet) lines(o *output, r importer.SheetResult, refused bool) []string {
	o.places(r, r.Problems, "")
	o.places(r, r.Notes, "note: ")
	verb := "taken in"
	if c.DryRun || refused {
		verb = "would be taken in"
	}
	lines := []string{fmt.Sprintf("%d rows: %d %s, %d there already, %d wrong", r.Rows, r.New, verb, r.Known, r.Bad)}
	if len(r.Ignored) > 0 {
		lines = append(lines, "columns not known and passed over: "+strings.Join(r.Ignored, ", "))
	}
	return append(lines, tellTwins(c.File, r.Twins, r.TwinTotal)...)
}

func places(n int) string {
	if n == 1 {
		return "1 place is"
	}
	return fmt.Sprintf("%d places are", n)
}

// sheetJSON is what became of a list, for machines.
type sheetJSON struct {
	importer.SheetResult
	Written      bool          `json:"written"`
	Problems     []problemJSON `json:"problems"`
	ProblemTotal int           `json:"problem_total"`
	Notes        []problemJSON `json:"notes"`
	NoteTotal    int           `json:"note_total"`
}

// placesOf are findings with the titles that the list itself uses.
func placesOf(r importer.SheetResult, f importer.Findings) []problemJSON {
	ctx, list := i18n.With(context.Background(), i18n.EN, nil), []problemJSON{}
	for _, p := range f.Problems {
		list = append(list, problemJSON{File: p.File, Line: p.Line, Column: p.Column, Title: r.Title(p.Column), Code: p.Key, Message: i18n.T(ctx, p.Key, p.Args...)})
	}
	return list
}

// mostTold are told one by one to a person; machines get more.
const mostTold = 200

// places tells findings on standard error, one a line.
func (o *output) places(r importer.SheetResult, f importer.Findings, before string) {
	ctx := i18n.With(context.Background(), i18n.EN, nil)
	for _, p := range f.Problems[:min(len(f.Problems), mostTold)] {
		told := *p
		told.Column = r.Title(p.Column)
		_, _ = fmt.Fprintln(o.stderr, before+importer.Line(ctx, &told))
	}
	if more := f.Total - mostTold; more > 0 {
		_, _ = fmt.Fprintf(o.stderr, "%sand %d more; --json tells them\n", before, more)
	}
}

func tellTwins(file string, twins []importer.Twin, total int) (lines []string) {
	for _, t := range twins {
		other := fmt.Sprintf("line %d", t.Other)
		if t.Other == 0 {
			other = "someone in the office"
		}
		lines = append(lines, fmt.Sprintf("%s line %d may be the same person as %s (%s)", filepath.Base(file), t.Line, other, t.Why))
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
	Title   string `json:"title,omitempty"` // of the column in an office's own list
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
		list = append(list, problemJSON{File: p.File, Line: p.Line, Column: p.Column, Code: p.Key, Message: i18n.T(ctx, p.Key, p.Args...)})
		if !asJSON && len(list) <= mostTold {
			_, _ = fmt.Fprintln(o.stderr, importer.Line(ctx, p))
		}
	}
	if asJSON {
		if err := o.show(true, map[string]any{"problems": list, "total": r.Total}); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s wrong and nothing was written: mend the files and run again", places(r.Total))
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

// steps shows how far a list is: while it is checked, nobody knows of how many.
func (p *progress) steps(step string, rows, of int) {
	if of > 0 {
		p.show(step, int64(rows), int64(of))
		return
	}
	if p.to != nil && time.Since(p.last) >= 100*time.Millisecond {
		p.last = time.Now()
		_, _ = fmt.Fprintf(p.to, "\r%-14s %9d rows", step, rows)
	}
}

func (p *progress) end() {
	if p.to != nil {
		_, _ = fmt.Fprint(p.to, "\r\033[K")
	}
}
