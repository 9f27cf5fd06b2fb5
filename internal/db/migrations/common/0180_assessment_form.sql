-- The form of the assessment: an office's own editions, and the stages that wait for an answer of theirs. Where an office has
-- none in force, the form that comes with the program is asked.

-- +goose Up
CREATE TABLE assessment_form (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  edition {int} NOT NULL,
  state {text} NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
  definition {text} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (office_id, edition)
) {strict};
CREATE UNIQUE INDEX assessment_form_published ON assessment_form (office_id) WHERE state = 'published';
CREATE UNIQUE INDEX assessment_form_draft ON assessment_form (office_id) WHERE state = 'draft';
CREATE INDEX assessment_form_by ON assessment_form (by_id);

CREATE TABLE assessment_need (
  form_id {id} NOT NULL REFERENCES assessment_form (id),
  stage {text} NOT NULL,
  PRIMARY KEY (form_id, stage)
) {strict};
