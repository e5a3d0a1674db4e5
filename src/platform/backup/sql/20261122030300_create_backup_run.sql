-- Backups by schedule: how each run ended. Files and keys are not in here.
CREATE TABLE platform.backup_run (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz NOT NULL,
  result text NOT NULL CHECK (result IN ('done', 'failed')),
  -- Name in the backup folder; null when it failed.
  file text,
  bytes bigint,
  -- backup.damaged and the like, or what the system said.
  problem text,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX backup_run_started ON platform.backup_run (tenant_id, started_at DESC);
ALTER TABLE platform.backup_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.backup_run FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.backup_run
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT ON platform.backup_run TO gongzhi_app;
