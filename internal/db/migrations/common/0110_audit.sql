-- The changes of the journal in a Merkle tree, and its signed heads. edge keeps what the tree needs to grow.

-- +goose Up
CREATE TABLE audit_leaf (
  n {int} PRIMARY KEY,
  change_id {id} NOT NULL UNIQUE REFERENCES change (id),
  hash {bytes} NOT NULL
) {strict};

CREATE TABLE audit_head (
  size {int} PRIMARY KEY,
  root {bytes} NOT NULL,
  at {time} NOT NULL,
  signature {bytes} NOT NULL,
  edge {bytes} NOT NULL
) {strict};
