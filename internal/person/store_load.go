package person

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/person/names"
)

var loadColumns = strings.Fields(`id office_id name name_key search_text call_name aliases sex birth_date birth_precision birth_place
  village_code confidential protected nik_blind kk_blind religion marital education work disability languages welfare_status aid
  died_on died_precision sealed level external_id made_up created_at updated_at version`)

// insertPeople writes many people with what they are found by. The words are written in the order of their index, which spares
// the database much turning of pages.
func insertPeople(ctx context.Context, tx db.Tx, list []Prepared) error {
	people := db.NewBulk("person", "", loadColumns...)
	for _, x := range list {
		p := x.row.p
		aliases, err := json.Marshal(append([]string{}, p.Aliases...))
		if err != nil {
			return err
		}
		if err := people.Add(ctx, tx, p.ID, p.Office, p.Name, x.row.entry.Key, x.row.entry.Text, db.Text(p.CallName), string(aliases), p.Sex,
			p.BirthDate, p.BirthPrecision, db.Text(p.BirthPlace), db.Text(p.Village), db.Flag(p.Confidential), db.Flag(p.Protected),
			x.row.nik, x.row.kk, db.Text(p.Religion), db.Text(p.Marital), db.Text(p.Education), db.Text(p.Work), db.Text(p.Disability),
			db.Text(p.Languages), db.Text(p.WelfareStatus), db.Text(p.Aid), p.DiedOn, p.DiedPrecision, x.row.sealed, p.Level, db.Text(p.ExternalID),
			db.Flag(p.MadeUp), p.CreatedAt, p.UpdatedAt, p.Version); err != nil {
			return err
		}
	}
	if err := people.Flush(ctx, tx); err != nil {
		return err
	}
	if err := insertManyWords(ctx, tx, list); err != nil {
		return err
	}
	return insertBlind(ctx, tx, list)
}

type wordRow struct {
	prefix string
	x      *personRow
}

func insertManyWords(ctx context.Context, tx db.Tx, list []Prepared) error {
	all := make([]wordRow, 0, 10*len(list))
	for i := range list {
		for _, prefix := range list[i].row.entry.Prefixes {
			all = append(all, wordRow{prefix, &list[i].row})
		}
	}
	slices.SortFunc(all, func(a, b wordRow) int {
		return cmp.Or(cmp.Compare(a.prefix, b.prefix), cmp.Compare(a.x.entry.Key, b.x.entry.Key), a.x.p.ID.Compare(b.x.p.ID))
	})
	words := db.NewBulk("person_word", "", "office_id", "prefix", "name_key", "person_id")
	for _, w := range all {
		if err := words.Add(ctx, tx, w.x.p.Office, w.prefix, w.x.entry.Key, w.x.p.ID); err != nil {
			return err
		}
	}
	return words.Flush(ctx, tx)
}

func insertBlind(ctx context.Context, tx db.Tx, list []Prepared) error {
	phones := db.NewBulk("person_phone", "ON CONFLICT DO NOTHING", "person_id", "office_id", "blind")
	words := db.NewBulk("person_secret_word", "ON CONFLICT DO NOTHING", "person_id", "office_id", "blind")
	for _, x := range list {
		for _, blind := range x.row.phones {
			if err := phones.Add(ctx, tx, x.row.p.ID, x.row.p.Office, blind); err != nil {
				return err
			}
		}
		for _, blind := range x.row.words {
			if err := words.Add(ctx, tx, x.row.p.ID, x.row.p.Office, blind); err != nil {
				return err
			}
		}
	}
	if err := phones.Flush(ctx, tx); err != nil {
		return err
	}
	return words.Flush(ctx, tx)
}

func selectExternal(ctx context.Context, r db.Reader, s access.Scope) (numbers map[string]db.ID, hidden map[db.ID]bool, err error) {
	numbers, hidden = map[string]db.ID{}, map[db.ID]bool{}
	_, err = db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var name string
		var id db.ID
		var seen db.Flag
		err = row.Scan(&name, &id, &seen)
		if numbers[name] = id; !seen {
			hidden[id] = true
		}
		return struct{}{}, err
	}, `SELECT g.external_id, p.id, `+known+` FROM person g JOIN person p ON p.id = COALESCE(g.merged_into, g.id)
  WHERE g.office_id = $1 AND g.external_id IS NOT NULL`, s.Office, s.People, s.User)
	return numbers, hidden, err
}

