-- What the gates of the stages ask for, in its thinnest true form.

-- +goose Up
CREATE TABLE consent (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  kind {text} NOT NULL CHECK (kind IN ('service', 'data', 'referral', 'recording')),
  text_version {text} NOT NULL,
  manner {text} NOT NULL CHECK (manner IN ('screen', 'paper', 'spoken')),
  body {bytes},
  given_at {time} NOT NULL,
  withdrawn_at {time},
  by_id {id} NOT NULL REFERENCES app_user (id)
) {strict};
CREATE INDEX consent_case ON consent (case_id, kind, id);
CREATE INDEX consent_by ON consent (by_id);

CREATE TABLE assessment (
  case_id {id} NOT NULL REFERENCES case_file (id),
  section {text} NOT NULL,
  body {bytes} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (case_id, section)
) {strict};
CREATE INDEX assessment_by ON assessment (by_id);

CREATE TABLE goal (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  aim {text} NOT NULL CHECK (aim IN ('overcome', 'restored', 'strengthened')),
  body {bytes} NOT NULL,
  target_on {day},
  agreed_at {time},
  score {int} CHECK (score BETWEEN -2 AND 2),
  scored_at {time},
  dropped_at {time},
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX goal_case ON goal (case_id, id);
CREATE INDEX goal_by ON goal (by_id);

CREATE TABLE goal_step (
  id {id} PRIMARY KEY,
  goal_id {id} NOT NULL REFERENCES goal (id),
  body {bytes} NOT NULL,
  due_on {day},
  done_at {time},
  at {time} NOT NULL
) {strict};
CREATE INDEX goal_step_goal ON goal_step (goal_id, id);

-- Scales of the aims «restored» and «strengthened», 0 to 10, before and after.
CREATE TABLE scale (
  case_id {id} NOT NULL REFERENCES case_file (id),
  aim {text} NOT NULL CHECK (aim IN ('restored', 'strengthened')),
  moment {text} NOT NULL CHECK (moment IN ('before', 'after')),
  value {int} NOT NULL CHECK (value BETWEEN 0 AND 10),
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  PRIMARY KEY (case_id, aim, moment)
) {strict};
CREATE INDEX scale_by ON scale (by_id);

CREATE TABLE safety_plan (
  case_id {id} PRIMARY KEY REFERENCES case_file (id),
  body {bytes} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX safety_plan_by ON safety_plan (by_id);
