-- A system of an ecomap that was changed goes on as another row with the same root, so that the map of any day can be drawn;
-- a change that was taken back counts no more.

-- +goose Up
ALTER TABLE ecomap_system ADD COLUMN root_id {id};
ALTER TABLE ecomap_system ADD COLUMN ended_by {id} REFERENCES app_user (id);
ALTER TABLE ecomap_system ADD COLUMN undone_at {time};
UPDATE ecomap_system SET root_id = id;
CREATE INDEX ecomap_system_ended_by ON ecomap_system (ended_by) WHERE ended_by IS NOT NULL;
