-- Instruments: what an office brought in or decided about those that come with the program, and what was answered in a case.

-- +goose Up
CREATE TABLE instrument (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  name {text} NOT NULL,
  edition {text} NOT NULL,
  state {text} NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
  questionnaire {text},
  scoring {text},
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (office_id, name, edition)
) {strict};
CREATE INDEX instrument_by ON instrument (by_id);

CREATE TABLE answering (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  instrument {text} NOT NULL,
  edition {text} NOT NULL,
  person_id {id} REFERENCES person (id),
  language {text} NOT NULL,
  manner {text} NOT NULL CHECK (manner IN ('worker', 'tablet', 'link')),
  answers {bytes},
  result {bytes},
  answered_on {day} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  done_at {time},
  struck_at {time},
  struck_by {id} REFERENCES app_user (id),
  struck_reason {bytes},
  version {int} NOT NULL
) {strict};
CREATE INDEX answering_case ON answering (case_id, answered_on, id);
CREATE INDEX answering_person ON answering (person_id);
CREATE INDEX answering_by ON answering (by_id);
CREATE INDEX answering_struck ON answering (struck_by) WHERE struck_by IS NOT NULL;

-- A client's link to one answering: it dies after a day, with the first sending, and belongs to the device that opened it first.
CREATE TABLE answering_link (
  token_hash {bytes} PRIMARY KEY,
  answering_id {id} NOT NULL REFERENCES answering (id),
  device_hash {bytes},
  ends_at {time} NOT NULL,
  used_at {time}
) {strict};
CREATE UNIQUE INDEX answering_link_of ON answering_link (answering_id);
