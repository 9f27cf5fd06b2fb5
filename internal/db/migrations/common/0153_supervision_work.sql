-- Supervision of work: notes of supervision, conferences, approvals, and what each worker is able and licensed to do.

-- +goose Up
CREATE TABLE guidance_note (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  case_id {id} NOT NULL REFERENCES case_file (id),
  worker_id {id} NOT NULL REFERENCES app_user (id),
  by_id {id} NOT NULL REFERENCES app_user (id),
  held_at {time} NOT NULL,
  minutes {int} NOT NULL,
  body {bytes} NOT NULL,
  signed_at {time} NOT NULL,
  struck_at {time},
  struck_by {id} REFERENCES app_user (id),
  struck_reason {bytes}
) {strict};
CREATE INDEX guidance_note_case ON guidance_note (case_id, held_at, id);
CREATE INDEX guidance_note_worker ON guidance_note (office_id, worker_id, held_at);
CREATE INDEX guidance_note_of ON guidance_note (worker_id);
CREATE INDEX guidance_note_by ON guidance_note (by_id);
CREATE INDEX guidance_note_struck_by ON guidance_note (struck_by);

CREATE TABLE conference (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  held_at {time} NOT NULL,
  body {bytes} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  struck_at {time},
  struck_by {id} REFERENCES app_user (id),
  struck_reason {bytes}
) {strict};
CREATE INDEX conference_case ON conference (case_id, held_at, id);
CREATE INDEX conference_by ON conference (by_id);
CREATE INDEX conference_struck_by ON conference (struck_by);

CREATE TABLE conference_member (
  conference_id {id} NOT NULL REFERENCES conference (id),
  user_id {id} NOT NULL REFERENCES app_user (id),
  PRIMARY KEY (conference_id, user_id)
) {strict};
CREATE INDEX conference_member_user ON conference_member (user_id);

CREATE TABLE conference_task (
  conference_id {id} NOT NULL REFERENCES conference (id),
  task_id {id} NOT NULL REFERENCES task (id),
  PRIMARY KEY (conference_id, task_id)
) {strict};
CREATE INDEX conference_task_task ON conference_task (task_id);

CREATE TABLE approval (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  case_id {id} NOT NULL REFERENCES case_file (id),
  kind {text} NOT NULL CHECK (kind IN ('plan', 'closing')),
  asked_by {id} NOT NULL REFERENCES app_user (id),
  asked_at {time} NOT NULL,
  word {bytes},
  decided_by {id} REFERENCES app_user (id),
  decided_at {time},
  approved {flag} NOT NULL,
  reply {bytes}
) {strict};
CREATE INDEX approval_case ON approval (case_id, kind, id);
CREATE INDEX approval_office ON approval (office_id);
CREATE INDEX approval_waiting ON approval (office_id, id) WHERE decided_at IS NULL;
CREATE INDEX approval_asked_by ON approval (asked_by);
CREATE INDEX approval_decided_by ON approval (decided_by);

CREATE TABLE competence (
  user_id {id} NOT NULL REFERENCES app_user (id),
  office_id {id} NOT NULL REFERENCES unit (id),
  profession {text} NOT NULL,
  PRIMARY KEY (user_id, office_id)
) {strict};
CREATE INDEX competence_office ON competence (office_id, profession);

CREATE TABLE licence (
  id {id} PRIMARY KEY,
  user_id {id} NOT NULL REFERENCES app_user (id),
  office_id {id} NOT NULL REFERENCES unit (id),
  kind {text} NOT NULL CHECK (kind IN ('str', 'sipp', 'sip', 'certificate', 'other')),
  number {text} NOT NULL,
  expires_on {day},
  added_at {time} NOT NULL,
  ended_at {time}
) {strict};
CREATE INDEX licence_user ON licence (user_id, office_id, id);
CREATE INDEX licence_expires ON licence (office_id, expires_on, id) WHERE ended_at IS NULL;
CREATE INDEX licence_office ON licence (office_id);

CREATE TABLE training (
  id {id} PRIMARY KEY,
  user_id {id} NOT NULL REFERENCES app_user (id),
  office_id {id} NOT NULL REFERENCES unit (id),
  name {text} NOT NULL,
  held_on {day} NOT NULL,
  hours {int} NOT NULL,
  added_at {time} NOT NULL,
  ended_at {time}
) {strict};
CREATE INDEX training_user ON training (user_id, office_id, held_on, id);
CREATE INDEX training_office ON training (office_id);

ALTER TABLE task ADD COLUMN profession {text};
