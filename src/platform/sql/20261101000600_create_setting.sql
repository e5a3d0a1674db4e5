-- Dated settings: weights, thresholds and the like that rules read. A change ends one row and begins another.
CREATE TABLE platform.setting (
  tenant_id integer NOT NULL,
  key text COLLATE "C" NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz,
  value jsonb NOT NULL,
  PRIMARY KEY (tenant_id, key, valid_from),
  CHECK (valid_to IS NULL OR valid_to > valid_from)
);

ALTER TABLE platform.setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.setting FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.setting
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE ON platform.setting TO gongzhi_app;
