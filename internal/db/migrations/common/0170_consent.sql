-- Consent as a record that stays as it was given: its text and language, who gave it and how, and what ended it.

-- +goose Up
CREATE TABLE consent_kept (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  kind {text} NOT NULL CHECK (kind IN ('service', 'data', 'referral', 'recording', 'child')),
  text_version {text} NOT NULL,
  language {text} NOT NULL DEFAULT 'id' CHECK (language IN ('id', 'en')),
  manner {text} NOT NULL CHECK (manner IN ('screen', 'paper', 'spoken')),
  body {bytes},
  record {bytes},
  file_id {id} REFERENCES attachment (id),
  given_at {time} NOT NULL,
  withdrawn_at {time},
  withdrawn_by {id} REFERENCES app_user (id),
  withdrawn_why {bytes},
  task_id {id} REFERENCES task (id),
  by_id {id} NOT NULL REFERENCES app_user (id)
) {strict};
INSERT INTO consent_kept (id, case_id, kind, text_version, manner, body, given_at, withdrawn_at, by_id)
  SELECT id, case_id, kind, text_version, manner, body, given_at, withdrawn_at, by_id FROM consent;
DROP TABLE consent;
ALTER TABLE consent_kept RENAME TO consent;
CREATE INDEX consent_case ON consent (case_id, kind, id);
CREATE INDEX consent_by ON consent (by_id);
CREATE INDEX consent_file ON consent (file_id);
CREATE INDEX consent_withdrawn_by ON consent (withdrawn_by);
CREATE INDEX consent_task ON consent (task_id);

-- The office's own texts; what was published is never changed. Version 1 of each is shipped and stands in the program.
CREATE TABLE consent_text (
  office_id {id} NOT NULL REFERENCES unit (id),
  kind {text} NOT NULL CHECK (kind IN ('service', 'data', 'referral', 'recording', 'child')),
  language {text} NOT NULL CHECK (language IN ('id', 'en')),
  version {int} NOT NULL CHECK (version > 1),
  body {text} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  PRIMARY KEY (office_id, kind, language, version)
) {strict};
CREATE INDEX consent_text_by ON consent_text (by_id);

-- An emergency in which data left without consent, by whom and why.
CREATE TABLE without_consent (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  kind {text} NOT NULL CHECK (kind IN ('service', 'data', 'referral', 'recording', 'child')),
  reason {bytes} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  until {time} NOT NULL
) {strict};
CREATE INDEX without_consent_case ON without_consent (case_id, id);
CREATE INDEX without_consent_by ON without_consent (by_id);
