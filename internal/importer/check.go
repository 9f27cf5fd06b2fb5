package importer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"teduh/internal/bulk"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/person/names"
	"teduh/internal/referral"
	"teduh/internal/web"
)

// check reads all files and writes nothing.
func (f *folder) check(ctx context.Context) error {
	if !slices.ContainsFunc(tables, func(t bulk.Table) bool {
		_, err := os.Stat(filepath.Join(f.dir, t.File))
		return err == nil
	}) {
		f.refused.add(&bulk.Problem{File: f.dir, Key: "import.no_files"})
		return f.refused.err()
	}
	notes := make(chan checkedNotes)
	go func() { notes <- f.checkNotes() }() // the longest file, beside the others
	people := f.checkPeople()
	cases := f.checkCases(people)
	f.checkReferrals(cases)
	checked := <-notes
	checked.ofKnownCases(f, cases)
	f.refused.add(checked.Problems...)
	f.refused.Total += checked.Total - len(checked.Problems)
	return errors.Join(f.refused.err(), ctx.Err())
}

// seen keeps the ids of a file, each with its line.
type seen map[string]int

// id reads a row's id, which must be new in its file.
func (s seen) id(c *bulk.Checks, line int) string {
	id := c.Needed("id", web.MaxName)
	if first, twice := s[id]; twice && id != "" {
		c.Add("id", "import.twice", "line", first)
		return id
	}
	s[strings.Clone(id)] = line
	return id
}

// each reads a file and gives each row to fn, which gathers its problems.
func (f *folder) each(t bulk.Table, into *Refused, fn func(c *bulk.Checks, line int)) Count {
	var count Count
	for row, p := range f.rows(t, nil) {
		if p != nil {
			into.add(p)
			continue
		}
		count.Rows++
		c := bulk.Check(t, row)
		fn(c, row.Line)
		into.add(c.Problems...)
	}
	return count
}

// personKnown tells whether a row may name a person: one who was there before and whom the importer may know, or one of the
// folder. Whoever is hidden is unknown, also where the folder has a row of the same number.
func (f *folder) personKnown(people seen, id string) bool {
	if before, ok := f.knownP[id]; ok {
		return !f.hiddenP[before]
	}
	return people[id] != 0
}

// caseKnown is the same for a case.
func (f *folder) caseKnown(cases seen, id string) bool {
	if before, ok := f.knownC[id]; ok {
		return !f.hiddenC[before]
	}
	return cases[id] != 0
}

func (f *folder) checkPeople() seen {
	ids, twins := seen{}, newTwinSearch(nil)
	f.result.People = f.each(peopleTable, &f.refused, func(c *bulk.Checks, line int) {
		id := ids.id(c, line)
		p := f.readPerson(c)
		if _, known := f.knownP[id]; !known && len(c.Problems) == 0 {
			twins.look(line, p)
		}
	})
	f.result.Twins, f.result.TwinTotal = twins.list, twins.total
	return ids
}

// readPerson reads a row of people.csv and checks it by the rules of the form.
func (f *folder) readPerson(c *bulk.Checks) person.Person {
	p := person.Person{ExternalID: c.Text("id"), Name: c.Text("name"), BirthDate: c.Day("birth_date"), Sex: strings.ToLower(c.Text("sex")),
		Village: c.Text("village_code"), MadeUp: f.MadeUp, Sealed: person.Sealed{NIK: c.Text("nik")}}
	if number := c.Text("phone"); number != "" {
		p.Sealed.Phones = []person.Phone{{Number: number, SafeToCall: true}}
	}
	p.Tidy()
	if e, ok := fault.As(p.Check(f.today)); ok {
		for _, wrong := range e.Fields {
			c.Add(personColumn(wrong.Field), wrong.Key, wrong.Args...)
		}
	}
	return p
}

// personColumn is the column of a form's field.
func personColumn(field string) string {
	if field == "phones" {
		return "phone"
	}
	return strings.TrimPrefix(field, "address.")
}

func (f *folder) checkCases(people seen) seen {
	ids := seen{}
	f.result.Cases = f.each(casesTable, &f.refused, func(c *bulk.Checks, line int) {
		ids.id(c, line)
		f.readCase(c)
		client := c.Needed("client_id", web.MaxName)
		if client != "" && !f.personKnown(people, client) {
			c.Add("client_id", "import.client_unknown")
		}
		f.name(c, "worker")
	})
	return ids
}

