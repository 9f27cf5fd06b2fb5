package casefile

import (
	"context"
	"fmt"
	"strings"

	"teduh/internal/db"
)

// conditions builds the WHERE of a list from fixed pieces; every value is a parameter.
type conditions struct {
	text []string
	args []any
}

func newConditions(s scope) *conditions {
	return &conditions{text: []string{reachable}, args: s.args()}
}

// add appends a piece whose %s is the next parameter.
func (c *conditions) add(piece string, value any) {
	c.args = append(c.args, value)
	c.text = append(c.text, fmt.Sprintf(piece, fmt.Sprintf("$%d", len(c.args))))
}

func (c *conditions) where() string { return strings.Join(c.text, " AND ") }

func filtered(s scope, f Filter) *conditions {
	c := newConditions(s)
	for _, x := range []struct{ piece, value string }{{"c.status = %s", f.Status}, {"c.stage = %s", f.Stage}, {"c.risk = %s", f.Risk},
		{"c.village_code = %s", f.Village}} {
		if x.value != "" {
			c.add(x.piece, x.value)
		}
	}
	if !f.Worker.IsZero() {
		c.add("c.worker_id = %s", f.Worker)
	}
	if f.Category != "" {
		c.add("EXISTS (SELECT 1 FROM case_category g WHERE g.case_id = c.id AND g.code = %s)", f.Category)
	}
	if f.Confidentiality != 0 {
		c.add("c.confidentiality = %s", f.Confidentiality)
	}
	if !f.Client.IsZero() {
		c.add("c.client_id = %s", f.Client)
	}
	if !f.Person.IsZero() {
		c.person(f.Person)
	}
	if !f.QuietSince.IsZero() {
		c.add("c.updated_at < %s", f.QuietSince)
	}
	if f.GatesLate != "" {
		c.add(`EXISTS (SELECT 1 FROM task t WHERE t.case_id = c.id AND `+stageTasks+` AND t.due_on < %s)`, f.GatesLate)
	}
	if f.Unsigned {
		c.text = append(c.text, `EXISTS (SELECT 1 FROM note n WHERE n.case_id = c.id AND `+unsignedNote+`)`)
	}
	if f.Adrift {
		c.text = append(c.text, "(c.worker_id IS NULL OR c.worker_id IN (SELECT u.id FROM app_user u WHERE u.disabled_at IS NOT NULL))")
	}
	if f.number != "" {
		c.number(f.number, f.numbers)
	}
	if f.clients != nil {
		c.clients(f.clients)
	}
	return c
}

// person keeps the cases that someone stands in, by their own record or by one that was merged into it.
func (c *conditions) person(id db.ID) {
	c.args = append(c.args, id)
	c.text = append(c.text, fmt.Sprintf(`c.id IN (SELECT p.case_id FROM person o JOIN case_person p ON p.person_id = o.id
    WHERE o.id = $%[1]d OR o.merged_into = $%[1]d)`, len(c.args)))
}

// order is how a list is sorted and where its next page begins.
func (c *conditions) order(f Filter) string {
	var column, way string
	var value any = f.After.Day
	switch f.Sort {
	case OldestFirst:
		column, way = "c.opened_on", ""
	case Quietest:
		column, way, value = "c.updated_at", "", f.After.At
	case LatestChange:
		column, way, value = "c.updated_at", " DESC", f.After.At
	default:
		column, way = "c.opened_on", " DESC"
	}
	if !f.After.ID.IsZero() {
		mark := map[string]string{"": ">", " DESC": "<"}[way]
		c.args = append(c.args, value, f.After.ID)
		n := len(c.args)
		c.text = append(c.text, fmt.Sprintf("(%s %s $%d OR (%s = $%d AND c.id %s $%d))", column, mark, n-1, column, n-1, mark, n))
	}
	return " ORDER BY " + column + way + ", c.id" + way
}

const itemColumns = `c.id, c.number, c.status, c.stage, c.risk, c.confidentiality, c.main_category, c.village_code, c.opened_on,
  c.updated_at, c.worker_id, u.name, k.kind, k.id, k.name`

