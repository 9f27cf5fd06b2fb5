-- What a part of an assessment said before it was changed.

-- +goose Up
CREATE TABLE assessment_past (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  section {text} NOT NULL,
  body {bytes} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  ended_at {time} NOT NULL
) {strict};
CREATE INDEX assessment_past_case ON assessment_past (case_id, ended_at, id);
CREATE INDEX assessment_past_by ON assessment_past (by_id);
