-- The outcomes of the cases that are closed already.

-- +goose Up
INSERT INTO case_outcome (case_id, office_id, closed_on, overcome, restored_before, restored_after, strengthened_before, strengthened_after)
SELECT id, office_id, closed_on, outcome::json #>> '{overcome}', (outcome::json #>> '{restored,before}')::bigint, (outcome::json #>> '{restored,after}')::bigint,
  (outcome::json #>> '{strengthened,before}')::bigint, (outcome::json #>> '{strengthened,after}')::bigint
  FROM case_file WHERE status = 'closed' AND closed_on IS NOT NULL AND outcome::json #>> '{overcome}' IS NOT NULL;
