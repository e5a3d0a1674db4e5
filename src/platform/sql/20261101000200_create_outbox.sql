-- Events for others to follow, written in the transaction of the change. A reader that remembers the last position it
-- saw would miss transactions that commit late; so each consumer has its own delivery rows, deleted when handled.
CREATE TABLE platform.outbox (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  -- Order within a subject: taken at insert, while the writer holds the subject's row.
  position bigint GENERATED ALWAYS AS IDENTITY,
  kind text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  payload jsonb NOT NULL DEFAULT '{}',
  routed boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX outbox_unrouted ON platform.outbox (tenant_id, position) WHERE NOT routed;
CREATE INDEX outbox_at ON platform.outbox (tenant_id, at);

CREATE TABLE platform.outbox_delivery (
  tenant_id integer NOT NULL,
  consumer text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  event_id uuid NOT NULL,
  run_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  last_error text,
  -- Set when it is given up; an administrator may have it tried again.
  failed_at timestamptz,
  PRIMARY KEY (tenant_id, consumer, subject, position),
  FOREIGN KEY (tenant_id, event_id) REFERENCES platform.outbox (tenant_id, id)
);
CREATE INDEX outbox_delivery_run_at ON platform.outbox_delivery (tenant_id, consumer, run_at, position) WHERE failed_at IS NULL;
CREATE INDEX outbox_delivery_failed ON platform.outbox_delivery (tenant_id, failed_at) WHERE failed_at IS NOT NULL;
CREATE INDEX outbox_delivery_event ON platform.outbox_delivery (tenant_id, event_id);

ALTER TABLE platform.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.outbox
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.outbox TO gongzhi_app;

ALTER TABLE platform.outbox_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.outbox_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.outbox_delivery
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.outbox_delivery TO gongzhi_app;
