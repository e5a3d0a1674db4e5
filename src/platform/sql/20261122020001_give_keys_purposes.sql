-- Sealing, blind indexes and macs get keys of their own, so that each can be replaced without the others. In a database
-- from before, the first start wraps data key 1 for the other two purposes as well: what it made stays comparable.
ALTER TABLE platform.data_key ADD COLUMN purpose text COLLATE "C" NOT NULL DEFAULT 'seal'
  CHECK (purpose IN ('seal', 'index', 'mac'));
-- How digests under an index or mac key are made; a change of cipher must not change those that lie about.
ALTER TABLE platform.data_key ADD COLUMN digest text COLLATE "C" NOT NULL DEFAULT 'sha256'
  CHECK (digest IN ('sha256', 'sm3'));
-- A new key is read by every process before the first one writes with it.
ALTER TABLE platform.data_key ADD COLUMN active_from timestamptz NOT NULL DEFAULT '1970-01-01T00:00:00Z';
ALTER TABLE platform.data_key DROP CONSTRAINT data_key_pkey;
ALTER TABLE platform.data_key ADD PRIMARY KEY (tenant_id, purpose, version);

-- How far sealing anew has come: one row for each pair of cipher with data key, and index key, that became current.
CREATE TABLE platform.reseal (
  tenant_id integer NOT NULL,
  target text COLLATE "C" NOT NULL,
  -- The table at hand and the key of its last row that was looked at.
  table_name text COLLATE "C",
  position jsonb,
  done integer NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (tenant_id, target)
);

ALTER TABLE platform.reseal ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.reseal FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.reseal
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE ON platform.reseal TO gongzhi_app;
