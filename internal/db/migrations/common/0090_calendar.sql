-- Time kept for someone, and whose time it is.

-- +goose Up
CREATE TABLE appointment (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  kind {text} NOT NULL CHECK (kind IN ('office', 'home_visit', 'phone', 'online', 'outside', 'family_meeting', 'internal')),
  state {text} NOT NULL CHECK (state IN ('planned', 'kept', 'missed', 'cancelled')),
  from_at {time} NOT NULL,
  to_at {time} NOT NULL,
  moved {int} NOT NULL,
  case_id {id} REFERENCES case_file (id),
  request_id {id} REFERENCES request (id),
  person_id {id} REFERENCES person (id),
  body {bytes},
  made_by {id} NOT NULL REFERENCES app_user (id),
  made_at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX appointment_office ON appointment (office_id, from_at, id);
CREATE INDEX appointment_case ON appointment (case_id, from_at, id) WHERE case_id IS NOT NULL;
CREATE INDEX appointment_request ON appointment (request_id, from_at, id) WHERE request_id IS NOT NULL;
CREATE INDEX appointment_person ON appointment (person_id, from_at, id) WHERE person_id IS NOT NULL;
CREATE INDEX appointment_made_by ON appointment (made_by);

-- The times stand here too, so that a worker's week and a clash are found by one index.
CREATE TABLE appointment_worker (
  appointment_id {id} NOT NULL REFERENCES appointment (id),
  user_id {id} NOT NULL REFERENCES app_user (id),
  from_at {time} NOT NULL,
  to_at {time} NOT NULL,
  PRIMARY KEY (appointment_id, user_id)
) {strict};
CREATE INDEX appointment_worker_time ON appointment_worker (user_id, from_at, appointment_id);

-- The note of a kept appointment is its session.
ALTER TABLE note ADD COLUMN appointment_id {id};
CREATE INDEX note_appointment ON note (appointment_id) WHERE appointment_id IS NOT NULL;
