-- A family meeting that was written down wrongly is struck, and stays; the task it left behind follows its day.

-- +goose Up
ALTER TABLE family_meeting ADD COLUMN task_id {id} REFERENCES task (id);
ALTER TABLE family_meeting ADD COLUMN struck_at {time};
ALTER TABLE family_meeting ADD COLUMN struck_by {id} REFERENCES app_user (id);
ALTER TABLE family_meeting ADD COLUMN struck_reason {bytes};
CREATE INDEX family_meeting_task ON family_meeting (task_id);
CREATE INDEX family_meeting_struck_by ON family_meeting (struck_by);
