-- What became of each case that was closed, in columns of its own: so that it can be counted and averaged.

-- +goose Up
CREATE TABLE case_outcome (
  case_id {id} PRIMARY KEY REFERENCES case_file (id),
  office_id {id} NOT NULL REFERENCES unit (id),
  closed_on {day} NOT NULL,
  overcome {text} NOT NULL,
  restored_before {int},
  restored_after {int},
  strengthened_before {int},
  strengthened_after {int}
) {strict};
CREATE INDEX case_outcome_office ON case_outcome (office_id, closed_on, case_id);
CREATE INDEX case_closed ON case_file (office_id, closed_on) WHERE status = 'closed';
