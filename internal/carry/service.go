package carry

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/assessment"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form/edit"
	"teduh/internal/instrument"
	"teduh/internal/practice"
	"teduh/internal/unit"
)

// Needs are the services whose things are carried.
type Needs struct {
	Units       *unit.Service
	Assessments *assessment.Service
	Instruments *instrument.Service
	Texts       *practice.Texts
	Now         func() time.Time
}

// Service makes files and takes them in.
type Service struct{ Needs }

// NewService of an installation.
func NewService(n Needs) *Service { return &Service{n} }

// Export puts together what an office has: all areas, the form in use where it is the office's own, instruments it brought in,
// and its own texts.
func (s *Service) Export(ctx context.Context, a access.Actor) (f File, err error) {
	if err := a.Require(access.OfficeSettings); err != nil {
		return f, err
	}
	f = File{Format: Format, Version: Version, Office: a.Office.Name, Made: string(db.DayOf(s.Now(), a.Office.Zone)), Areas: map[string]json.RawMessage{}}
	settings, err := s.Units.Of(ctx, a.Office.ID)
	if err != nil {
		return f, err
	}
	for _, area := range unit.Carried {
		if f.Areas[area], err = json.Marshal(settings.Part(area)); err != nil {
			return f, err
		}
	}
	if err := s.exportForms(ctx, a, &f); err != nil {
		return f, err
	}
	return f, s.exportTexts(ctx, a, &f)
}

func (s *Service) exportForms(ctx context.Context, a access.Actor, f *File) error {
	editions, err := s.Assessments.Editions(ctx, a)
	if err != nil {
		return err
	}
	for _, e := range editions {
		if e.State == assessment.Published && !e.Shipped() {
			f.Assessment = json.RawMessage(e.Raw)
		}
	}
	instruments, err := s.Instruments.Editions(ctx, a)
	if err != nil {
		return err
	}
	for _, e := range instruments {
		if e.Shipped || e.State == instrument.Retired {
			continue
		}
		questionnaire, scoring := e.Documents()
		f.Instruments = append(f.Instruments, Instrument{e.Name, e.Version, json.RawMessage(questionnaire), json.RawMessage(scoring)})
	}
	return nil
}

func (s *Service) exportTexts(ctx context.Context, a access.Actor, f *File) error {
	texts, err := s.Texts.All(ctx, a)
	for _, t := range texts {
		if t.Version > 1 { // version 1 comes along with every installation
			f.Texts = append(f.Texts, Text{t.Kind, t.Language, t.Terms})
		}
	}
	return err
}

// Part is one thing a file brings, and what it would change.
type Part struct {
	Code  string // an area, or assessment, instrument/name/edition, text/kind/language
	Kind  string // area, assessment, instrument, text
	Name  string // of an area its name, of an instrument its own
	Other string // of an instrument its edition, of a text its language
	Same  bool
	Lines []Change
}

// Change is a line of a part that would be added, changed or gone (the words of package edit).
type Change struct{ Kind, Label, Value string }

// Compare tells what each part of a file would change.
func (s *Service) Compare(ctx context.Context, a access.Actor, raw []byte) (f File, list []Part, err error) {
	if err := a.Require(access.OfficeSettings); err != nil {
		return f, nil, err
	}
	c, err := read(raw)
	if err != nil {
		return f, nil, err
	}
	settings, err := s.Units.Of(ctx, a.Office.ID)
	if err != nil {
		return f, nil, err
	}
	for _, p := range c.parts {
		lines := differ(unit.Lines(ctx, settings.Part(p.Area())), unit.Lines(ctx, p))
		list = append(list, Part{Code: p.Area(), Kind: "area", Name: p.Area(), Same: len(lines) == 0, Lines: lines})
	}
	more, err := s.compareForms(ctx, a, c)
	if err != nil {
		return f, nil, err
	}
	texts, err := s.compareTexts(ctx, a, c)
	return c.File, append(append(list, more...), texts...), err
}

// differ tells lines apart by their keys.
func differ(was, is []unit.Line) (list []Change) {
	for _, l := range is {
		at := slices.IndexFunc(was, func(o unit.Line) bool { return o.Key == l.Key })
		switch {
		case at < 0:
			list = append(list, Change{edit.Added, l.Label, ""})
		case was[at] != l:
			list = append(list, Change{edit.Changed, l.Label, ""})
		}
	}
	for _, l := range was {
		if !slices.ContainsFunc(is, func(o unit.Line) bool { return o.Key == l.Key }) {
			list = append(list, Change{edit.Gone, l.Label, ""})
		}
	}
	return list
}

