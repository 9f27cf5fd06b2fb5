package intake

import (
	"context"
	"fmt"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
)

// conditions builds the WHERE of a list from fixed pieces; every value is a parameter.
type conditions struct {
	text []string
	args []any
}

func (c *conditions) add(piece string, values ...any) {
	marks := make([]any, len(values))
	for i, v := range values {
		c.args = append(c.args, v)
		marks[i] = fmt.Sprintf("$%d", len(c.args))
	}
	c.text = append(c.text, fmt.Sprintf(piece, marks...))
}

func (c *conditions) where() string { return strings.Join(c.text, " AND ") }

func filtered(a access.Actor, f Filter, now db.Time) *conditions {
	c := &conditions{text: []string{reachable}, args: reach(a.Scope())}
	for _, x := range []struct{ piece, value string }{{"q.state = %s", f.State}, {"q.urgency = %s", f.Urgency}, {"q.village_code = %s", f.Village},
		{"q.channel = %s", f.Channel}} {
		if x.value != "" {
			c.add(x.piece, x.value)
		}
	}
	if f.Overdue {
		c.add("q.state = 'new' AND q.respond_by < %s", now)
	}
	if f.Mine {
		c.add("q.assigned_to = %s AND q.decided_at IS NULL", a.User)
	}
	if !f.Person.IsZero() {
		c.add("q.person_id IN ("+recordsOf("%[1]s")+")", f.Person)
	}
	if !f.Case.IsZero() {
		c.add("q.case_id = %s", f.Case)
	}
	if f.Number != "" {
		c.number(f.Number, shortFor(f.Number, now.In(a.Zone()).Year()))
	}
	if f.Day != "" {
		begins := f.Day.In(a.Zone())
		c.add("q.arrived_at >= %s AND q.arrived_at < %s", db.At(begins), db.At(f.Day.AddDays(1).In(a.Zone())))
	}
	return c
}

func selectList(ctx context.Context, r db.Reader, a access.Actor, f Filter, now db.Time) ([]requestRow, error) {
	c := filtered(a, f, now)
	order := "q.id DESC"
	if f.byClock() {
		order = "q.respond_by, q.id"
	}
	switch {
	case f.After.ID.IsZero():
	case f.byClock():
		c.add("(q.respond_by > %s OR (q.respond_by = %s AND q.id > %s))", f.After.At, f.After.At, f.After.ID)
	default:
		c.add("q.id < %s", f.After.ID)
	}
	c.args = append(c.args, f.Limit+1)
	return db.All(ctx, r, scanRequest, fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT $%d", columns, tables, c.where(), order, len(c.args)), c.args...)
}

func countList(ctx context.Context, r db.Reader, a access.Actor, f Filter, now db.Time) (int64, error) {
	c := filtered(a, f, now)
	return db.One(ctx, r, db.Value[int64], `SELECT COUNT(*) FROM request q WHERE `+c.where(), c.args...)
}

// earlierShown is how many earlier requests stand beside an open one.
const earlierShown = 5

// recordsOf are the records of the person that a parameter names: the one that stands, and those merged into it.
func recordsOf(id string) string {
	return `SELECT COALESCE(m.merged_into, m.id) FROM person m WHERE m.id = ` + id + ` UNION ALL
    SELECT g.id FROM person m JOIN person g ON g.merged_into = COALESCE(m.merged_into, m.id) WHERE m.id = ` + id
}

// selectEarlier finds by person or by phone, each through its index.
func selectEarlier(ctx context.Context, r db.Reader, s access.Scope, q Request, phone []byte) ([]requestRow, error) {
	return db.All(ctx, r, scanRequest, `SELECT `+columns+` FROM `+tables+` WHERE `+reachable+` AND q.id <> $4 AND q.id IN (
    SELECT p.id FROM request p WHERE p.person_id IN (`+recordsOf("$5")+`)
    UNION SELECT p.id FROM request p WHERE p.office_id = $1 AND p.phone_blind = $6)
  ORDER BY q.id DESC LIMIT $7`, append(reach(s), q.ID, q.Person, phone, earlierShown)...)
}

// selectUrgent reads what can't wait and nobody was reached for.
func selectUrgent(ctx context.Context, r db.Reader, s access.Scope) ([]requestRow, error) {
	return db.All(ctx, r, scanRequest, `SELECT `+columns+` FROM `+tables+` WHERE `+reachable+` AND q.urgency = 'now' AND q.state = 'new'
  ORDER BY q.respond_by, q.id LIMIT 20`, reach(s)...)
}

func selectByNumber(ctx context.Context, r db.Reader, s access.Scope, number string) (requestRow, error) {
	return db.One(ctx, r, scanRequest, `SELECT `+columns+` FROM `+tables+` WHERE `+reachable+` AND q.number = $4`, append(reach(s), number)...)
}

// number finds by the beginning of the number, or by one of the whole numbers it is short for.
func (c *conditions) number(number string, whole []any) {
	c.args = append(c.args, number, number+"\U0010FFFF")
	n := len(c.args)
	piece := fmt.Sprintf("(q.number >= $%d AND q.number < $%d)", n-1, n)
	if len(whole) > 0 {
		piece = "(" + piece + " OR q.number IN (" + c.marks(whole) + "))"
	}
	c.text = append(c.text, piece)
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

func selectKnown(ctx context.Context, r db.Reader, s access.Scope, ids []db.ID) ([]requestRow, error) {
	c := &conditions{text: []string{reachable}, args: reach(s)}
	values := make([]any, len(ids))
	for i, id := range ids {
		values[i] = id
	}
	c.text = append(c.text, "q.id IN ("+c.marks(values)+")")
	return db.All(ctx, r, scanRequest, `SELECT `+columns+` FROM `+tables+` WHERE `+c.where(), c.args...)
}

func selectHeads(ctx context.Context, r db.Reader, s access.Scope, ids []db.ID) (all []Head, err error) {
	err = db.InAfter(reach(s), ids, func(marks string, args []any) error {
		list, err := db.All(ctx, r, func(row db.Row) (h Head, err error) {
			err = row.Scan(&h.ID, &h.Number, &h.State)
			return h, err
		}, `SELECT q.id, q.number, q.state FROM request q WHERE `+reachable+` AND q.id IN (`+marks+`)`, args...)
		all = append(all, list...)
		return err
	})
	return all, err
}

func selectAbout(ctx context.Context, r db.Reader, s access.Scope, people []db.ID) (all []db.ID, err error) {
	err = db.InAfter(reach(s), people, func(marks string, args []any) error {
		list, err := db.All(ctx, r, db.Value[db.ID], `SELECT q.id FROM request q WHERE `+reachable+` AND q.person_id IN (`+marks+`) ORDER BY q.id`, args...)
		all = append(all, list...)
		return err
	})
	return all, err
}
