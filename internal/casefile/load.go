package casefile

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/vault"
)

// Loader takes in many cases and notes of the past at once. What comes out is what the service would have made of them,
// opened one by one: number, client, people, readers. Prepare… may run in several goroutines; Write… has one.
type Loader struct {
	s      *Service
	actor  access.Actor
	people *person.Loader
	keys   map[db.ID]vault.Key // of the cases that notes are written for
}

// NewLoader for the actor's office.
func (s *Service) NewLoader(a access.Actor, people *person.Loader) (*Loader, error) {
	if err := a.Require(access.OfficeImport); err != nil {
		return nil, err
	}
	return &Loader{s: s, actor: a, people: people}, nil
}

// Past is a case as an old list tells it; it may be closed at any stage, without an outcome. It is never secret, for nobody
// would be named.
type Past struct {
	OldNumber       string
	Person          db.ID
	Worker          db.ID
	Channel         string // empty means walk_in
	Status          string
	Stage           string
	Risk            string // empty where nobody judged it
	Confidentiality int    // Restricted, or else ordinary
	Category        string
	OpenedOn        db.Date
	ClosedOn        db.Date
	MadeUp          bool
}

// PreparedCase is ready to be written.
type PreparedCase struct {
	Past
	id  db.ID
	key vault.Made
}

// ID the case will have.
func (c PreparedCase) ID() db.ID { return c.id }

// PrepareCase makes the case's id and key.
func (l *Loader) PrepareCase(p Past) (PreparedCase, error) {
	id := db.NewID()
	key, err := l.s.vault.Make(id)
	return PreparedCase{p, id, key}, err
}

// KnownCases are the office's cases by their number in an old list, and which of them are hidden from the actor.
func (l *Loader) KnownCases(ctx context.Context) (known map[string]db.ID, hidden map[db.ID]bool, err error) {
	err = l.s.db.Read(ctx, func(r db.Reader) error {
		known, hidden, err = selectOldNumbers(ctx, r, l.s.scope(l.actor))
		return err
	})
	return known, hidden, err
}

// Categories tells which codes a case may carry.
func (l *Loader) Categories(ctx context.Context) (known func(code string) bool, err error) {
	err = l.s.db.Read(ctx, func(r db.Reader) error {
		settings, err := l.s.office.In(ctx, r, l.actor.Office.ID)
		known = settings.CategoryKnown
		return err
	})
	return known, err
}

// CategoryNames are the codes a case may carry by their names, in both languages, as keyOf writes them.
func (l *Loader) CategoryNames(ctx context.Context, keyOf func(name string) string) (codes map[string]string, err error) {
	codes = map[string]string{}
	err = l.s.db.Read(ctx, func(r db.Reader) error {
		settings, err := l.s.office.In(ctx, r, l.actor.Office.ID)
		if err != nil {
			return err
		}
		for _, lang := range i18n.Languages {
			for _, c := range settings.CategoryChoices(i18n.With(ctx, lang, nil)) {
				codes[keyOf(c.Label)] = c.Code
			}
		}
		return nil
	})
	return codes, err
}

// ChannelNames are the doors by their names, in both languages, as keyOf writes them.
func ChannelNames(ctx context.Context, keyOf func(name string) string) map[string]string {
	codes := map[string]string{}
	for _, lang := range i18n.Languages {
		for _, code := range Channels {
			codes[keyOf(channelWords.T(i18n.With(ctx, lang, nil), code))] = code
		}
	}
	return codes
}

// WriteCases keeps prepared cases in their order, which is the order of their numbers.
func (l *Loader) WriteCases(ctx context.Context, tx *journal.Tx, list []PreparedCase) error {
	cases, err := l.number(ctx, tx, list)
	if err != nil {
		return err
	}
	keys, changes := make([]vault.Made, len(list)), make([]journal.Change, len(list))
	for i, c := range list {
		keys[i] = c.key
		changes[i] = l.s.change(l.actor, c.id, "case.imported", journal.Detail{"number": cases[i].Number})
	}
	if err := vault.Keep(ctx, tx, "case", keys); err != nil {
		return err
	}
	if err := insertCases(ctx, tx, cases); err != nil {
		return err
	}
	if err := l.readers(ctx, tx, cases); err != nil {
		return err
	}
	return tx.RecordMany(ctx, changes)
}

// number gives each case its number and its client.
func (l *Loader) number(ctx context.Context, tx *journal.Tx, list []PreparedCase) ([]Case, error) {
	people := make([]db.ID, 0, len(list))
	days := make([]db.Date, len(list))
	seen := map[db.ID]bool{}
	for i, c := range list {
		days[i] = c.OpenedOn
		if !seen[c.Person] {
			seen[c.Person] = true
			people = append(people, c.Person)
		}
	}
	clients, err := l.people.Clients(ctx, tx, people)
	if err != nil {
		return nil, err
	}
	had, err := selectHadCase(ctx, tx, clients)
	if err != nil {
		return nil, err
	}
	numbers, err := TakeNumbers(ctx, tx, l.actor.Office.ID, "case", days)
	if err != nil {
		return nil, err
	}
	cases := make([]Case, len(list))
	for i, p := range list {
		c := Case{ID: p.id, Office: l.actor.Office.ID, Number: Number(l.actor.Office.Prefix, numbers[i].Year, numbers[i].N), OldNumber: p.OldNumber,
			Client: clients[p.Person], Channel: cmp.Or(p.Channel, "walk_in"), Status: p.Status, Stage: p.Stage, Risk: p.Risk, Confidentiality: Ordinary,
			MainCategory: p.Category, Village: clients[p.Person].Village, Worker: User{ID: p.Worker}, ResolutionLevel: "lk3",
			OpenedOn: p.OpenedOn, ClosedOn: p.ClosedOn, MadeUp: p.MadeUp, CreatedAt: tx.Now(), UpdatedAt: tx.Now(), Version: 1}
		if p.Confidentiality == Restricted {
			c.Confidentiality = Restricted
		}
		c.Continued, had[c.Client.ID] = had[c.Client.ID], true
		cases[i] = c
	}
	return cases, nil
}

