-- Who asked, apart from what was asked. Name, phone and mail are sealed with the tenant's data key; the two indexes
-- are keyed digests for exact look-up. A row belongs to one filing, so that filings are not joined into a profile.
CREATE SCHEMA requesters;
GRANT USAGE ON SCHEMA requesters TO gongzhi_app;

CREATE TABLE requesters.requester (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  name bytea,
  phone bytea,
  mail bytea,
  phone_index text COLLATE "C",
  -- Of the last four digits; a hit still passes the caller's own rights on the case.
  phone_ending_index text COLLATE "C",
  -- Of the commitment that a case's chain holds; erasing removes it with the rest.
  salt bytea,
  -- The data key that sealed the row; a job seals old rows anew.
  key_version int NOT NULL,
  locale text NOT NULL CHECK (locale IN ('zh-CN', 'en')),
  created_at timestamptz NOT NULL,
  erased_at timestamptz,
  erased_by text,
  erasure_order text,
  PRIMARY KEY (tenant_id, id),
  CHECK (erased_at IS NULL OR (name IS NULL AND phone IS NULL AND mail IS NULL AND phone_index IS NULL
    AND phone_ending_index IS NULL AND salt IS NULL AND erased_by IS NOT NULL AND erasure_order IS NOT NULL))
);
CREATE INDEX requester_phone ON requesters.requester (tenant_id, phone_index, created_at DESC) WHERE phone_index IS NOT NULL;
CREATE INDEX requester_phone_ending ON requesters.requester (tenant_id, phone_ending_index, created_at DESC)
  WHERE phone_ending_index IS NOT NULL;

-- Each look at an identity: whose, who looked, why. Never changed.
CREATE TABLE requesters.unmasking (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  requester_id uuid NOT NULL,
  officer_id text NOT NULL,
  -- Free words may hold personal data: sealed.
  reason bytea NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, requester_id) REFERENCES requesters.requester (tenant_id, id)
);
CREATE INDEX unmasking_requester ON requesters.unmasking (tenant_id, requester_id, at DESC);
CREATE INDEX unmasking_officer ON requesters.unmasking (tenant_id, officer_id, at DESC);

-- Codes sent to a phone for signing in. The digest is keyed; six digits alone would be guessed in a moment.
CREATE TABLE requesters.phone_code (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  phone_index text COLLATE "C" NOT NULL,
  address_index text COLLATE "C" NOT NULL,
  code_mac bytea NOT NULL,
  tries int NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX phone_code_phone ON requesters.phone_code (tenant_id, phone_index, created_at DESC);
CREATE INDEX phone_code_address ON requesters.phone_code (tenant_id, address_index, created_at DESC);
CREATE INDEX phone_code_created ON requesters.phone_code (tenant_id, created_at);

CREATE TABLE requesters.resident_session (
  tenant_id int NOT NULL,
  token_hash bytea NOT NULL,
  phone_index text COLLATE "C" NOT NULL,
  phone bytea NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, token_hash)
);
CREATE INDEX resident_session_phone ON requesters.resident_session (tenant_id, phone_index, created_at DESC);
CREATE INDEX resident_session_expires ON requesters.resident_session (tenant_id, expires_at);

ALTER TABLE requesters.requester ENABLE ROW LEVEL SECURITY;
ALTER TABLE requesters.requester FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requesters.requester
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE requesters.unmasking ENABLE ROW LEVEL SECURITY;
ALTER TABLE requesters.unmasking FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requesters.unmasking
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE requesters.phone_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE requesters.phone_code FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requesters.phone_code
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE requesters.resident_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE requesters.resident_session FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requesters.resident_session
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);

GRANT SELECT, INSERT, UPDATE ON requesters.requester TO gongzhi_app;
GRANT SELECT, INSERT ON requesters.unmasking TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON requesters.phone_code TO gongzhi_app;
GRANT SELECT, INSERT, DELETE ON requesters.resident_session TO gongzhi_app;