// anyHidden tells whether one of these people is hidden from the reader.
func anyHidden(ctx context.Context, r db.Reader, s access.Scope, people []db.ID) (hidden bool, err error) {
	err = db.InAfter([]any{s.Office, s.People, s.User}, people, func(marks string, args []any) error {
		n, err := db.One(ctx, r, db.Value[int64], `SELECT COUNT(*) FROM person p WHERE p.office_id = $1 AND p.id IN (`+marks+`) AND `+known+` = 0`, args...)
		hidden = hidden || n > 0
		return err
	})
	return hidden, err
}

func selectClientsOf(ctx context.Context, r db.Reader, people []db.ID) (map[db.ID]Client, error) {
	clients := make(map[db.ID]Client, len(people))
	err := db.In(people, func(marks string, args []any) error {
		list, err := db.All(ctx, r, scanClient, `SELECT `+clientColumns+` FROM client WHERE person_id IN (`+marks+`)`, args...)
		for _, c := range list {
			clients[c.Person] = c
		}
		return err
	})
	return clients, err
}

// insertClients makes the clients that are not there yet, named as the people are.
func insertClients(ctx context.Context, tx *journal.Tx, office db.ID, people []db.ID, clients map[db.ID]Client) error {
	var missing []db.ID
	for _, id := range people {
		if _, known := clients[id]; !known {
			missing = append(missing, id)
		}
	}
	rows := db.NewBulk("client", "", "id", "office_id", "kind", "name", "name_key", "person_id", "village_code", "created_at", "updated_at", "version")
	err := db.In(missing, func(marks string, args []any) error {
		list, err := db.All(ctx, tx, func(row db.Row) (c Client, err error) {
			err = row.Scan(&c.Person, &c.Name, (*db.Text)(&c.Village))
			return c, err
		}, `SELECT id, name, village_code FROM person WHERE id IN (`+marks+`)`, args...)
		for _, c := range list {
			c.ID, c.Kind, c.Version = db.NewID(), "individual", 1
			clients[c.Person] = c
			if err := rows.Add(ctx, tx, c.ID, office, c.Kind, c.Name, names.Key(c.Name), c.Person, db.Text(c.Village), tx.Now(), tx.Now(), 1); err != nil {
				return err
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return rows.Flush(ctx, tx)
}

func addReaders(ctx context.Context, tx db.Tx, people []db.ID, readers []ReaderRow) error {
	for _, id := range people {
		if _, err := tx.Exec(ctx, `UPDATE person SET level = 1 WHERE id = $1 AND level > 1`, id); err != nil {
			return err
		}
	}
	rows := db.NewBulk("person_reader", "ON CONFLICT DO NOTHING", "person_id", "user_id")
	for _, x := range readers {
		if err := rows.Add(ctx, tx, x.Person, x.User); err != nil {
			return err
		}
	}
	return rows.Flush(ctx, tx)
}

// selectRegister reads who there is; a merged record stands for the one that was kept.
func selectRegister(ctx context.Context, r db.Reader, s access.Scope) ([]registerRow, error) {
	return db.All(ctx, r, func(row db.Row) (x registerRow, err error) {
		err = row.Scan(&x.id, &x.key, &x.nik, &x.birth, &x.known)
		return x, err
	}, `SELECT COALESCE(p.merged_into, p.id), p.name_key, p.nik_blind, p.birth_date, `+known+` FROM person p
  WHERE p.office_id = $1`, s.Office, s.People, s.User)
}

func selectPhones(ctx context.Context, r db.Reader, office db.ID) ([][]byte, error) {
	return db.All(ctx, r, db.Value[[]byte], `SELECT blind FROM person_phone WHERE office_id = $1`, office)
}
