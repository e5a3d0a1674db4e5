-- Who did what to what, without personal data. Never changed or deleted by the platform.
CREATE TABLE platform.audit_entry (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  actor_id text COLLATE "C" NOT NULL,
  actor_kind text COLLATE "C" NOT NULL CHECK (actor_kind IN ('officer', 'resident', 'anonymous', 'system')),
  post_id uuid,
  action text COLLATE "C" NOT NULL,
  target_kind text COLLATE "C" NOT NULL,
  target_id text COLLATE "C" NOT NULL,
  result text COLLATE "C" NOT NULL,
  address inet,
  details jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (tenant_id, at, id)
);
CREATE INDEX audit_entry_target ON platform.audit_entry (tenant_id, target_kind, target_id, at);
CREATE INDEX audit_entry_actor ON platform.audit_entry (tenant_id, actor_id, at);

ALTER TABLE platform.audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.audit_entry
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT ON platform.audit_entry TO gongzhi_app;
