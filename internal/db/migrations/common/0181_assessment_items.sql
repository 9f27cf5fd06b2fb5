-- An assessment is answered item by item, each under the edition of the form it was given in. What was written so far answers
-- the first form that came with the program.

-- +goose Up
ALTER TABLE assessment RENAME COLUMN section TO item;
ALTER TABLE assessment ADD COLUMN edition {text} NOT NULL DEFAULT 'teduh-1';
ALTER TABLE assessment_past RENAME COLUMN section TO item;
ALTER TABLE assessment_past ADD COLUMN edition {text} NOT NULL DEFAULT 'teduh-1';

-- How often an assessment was written, and the stages that have what its form asks of them.
CREATE TABLE assessment_written (
  case_id {id} PRIMARY KEY REFERENCES case_file (id),
  version {int} NOT NULL
) {strict};
INSERT INTO assessment_written (case_id, version) SELECT DISTINCT case_id, 1 FROM assessment;

CREATE TABLE assessment_met (
  case_id {id} NOT NULL REFERENCES case_file (id),
  stage {text} NOT NULL,
  PRIMARY KEY (case_id, stage)
) {strict};
INSERT INTO assessment_met (case_id, stage) SELECT a.case_id, 'assessment' FROM assessment a JOIN assessment b ON b.case_id = a.case_id
  WHERE a.item = 'problem' AND b.item = 'synthesis';

-- The problem area of the assessment that a goal came from; one goal that stands for each.
ALTER TABLE goal ADD COLUMN item {text};
CREATE UNIQUE INDEX goal_item ON goal (case_id, item) WHERE item IS NOT NULL AND dropped_at IS NULL;
