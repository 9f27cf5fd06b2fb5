package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/partner"
	"teduh/internal/partner/hsds"
	"teduh/internal/web"
)

// Report is what becomes of a file: counts, the first entries that are new or changed, and what is wrong.
type Report struct {
	Partners Tally     `json:"organizations"`
	Services Tally     `json:"services"`
	Lines    []Line    `json:"-"`
	Problems []Problem `json:"-"`
	Total    int       `json:"problems"` // of all, also those that are not kept

	at hsds.Place
}

// Tally counts entries. Refused are those that would not be taken in.
type Tally struct {
	New     int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	Refused int `json:"refused"`
}

// Waiting is how many entries would be written.
func (r Report) Waiting() int {
	return r.Partners.New + r.Partners.Changed + r.Services.New + r.Services.Changed
}

// Line is an entry that is new or changed.
type Line struct {
	Kind string // partner or service
	New  bool
	Name string
	Of   string // whose it is
}

// Problem is something wrong, with its place in the file and what to say of it.
type Problem struct {
	hsds.Place
	Path  string
	Key   string
	Args  []any
	Value string
	Kept  bool // what it stands in is taken all the same
}

// Bounds of a report.
const (
	mostProblems = 2_000
	mostLines    = 200
)

func (r *Report) add(p Problem) {
	if r.Total++; len(r.Problems) < mostProblems {
		r.Problems = append(r.Problems, p)
	}
}

// Options of an import.
type Options struct {
	Write    bool // else it is only told what would happen
	Progress func(services int)
}

// batch is how many entries are written in one transaction, so that others can work meanwhile.
const batch = 200

// Import goes through a file and tells what it would change, or changes it. What is wrong is left out and told. Entries are
// written in groups; whatever was written when it ends early is whole, and going through the file again adds the rest.
func (s *Service) Import(ctx context.Context, a access.Actor, from io.ReaderAt, size int64, o Options) (Report, error) {
	if err := a.Require(access.PartnerWrite); err != nil {
		return Report{}, err
	}
	var r Report
	t, err := s.takerFor(ctx, a, &r)
	if err != nil {
		return r, err
	}
	w := writer{service: s, actor: a, write: o.Write}
	n := 0
	for e, wrong := range hsds.Read(from, size) {
		if err := errors.Join(ctx.Err(), w.put(ctx, t.entry(e, wrong))); err != nil {
			return r, err
		}
		if n++; o.Progress != nil && n%100 == 0 {
			o.Progress(n)
		}
	}
	return r, w.flush(ctx)
}

// writer writes entries in groups, or none at all.
type writer struct {
	service *Service
	actor   access.Actor
	write   bool
	waiting []partner.Given
}

func (w *writer) put(ctx context.Context, list []partner.Given) error {
	if !w.write {
		return nil
	}
	if w.waiting = append(w.waiting, list...); len(w.waiting) < batch {
		return nil
	}
	return w.flush(ctx)
}

func (w *writer) flush(ctx context.Context) error {
	if len(w.waiting) == 0 {
		return nil
	}
	err := w.service.Directory.TakeIn(ctx, w.actor, w.waiting)
	w.waiting = w.waiting[:0]
	return err
}

func (s *Service) takerFor(ctx context.Context, a access.Actor, r *Report) (*taker, error) {
	t := &taker{ctx: inData(ctx), office: a.Office, owners: map[string]owner{}, lost: map[string]bool{}, report: r}
	var err error
	if t.shelf, err = s.Directory.Shelf(ctx, a); err != nil {
		return nil, err
	}
	return t, s.DB.Read(ctx, func(read db.Reader) error {
		p, err := s.placeOf(ctx, read, a.Office.ID)
		t.zone = p.zone
		return err
	})
}

// entry makes what is to be written of a thing of the file.
func (t *taker) entry(e hsds.Entry, wrong *hsds.Problem) []partner.Given {
	t.report.at = e.Place
	switch {
	case wrong != nil:
		t.report.add(Problem{Place: wrong.Place, Path: wrong.Path, Key: string(problemWords) + wrong.Code, Value: wrong.Value, Kept: wrong.Kept})
		t.refusedRow(wrong)
	case e.Organization != nil:
		return t.organization(e.Organization)
	case e.Service != nil:
		return t.service(e.Service)
	}
	return nil
}

// refusedRow counts a service or organization that the reading refused.
func (t *taker) refusedRow(wrong *hsds.Problem) {
	if wrong.Kept || strings.ContainsRune(wrong.Path, '[') {
		return
	}
	switch {
	case wrong.File == "organizations.csv", strings.HasPrefix(wrong.Path, "organization."):
		t.report.Partners.Refused++
	case wrong.File == "services.csv", wrong.File == "" && wrong.Row > 0:
		t.report.Services.Refused++
	}
}

func (t *taker) organization(o *hsds.Organization) []partner.Given {
	if id, err := db.ParseID(o.ID); err == nil && t.shelf.Own[id] { // the office's own file
		t.owners[o.ID] = owner{id, o.Name, t.partnerOf(o).Address}
		t.report.Partners.Same++
		return nil
	}
	p := t.partnerOf(o)
	g := partner.Given{Source: partner.Source{Kind: "partner", External: o.ID, Digest: digest(p)}, Partner: &p}
	known, wasKnown := t.shelf.Sources[partner.SourceKey{Kind: g.Kind, External: g.External}]
	key := partner.ServiceKey(p.Name)
	switch other, named := t.shelf.Partners[key]; {
	case wasKnown:
		g.Subject = known.Subject
	case named && !t.fresh(other):
		g.Subject, g.Only = other, true // the office has it by that name
	default:
		g.Subject, g.New = db.NamedID(t.office.ID, "partner source", o.ID), true
	}
	if !g.Only {
		p.Name = free(p.Name, "", func(key string) bool { id, taken := t.shelf.Partners[key]; return taken && id != g.Subject })
	}
	if !t.decide(g, &t.report.Partners, Line{"partner", g.New, p.Name, ""}) {
		return nil
	}
	t.shelf.Partners[partner.ServiceKey(p.Name)] = g.Subject
	t.owners[o.ID] = owner{g.Subject, p.Name, p.Address}
	if t.shelf.Same(g.Source) {
		return nil
	}
	return []partner.Given{g}
}

