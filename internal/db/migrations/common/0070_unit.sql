-- What an office decides for itself; an area without a row stands at its defaults.

-- +goose Up
CREATE TABLE office_setting (
  office_id {id} NOT NULL REFERENCES unit (id),
  area {text} NOT NULL CHECK (area IN ('categories', 'services', 'stages', 'urgency', 'danger', 'duty', 'calendar', 'emergency', 'rules', 'follow_up')),
  value {text} NOT NULL,
  by_id {id} REFERENCES app_user (id),
  at {time} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (office_id, area)
) {strict};
CREATE INDEX office_setting_by ON office_setting (by_id);
