-- Open pages hear of events right after the commit now and no longer wait in the queue of the outbox; what was still
-- lined up for them would stay there for good.
ALTER TABLE platform.outbox_delivery NO FORCE ROW LEVEL SECURITY;
DELETE FROM platform.outbox_delivery WHERE consumer = 'live-pages';
ALTER TABLE platform.outbox_delivery FORCE ROW LEVEL SECURITY;

-- What is done now and then and once for all processes that share a database: who is at it, and when it was done last.
CREATE TABLE platform.job (
  tenant_id int NOT NULL,
  name text COLLATE "C" NOT NULL,
  -- Until when it is left to whoever took it; he asks for more while he works.
  taken_until timestamptz,
  taken_by uuid,
  done_at timestamptz,
  PRIMARY KEY (tenant_id, name)
);
ALTER TABLE platform.job ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.job FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.job
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE ON platform.job TO gongzhi_app;
