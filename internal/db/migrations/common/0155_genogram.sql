-- How people stand to each other, and what the drawing of a family keeps: its last changes, to take them back, and pictures
-- of it at a day. Both hold names, sealed under the family's key.

-- +goose Up
CREATE TABLE bond (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  from_id {id} NOT NULL REFERENCES person (id),
  to_id {id} NOT NULL REFERENCES person (id),
  kind {text} NOT NULL CHECK (kind IN ('close', 'very_close', 'distant', 'conflict', 'close_conflict', 'cut_off', 'violence')),
  UNIQUE (from_id, to_id)
) {strict};
CREATE INDEX bond_to ON bond (to_id);
CREATE INDEX bond_office ON bond (office_id);

CREATE TABLE genogram_step (
  id {id} PRIMARY KEY,
  family_id {id} NOT NULL REFERENCES family (id),
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  sealed {bytes} NOT NULL,
  undone_at {time}
) {strict};
CREATE INDEX genogram_step_family ON genogram_step (family_id, id);
CREATE INDEX genogram_step_by ON genogram_step (by_id);

CREATE TABLE genogram_picture (
  id {id} PRIMARY KEY,
  family_id {id} NOT NULL REFERENCES family (id),
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  sealed {bytes} NOT NULL
) {strict};
CREATE INDEX genogram_picture_family ON genogram_picture (family_id, id);
CREATE INDEX genogram_picture_by ON genogram_picture (by_id);
