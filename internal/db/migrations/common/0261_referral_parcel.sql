-- To which offices elsewhere a referral was given as a file, and when their answer that was taken in last was made: an answer
-- counts from them alone, and each once.

-- +goose Up
CREATE TABLE referral_parcel (
  referral_id {id} NOT NULL REFERENCES referral (id),
  key_id {id} NOT NULL REFERENCES office_key (id),
  made_at {time} NOT NULL,
  made_by {id} NOT NULL REFERENCES app_user (id),
  answer_made_at {time},
  PRIMARY KEY (referral_id, key_id)
) {keyed};
CREATE INDEX referral_parcel_key ON referral_parcel (key_id);
CREATE INDEX referral_parcel_made_by ON referral_parcel (made_by);
