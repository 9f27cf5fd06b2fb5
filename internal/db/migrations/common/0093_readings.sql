-- The log of readings is written with every look at a case: it stands in the order of its keys, and one index less has to be
-- kept. What was read in a case is found by the case, what stands in none by itself.

-- +goose Up
CREATE TABLE reading_kept (
  id {id} PRIMARY KEY,
  at {time} NOT NULL,
  office_id {id} NOT NULL REFERENCES unit (id),
  actor_id {id} NOT NULL,
  subject_kind {text} NOT NULL,
  subject_id {id} NOT NULL,
  case_id {id},
  why {text} NOT NULL CHECK (why IN ('work', 'search', 'break_glass', 'export')),
  origin {text} NOT NULL
) {keyed};
INSERT INTO reading_kept (id, at, office_id, actor_id, subject_kind, subject_id, case_id, why, origin)
  SELECT id, at, office_id, actor_id, subject_kind, subject_id, case_id, why, origin FROM reading;
DROP TABLE reading;
ALTER TABLE reading_kept RENAME TO reading;
CREATE INDEX reading_office ON reading (office_id, id);
CREATE INDEX reading_case ON reading (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX reading_subject ON reading (subject_id, id) WHERE case_id IS NULL;
