-- A worker's cases of any status stand in the order of the list, without sorting. Two words of a name lead to the few who
-- share the beginnings of both: «am+si». The pairs of those who are there are made of the beginnings they have.

-- +goose Up
CREATE INDEX case_of_worker ON case_file (office_id, worker_id, opened_on, id, status, confidentiality);

INSERT INTO person_word (office_id, prefix, name_key, person_id)
SELECT a.office_id, a.prefix || '+' || b.prefix, a.name_key, a.person_id FROM person_word a
  JOIN person_word b ON b.person_id = a.person_id AND b.prefix > a.prefix WHERE length(a.prefix) = 2 AND length(b.prefix) = 2;

INSERT INTO family_word (office_id, prefix, name_key, family_id)
SELECT a.office_id, a.prefix || '+' || b.prefix, a.name_key, a.family_id FROM family_word a
  JOIN family_word b ON b.family_id = a.family_id AND b.prefix > a.prefix WHERE length(a.prefix) = 2 AND length(b.prefix) = 2;

INSERT INTO client_word (office_id, prefix, name_key, client_id)
SELECT a.office_id, a.prefix || '+' || b.prefix, a.name_key, a.client_id FROM client_word a
  JOIN client_word b ON b.client_id = a.client_id AND b.prefix > a.prefix WHERE length(a.prefix) = 2 AND length(b.prefix) = 2;
