-- A word and the first letter of another lead to the few who share both: «hal+r», as a name is while it is being typed. The
-- pairs of those who are there are made of the beginnings they have.

-- +goose Up
INSERT INTO person_word (office_id, prefix, name_key, person_id)
SELECT a.office_id, CASE WHEN a.prefix < b.prefix THEN a.prefix || '+' || b.prefix ELSE b.prefix || '+' || a.prefix END, a.name_key, a.person_id
  FROM person_word a JOIN person_word b ON b.person_id = a.person_id AND substr(a.prefix, 1, 1) <> b.prefix
 WHERE length(a.prefix) = 3 AND length(b.prefix) = 1;

INSERT INTO family_word (office_id, prefix, name_key, family_id)
SELECT a.office_id, CASE WHEN a.prefix < b.prefix THEN a.prefix || '+' || b.prefix ELSE b.prefix || '+' || a.prefix END, a.name_key, a.family_id
  FROM family_word a JOIN family_word b ON b.family_id = a.family_id AND substr(a.prefix, 1, 1) <> b.prefix
 WHERE length(a.prefix) = 3 AND length(b.prefix) = 1;

INSERT INTO client_word (office_id, prefix, name_key, client_id)
SELECT a.office_id, CASE WHEN a.prefix < b.prefix THEN a.prefix || '+' || b.prefix ELSE b.prefix || '+' || a.prefix END, a.name_key, a.client_id
  FROM client_word a JOIN client_word b ON b.client_id = a.client_id AND substr(a.prefix, 1, 1) <> b.prefix
 WHERE length(a.prefix) = 3 AND length(b.prefix) = 1;
