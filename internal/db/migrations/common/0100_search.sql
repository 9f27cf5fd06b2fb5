-- What someone opened last is found in the log of readings, without the notes inside the cases.

-- +goose Up
CREATE INDEX reading_opened ON reading (actor_id, office_id, id)
  WHERE why IN ('work', 'break_glass') AND subject_kind IN ('case', 'client', 'family', 'person', 'request');
