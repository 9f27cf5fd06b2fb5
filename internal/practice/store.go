package practice

import (
	"context"
	"encoding/json"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

type sectionRow struct {
	caseID db.ID
	code   string
	by     db.ID
	at     db.Time
	body   []byte
}

// upsertSection keeps a part of the assessment; an empty one is taken away. What it said before is kept beside it.
func upsertSection(ctx context.Context, tx db.Tx, s sectionRow) error {
	if _, err := tx.Exec(ctx, `INSERT INTO assessment_past (id, case_id, section, body, by_id, at, ended_at)
  SELECT $3, case_id, section, body, by_id, at, $4 FROM assessment WHERE case_id = $1 AND section = $2`, s.caseID, s.code, db.NewID(), s.at); err != nil {
		return err
	}
	if s.body == nil {
		_, err := tx.Exec(ctx, `DELETE FROM assessment WHERE case_id = $1 AND section = $2`, s.caseID, s.code)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO assessment (case_id, section, body, by_id, at, version) VALUES ($1, $2, $3, $4, $5, 1)
  ON CONFLICT (case_id, section) DO UPDATE SET body = excluded.body, by_id = excluded.by_id, at = excluded.at, version = assessment.version + 1`,
		s.caseID, s.code, s.body, s.by, s.at)
	return err
}

type scaleRow struct {
	caseID      db.ID
	aim, moment string
	value       int
	by          db.ID
	at          db.Time
}

func upsertScale(ctx context.Context, tx db.Tx, s scaleRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO scale (case_id, aim, moment, value, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (case_id, aim, moment) DO UPDATE SET value = excluded.value, by_id = excluded.by_id, at = excluded.at`,
		s.caseID, s.aim, s.moment, s.value, s.by, s.at)
	return err
}

func readWork(ctx context.Context, r db.Reader, in casefile.Inside) (w Work, err error) {
	if w.Consents, err = selectConsents(ctx, r, in); err != nil {
		return w, err
	}
	if w.Waivers, err = selectWaivers(ctx, r, in); err != nil {
		return w, err
	}
	if w.Sections, err = selectSections(ctx, r, in); err != nil {
		return w, err
	}
	if w.Goals, w.Dropped, err = selectGoals(ctx, r, in); err != nil {
		return w, err
	}
	if w.Agreements, err = selectAgreements(ctx, r, in); err != nil {
		return w, err
	}
	if w.Reviews, err = selectReviews(ctx, r, in); err != nil {
		return w, err
	}
	if w.Given, err = casefile.ServicesGiven(ctx, r, in.Case.ID); err != nil {
		return w, err
	}
	if w.Scales, err = selectScales(ctx, r, in.Case.ID); err != nil {
		return w, err
	}
	w.SafetyPlan, err = selectSafetyPlan(ctx, r, in)
	return w, err
}

func selectSections(ctx context.Context, r db.Reader, in casefile.Inside) ([]Section, error) {
	return db.All(ctx, r, func(row db.Row) (s Section, err error) {
		var body []byte
		if err = row.Scan(&s.Code, &body, &s.By, &s.At, &s.Version); err != nil {
			return s, err
		}
		s.Text, err = in.Key.Open("assessment "+s.Code, body)
		return s, err
	}, `SELECT a.section, a.body, u.name, a.at, a.version FROM assessment a JOIN app_user u ON u.id = a.by_id WHERE a.case_id = $1`, in.Case.ID)
}

// selectFormer reads what the parts said before they were changed, the last change first.
func selectFormer(ctx context.Context, r db.Reader, in casefile.Inside) ([]pastSection, error) {
	return db.All(ctx, r, func(row db.Row) (s pastSection, err error) {
		var body []byte
		if err = row.Scan(&s.Code, &body, &s.By, &s.At, &s.until); err != nil {
			return s, err
		}
		s.Text, err = in.Key.Open("assessment "+s.Code, body)
		return s, err
	}, `SELECT p.section, p.body, u.name, p.at, p.ended_at FROM assessment_past p JOIN app_user u ON u.id = p.by_id
  WHERE p.case_id = $1 ORDER BY p.ended_at DESC, p.id DESC LIMIT $2`, in.Case.ID, mostPast)
}

func openJSON(in casefile.Inside, field string, body []byte, into any) error {
	plain, err := in.Key.Open(field, body)
	if err != nil || plain == "" {
		return err
	}
	return json.Unmarshal([]byte(plain), into)
}

func selectScales(ctx context.Context, r db.Reader, caseID db.ID) (Scales, error) {
	scales := Scales{}
	_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var aim, moment string
		var value int
		err = row.Scan(&aim, &moment, &value)
		scales[aim+" "+moment] = value
		return struct{}{}, err
	}, `SELECT aim, moment, value FROM scale WHERE case_id = $1`, caseID)
	return scales, err
}
