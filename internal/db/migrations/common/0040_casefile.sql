-- The case: its client, stages, team, notes, tasks and closing.

-- +goose Up
CREATE TABLE case_file (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  number {text} NOT NULL,
  old_number {text},
  client_id {id} NOT NULL REFERENCES client (id),
  request_id {id},
  channel {text} NOT NULL,
  status {text} NOT NULL CHECK (status IN ('open', 'closed')),
  stage {text} NOT NULL CHECK (stage IN ('outreach', 'engagement', 'assessment', 'planning', 'intervention', 'evaluation', 'termination')),
  risk {text} NOT NULL CHECK (risk IN ('none', 'low', 'medium', 'high')),
  confidentiality {int} NOT NULL CHECK (confidentiality BETWEEN 1 AND 3),
  main_category {text},
  village_code {text},
  worker_id {id} REFERENCES app_user (id),
  resolution_level {text} NOT NULL CHECK (resolution_level IN ('family', 'rt', 'kelurahan', 'lk3', 'social_office', 'ministry')),
  continued {flag} NOT NULL,
  opened_on {day} NOT NULL,
  closed_on {day},
  close_reason {text},
  outcome {text},
  follow_up_on {day},
  sealed {bytes},
  made_up {flag} NOT NULL,
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (office_id, number)
) {strict};
-- The lists walk these in order; the trailing columns let a total be counted in the index alone.
CREATE INDEX case_by_worker ON case_file (office_id, worker_id, status, opened_on, id, confidentiality);
CREATE INDEX case_by_opened ON case_file (office_id, opened_on, id, status, confidentiality);
CREATE INDEX case_by_status ON case_file (office_id, status, opened_on, id, confidentiality);
CREATE INDEX case_by_updated ON case_file (office_id, updated_at, id, status, confidentiality);
CREATE INDEX case_by_stage ON case_file (office_id, stage, status, opened_on, id, confidentiality);
CREATE INDEX case_by_risk ON case_file (office_id, risk, status, opened_on, id, confidentiality);
CREATE INDEX case_by_village ON case_file (office_id, village_code, status, opened_on, id, confidentiality);
CREATE INDEX case_by_category_main ON case_file (office_id, main_category, status, opened_on, id, confidentiality, village_code);
CREATE INDEX case_by_client ON case_file (client_id, opened_on, id);
CREATE INDEX case_by_person_in_charge ON case_file (worker_id);
CREATE INDEX case_by_old_number ON case_file (office_id, old_number) WHERE old_number IS NOT NULL;
CREATE INDEX case_by_request ON case_file (request_id) WHERE request_id IS NOT NULL;

CREATE TABLE case_category (
  case_id {id} NOT NULL REFERENCES case_file (id),
  code {text} NOT NULL,
  main {flag} NOT NULL,
  PRIMARY KEY (case_id, code)
) {strict};
CREATE INDEX case_category_code ON case_category (code, case_id);

CREATE TABLE case_team (
  case_id {id} NOT NULL REFERENCES case_file (id),
  user_id {id} NOT NULL REFERENCES app_user (id),
  since {time} NOT NULL,
  PRIMARY KEY (case_id, user_id)
) {strict};
CREATE INDEX case_team_user ON case_team (user_id, case_id);

-- The named of a secret case.
CREATE TABLE case_named (
  case_id {id} NOT NULL REFERENCES case_file (id),
  user_id {id} NOT NULL REFERENCES app_user (id),
  since {time} NOT NULL,
  PRIMARY KEY (case_id, user_id)
) {strict};
CREATE INDEX case_named_user ON case_named (user_id, case_id);

-- Who may open the case beyond what the role shows, and why: kept by the service, asked by every query.
CREATE TABLE case_reader (
  case_id {id} NOT NULL REFERENCES case_file (id),
  user_id {id} NOT NULL REFERENCES app_user (id),
  why {text} NOT NULL CHECK (why IN ('worker', 'team', 'supervisor', 'named', 'break_glass')),
  writes {flag} NOT NULL,
  until {time},
  PRIMARY KEY (case_id, user_id, why)
) {strict};
CREATE INDEX case_reader_user ON case_reader (user_id, case_id);

CREATE TABLE case_person (
  case_id {id} NOT NULL REFERENCES case_file (id),
  person_id {id} NOT NULL REFERENCES person (id),
  part {text} NOT NULL CHECK (part IN ('client', 'family_member', 'perpetrator', 'witness', 'reporter', 'guardian')),
  since {time} NOT NULL,
  PRIMARY KEY (case_id, person_id)
) {strict};
CREATE INDEX case_person_person ON case_person (person_id, case_id);

