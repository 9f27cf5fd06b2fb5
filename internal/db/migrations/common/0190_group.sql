-- Members of a case's client, sessions of a group with who came, notes that stand for one member alone, and psychological
-- notes with the colleagues they name. A member from the register is named there; another one's name is sealed under the
-- case's key.

-- +goose Up
CREATE TABLE case_member (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  person_id {id} REFERENCES person (id),
  name {bytes},
  joined_on {day},
  left_on {day},
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  version {int} NOT NULL,
  CHECK (person_id IS NOT NULL OR name IS NOT NULL)
) {strict};
CREATE INDEX case_member_case ON case_member (case_id, id);
CREATE UNIQUE INDEX case_member_once ON case_member (case_id, person_id) WHERE person_id IS NOT NULL;
CREATE INDEX case_member_person ON case_member (person_id);
CREATE INDEX case_member_by ON case_member (by_id);

CREATE TABLE group_session (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  held_at {time} NOT NULL,
  minutes {int},
  led_by {id} NOT NULL REFERENCES app_user (id),
  body {bytes} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  cancelled_at {time},
  cancelled_why {bytes},
  version {int} NOT NULL
) {strict};
CREATE INDEX group_session_case ON group_session (case_id, held_at, id);
CREATE INDEX group_session_led ON group_session (led_by);
CREATE INDEX group_session_by ON group_session (by_id);

CREATE TABLE attendance (
  session_id {id} NOT NULL REFERENCES group_session (id),
  member_id {id} NOT NULL REFERENCES case_member (id),
  state {text} NOT NULL CHECK (state IN ('present', 'late', 'excused', 'absent')),
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  PRIMARY KEY (session_id, member_id)
) {strict};
CREATE INDEX attendance_member ON attendance (member_id);
CREATE INDEX attendance_by ON attendance (by_id);

ALTER TABLE note ADD COLUMN member_id {id} REFERENCES case_member (id);
ALTER TABLE note ADD COLUMN session_id {id} REFERENCES group_session (id);
ALTER TABLE note ADD COLUMN source_id {id} REFERENCES note (id);
CREATE INDEX note_member ON note (member_id, happened_at, id) WHERE member_id IS NOT NULL;
CREATE INDEX note_session ON note (session_id, id) WHERE session_id IS NOT NULL;
CREATE UNIQUE INDEX note_source ON note (source_id) WHERE source_id IS NOT NULL;

-- Colleagues who may read a psychological note beside the psychologists.
CREATE TABLE note_named (
  note_id {id} NOT NULL REFERENCES note (id),
  user_id {id} NOT NULL REFERENCES app_user (id),
  PRIMARY KEY (note_id, user_id)
) {strict};
CREATE INDEX note_named_user ON note_named (user_id);
