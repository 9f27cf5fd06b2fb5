-- The partners' door: files that go along with a referral, from either side; the link by which a partner without an account opens
-- one referral, and its sessions; and what a partner notes for itself. Tokens and PINs are kept as keyed hashes; the address is
-- kept sealed under the case's key beside, because notices and letters show it again.

-- +goose Up
ALTER TABLE attachment ADD COLUMN brought {bytes};

CREATE TABLE referral_file (
  referral_id {id} NOT NULL REFERENCES referral (id),
  file_id {id} NOT NULL REFERENCES attachment (id),
  side {text} NOT NULL CHECK (side IN ('office', 'partner')),
  at {time} NOT NULL,
  PRIMARY KEY (referral_id, file_id)
) {keyed};
CREATE INDEX referral_file_file ON referral_file (file_id);

CREATE INDEX referral_incoming ON referral (service_id, status, due_at, id) WHERE shared IS NOT NULL;

CREATE TABLE referral_link (
  id {id} PRIMARY KEY,
  referral_id {id} NOT NULL REFERENCES referral (id),
  office_id {id} NOT NULL REFERENCES unit (id),
  token_hash {bytes} NOT NULL UNIQUE,
  sealed {bytes} NOT NULL,
  pin_hash {bytes},
  made_by {id} NOT NULL REFERENCES app_user (id),
  made_at {time} NOT NULL,
  ends_at {time} NOT NULL,
  misses {int} NOT NULL DEFAULT 0,
  missed_at {time},
  locked_at {time},
  opened_at {time},
  elsewhere_at {time},
  revoked_at {time}
) {strict};
CREATE UNIQUE INDEX referral_link_live ON referral_link (referral_id) WHERE revoked_at IS NULL;
CREATE INDEX referral_link_referral ON referral_link (referral_id);
CREATE INDEX referral_link_office ON referral_link (office_id);
CREATE INDEX referral_link_made_by ON referral_link (made_by);

CREATE TABLE referral_visit (
  token_hash {bytes} PRIMARY KEY,
  link_id {id} NOT NULL REFERENCES referral_link (id),
  name {bytes} NOT NULL,
  began_at {time} NOT NULL,
  seen_at {time} NOT NULL,
  ends_at {time} NOT NULL
) {keyed};
CREATE INDEX referral_visit_link ON referral_visit (link_id, began_at);

CREATE TABLE partner_note (
  referral_id {id} PRIMARY KEY REFERENCES referral (id),
  partner_id {id} NOT NULL REFERENCES partner (id),
  key_id {id} NOT NULL,
  body {bytes} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX partner_note_partner ON partner_note (partner_id);
CREATE INDEX partner_note_by ON partner_note (by_id);
