-- The closed loop: what a referral asks and shares, the moves it made, its clock, and what the two sides write to each other.
-- Words are sealed under the case's key; states, reasons and days stay readable, because boards count them.

-- +goose Up
ALTER TABLE referral ADD COLUMN kind {text} NOT NULL DEFAULT 'referral' CHECK (kind IN ('referral', 'transfer', 'information', 'joint'));
ALTER TABLE referral ADD COLUMN urgency {text} NOT NULL DEFAULT 'week' CHECK (urgency IN ('now', 'day', 'three_days', 'week'));
ALTER TABLE referral ADD COLUMN group_id {id};
ALTER TABLE referral ADD COLUMN made_by {id} REFERENCES app_user (id);
ALTER TABLE referral ADD COLUMN step_id {id};
ALTER TABLE referral ADD COLUMN fields {text};
ALTER TABLE referral ADD COLUMN wanted_on {day};
ALTER TABLE referral ADD COLUMN transport {flag} NOT NULL DEFAULT 0;
ALTER TABLE referral ADD COLUMN body {bytes};
ALTER TABLE referral ADD COLUMN shared {bytes};
ALTER TABLE referral ADD COLUMN reason {text};
ALTER TABLE referral ADD COLUMN outcome {text};
ALTER TABLE referral ADD COLUMN place {int};
ALTER TABLE referral ADD COLUMN next_on {day};
ALTER TABLE referral ADD COLUMN served_at {time};
ALTER TABLE referral ADD COLUMN ended_at {time};
ALTER TABLE referral ADD COLUMN changed_at {time};
ALTER TABLE referral ADD COLUMN tries {int} NOT NULL DEFAULT 1;
ALTER TABLE referral ADD COLUMN due_from {time};
ALTER TABLE referral ADD COLUMN due_at {time};
ALTER TABLE referral ADD COLUMN look_at {time};
ALTER TABLE referral ADD COLUMN looks {int} NOT NULL DEFAULT 0;
-- What was sent before had a week to be answered.
UPDATE referral SET due_from = sent_at, due_at = sent_at + 604800000000 WHERE status IN ('sent', 'received', 'waitlisted') AND sent_at IS NOT NULL;
CREATE INDEX referral_made_by ON referral (made_by);
CREATE INDEX referral_group ON referral (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX referral_look ON referral (look_at, id) WHERE look_at IS NOT NULL;
CREATE INDEX referral_office ON referral (office_id, status, id);

CREATE TABLE referral_move (
  id {id} PRIMARY KEY,
  referral_id {id} NOT NULL REFERENCES referral (id),
  at {time} NOT NULL,
  from_status {text} NOT NULL,
  to_status {text} NOT NULL,
  side {text} NOT NULL CHECK (side IN ('office', 'partner', 'recorded')),
  by_id {id} REFERENCES app_user (id),
  reason {text},
  outcome {text},
  place {int},
  next_on {day},
  body {bytes} NOT NULL
) {strict};
CREATE INDEX referral_move_referral ON referral_move (referral_id, id);
CREATE INDEX referral_move_by ON referral_move (by_id);

CREATE TABLE referral_message (
  id {id} PRIMARY KEY,
  referral_id {id} NOT NULL REFERENCES referral (id),
  at {time} NOT NULL,
  side {text} NOT NULL CHECK (side IN ('office', 'partner')),
  by_id {id} REFERENCES app_user (id),
  body {bytes} NOT NULL,
  read_at {time}
) {strict};
CREATE INDEX referral_message_referral ON referral_message (referral_id, id);
CREATE INDEX referral_message_by ON referral_message (by_id);