// YearNumber is one number of a series that begins anew each year.
type YearNumber struct{ Year, N int }

// TakeNumbers takes the office's next numbers of a series for things of these days, in their order and without gaps.
func TakeNumbers(ctx context.Context, tx db.Tx, office db.ID, series string, days []db.Date) ([]YearNumber, error) {
	numbers, wanted := make([]YearNumber, len(days)), map[int]int{}
	for i, day := range days {
		year, err := strconv.Atoi(string(day[:4]))
		if err != nil {
			return nil, err
		}
		wanted[year]++
		numbers[i] = YearNumber{year, wanted[year]}
	}
	before := map[int]int{}
	for year, n := range wanted {
		last, err := takeNumbers(ctx, tx, office, series, YearNumber{year, n})
		if err != nil {
			return nil, err
		}
		before[year] = last - n
	}
	for i := range numbers {
		numbers[i].N += before[numbers[i].Year]
	}
	return numbers, nil
}

// readers writes who may open the cases beyond what their role shows: the worker and who supervises the worker. Whoever has an
// ordinary case is known to the office; who has a restricted one is as hidden as all their cases together make them.
func (l *Loader) readers(ctx context.Context, tx *journal.Tx, cases []Case) error {
	supervisors, err := selectSupervisors(ctx, tx, l.actor.Office.ID)
	if err != nil {
		return err
	}
	rows := db.NewBulk("case_reader", "", "case_id", "user_id", "why", "writes")
	var people, behind []db.ID
	var known []person.ReaderRow
	for _, c := range cases {
		if c.Confidentiality == Ordinary {
			people = append(people, c.Client.Person)
		} else {
			behind = append(behind, c.Client.Person)
		}
		known = append(known, person.ReaderRow{Person: c.Client.Person, User: c.Worker.ID})
		if err := rows.Add(ctx, tx, c.ID, c.Worker.ID, "worker", db.Flag(true)); err != nil {
			return err
		}
		for _, u := range supervisors[c.Worker.ID] {
			known = append(known, person.ReaderRow{Person: c.Client.Person, User: u})
			if err := rows.Add(ctx, tx, c.ID, u, "supervisor", db.Flag(false)); err != nil {
				return err
			}
		}
	}
	if err := rows.Flush(ctx, tx); err != nil {
		return err
	}
	if err := person.AddReaders(ctx, tx, people, known); err != nil {
		return err
	}
	for _, id := range behind {
		if err := refreshPerson(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

// PastNote is a note as an old list tells it; it counts as signed when it was recorded.
type PastNote struct {
	Name       string // in the old list
	Case       db.ID
	Kind       string
	Author     db.ID
	HappenedAt db.Time
	RecordedAt db.Time
	Text       string
}

// PreparedNote is sealed and ready to be written.
type PreparedNote struct {
	n    Note
	body []byte
}

// OpenCases makes the loader ready for notes of these cases.
func (l *Loader) OpenCases(ctx context.Context, ids []db.ID) error {
	return l.s.db.Read(ctx, func(r db.Reader) (err error) {
		l.keys, err = l.s.vault.Keys(ctx, r, ids)
		return err
	})
}

// PrepareNote seals a note. Its id comes from its name in the old list, so that it is written once.
func (l *Loader) PrepareNote(p PastNote) (out PreparedNote, err error) {
	key, ok := l.keys[p.Case]
	if !ok {
		return out, vault.ErrForgotten
	}
	out.n = Note{ID: db.NamedID(l.actor.Office.ID, "note", p.Name), Case: p.Case, Kind: p.Kind, Author: User{ID: p.Author},
		HappenedAt: p.HappenedAt, RecordedAt: p.RecordedAt, SignedAt: p.RecordedAt, NoteText: NoteText{Text: p.Text}}
	plain, err := json.Marshal(out.n.NoteText)
	if err != nil {
		return out, err
	}
	out.body, err = key.Seal("note", string(plain))
	return out, err
}

// WriteNotes keeps prepared notes and tells how many were new. They are written case by case, which spares the database much
// turning of pages now and when a case is read.
func (l *Loader) WriteNotes(ctx context.Context, tx *journal.Tx, list []PreparedNote) (int, error) {
	slices.SortStableFunc(list, func(a, b PreparedNote) int {
		return cmp.Or(a.n.Case.Compare(b.n.Case), a.n.HappenedAt.Compare(b.n.HappenedAt.Time))
	})
	rows := db.NewBulk("note", "ON CONFLICT (id) DO NOTHING", "id", "case_id", "kind", "author_id", "happened_at", "recorded_at", "minutes",
		"services", "body", "signed_at", "version")
	for _, x := range list {
		n := x.n
		if err := rows.Add(ctx, tx, n.ID, n.Case, n.Kind, n.Author.ID, n.HappenedAt, n.RecordedAt, n.Minutes, strings.Join(n.Services, ","),
			x.body, n.SignedAt, 1); err != nil {
			return 0, err
		}
	}
	err := rows.Flush(ctx, tx)
	return int(rows.Written()), err
}
