-- People, families and other clients. Sealed facts stand in one value under the subject's own key.

-- +goose Up
CREATE TABLE person (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  name {text} NOT NULL,
  name_key {text} NOT NULL,
  search_text {text} NOT NULL,
  call_name {text},
  aliases {text} NOT NULL,
  sex {text} NOT NULL CHECK (sex IN ('m', 'f', '')),
  birth_date {day},
  birth_precision {text} NOT NULL CHECK (birth_precision IN ('', 'day', 'month', 'year', 'estimate')),
  birth_place {text},
  village_code {text},
  confidential {flag} NOT NULL,
  protected {flag} NOT NULL,
  nik_blind {bytes},
  kk_blind {bytes},
  religion {text},
  marital {text},
  education {text},
  work {text},
  disability {text},
  languages {text},
  welfare_status {text},
  aid {text},
  died_on {day},
  sealed {bytes},
  level {int} NOT NULL CHECK (level BETWEEN 1 AND 3),
  merged_into {id} REFERENCES person (id),
  external_id {text},
  made_up {flag} NOT NULL,
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
-- The trailing columns let a total be counted in the index alone.
CREATE INDEX person_name ON person (office_id, name_key, id, merged_into, level);
CREATE INDEX person_village ON person (office_id, village_code, name_key, id, merged_into, level);
CREATE INDEX person_nik ON person (office_id, nik_blind) WHERE nik_blind IS NOT NULL;
CREATE INDEX person_kk ON person (office_id, kk_blind) WHERE kk_blind IS NOT NULL;
CREATE UNIQUE INDEX person_external ON person (office_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;

-- The search table: each word's first one to four letters, in name order.
CREATE TABLE person_word (
  office_id {id} NOT NULL REFERENCES unit (id),
  prefix {text} NOT NULL,
  name_key {text} NOT NULL,
  person_id {id} NOT NULL REFERENCES person (id),
  PRIMARY KEY (office_id, prefix, name_key, person_id)
) {strict};
CREATE INDEX person_word_person ON person_word (person_id);

CREATE TABLE person_phone (
  person_id {id} NOT NULL REFERENCES person (id),
  office_id {id} NOT NULL REFERENCES unit (id),
  blind {bytes} NOT NULL,
  PRIMARY KEY (person_id, blind)
) {strict};
CREATE INDEX person_phone_blind ON person_phone (office_id, blind);

-- Whole words of a protected name, as keyed hashes; the named find by them.
CREATE TABLE person_secret_word (
  person_id {id} NOT NULL REFERENCES person (id),
  office_id {id} NOT NULL REFERENCES unit (id),
  blind {bytes} NOT NULL,
  PRIMARY KEY (person_id, blind)
) {strict};
CREATE INDEX person_secret_word_blind ON person_secret_word (office_id, blind);

-- Who may see a person whose level is above what their role shows.
CREATE TABLE person_reader (
  person_id {id} NOT NULL REFERENCES person (id),
  user_id {id} NOT NULL REFERENCES app_user (id),
  PRIMARY KEY (person_id, user_id)
) {strict};
CREATE INDEX person_reader_user ON person_reader (user_id);

CREATE TABLE person_mark (
  id {id} PRIMARY KEY,
  person_id {id} NOT NULL REFERENCES person (id),
  kind {text} NOT NULL CHECK (kind IN ('do_not_call', 'violence', 'weapon', 'self_harm', 'infectious', 'minor')),
  case_id {id},
  set_by {id} NOT NULL REFERENCES app_user (id),
  set_at {time} NOT NULL,
  ended_at {time}
) {strict};
CREATE INDEX person_mark_person ON person_mark (person_id, kind);
CREATE INDEX person_mark_set_by ON person_mark (set_by);

CREATE TABLE family (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  name {text} NOT NULL,
  name_key {text} NOT NULL,
  kk_blind {bytes},
  sealed {bytes},
  contact_id {id} REFERENCES person (id),
  village_code {text},
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX family_name ON family (office_id, name_key, id);
CREATE INDEX family_kk ON family (office_id, kk_blind) WHERE kk_blind IS NOT NULL;
CREATE INDEX family_contact ON family (contact_id);

CREATE TABLE family_member (
  family_id {id} NOT NULL REFERENCES family (id),
  person_id {id} NOT NULL REFERENCES person (id),
  role {text} NOT NULL CHECK (role IN ('head', 'spouse', 'child', 'parent', 'other')),
  same_house {flag} NOT NULL,
  from_day {day},
  to_day {day},
  PRIMARY KEY (family_id, person_id)
) {strict};
CREATE INDEX family_member_person ON family_member (person_id);

-- Relations between two people; symmetrical ones are stored once, the lower id first.
CREATE TABLE relation (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  from_id {id} NOT NULL REFERENCES person (id),
  to_id {id} NOT NULL REFERENCES person (id),
  kind {text} NOT NULL CHECK (kind IN ('parent', 'spouse', 'guardian', 'other')),
  manner {text} NOT NULL,
  from_day {day},
  to_day {day},
  UNIQUE (from_id, to_id, kind)
) {strict};
CREATE INDEX relation_to ON relation (to_id);
CREATE INDEX relation_office ON relation (office_id);

-- Who is served: one row for each individual, family, group, organisation or community that had a case.
CREATE TABLE client (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  kind {text} NOT NULL CHECK (kind IN ('individual', 'family', 'group', 'organisation', 'community')),
  name {text} NOT NULL,
  name_key {text} NOT NULL,
  person_id {id} REFERENCES person (id),
  family_id {id} REFERENCES family (id),
  body_kind {text},
  village_code {text},
  members {int},
  sealed {bytes},
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX client_person ON client (person_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX client_family ON client (family_id) WHERE family_id IS NOT NULL;
CREATE INDEX client_name ON client (office_id, kind, name_key, id);

CREATE TABLE merging (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  kept_id {id} NOT NULL REFERENCES person (id),
  gone_id {id} NOT NULL REFERENCES person (id),
  merged_at {time} NOT NULL,
  merged_by {id} NOT NULL REFERENCES app_user (id),
  before {bytes} NOT NULL,
  undone_at {time}
) {strict};
CREATE INDEX merging_kept ON merging (kept_id, id);
CREATE INDEX merging_gone ON merging (gone_id, id);
CREATE INDEX merging_office ON merging (office_id);
CREATE INDEX merging_by ON merging (merged_by);
