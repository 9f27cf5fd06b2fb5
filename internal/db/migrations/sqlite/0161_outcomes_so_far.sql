-- The outcomes of the cases that are closed already.

-- +goose Up
INSERT INTO case_outcome (case_id, office_id, closed_on, overcome, restored_before, restored_after, strengthened_before, strengthened_after)
SELECT id, office_id, closed_on, json_extract(outcome, '$.overcome'), json_extract(outcome, '$.restored.before'), json_extract(outcome, '$.restored.after'),
  json_extract(outcome, '$.strengthened.before'), json_extract(outcome, '$.strengthened.after')
  FROM case_file WHERE status = 'closed' AND closed_on IS NOT NULL AND json_extract(outcome, '$.overcome') IS NOT NULL;
