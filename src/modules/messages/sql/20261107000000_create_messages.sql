-- What people are told: officers in their inbox, requesters and officers by text message and mail. Rows hold codes and
-- numbers; the words come from templates when they are read or sent, the address from the identity when it is sent.
CREATE SCHEMA messages;
GRANT USAGE ON SCHEMA messages TO gongzhi_app;

-- Wording an administrator put in place of the shipped one, dated.
CREATE TABLE messages.template (
  tenant_id int NOT NULL,
  notice text COLLATE "C" NOT NULL,
  locale text NOT NULL CHECK (locale IN ('zh-CN', 'en')),
  valid_from timestamptz NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  set_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, notice, locale, valid_from)
);

CREATE TABLE messages.inbox_item (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  case_id uuid NOT NULL,
  notice text COLLATE "C" NOT NULL,
  params jsonb NOT NULL,
  -- How many events it stands for.
  bundled int NOT NULL CHECK (bundled > 0),
  first_at timestamptz NOT NULL,
  at timestamptz NOT NULL,
  read_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inbox_item_user ON messages.inbox_item (tenant_id, user_id, at DESC, id DESC);
CREATE INDEX inbox_item_unread ON messages.inbox_item (tenant_id, user_id, case_id) WHERE read_at IS NULL;
CREATE INDEX inbox_item_at ON messages.inbox_item (tenant_id, at);

CREATE TABLE messages.delivery (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  recipient_kind text NOT NULL CHECK (recipient_kind IN ('requester', 'officer')),
  recipient_id text COLLATE "C" NOT NULL,
  channel text NOT NULL CHECK (channel IN ('sms', 'mail')),
  notice text COLLATE "C" NOT NULL,
  params jsonb NOT NULL,
  bundled int NOT NULL CHECK (bundled > 0),
  state text NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'dropped')),
  attempts int NOT NULL,
  created_at timestamptz NOT NULL,
  -- When it may be sent; while it is being sent: when to try again should the sender have died.
  run_at timestamptz NOT NULL,
  ended_at timestamptz,
  error text COLLATE "C",
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX delivery_due ON messages.delivery (tenant_id, run_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX delivery_recipient ON messages.delivery (tenant_id, case_id, recipient_id, channel, created_at DESC);
CREATE INDEX delivery_failed ON messages.delivery (tenant_id, ended_at DESC, id DESC) WHERE state = 'failed';
CREATE INDEX delivery_ended ON messages.delivery (tenant_id, ended_at) WHERE state IN ('sent', 'dropped');

ALTER TABLE messages.template ENABLE ROW LEVEL SECURITY;
ALTER TABLE messages.template FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON messages.template
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE messages.inbox_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE messages.inbox_item FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON messages.inbox_item
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE messages.delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE messages.delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON messages.delivery
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);

GRANT SELECT, INSERT ON messages.template TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON messages.inbox_item, messages.delivery TO gongzhi_app;
