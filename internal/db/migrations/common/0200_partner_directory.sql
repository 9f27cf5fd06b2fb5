-- The directory of the network: what is known of partners and of the services they offer, and how a service is found by
-- need and area. A hidden address is sealed under the partner's key, and then neither village nor point stands beside it.

-- +goose Up
ALTER TABLE partner ADD COLUMN kind {text} NOT NULL DEFAULT 'other';
ALTER TABLE partner ADD COLUMN psks {text};
ALTER TABLE partner ADD COLUMN description {text};
ALTER TABLE partner ADD COLUMN website {text};
ALTER TABLE partner ADD COLUMN remarks {text};
ALTER TABLE partner ADD COLUMN street {text};
ALTER TABLE partner ADD COLUMN village_code {text};
ALTER TABLE partner ADD COLUMN lat {real};
ALTER TABLE partner ADD COLUMN lon {real};
ALTER TABLE partner ADD COLUMN address_visibility {text} NOT NULL DEFAULT 'internal' CHECK (address_visibility IN ('public', 'internal', 'hidden'));
ALTER TABLE partner ADD COLUMN sealed_address {bytes};
ALTER TABLE partner ADD COLUMN visibility {text} NOT NULL DEFAULT 'internal' CHECK (visibility IN ('public', 'internal', 'hidden'));
ALTER TABLE partner ADD COLUMN agreement_number {text};
ALTER TABLE partner ADD COLUMN agreement_from {day};
ALTER TABLE partner ADD COLUMN agreement_until {day};
ALTER TABLE partner ADD COLUMN checked_on {day} NOT NULL DEFAULT '';
ALTER TABLE partner ADD COLUMN checked_by {id} REFERENCES app_user (id);
ALTER TABLE partner ADD COLUMN ended_at {time};
ALTER TABLE partner ADD COLUMN unit_id {id} REFERENCES unit (id);
CREATE INDEX partner_checked_by ON partner (checked_by);
CREATE INDEX partner_unit ON partner (unit_id);
CREATE INDEX partner_stale ON partner (office_id, checked_on, id) WHERE ended_at IS NULL;

CREATE TABLE partner_contact (
  id {id} PRIMARY KEY,
  partner_id {id} NOT NULL REFERENCES partner (id),
  place {int} NOT NULL,
  name {text} NOT NULL,
  role {text},
  phone {text},
  email {text}
) {strict};
CREATE INDEX partner_contact_partner ON partner_contact (partner_id, place);

ALTER TABLE partner_service ADD COLUMN description {text};
ALTER TABLE partner_service ADD COLUMN age_from {int};
ALTER TABLE partner_service ADD COLUMN age_to {int};
ALTER TABLE partner_service ADD COLUMN sex {text} CHECK (sex IN ('f', 'm'));
ALTER TABLE partner_service ADD COLUMN needs {text} NOT NULL DEFAULT '';
ALTER TABLE partner_service ADD COLUMN areas {text} NOT NULL DEFAULT '';
ALTER TABLE partner_service ADD COLUMN languages {text} NOT NULL DEFAULT '';
ALTER TABLE partner_service ADD COLUMN cost {text} CHECK (cost IN ('free', 'paid', 'insurance'));
ALTER TABLE partner_service ADD COLUMN cost_words {text};
ALTER TABLE partner_service ADD COLUMN documents {text};
ALTER TABLE partner_service ADD COLUMN hours {text} NOT NULL DEFAULT '';
ALTER TABLE partner_service ADD COLUMN capacity {int};
ALTER TABLE partner_service ADD COLUMN free {int};
ALTER TABLE partner_service ADD COLUMN free_at {time};
ALTER TABLE partner_service ADD COLUMN wheelchair {flag};
ALTER TABLE partner_service ADD COLUMN promises {text} NOT NULL DEFAULT '';
ALTER TABLE partner_service ADD COLUMN contact_name {text};
ALTER TABLE partner_service ADD COLUMN contact_role {text};
ALTER TABLE partner_service ADD COLUMN contact_phone {text};
ALTER TABLE partner_service ADD COLUMN contact_email {text};
ALTER TABLE partner_service ADD COLUMN own_place {flag} NOT NULL DEFAULT 0;
ALTER TABLE partner_service ADD COLUMN street {text};
ALTER TABLE partner_service ADD COLUMN village_code {text};
ALTER TABLE partner_service ADD COLUMN lat {real};
ALTER TABLE partner_service ADD COLUMN lon {real};
ALTER TABLE partner_service ADD COLUMN address_visibility {text} NOT NULL DEFAULT 'internal' CHECK (address_visibility IN ('public', 'internal', 'hidden'));
ALTER TABLE partner_service ADD COLUMN sealed_address {bytes};
ALTER TABLE partner_service ADD COLUMN visibility {text} NOT NULL DEFAULT 'internal' CHECK (visibility IN ('public', 'internal', 'hidden'));
ALTER TABLE partner_service ADD COLUMN checked_on {day} NOT NULL DEFAULT '';
ALTER TABLE partner_service ADD COLUMN checked_by {id} REFERENCES app_user (id);
ALTER TABLE partner_service ADD COLUMN ended_at {time};
CREATE INDEX partner_service_checked_by ON partner_service (checked_by);
CREATE INDEX partner_service_stale ON partner_service (office_id, checked_on, id) WHERE ended_at IS NULL;

-- How a service that is offered is found: a row for each need it names and each area it serves. The need '' stands in every
-- service, '*' in one that names none; the area '' serves everywhere, '*' stands in every service. Seen is the narrower of its
-- own visibility and its partner's. What fit is reckoned from stands beside in short (facts), so that the index answers alone.
CREATE TABLE partner_find (
  service_id {id} NOT NULL REFERENCES partner_service (id),
  need {text} NOT NULL,
  area {text} NOT NULL,
  office_id {id} NOT NULL REFERENCES unit (id),
  seen {text} NOT NULL CHECK (seen IN ('public', 'internal', 'hidden')),
  name_key {text} NOT NULL,
  facts {text} NOT NULL,
  PRIMARY KEY (service_id, need, area)
) {keyed};
CREATE INDEX partner_find_by ON partner_find (office_id, need, area, name_key, service_id, seen, facts);

-- Beginnings of the words of names, for the search by name; a service is found by its partner's name too.
CREATE TABLE partner_word (
  prefix {text} NOT NULL,
  subject_id {id} NOT NULL,
  office_id {id} NOT NULL REFERENCES unit (id),
  kind {text} NOT NULL CHECK (kind IN ('partner', 'service')),
  PRIMARY KEY (subject_id, prefix)
) {keyed};
CREATE INDEX partner_word_by ON partner_word (office_id, prefix, kind, subject_id);

CREATE INDEX role_grant_partner ON role_grant (partner_id, user_id) WHERE partner_id IS NOT NULL;

-- Services that were named by referrals are there to be found, by everyone who has their office's directory.
INSERT INTO partner_find (service_id, need, area, office_id, seen, name_key, facts)
  SELECT s.id, n.need, a.area, s.office_id, 'internal', s.name_key, ''
  FROM partner_service s, (SELECT '' AS need UNION ALL SELECT '*') n, (SELECT '' AS area UNION ALL SELECT '*') a;

-- And by the beginning of their names; every word is found once an entry is looked through and kept again.
INSERT INTO partner_word (prefix, subject_id, office_id, kind)
  SELECT DISTINCT substr(s.name_key, 1, n.letters), s.id, s.office_id, 'service'
  FROM partner_service s, (SELECT 1 AS letters UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) n;
