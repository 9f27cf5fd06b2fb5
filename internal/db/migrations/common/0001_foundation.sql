-- What every domain stands on: keys of subjects, the journal, the log of readings, numbers, claims.

-- +goose Up
CREATE TABLE data_key (
  subject_id {id} PRIMARY KEY,
  kind {text} NOT NULL CHECK (kind IN ('person', 'client', 'request', 'case', 'user', 'office')),
  wrapped {bytes} NOT NULL,
  created_at {time} NOT NULL
) {strict};

CREATE TABLE unit (
  id {id} PRIMARY KEY,
  parent_id {id} REFERENCES unit (id),
  kind {text} NOT NULL CHECK (kind IN ('nation', 'province', 'regency', 'office')),
  name {text} NOT NULL,
  region_code {text} NOT NULL,
  zone {text} NOT NULL,
  prefix {text},
  made_up {flag} NOT NULL,
  created_at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX unit_parent ON unit (parent_id);
CREATE UNIQUE INDEX unit_prefix ON unit (prefix);

CREATE TABLE change (
  id {id} PRIMARY KEY,
  at {time} NOT NULL,
  office_id {id} REFERENCES unit (id),
  actor_id {id},
  code {text} NOT NULL,
  subject_kind {text} NOT NULL,
  subject_id {id} NOT NULL,
  case_id {id},
  request_id {id},
  person_id {id},
  detail {text} NOT NULL
) {strict};
CREATE INDEX change_office ON change (office_id, id);
CREATE INDEX change_subject ON change (subject_id, id);
CREATE INDEX change_case ON change (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX change_request ON change (request_id, id) WHERE request_id IS NOT NULL;
CREATE INDEX change_person ON change (person_id, id) WHERE person_id IS NOT NULL;

CREATE TABLE reading (
  id {id} PRIMARY KEY,
  at {time} NOT NULL,
  office_id {id} NOT NULL REFERENCES unit (id),
  actor_id {id} NOT NULL,
  subject_kind {text} NOT NULL,
  subject_id {id} NOT NULL,
  case_id {id},
  why {text} NOT NULL CHECK (why IN ('work', 'search', 'break_glass', 'export')),
  origin {text} NOT NULL
) {strict};
CREATE INDEX reading_office ON reading (office_id, id);
CREATE INDEX reading_subject ON reading (subject_id, id);
CREATE INDEX reading_case ON reading (case_id, id) WHERE case_id IS NOT NULL;

CREATE TABLE running_number (
  office_id {id} NOT NULL REFERENCES unit (id),
  series {text} NOT NULL,
  year {int} NOT NULL,
  last {int} NOT NULL,
  PRIMARY KEY (office_id, series, year)
) {strict};

CREATE TABLE claim (
  account_id {id} NOT NULL,
  claim_key {text} NOT NULL,
  body_hash {bytes} NOT NULL,
  subject_kind {text} NOT NULL,
  subject_id {id} NOT NULL,
  at {time} NOT NULL,
  status {int},
  answer {bytes},
  PRIMARY KEY (account_id, claim_key)
) {strict};
CREATE INDEX claim_at ON claim (at);