func scanItem(row db.Row) (i Item, err error) {
	err = row.Scan(&i.ID, &i.Number, &i.Status, &i.Stage, &i.Risk, &i.Confidentiality, (*db.Text)(&i.MainCategory), (*db.Text)(&i.Village),
		&i.OpenedOn, &i.UpdatedAt, &i.Worker.ID, (*db.Text)(&i.Worker.Name), &i.ClientKind, &i.ClientID, &i.ClientName)
	return i, err
}

func selectList(ctx context.Context, r db.Reader, s scope, f Filter) ([]Item, error) {
	c := filtered(s, f)
	order := c.order(f)
	c.args = append(c.args, f.Limit+1)
	return db.All(ctx, r, scanItem, fmt.Sprintf(`SELECT `+itemColumns+` FROM `+caseTables+` WHERE %s%s LIMIT $%d`, c.where(), order, len(c.args)), c.args...)
}

func countList(ctx context.Context, r db.Reader, s scope, f Filter) (int64, error) {
	c := filtered(s, f)
	return db.One(ctx, r, db.Value[int64], `SELECT COUNT(*) FROM case_file c WHERE `+c.where(), c.args...)
}

// number finds by the beginning of the number, by the whole old number, or by one of the whole numbers it is short for.
func (c *conditions) number(number string, whole []string) {
	c.args = append(c.args, number, number+"\U0010FFFF")
	n := len(c.args)
	piece := fmt.Sprintf("(c.number >= $%d AND c.number < $%d) OR c.old_number = $%d", n-1, n, n-1)
	if len(whole) > 0 {
		piece += " OR c.number IN (" + c.marks(anys(whole)) + ")"
	}
	c.text = append(c.text, "("+piece+")")
}

// clients keeps the cases of these clients; none keeps nothing.
func (c *conditions) clients(ids []db.ID) {
	c.text = append(c.text, "c.client_id IN ("+c.marks(anys(ids))+")")
}

// marks adds values and names their places, for IN.
func (c *conditions) marks(values []any) string {
	marks := make([]string, len(values))
	for i, v := range values {
		c.args = append(c.args, v)
		marks[i] = fmt.Sprintf("$%d", len(c.args))
	}
	return strings.Join(marks, ", ")
}

func anys[T any](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

func selectKnown(ctx context.Context, r db.Reader, s scope, ids []db.ID) ([]Item, error) {
	c := newConditions(s)
	c.text = append(c.text, "c.id IN ("+c.marks(anys(ids))+")")
	return db.All(ctx, r, scanItem, `SELECT `+itemColumns+` FROM `+caseTables+` WHERE `+c.where(), c.args...)
}

// selectHeads are those of the ids within the scope.
func selectHeads(ctx context.Context, r db.Reader, s scope, ids []db.ID) (all []Item, err error) {
	err = db.InAfter(s.args(), ids, func(marks string, args []any) error {
		list, err := db.All(ctx, r, scanItem, `SELECT `+itemColumns+` FROM `+caseTables+` WHERE `+reachable+` AND c.id IN (`+marks+`)`, args...)
		all = append(all, list...)
		return err
	})
	return all, err
}

func selectIDByNumber(ctx context.Context, r db.Reader, office db.ID, number string) (db.ID, error) {
	return db.One(ctx, r, db.Value[db.ID], `SELECT id FROM case_file WHERE office_id = $1 AND number = $2`, office, number)
}

func selectOfClients(ctx context.Context, r db.Reader, s scope, people []db.ID) (all []db.ID, err error) {
	err = db.InAfter(s.args(), people, func(marks string, args []any) error {
		list, err := db.All(ctx, r, db.Value[db.ID], `SELECT c.id FROM client k JOIN case_file c ON c.client_id = k.id
  WHERE `+reachable+` AND k.person_id IN (`+marks+`) ORDER BY c.id`, args...)
		all = append(all, list...)
		return err
	})
	return all, err
}
