-- Who was referred to the office from outside: a request with its sender, what was sent along, what the sender was told and by
-- when it wants to hear. Names and words are sealed under the request's key; kinds, states and days stay readable, because they
-- are listed and counted. A referral of an office of this installation is named, and its office.

-- +goose Up
-- Keys of offices elsewhere: who a file of theirs is from, and for whom a file of ours is sealed. They are entered once.
CREATE TABLE office_key (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  name {text} NOT NULL,
  sender_kind {text} NOT NULL CHECK (sender_kind IN ('partner', 'slrt', 'police', 'school', 'lk3', 'other')),
  code {text} NOT NULL,
  card {text} NOT NULL,
  added_by {id} NOT NULL REFERENCES app_user (id),
  added_at {time} NOT NULL,
  ended_at {time},
  UNIQUE (office_id, code)
) {strict};
CREATE INDEX office_key_added_by ON office_key (added_by);

CREATE TABLE referral_in (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  request_id {id} NOT NULL UNIQUE REFERENCES request (id),
  sender_kind {text} NOT NULL CHECK (sender_kind IN ('partner', 'slrt', 'police', 'school', 'lk3', 'other')),
  partner_id {id} REFERENCES partner (id),
  unit_id {id} REFERENCES unit (id),
  key_id {id} REFERENCES office_key (id),
  way {text} NOT NULL CHECK (way IN ('office', 'file', 'account', 'hand')),
  referral_id {id} REFERENCES referral (id),
  external_id {text},
  handed_by {id} REFERENCES app_user (id),
  kind {text} NOT NULL CHECK (kind IN ('referral', 'transfer', 'information', 'joint')),
  state {text} NOT NULL CHECK (state IN ('sent', 'received', 'accepted', 'declined', 'waitlisted', 'in_service', 'completed', 'not_attended', 'cancelled')),
  reason {text},
  outcome {text},
  told_state {text},
  told_at {time},
  due_at {time},
  consent {text} NOT NULL CHECK (consent IN ('given', 'emergency', 'unknown')),
  person_id {id} REFERENCES person (id),
  copied_by {id} REFERENCES app_user (id),
  copied_at {time},
  body {bytes} NOT NULL,
  created_at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX referral_in_external ON referral_in (office_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX referral_in_office ON referral_in (office_id, id);
CREATE INDEX referral_in_due ON referral_in (office_id, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX referral_in_created ON referral_in (office_id, created_at);
CREATE INDEX referral_in_partner ON referral_in (partner_id, id);
CREATE INDEX referral_in_unit ON referral_in (unit_id);
CREATE INDEX referral_in_key ON referral_in (key_id);
CREATE INDEX referral_in_referral ON referral_in (referral_id, id);
CREATE INDEX referral_in_handed_by ON referral_in (handed_by);
CREATE INDEX referral_in_person ON referral_in (person_id);
CREATE INDEX referral_in_copied_by ON referral_in (copied_by);

-- What became of it, step by step, and what the sender was told of that.
CREATE TABLE referral_in_word (
  id {id} PRIMARY KEY,
  referral_in_id {id} NOT NULL REFERENCES referral_in (id),
  at {time} NOT NULL,
  by_id {id} REFERENCES app_user (id),
  state {text} NOT NULL,
  reason {text},
  outcome {text},
  how {text} CHECK (how IN ('seen', 'file', 'phone', 'letter', 'meeting')),
  body {bytes}
) {strict};
CREATE INDEX referral_in_word_of ON referral_in_word (referral_in_id, id);
CREATE INDEX referral_in_word_by ON referral_in_word (by_id);
