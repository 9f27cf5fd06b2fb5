-- Partners, what they offer, and the referrals that were handed to them.

-- +goose Up
CREATE TABLE partner (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  name {text} NOT NULL,
  name_key {text} NOT NULL,
  created_at {time} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (office_id, name_key)
) {strict};

-- A service stands without its partner until someone says whose it is.
CREATE TABLE partner_service (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  partner_id {id} REFERENCES partner (id),
  name {text} NOT NULL,
  name_key {text} NOT NULL,
  created_at {time} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (office_id, name_key)
) {strict};
CREATE INDEX partner_service_partner ON partner_service (partner_id);

CREATE TABLE referral (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  number {text} NOT NULL,
  external_id {text},
  case_id {id} NOT NULL REFERENCES case_file (id),
  service_id {id} NOT NULL REFERENCES partner_service (id),
  status {text} NOT NULL CHECK (status IN ('draft', 'sent', 'received', 'accepted', 'declined', 'waitlisted', 'in_service', 'completed', 'not_attended', 'cancelled')),
  sent_at {time},
  answered_at {time},
  created_at {time} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (office_id, number)
) {strict};
CREATE INDEX referral_case ON referral (case_id, number);
CREATE INDEX referral_service ON referral (service_id, id);
CREATE UNIQUE INDEX referral_external ON referral (office_id, external_id) WHERE external_id IS NOT NULL;
