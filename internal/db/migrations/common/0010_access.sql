-- Who works here: users, the roles they hold over units, their sign-ins.

-- +goose Up
CREATE TABLE app_user (
  id {id} PRIMARY KEY,
  email {text} NOT NULL,
  email_key {text} NOT NULL UNIQUE,
  name {text} NOT NULL,
  name_key {text} NOT NULL,
  password_hash {text},
  language {text} NOT NULL CHECK (language IN ('id', 'en')),
  profession {text},
  made_up {flag} NOT NULL,
  disabled_at {time},
  created_at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX app_user_name ON app_user (name_key, id);

CREATE TABLE role_grant (
  id {id} PRIMARY KEY,
  user_id {id} NOT NULL REFERENCES app_user (id),
  role {text} NOT NULL CHECK (role IN ('admin', 'head', 'supervisor', 'worker', 'psychologist', 'intake', 'facilitator', 'partner', 'viewer', 'upper', 'auditor', 'dpo')),
  unit_id {id} NOT NULL REFERENCES unit (id),
  partner_id {id},
  granted_at {time} NOT NULL,
  UNIQUE (user_id, role, unit_id)
) {strict};
CREATE INDEX role_grant_unit ON role_grant (unit_id, role, user_id);

CREATE TABLE grant_village (
  grant_id {id} NOT NULL REFERENCES role_grant (id) ON DELETE CASCADE,
  village_code {text} NOT NULL,
  PRIMARY KEY (grant_id, village_code)
) {strict};

CREATE TABLE supervision (
  worker_id {id} NOT NULL REFERENCES app_user (id),
  supervisor_id {id} NOT NULL REFERENCES app_user (id),
  office_id {id} NOT NULL REFERENCES unit (id),
  PRIMARY KEY (worker_id, supervisor_id, office_id)
) {strict};
CREATE INDEX supervision_supervisor ON supervision (supervisor_id, office_id);
CREATE INDEX supervision_office ON supervision (office_id);

CREATE TABLE login (
  id {id} PRIMARY KEY,
  token_hash {bytes} NOT NULL UNIQUE,
  user_id {id} NOT NULL REFERENCES app_user (id),
  office_id {id} NOT NULL REFERENCES unit (id),
  device {text} NOT NULL,
  shared {flag} NOT NULL,
  created_at {time} NOT NULL,
  seen_at {time} NOT NULL,
  ends_at {time} NOT NULL,
  proved_at {time} NOT NULL
) {strict};
CREATE INDEX login_user ON login (user_id, id);
CREATE INDEX login_office ON login (office_id);
CREATE INDEX login_ends ON login (ends_at);

CREATE TABLE api_token (
  id {id} PRIMARY KEY,
  token_hash {bytes} NOT NULL UNIQUE,
  user_id {id} NOT NULL REFERENCES app_user (id),
  name {text} NOT NULL,
  created_at {time} NOT NULL,
  ends_at {time}
) {strict};
CREATE INDEX api_token_user ON api_token (user_id, id);

CREATE TABLE signin_link (
  token_hash {bytes} PRIMARY KEY,
  user_id {id} NOT NULL REFERENCES app_user (id),
  created_at {time} NOT NULL,
  ends_at {time} NOT NULL
) {strict};
CREATE INDEX signin_link_user ON signin_link (user_id);

CREATE TABLE signin_failure (
  id {id} PRIMARY KEY,
  source {bytes} NOT NULL,
  at {time} NOT NULL
) {strict};
CREATE INDEX signin_failure_source ON signin_failure (source, at);
CREATE INDEX signin_failure_at ON signin_failure (at);
