-- What surrounds a household: its systems, how strong the tie to each is, and where support goes. Names are sealed under the
-- case's key; one that has ended stays.

-- +goose Up
CREATE TABLE ecomap_system (
  id {id} PRIMARY KEY,
  case_id {id} NOT NULL REFERENCES case_file (id),
  kind {text} NOT NULL,
  strength {text} NOT NULL CHECK (strength IN ('strong', 'tenuous', 'stressful')),
  flow {text} NOT NULL CHECK (flow IN ('both', 'in', 'out', 'none')),
  sealed {bytes} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  ended_at {time}
) {strict};
CREATE INDEX ecomap_system_case ON ecomap_system (case_id, id);
CREATE INDEX ecomap_system_by ON ecomap_system (by_id);
