-- The answer to each POST that came with a key, so that a repeated request gets the same answer and no second effect.
CREATE TABLE platform.idempotency (
  tenant_id integer NOT NULL,
  actor_key text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  route text COLLATE "C" NOT NULL,
  request_hash bytea NOT NULL,
  -- Empty while the first request still runs.
  status integer,
  answer bytea,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, actor_key, key)
);
CREATE INDEX idempotency_created_at ON platform.idempotency (tenant_id, created_at);

ALTER TABLE platform.idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.idempotency
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.idempotency TO gongzhi_app;
