-- When an entry of the directory was last changed, for those who keep a copy of what is public; and where an entry came from
-- that another directory gave: its key there, and a digest of what was told, so that the same file changes nothing.

-- +goose Up
ALTER TABLE partner ADD COLUMN changed_at {time} NOT NULL DEFAULT 0;
ALTER TABLE partner_service ADD COLUMN changed_at {time} NOT NULL DEFAULT 0;
UPDATE partner SET changed_at = created_at;
UPDATE partner_service SET changed_at = created_at;
CREATE INDEX partner_changed ON partner (changed_at);
CREATE INDEX partner_service_changed ON partner_service (changed_at);
CREATE INDEX partner_public ON partner (id) WHERE visibility = 'public' AND ended_at IS NULL;
CREATE INDEX partner_service_public ON partner_service (id) WHERE visibility = 'public' AND ended_at IS NULL;

CREATE TABLE partner_source (
  office_id {id} NOT NULL REFERENCES unit (id),
  kind {text} NOT NULL CHECK (kind IN ('partner', 'service')),
  external_id {text} NOT NULL,
  subject_id {id} NOT NULL,
  digest {bytes} NOT NULL,
  PRIMARY KEY (office_id, kind, external_id)
) {keyed};
