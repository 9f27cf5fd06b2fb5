package importer

import (
	"context"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/bulk"
	"teduh/internal/db"
	"teduh/internal/person/names"
)

// who is an e-mail of the files: an account of the office, one that will be made, or the word for why it can't be used.
type who struct {
	id    db.ID
	wrong string // catalog key
}

// name reads the e-mail of a worker or author; each is looked up once, however many rows name it.
// Two files are checked at a time.
func (f *folder) name(c *bulk.Checks, column string) {
	email := c.Needed(column, 200)
	if email == "" {
		return
	}
	f.naming.Lock()
	defer f.naming.Unlock()
	w, asked := f.workers[email]
	if !asked {
		w = f.lookUp(email)
		f.workers[strings.Clone(email)] = w
	}
	if w.wrong != "" {
		c.Add(column, w.wrong)
	}
}

func (f *folder) lookUp(email string) who {
	if f.names != nil && !strings.Contains(email, "@") {
		return f.lookUpName(email)
	}
	key := access.EmailKey(email)
	switch id := f.staff[key]; {
	case !id.IsZero():
		return who{id: id}
	case !f.CreateWorkers:
		return who{wrong: "import.worker_unknown"}
	case f.accounts[key]:
		return who{wrong: "import.worker_elsewhere"}
	}
	account := access.NewAccount{Email: email, Name: nameOf(email)}
	if account.Check() != nil {
		return who{wrong: "import.worker_email"}
	}
	if !slices.ContainsFunc(f.unknown, func(other string) bool { return access.EmailKey(other) == key }) {
		f.unknown = append(f.unknown, strings.Clone(email))
	}
	return who{}
}

// nameOf is how an account is called until someone writes the name: what stands before the @.
func nameOf(email string) string {
	name, _, _ := strings.Cut(email, "@")
	return name
}

// makeWorkers makes accounts for those nobody knows: workers of the office without a password, who can't sign in until an
// administrator makes them a link.
func (f *folder) makeWorkers(ctx context.Context) error {
	system := access.SystemActor(f.actor.Office)
	for _, email := range f.unknown {
		id, err := f.Access.AddUser(ctx, system, access.NewAccount{Email: email, Name: nameOf(email), MadeUp: f.MadeUp})
		if err == nil {
			err = f.Access.Grant(ctx, system, id, access.Grant{Role: access.Worker, Unit: f.actor.Office.ID})
		}
		if err != nil {
			return err
		}
		f.staff[access.EmailKey(email)] = id
		f.result.Workers = append(f.result.Workers, email)
	}
	for email, w := range f.workers {
		if w.id.IsZero() {
			f.workers[email] = who{id: f.staff[access.EmailKey(email)]}
		}
	}
	return nil
}

// staffOf learns who works or worked at the office, and which other accounts there are.
func (f *folder) staffOf(ctx context.Context) (err error) {
	f.staff, f.accounts, err = f.Access.Staff(ctx, f.actor)
	return err
}

// lookUpName finds an account by its name, as lists of people write it; degrees behind a comma do not count.
func (f *folder) lookUpName(name string) who {
	switch ids := f.names[staffKey(name)]; len(ids) {
	case 0:
		return who{wrong: "import.worker_name_unknown"}
	case 1:
		return who{id: ids[0]}
	}
	return who{wrong: "import.worker_name_many"}
}

func staffKey(name string) string {
	name, _, _ = strings.Cut(name, ",")
	return names.Key(name)
}
