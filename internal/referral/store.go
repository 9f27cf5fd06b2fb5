package referral

import (
	"context"
	"database/sql"
	"strings"

	"teduh/internal/db"
	"teduh/internal/vault"
)

const columns = `f.id, f.office_id, f.number, f.case_id, c.number, f.service_id, s.name, s.partner_id, p.name, f.kind, f.urgency, f.status,
  f.group_id, f.step_id, f.made_by, u.name, f.fields, f.wanted_on, f.transport, f.reason, f.outcome, f.place, f.next_on,
  f.sent_at, f.answered_at, f.served_at, f.ended_at, f.due_from, f.due_at, f.looks, f.tries, f.created_at, f.version, f.body, f.shared`

const tables = `referral f JOIN case_file c ON c.id = f.case_id JOIN partner_service s ON s.id = f.service_id
  LEFT JOIN partner p ON p.id = s.partner_id LEFT JOIN app_user u ON u.id = f.made_by`

func scanReferral(row db.Row) (x Referral, err error) {
	var fields db.Text
	var place *int
	err = row.Scan(&x.ID, &x.Office, &x.Number, &x.Case, &x.CaseNumber, &x.Service, &x.ServiceName, &x.Partner, (*db.Text)(&x.PartnerName), &x.Kind,
		&x.Urgency, &x.Status, &x.Group, &x.Step, &x.By.ID, (*db.Text)(&x.By.Name), &fields, &x.WantedOn, (*db.Flag)(&x.Transport), (*db.Text)(&x.Reason),
		(*db.Text)(&x.Outcome), &place, &x.NextOn, &x.SentAt, &x.AnsweredAt, &x.ServedAt, &x.EndedAt, &x.DueFrom, &x.DueAt, &x.Looks, &x.Tries,
		&x.CreatedAt, &x.Version, &x.body, &x.shared)
	if place != nil {
		x.Place = *place
	}
	if fields != "" {
		x.Fields = strings.Split(string(fields), ",")
	}
	return x, err
}

// open reads what is sealed.
func (x *Referral) open(key vault.Key) error {
	if err := key.OpenJSON("referral", x.body, &x.Words); err != nil {
		return err
	}
	if len(x.shared) == 0 {
		return nil
	}
	x.Shared = &Shared{}
	return key.OpenJSON("referral shared", x.shared, x.Shared)
}

func selectOfCase(ctx context.Context, r db.Reader, caseID db.ID) ([]Referral, error) {
	return db.All(ctx, r, scanReferral, `SELECT `+columns+` FROM `+tables+` WHERE f.case_id = $1 ORDER BY f.number`, caseID)
}

func selectOne(ctx context.Context, r db.Reader, office, id db.ID) (Referral, error) {
	return db.One(ctx, r, scanReferral, `SELECT `+columns+` FROM `+tables+` WHERE f.id = $1 AND f.office_id = $2`, id, office)
}

// selectSent is a referral as its partner reaches it: one that was sent to a service of theirs.
func selectSent(ctx context.Context, r db.Reader, partner, id db.ID) (Referral, error) {
	return db.One(ctx, r, scanReferral, `SELECT `+columns+` FROM `+tables+` WHERE f.id = $1 AND s.partner_id = $2 AND f.shared IS NOT NULL`, id, partner)
}

func selectSiblings(ctx context.Context, r db.Reader, x Referral) ([]Referral, error) {
	if x.Group.IsZero() {
		return nil, nil
	}
	return db.All(ctx, r, scanReferral, `SELECT `+columns+` FROM `+tables+` WHERE f.group_id = $1 AND f.id <> $2 ORDER BY f.number`, x.Group, x.ID)
}

func insertReferral(ctx context.Context, tx db.Tx, x Referral, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO referral (id, office_id, number, case_id, service_id, status, kind, urgency, group_id, made_by, step_id, fields,
    wanted_on, transport, body, tries, changed_at, created_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1, $16, $16, 1)`,
		x.ID, x.Office, x.Number, x.Case, x.Service, x.Status, x.Kind, x.Urgency, x.Group, x.By.ID, x.Step, db.Text(strings.Join(x.Fields, ",")),
		x.WantedOn, db.Flag(x.Transport), body, x.CreatedAt)
	return err
}

// updateDraft writes over the version that was read.
func updateDraft(ctx context.Context, tx db.Tx, x Referral, body []byte, at db.Time) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE referral SET service_id = $2, kind = $3, urgency = $4, step_id = $5, fields = $6, wanted_on = $7, transport = $8, body = $9,
    changed_at = $10, version = version + 1 WHERE id = $1 AND version = $11 AND status = 'draft'`,
		x.ID, x.Service, x.Kind, x.Urgency, x.Step, db.Text(strings.Join(x.Fields, ",")), x.WantedOn, db.Flag(x.Transport), body, at, x.Version)
}

// updateMoved writes where a referral has come to.
func updateMoved(ctx context.Context, tx db.Tx, x Referral, at db.Time) error {
	var place *int
	if x.Place > 0 {
		place = &x.Place
	}
	_, err := tx.Exec(ctx, `UPDATE referral SET status = $2, reason = $3, outcome = $4, place = $5, next_on = $6, sent_at = $7, answered_at = $8, served_at = $9,
    ended_at = $10, due_from = $11, due_at = $12, look_at = $13, looks = $14, tries = $15, shared = $16, changed_at = $17, version = version + 1 WHERE id = $1`,
		x.ID, x.Status, db.Text(x.Reason), db.Text(x.Outcome), place, x.NextOn, x.SentAt, x.AnsweredAt, x.ServedAt, x.EndedAt,
		x.DueFrom, x.DueAt, x.lookAt(), x.Looks, x.Tries, x.shared, at)
	return err
}