// readCase reads a row of cases.csv without the people in it.
func (f *folder) readCase(c *bulk.Checks) casefile.Past {
	p := casefile.Past{OldNumber: c.Text("id"), Status: c.Choice("status", []string{"open", "closed"}), Stage: c.Choice("stage", casefile.StageCodes),
		Risk: strings.ToLower(c.Text("risk")), Category: c.Text("category"), OpenedOn: c.Day("opened_on"), ClosedOn: c.Day("closed_on"), MadeUp: f.MadeUp}
	if p.Risk != "" {
		c.Choice("risk", casefile.Risks)
	}
	if p.Category != "" && !f.category(p.Category) {
		c.Add("category", "import.category")
	}
	switch {
	case c.Text("opened_on") == "":
		c.Add("opened_on", "import.needed")
	case p.OpenedOn > f.today:
		c.Add("opened_on", "import.future")
	}
	switch {
	case p.ClosedOn == "":
	case p.Status == "open":
		c.Add("closed_on", "import.closed_open")
	case p.ClosedOn < p.OpenedOn:
		c.Add("closed_on", "import.closed_before")
	case p.ClosedOn > f.today:
		c.Add("closed_on", "import.future")
	}
	return p
}

// checkedNotes is what came of notes.csv, whose cases are looked up when cases.csv was read.
type checkedNotes struct {
	Refused
	cases seen // the first note of each case
}

func (n *checkedNotes) ofKnownCases(f *folder, cases seen) {
	for id, line := range n.cases {
		if !f.caseKnown(cases, id) {
			n.add(&bulk.Problem{File: notesTable.File, Line: line, Column: "case_id", Key: "import.case_unknown"})
		}
	}
}

func (f *folder) checkNotes() checkedNotes {
	ids, n := map[db.ID]int{}, checkedNotes{cases: seen{}}
	f.result.Notes = f.each(notesTable, &n.Refused, func(c *bulk.Checks, line int) {
		if id := c.Needed("id", web.MaxName); id != "" {
			key := db.NamedID(f.actor.Office.ID, "note", id)
			if first, twice := ids[key]; twice {
				c.Add("id", "import.twice", "line", first)
			}
			ids[key] = line
		}
		f.readNote(c)
		if id := c.Needed("case_id", web.MaxName); id != "" && n.cases[id] == 0 {
			n.cases[strings.Clone(id)] = line
		}
		f.name(c, "author")
	})
	return n
}

// readNote reads a row of notes.csv without its case and author. What was recorded at no known time was recorded at once.
func (f *folder) readNote(c *bulk.Checks) casefile.PastNote {
	n := casefile.PastNote{Name: c.Text("id"), Kind: c.Choice("kind", casefile.NoteKinds), HappenedAt: c.Time("happened_at"),
		RecordedAt: c.Time("recorded_at"), Text: c.Needed("text", web.MaxText)}
	if c.Text("happened_at") == "" {
		c.Add("happened_at", "import.needed")
	}
	if n.RecordedAt.IsZero() {
		n.RecordedAt = n.HappenedAt
	}
	return n
}

func (f *folder) checkReferrals(cases seen) {
	ids := seen{}
	f.result.Referrals = f.each(referralsTable, &f.refused, func(c *bulk.Checks, line int) {
		ids.id(c, line)
		f.readReferral(c)
		f.caseOf(c, cases)
	})
}

// readReferral reads a row of referrals.csv without its case.
func (f *folder) readReferral(c *bulk.Checks) referral.Past {
	p := referral.Past{Name: c.Text("id"), Service: c.Needed("partner_service", web.MaxName), Status: c.Choice("status", referral.States),
		SentAt: c.Time("sent_at"), AnsweredAt: c.Time("answered_at")}
	if p.Service != "" && names.Key(p.Service) == "" && strings.Trim(p.Service, " .-") == "" {
		c.Add("partner_service", "import.needed")
	}
	return p
}

// caseOf checks that the case of a referral is in the folder or in the office.
func (f *folder) caseOf(c *bulk.Checks, cases seen) {
	id := c.Needed("case_id", web.MaxName)
	if id != "" && !f.caseKnown(cases, id) {
		c.Add("case_id", "import.case_unknown")
	}
}
