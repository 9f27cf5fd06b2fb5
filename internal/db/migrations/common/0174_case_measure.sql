-- How each scale of an instrument changed for someone over a case that was closed, in hundredths, so that it can be averaged.

-- +goose Up
CREATE TABLE case_measure (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  office_id {id} NOT NULL REFERENCES unit (id),
  closed_on {day} NOT NULL,
  instrument {text} NOT NULL,
  edition {text} NOT NULL,
  scale {text} NOT NULL,
  before {int} NOT NULL,
  after {int} NOT NULL,
  verdict {text} NOT NULL CHECK (verdict IN ('better', 'same', 'worse', 'unknown'))
) {strict};
CREATE INDEX case_measure_case ON case_measure (case_id);
CREATE INDEX case_measure_office ON case_measure (office_id, closed_on, id);
