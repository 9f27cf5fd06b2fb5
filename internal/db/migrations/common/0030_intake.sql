-- What reached the office through any door, before it is a case.

-- +goose Up
CREATE TABLE request (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  number {text} NOT NULL,
  channel {text} NOT NULL CHECK (channel IN ('walk_in', 'phone', 'whatsapp', 'letter', 'referral_in', 'outreach', 'mobile_unit', 'portal', 'social_media', 'facilitator', 'event')),
  kind {text} NOT NULL CHECK (kind IN ('help_self', 'report_other', 'information', 'complaint', 'suggestion')),
  state {text} NOT NULL CHECK (state IN ('new', 'contacted', 'decided')),
  urgency {text} NOT NULL CHECK (urgency IN ('now', 'day', 'three_days', 'week')),
  outcome {text} CHECK (outcome IN ('informed', 'case', 'existing_case', 'referred', 'resolved_nearby', 'out_of_area', 'duplicate', 'unreachable', 'withdrawn')),
  arrived_at {time} NOT NULL,
  recorded_at {time} NOT NULL,
  respond_by {time} NOT NULL,
  contacted_at {time},
  taken_at {time},
  decided_at {time},
  recorded_by {id} REFERENCES app_user (id),
  assigned_to {id} REFERENCES app_user (id),
  decided_by {id} REFERENCES app_user (id),
  person_id {id} REFERENCES person (id),
  phone_blind {bytes},
  village_code {text},
  danger {text} NOT NULL,
  categories {text} NOT NULL,
  case_id {id},
  duplicate_of {id} REFERENCES request (id),
  passed_to {id} REFERENCES unit (id),
  level {int} NOT NULL CHECK (level BETWEEN 1 AND 3),
  sealed {bytes} NOT NULL,
  made_up {flag} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (office_id, number)
) {strict};
-- The lists walk these in order; the level at the end lets a total be counted in the index alone.
CREATE INDEX request_by_state ON request (office_id, state, respond_by, id, level);
CREATE INDEX request_by_id ON request (office_id, id, level);
CREATE INDEX request_by_urgency ON request (office_id, urgency, state, respond_by, id, level);
CREATE INDEX request_by_village ON request (office_id, village_code, state, respond_by, id, level);
CREATE INDEX request_mine ON request (assigned_to, respond_by, id) WHERE decided_at IS NULL;
CREATE INDEX request_assigned ON request (assigned_to);
CREATE INDEX request_person ON request (person_id, id);
CREATE INDEX request_phone ON request (office_id, phone_blind, id) WHERE phone_blind IS NOT NULL;
CREATE INDEX request_case ON request (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX request_recorded_by ON request (recorded_by);
CREATE INDEX request_decided_by ON request (decided_by);
CREATE INDEX request_duplicate ON request (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX request_passed ON request (passed_to) WHERE passed_to IS NOT NULL;

-- Tries to reach someone, in vain or not.
CREATE TABLE request_contact (
  id {id} PRIMARY KEY,
  request_id {id} NOT NULL REFERENCES request (id),
  at {time} NOT NULL,
  how {text} NOT NULL CHECK (how IN ('walk_in', 'phone', 'whatsapp', 'letter', 'visit', 'through_other')),
  reached {flag} NOT NULL,
  body {bytes},
  by_id {id} NOT NULL REFERENCES app_user (id),
  recorded_at {time} NOT NULL
) {strict};
CREATE INDEX request_contact_of ON request_contact (request_id, id);
CREATE INDEX request_contact_by ON request_contact (by_id);

-- Who sees the request of a case beyond what their role shows, and who stands behind a wall; carried over from the case.
CREATE TABLE request_reader (
  request_id {id} NOT NULL REFERENCES request (id),
  user_id {id} NOT NULL REFERENCES app_user (id),
  walled {flag} NOT NULL,
  PRIMARY KEY (request_id, user_id)
) {strict};
CREATE INDEX request_reader_user ON request_reader (user_id);