func (s *Service) compareForms(ctx context.Context, a access.Actor, c *content) (list []Part, err error) {
	if c.form != nil {
		editions, err := s.Assessments.Editions(ctx, a)
		if err != nil {
			return nil, err
		}
		for _, e := range editions {
			if e.State == assessment.Published {
				lines := formLines(ctx, edit.Diff(e.Form, c.form))
				list = append(list, Part{Code: "assessment", Kind: "assessment", Same: len(lines) == 0, Lines: lines})
			}
		}
	}
	here, err := s.Instruments.Editions(ctx, a)
	if err != nil {
		return nil, err
	}
	for _, i := range c.Instruments {
		known := slices.ContainsFunc(here, func(e instrument.Edition) bool { return e.Name == i.Name && e.Version == i.Edition })
		list = append(list, Part{Code: i.code(), Kind: "instrument", Name: i.Name, Other: i.Edition, Same: known})
	}
	return list, nil
}

func (i Instrument) code() string { return "instrument/" + i.Name + "/" + i.Edition }

func (t Text) code() string { return "text/" + t.Kind + "/" + t.Language }

func (s *Service) compareTexts(ctx context.Context, a access.Actor, c *content) (list []Part, err error) {
	here, err := s.Texts.All(ctx, a)
	if err != nil {
		return nil, err
	}
	for _, t := range c.Texts {
		same := slices.ContainsFunc(here, func(o practice.Text) bool { return o.Kind == t.Kind && o.Language == t.Language && o.Terms == t.Terms })
		list = append(list, Part{Code: t.code(), Kind: "text", Name: t.Kind, Other: t.Language, Same: same})
	}
	return list, nil
}

// Take writes the chosen parts, each as its own page would. It stops at the first that is refused; those before it stay, and
// say so by being the same when the file is looked at again.
func (s *Service) Take(ctx context.Context, a access.Actor, raw []byte, chosen []string) (taken int, err error) {
	_, parts, err := s.Compare(ctx, a, raw)
	if err != nil {
		return 0, err
	}
	c, err := read(raw)
	if err != nil {
		return 0, err
	}
	for _, p := range parts {
		if p.Same || !slices.Contains(chosen, p.Code) {
			continue
		}
		if err := s.take(ctx, a, c, p); err != nil {
			return taken, err
		}
		taken++
	}
	if taken == 0 {
		return 0, fault.Invalid(fault.Field("parts", "required", "carry.none"))
	}
	return taken, nil
}

func (s *Service) take(ctx context.Context, a access.Actor, c *content, p Part) error {
	switch p.Kind {
	case "assessment":
		return s.takeForm(ctx, a, c)
	case "instrument":
		i := c.Instruments[slices.IndexFunc(c.Instruments, func(i Instrument) bool { return i.code() == p.Code })]
		_, err := s.Instruments.Bring(ctx, a, i.Questionnaire, i.Scoring)
		return err
	case "text":
		return s.takeText(ctx, a, c.Texts[slices.IndexFunc(c.Texts, func(t Text) bool { return t.code() == p.Code })])
	}
	settings, err := s.Units.Of(ctx, a.Office.ID)
	if err != nil {
		return err
	}
	part := c.parts[slices.IndexFunc(c.parts, func(x unit.Part) bool { return x.Area() == p.Code })]
	return s.Units.Change(ctx, a, part, settings.Version(p.Code))
}

// takeForm puts the form into the office's draft; what stood there can be taken back.
func (s *Service) takeForm(ctx context.Context, a access.Actor, c *content) error {
	e, err := s.Assessments.Begin(ctx, a)
	if err != nil {
		return err
	}
	_, err = s.Assessments.SaveDraft(ctx, a, e.ID, e.Version, c.Assessment)
	return err
}

func (s *Service) takeText(ctx context.Context, a access.Actor, t Text) error {
	here, err := s.Texts.All(ctx, a)
	if err != nil {
		return err
	}
	for _, o := range here {
		if o.Kind == t.Kind && o.Language == t.Language {
			o.Terms = t.Terms
			return s.Texts.Publish(ctx, a, o)
		}
	}
	return fault.NotFound()
}