func insertMove(ctx context.Context, tx db.Tx, of db.ID, m Move, body []byte) error {
	var place *int
	if m.Place > 0 {
		place = &m.Place
	}
	_, err := tx.Exec(ctx, `INSERT INTO referral_move (id, referral_id, at, from_status, to_status, side, by_id, reason, outcome, place, next_on, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, m.ID, of, m.At, m.From, m.To, string(m.Side), m.By.ID, db.Text(m.Reason),
		db.Text(m.Outcome), place, m.NextOn, body)
	return err
}

// scanMove reads moves of a referral whose case is open.
func scanMove(key vault.Key) func(db.Row) (Move, error) {
	return func(row db.Row) (m Move, err error) {
		var side string
		var place *int
		var body []byte
		if err := row.Scan(&m.ID, &m.At, &m.From, &m.To, &side, &m.By.ID, (*db.Text)(&m.By.Name), (*db.Text)(&m.Reason), (*db.Text)(&m.Outcome), &place,
			&m.NextOn, &body); err != nil {
			return m, err
		}
		if m.Side = Side(side); place != nil {
			m.Place = *place
		}
		return m, key.OpenJSON("referral move", body, &m.Told)
	}
}

func selectMoves(ctx context.Context, r db.Reader, key vault.Key, of db.ID) ([]Move, error) {
	return db.All(ctx, r, scanMove(key), `SELECT m.id, m.at, m.from_status, m.to_status, m.side, m.by_id, u.name, m.reason, m.outcome, m.place, m.next_on, m.body
  FROM referral_move m LEFT JOIN app_user u ON u.id = m.by_id WHERE m.referral_id = $1 ORDER BY m.id`, of)
}

// selectUnanswered reads the oldest few of each group of cases that are asked for at once.
func selectUnanswered(ctx context.Context, r db.Reader, cases []db.ID, now db.Time, most int) (list []Referral, err error) {
	err = db.InAfter([]any{now, most}, cases, func(marks string, args []any) error {
		found, err := db.All(ctx, r, scanReferral, `SELECT `+columns+` FROM `+tables+`
  WHERE f.case_id IN (`+marks+`) AND f.due_at < $1
  ORDER BY f.due_at, f.id LIMIT $2`, args...)
		list = append(list, found...)
		return err
	})
	return list, err
}

// selectLinked is the one referral that a link opens, once it was sent.
func selectLinked(ctx context.Context, r db.Reader, office, id db.ID) (Referral, error) {
	return db.One(ctx, r, scanReferral, `SELECT `+columns+` FROM `+tables+` WHERE f.id = $1 AND f.office_id = $2 AND f.shared IS NOT NULL`, id, office)
}

func insertMessage(ctx context.Context, tx db.Tx, of db.ID, m Message, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO referral_message (id, referral_id, at, side, by_id, body) VALUES ($1, $2, $3, $4, $5, $6)`,
		m.ID, of, m.At, string(m.Side), m.By.ID, body)
	return err
}

// written is what is sealed of a message.
type written struct {
	Text string `json:"text"`
	Name string `json:"name,omitempty"`
}

func scanMessage(key vault.Key) func(db.Row) (Message, error) {
	return func(row db.Row) (m Message, err error) {
		var side string
		var body []byte
		if err := row.Scan(&m.ID, &m.At, &side, &m.By.ID, (*db.Text)(&m.By.Name), &body, &m.ReadAt); err != nil {
			return m, err
		}
		var w written
		err = key.OpenJSON("referral message", body, &w)
		m.Side, m.Text, m.Name = Side(side), w.Text, w.Name
		return m, err
	}
}

// selectMessages reads the newest messages before one, the newest first; the zero id is the end.
func selectMessages(ctx context.Context, r db.Reader, key vault.Key, of, before db.ID, limit int) ([]Message, error) {
	text, args := `SELECT m.id, m.at, m.side, m.by_id, u.name, m.body, m.read_at FROM referral_message m LEFT JOIN app_user u ON u.id = m.by_id
  WHERE m.referral_id = $1`, []any{of, limit}
	if !before.IsZero() {
		text, args = text+` AND m.id < $3`, append(args, before)
	}
	return db.All(ctx, r, scanMessage(key), text+` ORDER BY m.id DESC LIMIT $2`, args...)
}

// readMessages marks what the other side wrote as read.
func readMessages(ctx context.Context, tx db.Tx, of db.ID, by Side, at db.Time) (bool, error) {
	return db.Changed(tx.Exec(ctx, `UPDATE referral_message SET read_at = $3 WHERE referral_id = $1 AND side = $2 AND read_at IS NULL`, of, string(by), at))
}

// selectDue are the referrals whose clock has something to tell, the longest waiting first.
func selectDue(ctx context.Context, r db.Reader, now db.Time, limit int) ([]Referral, error) {
	return db.All(ctx, r, scanReferral, `SELECT `+columns+` FROM `+tables+` WHERE f.look_at <= $1 ORDER BY f.look_at, f.id LIMIT $2`, now, limit)
}

// looked keeps that the clock has told of a referral; false where it has moved or was told meanwhile.
func looked(ctx context.Context, tx db.Tx, x Referral, before int) (bool, error) {
	return db.Changed(tx.Exec(ctx, `UPDATE referral SET looks = $2, look_at = $3 WHERE id = $1 AND looks = $4 AND version = $5`,
		x.ID, x.Looks, x.lookAt(), before, x.Version))
}
