-- Each recount, and what it found: how many cases were counted otherwise, and which cells.
CREATE TABLE statistics.recount (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  -- The day of the daily one; null for those somebody asked for.
  day date,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  cases int NOT NULL DEFAULT 0,
  cases_mended int NOT NULL DEFAULT 0,
  cells_mended int NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, day)
);
ALTER TABLE statistics.recount ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics.recount FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON statistics.recount
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE ON statistics.recount TO gongzhi_app;
