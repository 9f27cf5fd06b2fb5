-- The supervisor's list: how cases lie on the workers. What an office decides for itself grows with the releases, so that the
-- areas are closed in the program alone.

-- +goose Up
CREATE INDEX case_load ON case_file (office_id, status, worker_id, stage, risk, confidentiality, updated_at, id);
CREATE INDEX note_waiting ON note (case_id, author_id) WHERE signed_at IS NULL AND struck_at IS NULL;

CREATE TABLE office_setting_kept (
  office_id {id} NOT NULL REFERENCES unit (id),
  area {text} NOT NULL,
  value {text} NOT NULL,
  by_id {id} REFERENCES app_user (id),
  at {time} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (office_id, area)
) {strict};
INSERT INTO office_setting_kept (office_id, area, value, by_id, at, version)
  SELECT office_id, area, value, by_id, at, version FROM office_setting;
DROP TABLE office_setting;
ALTER TABLE office_setting_kept RENAME TO office_setting;
CREATE INDEX office_setting_by ON office_setting (by_id);
