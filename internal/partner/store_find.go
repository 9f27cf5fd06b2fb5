package partner

import (
	"context"

	"teduh/internal/db"
	"teduh/internal/journal"
)

// candidate is a row of the search: a service that may fit, and what fit is reckoned from.
type candidate struct {
	id   db.ID
	key  string // of its name
	area string
	need string
	facts
	score   int
	reasons []Reason
}

func scanCandidate(row db.Row) (c candidate, err error) {
	var text string
	err = row.Scan(&c.id, &c.key, &c.need, &c.area, &text)
	c.facts = readFacts(text)
	return c, err
}

const found = `SELECT f.service_id, f.name_key, f.need, f.area, f.facts FROM partner_find f WHERE f.office_id = $1 AND f.seen IN ($2, $3, $4)`

// seenArgs are $1 to $4 of a search.
func (s scope) seenArgs() []any { return s.args()[:4] }

// mostCandidates bounds what one search weighs.
const mostCandidates = 20000

// selectCandidates reads what may fit a need and an area. Needs are one or two codes, areas one to five.
func selectCandidates(ctx context.Context, r db.Reader, sc scope, needs, areas []string) ([]candidate, error) {
	text, args := found+` AND f.need IN ($5, $6) AND f.area IN ($7, $8, $9, $10, $11) LIMIT $12`, sc.seenArgs()
	for i := range 2 {
		args = append(args, needs[min(i, len(needs)-1)])
	}
	for i := range 5 {
		args = append(args, areas[min(i, len(areas)-1)])
	}
	return db.All(ctx, r, scanCandidate, text, append(args, mostCandidates)...)
}

// selectNamed reads the candidates among some services.
func selectNamed(ctx context.Context, r db.Reader, sc scope, ids []db.ID) (list []candidate, err error) {
	err = db.InAfter(sc.seenArgs(), ids, func(marks string, args []any) error {
		rows, err := db.All(ctx, r, scanCandidate, found+` AND f.service_id IN (`+marks+`)`, args...)
		list = append(list, rows...)
		return err
	})
	return list, err
}

// selectByName lists all that is offered by name, after a place.
func selectByName(ctx context.Context, r db.Reader, sc scope, pg page) ([]candidate, error) {
	return db.All(ctx, r, scanCandidate, found+` AND f.need = '' AND f.area = '*' AND (f.name_key > $5 OR (f.name_key = $5 AND f.service_id > $6))
  ORDER BY f.name_key, f.service_id LIMIT $7`, append(sc.seenArgs(), pg.after.Name, pg.after.ID[:], pg.limit)...)
}

func countOffered(ctx context.Context, r db.Reader, sc scope) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM partner_find f WHERE f.office_id = $1 AND f.seen IN ($2, $3, $4) AND f.need = '' AND f.area = '*'`,
		sc.seenArgs()...)
}

// newFound are rows by which services are found.
func newFound() *db.Bulk {
	return db.NewBulk("partner_find", "", "service_id", "need", "area", "office_id", "seen", "name_key", "facts")
}

// writeFound writes anew how a service is found; one that ended is not.
func writeFound(ctx context.Context, tx *journal.Tx, x Service, p Partner) error {
	if _, err := tx.Exec(ctx, `DELETE FROM partner_find WHERE service_id = $1`, x.ID); err != nil {
		return err
	}
	rows := newFound()
	if err := addFound(ctx, tx, rows, x, p); err != nil {
		return err
	}
	return rows.Flush(ctx, tx)
}

func addFound(ctx context.Context, tx *journal.Tx, rows *db.Bulk, x Service, p Partner) error {
	if !x.EndedAt.IsZero() || !p.EndedAt.IsZero() {
		return nil
	}
	seen, told := narrower(x.Visibility, p.Visibility), factsOf(x, p).String()
	needs, areas := append([]string{""}, x.For.Needs...), append([]string{"*"}, x.For.Areas...)
	if len(x.For.Needs) == 0 {
		needs = append(needs, "*")
	}
	if len(x.For.Areas) == 0 {
		areas = append(areas, "")
	}
	for _, need := range needs {
		for _, area := range areas {
			if err := rows.Add(ctx, tx, x.ID, need, area, x.Office, seen, ServiceKey(x.Name), told); err != nil {
				return err
			}
		}
	}
	return nil
}

// entry is what names are found as.
type entry struct {
	id, office db.ID
	kind       string
}

// newWords are rows by which entries are found by name.
func newWords() *db.Bulk {
	return db.NewBulk("partner_word", "", "prefix", "subject_id", "office_id", "kind")
}

// writeWords writes anew by which beginnings of words an entry is found.
func writeWords(ctx context.Context, tx *journal.Tx, e entry, prefixes []string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM partner_word WHERE subject_id = $1`, e.id); err != nil {
		return err
	}
	rows := newWords()
	if err := addWords(ctx, tx, rows, e, prefixes); err != nil {
		return err
	}
	return rows.Flush(ctx, tx)
}

