-- Deadlines that fire once. The key begins with the subject, so that the earliest timer of one subject is found by it.
CREATE TABLE platform.timer (
  tenant_id integer NOT NULL,
  subject text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL DEFAULT '',
  due_at timestamptz NOT NULL,
  payload jsonb NOT NULL DEFAULT '{}',
  -- When it is tried next: due_at at first, later while its handler fails.
  run_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  last_error text,
  PRIMARY KEY (tenant_id, subject, kind, name)
);
CREATE INDEX timer_run_at ON platform.timer (tenant_id, run_at);

ALTER TABLE platform.timer ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.timer FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.timer
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.timer TO gongzhi_app;