-- A worker who stands in the case as a person involved, or behind the wall of the other side, never opens it.
CREATE TABLE case_wall (
  case_id {id} NOT NULL REFERENCES case_file (id),
  user_id {id} NOT NULL REFERENCES app_user (id),
  PRIMARY KEY (case_id, user_id)
) {strict};
CREATE INDEX case_wall_user ON case_wall (user_id);

CREATE TABLE case_risk (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  level {text} NOT NULL CHECK (level IN ('none', 'low', 'medium', 'high')),
  reason {bytes},
  by_id {id} REFERENCES app_user (id),
  at {time} NOT NULL
) {strict};
CREATE INDEX case_risk_case ON case_risk (case_id, id);
CREATE INDEX case_risk_by ON case_risk (by_id);

-- Moves between stages and rungs of the ladder, each with its reason.
CREATE TABLE case_move (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  kind {text} NOT NULL CHECK (kind IN ('stage', 'resolution', 'reopened', 'closed', 'glass')),
  from_code {text} NOT NULL,
  to_code {text} NOT NULL,
  passed {text} NOT NULL,
  reason {bytes},
  by_id {id} REFERENCES app_user (id),
  at {time} NOT NULL
) {strict};
CREATE INDEX case_move_case ON case_move (case_id, id);
CREATE INDEX case_move_by ON case_move (by_id);

CREATE TABLE note (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  kind {text} NOT NULL,
  author_id {id} NOT NULL REFERENCES app_user (id),
  happened_at {time} NOT NULL,
  recorded_at {time} NOT NULL,
  minutes {int},
  services {text} NOT NULL,
  body {bytes} NOT NULL,
  signed_at {time},
  struck_at {time},
  struck_by {id} REFERENCES app_user (id),
  struck_reason {bytes},
  version {int} NOT NULL
) {strict};
CREATE INDEX note_case ON note (case_id, happened_at, id);
CREATE INDEX note_unsigned ON note (author_id, case_id) WHERE signed_at IS NULL AND struck_at IS NULL;
CREATE INDEX note_author ON note (author_id);
CREATE INDEX note_struck_by ON note (struck_by);

CREATE TABLE note_addendum (
  id {id} PRIMARY KEY,
  note_id {id} NOT NULL REFERENCES note (id),
  author_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  body {bytes} NOT NULL
) {strict};
CREATE INDEX note_addendum_note ON note_addendum (note_id, id);
CREATE INDEX note_addendum_author ON note_addendum (author_id);

-- Text kept as typed, seen by its author alone; form names what it is for.
CREATE TABLE draft (
  author_id {id} NOT NULL REFERENCES app_user (id),
  form {text} NOT NULL,
  subject_id {id} NOT NULL,
  body {bytes} NOT NULL,
  saved_at {time} NOT NULL,
  PRIMARY KEY (author_id, form, subject_id)
) {strict};

CREATE TABLE task (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  case_id {id} REFERENCES case_file (id),
  request_id {id},
  code {text} NOT NULL,
  body {bytes},
  for_id {id} NOT NULL REFERENCES app_user (id),
  due_on {day},
  made_by {id} REFERENCES app_user (id),
  made_at {time} NOT NULL,
  done_at {time},
  done_by {id} REFERENCES app_user (id),
  cancelled {flag} NOT NULL,
  word {bytes},
  version {int} NOT NULL
) {strict};
CREATE INDEX task_due ON task (for_id, due_on, id) WHERE done_at IS NULL;
CREATE INDEX task_for ON task (for_id);
CREATE INDEX task_case ON task (case_id, id);
CREATE INDEX task_office ON task (office_id, due_on, id) WHERE done_at IS NULL;
CREATE INDEX task_made_by ON task (made_by);
CREATE INDEX task_done_by ON task (done_by);
CREATE INDEX task_office_all ON task (office_id);

CREATE TABLE attachment (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  subject_kind {text} NOT NULL CHECK (subject_kind IN ('case', 'request', 'person')),
  subject_id {id} NOT NULL,
  hash {bytes} NOT NULL,
  name {bytes} NOT NULL,
  type {text} NOT NULL,
  size {int} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  struck_at {time}
) {strict};
CREATE INDEX attachment_subject ON attachment (subject_id, id);
CREATE INDEX attachment_office ON attachment (office_id);
CREATE INDEX attachment_by ON attachment (by_id);

CREATE TABLE family_meeting (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  held_at {time} NOT NULL,
  look_again_on {day},
  body {bytes} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX family_meeting_case ON family_meeting (case_id, id);
CREATE INDEX family_meeting_by ON family_meeting (by_id);