// fresh tells whether an entry is one of this file's.
func (t *taker) fresh(id db.ID) bool { return !t.shelf.Own[id] }

func (t *taker) service(s *hsds.Service) (list []partner.Given) {
	if id, err := db.ParseID(s.ID); err == nil && t.shelf.Own[id] {
		t.report.Services.Same++
		return nil
	}
	if s.Status == "defunct" || s.Status == "inactive" {
		t.report.Services.Refused++
		t.report.add(Problem{Place: t.report.at, Path: "status", Key: "hsds.problem.ended", Value: s.Name})
		return nil
	}
	of, ok := t.owners[s.OrganizationID]
	if !ok {
		t.report.Services.Refused++
		t.report.add(Problem{Place: t.report.at, Path: "organization", Key: "hsds.problem.no_parent", Value: s.OrganizationID})
		return nil
	}
	for _, x := range t.offersOf(s, of) {
		if g, write := t.offer(x, of); write {
			list = append(list, g)
		}
	}
	return list
}

func (t *taker) offer(o offer, of owner) (g partner.Given, write bool) {
	x := o.service
	g = partner.Given{Source: partner.Source{Kind: "service", External: o.key, Digest: digest(x)}, Service: &x}
	known, wasKnown := t.shelf.Sources[partner.SourceKey{Kind: g.Kind, External: g.External}]
	row, named := t.shelf.Services[partner.ServiceKey(x.Name)]
	switch {
	case wasKnown:
		g.Subject = known.Subject
	case named && row.Partner.IsZero() && !t.fresh(row.ID):
		g.Subject = row.ID // named by a referral, and now it is known whose it is
	case named && row.Partner == of.id && !t.fresh(row.ID):
		g.Subject, g.Only = row.ID, true
	default:
		g.Subject, g.New = db.NamedID(t.office.ID, "service source", o.key), true
	}
	if !g.Only {
		x.Name = free(x.Name, of.name, func(key string) bool { other, taken := t.shelf.Services[key]; return taken && other.ID != g.Subject })
	}
	if !t.decide(g, &t.report.Services, Line{"service", g.New, x.Name, of.name}) {
		return g, false
	}
	t.shelf.Services[partner.ServiceKey(x.Name)] = partner.ShelfRow{ID: g.Subject, Partner: of.id}
	return g, !t.shelf.Same(g.Source)
}

// decide counts an entry and tells whether it is taken: not where the directory's own rules refuse it.
func (t *taker) decide(g partner.Given, count *Tally, line Line) bool {
	if t.shelf.Same(g.Source) || g.Only {
		count.Same++
		return true
	}
	if err := t.shelf.Refuses(g); err != nil {
		count.Refused++
		t.refuses(err)
		return false
	}
	if line.New {
		count.New++
	} else {
		count.Changed++
	}
	if len(t.report.Lines) < mostLines {
		t.report.Lines = append(t.report.Lines, line)
	}
	return true
}

// refuses tells what the directory's rules say.
func (t *taker) refuses(err error) {
	e, ok := fault.As(err)
	if !ok {
		t.report.add(Problem{Place: t.report.at, Key: "hsds.problem.kind"})
		return
	}
	for _, f := range e.Fields {
		t.report.add(Problem{Place: t.report.at, Path: f.Field, Key: f.Key, Args: f.Args})
	}
}

// free is a name that nobody else has: as it is, with whose it is, or with a number.
func free(name, of string, taken func(key string) bool) string {
	if !taken(partner.ServiceKey(name)) {
		return name
	}
	base := name
	if of != "" && utf8.RuneCountInString(name+of)+3 <= web.MaxName {
		if base = name + " – " + of; !taken(partner.ServiceKey(base)) {
			return base
		}
	}
	for n := 2; ; n++ {
		if next := fmt.Sprintf("%s (%d)", base, n); !taken(partner.ServiceKey(next)) {
			return next
		}
	}
}

// problemWords are what is said of the codes of hsds, and of what the directory can't take over.
var problemWords = i18n.Family("hsds.problem.")

// Say tells a problem in the reader's language: where it is and what is wrong.
func (p Problem) Say(ctx context.Context) string {
	text := i18n.T(ctx, p.Key, p.Args...)
	if p.Value != "" {
		text = i18n.T(ctx, "exchange.value", "text", text, "value", p.Value)
	}
	return text
}

// Where is the place of a problem in words.
func (p Problem) Where(ctx context.Context) string {
	var parts []string
	switch {
	case p.File != "" && p.Row > 0:
		parts = append(parts, i18n.T(ctx, "exchange.at_line", "file", p.File, "line", p.Row))
	case p.File != "":
		parts = append(parts, p.File)
	case p.Row > 0:
		parts = append(parts, i18n.T(ctx, "exchange.at_row", "row", p.Row))
	default:
		parts = append(parts, i18n.T(ctx, "exchange.whole_file"))
	}
	if p.Path != "" {
		parts = append(parts, p.Path)
	}
	return strings.Join(parts, ", ")
}

// day of the office, for the names of files.
func (s *Service) day(a access.Actor) string {
	zone := a.Office.Zone
	if zone == nil {
		zone = time.UTC
	}
	return s.Now().In(zone).Format(time.DateOnly)
}
