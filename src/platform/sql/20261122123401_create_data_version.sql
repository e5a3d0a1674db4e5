-- How often data that processes keep in memory was changed, by schema. A transaction that changes such data counts on before
-- it commits, each transaction reads the numbers with its BEGIN: what a process kept under another number is read anew.
CREATE TABLE platform.data_version (
  tenant_id integer NOT NULL,
  part text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (tenant_id, part)
) WITH (fillfactor = 50);
ALTER TABLE platform.data_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.data_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.data_version
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE ON platform.data_version TO gongzhi_app;
