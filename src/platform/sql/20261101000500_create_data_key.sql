-- Keys that seal personal data, wrapped by the master key, which lies outside the database.
CREATE TABLE platform.data_key (
  tenant_id integer NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  wrapped bytea NOT NULL,
  created_at timestamptz NOT NULL,
  retired_at timestamptz,
  PRIMARY KEY (tenant_id, version)
);

ALTER TABLE platform.data_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.data_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.data_key
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
-- Never deleted: what was sealed under a retired key must stay readable. Wrapped anew when the master key changes.
GRANT SELECT, INSERT, UPDATE ON platform.data_key TO gongzhi_app;
