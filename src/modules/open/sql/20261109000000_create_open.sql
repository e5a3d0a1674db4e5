-- Tries to open a request by number and query code, by keyed digests; rows live a day.
CREATE SCHEMA open;
GRANT USAGE ON SCHEMA open TO gongzhi_app;

CREATE TABLE open.tracking_try (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  number_key text COLLATE "C" NOT NULL,
  address_key text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('failed', 'succeeded', 'put_off')),
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tracking_try_number ON open.tracking_try (tenant_id, number_key, at);
CREATE INDEX tracking_try_address ON open.tracking_try (tenant_id, address_key, at);
CREATE INDEX tracking_try_at ON open.tracking_try (tenant_id, at);

ALTER TABLE open.tracking_try ENABLE ROW LEVEL SECURITY;
ALTER TABLE open.tracking_try FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON open.tracking_try
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE, DELETE ON open.tracking_try TO gongzhi_app;
