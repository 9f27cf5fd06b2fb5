-- What the draft of a form was before each of its changes, so that they can be taken back one by one.

-- +goose Up
CREATE TABLE assessment_form_past (
  form_id {id} NOT NULL REFERENCES assessment_form (id),
  version {int} NOT NULL,
  definition {text} NOT NULL,
  PRIMARY KEY (form_id, version)
) {strict};
