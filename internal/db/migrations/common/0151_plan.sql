-- A plan that is agreed and signed, changed and dropped with a reason, and looked at again.

-- +goose Up
ALTER TABLE goal ADD COLUMN weight {int} NOT NULL DEFAULT 1 CHECK (weight BETWEEN 1 AND 5);
ALTER TABLE goal_step ADD COLUMN dropped_at {time};
ALTER TABLE goal_step ADD COLUMN dropped_reason {bytes};
ALTER TABLE goal_step ADD COLUMN version {int} NOT NULL DEFAULT 1;

-- What a goal said before, and why that changed.
CREATE TABLE goal_past (
  id {id} PRIMARY KEY,
  goal_id {id} NOT NULL REFERENCES goal (id),
  body {bytes} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL
) {strict};
CREATE INDEX goal_past_goal ON goal_past (goal_id, id);
CREATE INDEX goal_past_by ON goal_past (by_id);

CREATE TABLE plan_agreement (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  manner {text} NOT NULL CHECK (manner IN ('screen', 'paper', 'spoken')),
  body {bytes} NOT NULL,
  file_id {id} REFERENCES attachment (id),
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL
) {strict};
CREATE INDEX plan_agreement_case ON plan_agreement (case_id, id);
CREATE INDEX plan_agreement_file ON plan_agreement (file_id);
CREATE INDEX plan_agreement_by ON plan_agreement (by_id);

CREATE TABLE plan_review (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  held_on {day} NOT NULL,
  next_on {day},
  body {bytes} NOT NULL,
  task_id {id} REFERENCES task (id),
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL
) {strict};
CREATE INDEX plan_review_case ON plan_review (case_id, id);
CREATE INDEX plan_review_task ON plan_review (task_id);
CREATE INDEX plan_review_by ON plan_review (by_id);