func addWords(ctx context.Context, tx *journal.Tx, rows *db.Bulk, e entry, prefixes []string) error {
	for _, prefix := range prefixes {
		if err := rows.Add(ctx, tx, prefix, e.id, e.office, e.kind); err != nil {
			return err
		}
	}
	return nil
}

// mostNamed bounds how many entries a beginning of a word is looked up for.
const mostNamed = 500

func selectWords(ctx context.Context, r db.Reader, office db.ID, prefix, kind string) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT subject_id FROM partner_word WHERE office_id = $1 AND prefix = $2 AND kind = $3 ORDER BY subject_id LIMIT $4`,
		office, prefix, kind, mostNamed)
}

// staleRow is an entry that is to be asked about.
type staleRow struct {
	id db.ID
	on db.Date
}

func scanStale(row db.Row) (x staleRow, err error) {
	err = row.Scan(&x.id, &x.on)
	return x, err
}

// selectStale reads services that were checked before a day, the longest ago first, after a place.
func selectStale(ctx context.Context, r db.Reader, sc scope, before db.Date, pg page) ([]staleRow, error) {
	return db.All(ctx, r, scanStale, `SELECT s.id, s.checked_on FROM partner_service s LEFT JOIN partner p ON p.id = s.partner_id WHERE `+reachedService+`
  AND s.ended_at IS NULL AND p.ended_at IS NULL AND s.checked_on < $7 AND (s.checked_on > $8 OR (s.checked_on = $8 AND s.id > $9))
  ORDER BY s.checked_on, s.id LIMIT $10`, append(sc.args(), string(before), pg.after.Name, pg.after.ID[:], pg.limit)...)
}

// countStale counts services and partners that were checked before a day.
func countStale(ctx context.Context, r db.Reader, sc scope, before db.Date) (services, partners int, err error) {
	services, err = db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM partner_service s LEFT JOIN partner p ON p.id = s.partner_id WHERE `+reachedService+`
  AND s.ended_at IS NULL AND p.ended_at IS NULL AND s.checked_on < $7`, append(sc.args(), string(before))...)
	if err != nil {
		return 0, 0, err
	}
	partners, err = db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM partner p WHERE `+reachedPartner+` AND p.ended_at IS NULL AND p.checked_on < $7`,
		append(sc.args(), string(before))...)
	return services, partners, err
}

// selectStalePartners reads partners that were checked before a day.
func selectStalePartners(ctx context.Context, r db.Reader, sc scope, before db.Date, pg page) ([]Partner, error) {
	return db.All(ctx, r, scanPartner, `SELECT `+partnerColumns+` FROM `+partnerTables+` WHERE `+reachedPartner+` AND p.ended_at IS NULL AND p.checked_on < $7
  AND (p.checked_on > $8 OR (p.checked_on = $8 AND p.id > $9)) ORDER BY p.checked_on, p.id LIMIT $10`,
		append(sc.args(), string(before), pg.after.Name, pg.after.ID[:], pg.limit)...)
}
