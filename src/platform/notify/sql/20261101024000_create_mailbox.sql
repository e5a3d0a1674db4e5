-- What the demo would have sent by text message or mail, for everyone to see; empty in every other installation.
CREATE TABLE platform.mailbox (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  channel text NOT NULL CHECK (channel IN ('sms', 'mail')),
  -- Masked: enough for who tries the demo to find his own.
  recipient text NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX mailbox_at ON platform.mailbox (tenant_id, at DESC, id DESC);

ALTER TABLE platform.mailbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.mailbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.mailbox
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, DELETE ON platform.mailbox TO gongzhi_app;
