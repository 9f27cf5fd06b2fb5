package casefile

import (
	"context"
	"strings"

	"teduh/internal/db"
	"teduh/internal/person"
)

var loadColumns = strings.Fields(`id office_id number old_number client_id channel status stage risk confidentiality main_category
  village_code worker_id resolution_level continued opened_on closed_on made_up created_at updated_at version`)

// insertCases writes many cases with their category, their people and how their risk was judged.
func insertCases(ctx context.Context, tx db.Tx, list []Case) error {
	cases := db.NewBulk("case_file", "", loadColumns...)
	categories := db.NewBulk("case_category", "", "case_id", "code", "main")
	people := db.NewBulk("case_person", "", "case_id", "person_id", "part", "since")
	risks := db.NewBulk("case_risk", "", "id", "case_id", "level", "by_id", "at")
	for _, c := range list {
		risk := c.Risk
		if risk == "" {
			risk = "none"
		}
		if err := cases.Add(ctx, tx, c.ID, c.Office, c.Number, db.Text(c.OldNumber), c.Client.ID, c.Channel, c.Status, c.Stage, risk,
			c.Confidentiality, db.Text(c.MainCategory), db.Text(c.Village), c.Worker.ID, c.ResolutionLevel, db.Flag(c.Continued), c.OpenedOn,
			c.ClosedOn, db.Flag(c.MadeUp), c.CreatedAt, c.UpdatedAt, c.Version); err != nil {
			return err
		}
	}
	if err := cases.Flush(ctx, tx); err != nil {
		return err
	}
	for _, c := range list {
		if err := people.Add(ctx, tx, c.ID, c.Client.Person, "client", c.CreatedAt); err != nil {
			return err
		}
		if c.MainCategory != "" {
			if err := categories.Add(ctx, tx, c.ID, c.MainCategory, db.Flag(true)); err != nil {
				return err
			}
		}
		if c.Risk != "" {
			if err := risks.Add(ctx, tx, db.NewID(), c.ID, c.Risk, c.Worker.ID, c.CreatedAt); err != nil {
				return err
			}
		}
	}
	for _, rows := range []*db.Bulk{categories, people, risks} {
		if err := rows.Flush(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

func takeNumbers(ctx context.Context, tx db.Tx, office db.ID, series string, y YearNumber) (last int, err error) {
	return db.One(ctx, tx, db.Value[int], `INSERT INTO running_number (office_id, series, year, last) VALUES ($1, $2, $3, $4)
  ON CONFLICT (office_id, series, year) DO UPDATE SET last = running_number.last + excluded.last RETURNING last`, office, series, y.Year, y.N)
}

// selectHadCase tells which of these clients have a case already.
func selectHadCase(ctx context.Context, r db.Reader, clients map[db.ID]person.Client) (map[db.ID]bool, error) {
	ids, had := make([]db.ID, 0, len(clients)), make(map[db.ID]bool, len(clients))
	for _, c := range clients {
		ids = append(ids, c.ID)
	}
	err := db.In(ids, func(marks string, args []any) error {
		found, err := db.All(ctx, r, db.Value[db.ID], `SELECT DISTINCT client_id FROM case_file WHERE client_id IN (`+marks+`)`, args...)
		for _, id := range found {
			had[id] = true
		}
		return err
	})
	return had, err
}

func selectOldNumbers(ctx context.Context, r db.Reader, s scope) (known map[string]db.ID, hidden map[db.ID]bool, err error) {
	known, hidden = map[string]db.ID{}, map[db.ID]bool{}
	_, err = db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var number string
		var id db.ID
		var seen db.Flag
		err = row.Scan(&number, &id, &seen)
		if known[number] = id; !seen {
			hidden[id] = true
		}
		return struct{}{}, err
	}, `SELECT c.old_number, c.id, CASE WHEN `+reachable+` THEN 1 ELSE 0 END FROM case_file c
  WHERE c.office_id = $1 AND c.old_number IS NOT NULL`, s.args()...)
	return known, hidden, err
}

func selectSupervisors(ctx context.Context, r db.Reader, office db.ID) (map[db.ID][]db.ID, error) {
	supervisors := map[db.ID][]db.ID{}
	_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var worker, supervisor db.ID
		err = row.Scan(&worker, &supervisor)
		supervisors[worker] = append(supervisors[worker], supervisor)
		return struct{}{}, err
	}, `SELECT worker_id, supervisor_id FROM supervision WHERE office_id = $1 ORDER BY worker_id, supervisor_id`, office)
	return supervisors, err
}
