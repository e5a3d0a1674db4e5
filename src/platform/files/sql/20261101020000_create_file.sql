-- Uploaded files: what they are and whose; the bytes lie in the file store under the id. Images are kept in a cleaned
-- version alone: their own metadata (place, device, time) is gone but for the place, sealed.
CREATE TABLE platform.file (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  -- SHA-256 of the stored bytes, and what a case's chain holds of it: SHA-256 of salt and hash. An erasure takes hash and
  -- salt away, so that nobody can test a guess against the chain.
  sha256 text COLLATE "C",
  salt bytea,
  commitment text COLLATE "C" NOT NULL,
  size integer NOT NULL CHECK (size > 0),
  type text COLLATE "C" NOT NULL,
  width integer,
  height integer,
  name bytea,
  position bytea,
  created_at timestamptz NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  created_kind text NOT NULL CHECK (created_kind IN ('officer', 'public', 'system')),
  -- Null until something takes the file in; after a day without an owner it is removed.
  owner_kind text COLLATE "C",
  owner_id uuid,
  -- The version a person released to the public, blurred where he marked it, under a key of its own.
  released_key uuid,
  released_at timestamptz,
  released_by text COLLATE "C",
  -- Set when the bytes were removed by an order; the row and its commitment stay, so that chains still verify.
  erased_at timestamptz,
  erasure_order text,
  PRIMARY KEY (tenant_id, id),
  CHECK ((owner_kind IS NULL) = (owner_id IS NULL)),
  CHECK ((released_key IS NULL) = (released_at IS NULL AND released_by IS NULL)),
  CHECK ((erased_at IS NULL) = (erasure_order IS NULL)),
  CHECK ((erased_at IS NULL) = (sha256 IS NOT NULL) AND (sha256 IS NULL) = (salt IS NULL))
);
CREATE INDEX file_owner ON platform.file (tenant_id, owner_kind, owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX file_waiting ON platform.file (tenant_id, created_kind, created_at) WHERE owner_id IS NULL;

ALTER TABLE platform.file ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.file FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.file
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.file TO gongzhi_app;
