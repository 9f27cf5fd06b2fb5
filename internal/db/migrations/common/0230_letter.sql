-- Letters of an office: what stands on all of them, the editions of their templates, and the letters as they left.

-- +goose Up
-- Pictures of letterheads; one that a letter was made with stays.
CREATE TABLE letter_logo (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  picture {bytes} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL
) {strict};
CREATE INDEX letter_logo_office ON letter_logo (office_id, id);
CREATE INDEX letter_logo_by ON letter_logo (by_id);

-- Letterhead, numbers and signers. What was saved is never changed; edition 1 stands in the program.
CREATE TABLE letter_setting (
  office_id {id} NOT NULL REFERENCES unit (id),
  edition {int} NOT NULL CHECK (edition > 1),
  body {text} NOT NULL,
  logo_id {id} REFERENCES letter_logo (id),
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  PRIMARY KEY (office_id, edition)
) {strict};
CREATE INDEX letter_setting_logo ON letter_setting (logo_id);
CREATE INDEX letter_setting_by ON letter_setting (by_id);

-- The office's own templates. What was published is never changed; edition 1 of each is shipped.
CREATE TABLE letter_template (
  office_id {id} NOT NULL REFERENCES unit (id),
  kind {text} NOT NULL CHECK (kind IN ('referral', 'introduction', 'transfer', 'statement', 'reply')),
  edition {int} NOT NULL CHECK (edition > 1),
  body {text} NOT NULL,
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  PRIMARY KEY (office_id, kind, edition)
) {strict};
CREATE INDEX letter_template_by ON letter_template (by_id);

-- The text and the paper are sealed under the case's key. The code of the check page is kept as its hash; a referral is an id
-- that another package looks after.
CREATE TABLE letter (
  id {id} PRIMARY KEY,
  office_id {id} NOT NULL REFERENCES unit (id),
  case_id {id} NOT NULL REFERENCES case_file (id),
  referral_id {id},
  kind {text} NOT NULL CHECK (kind IN ('referral', 'introduction', 'transfer', 'statement', 'reply')),
  year {int} NOT NULL,
  serial {int} NOT NULL,
  number {text} NOT NULL,
  dated {day} NOT NULL,
  setting_edition {int} NOT NULL,
  template_edition {int} NOT NULL,
  logo_id {id} REFERENCES letter_logo (id),
  code_hash {bytes} NOT NULL UNIQUE,
  body {bytes} NOT NULL,
  replaces_id {id} REFERENCES letter (id),
  by_id {id} NOT NULL REFERENCES app_user (id),
  at {time} NOT NULL,
  withdrawn_at {time},
  withdrawn_by {id} REFERENCES app_user (id),
  withdrawn_why {bytes},
  version {int} NOT NULL,
  UNIQUE (office_id, year, serial),
  UNIQUE (office_id, number)
) {strict};
CREATE INDEX letter_case ON letter (case_id, id);
CREATE INDEX letter_referral ON letter (referral_id, id) WHERE referral_id IS NOT NULL;
CREATE INDEX letter_logo_of ON letter (logo_id);
CREATE INDEX letter_replaces ON letter (replaces_id);
CREATE INDEX letter_by ON letter (by_id);
CREATE INDEX letter_withdrawn_by ON letter (withdrawn_by);

CREATE TABLE letter_paper (
  letter_id {id} PRIMARY KEY REFERENCES letter (id),
  pdf {bytes} NOT NULL
) {strict};
