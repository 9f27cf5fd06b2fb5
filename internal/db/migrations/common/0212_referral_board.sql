-- The board counts what was sent in a time.

-- +goose Up
CREATE INDEX referral_sent ON referral (office_id, sent_at);
