-- The duties towards the people whose data this is: what they were told, what they agreed to, how long it is kept, what
-- they asked for, and what was erased by which order.
CREATE SCHEMA privacy;
GRANT USAGE ON SCHEMA privacy TO gongzhi_app;

-- The notice as it stood; a new wording is a new version.
CREATE TABLE privacy.notice (
  tenant_id int NOT NULL,
  version int NOT NULL CHECK (version > 0),
  valid_from timestamptz NOT NULL,
  -- Per language the parts in order: key, heading, paragraphs.
  parts jsonb NOT NULL,
  made_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, version)
);

-- Which version a requester had before him when he filed.
CREATE TABLE privacy.notice_shown (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  version int NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, case_id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  FOREIGN KEY (tenant_id, version) REFERENCES privacy.notice (tenant_id, version)
);

-- Separate consent where the law wants it; each purpose for itself.
CREATE TABLE privacy.consent (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  purpose text COLLATE "C" NOT NULL CHECK (purpose IN ('publication', 'sensitive')),
  notice_version int,
  given_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  PRIMARY KEY (tenant_id, case_id, purpose),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id)
);

-- How long, by class; the longest prefix of the class code wins, the empty one is for all others.
CREATE TABLE privacy.retention_rule (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  class_prefix text COLLATE "C" NOT NULL,
  identity_months int NOT NULL CHECK (identity_months BETWEEN 1 AND 1200),
  -- Null: the words are kept until an order erases them.
  content_months int CHECK (content_months BETWEEN identity_months AND 1200),
  basis text NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz,
  made_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE UNIQUE INDEX retention_rule_current ON privacy.retention_rule (tenant_id, class_prefix) WHERE valid_to IS NULL;

-- What was erased, when, by which order; never changed.
CREATE TABLE privacy.erasure (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  what text COLLATE "C" NOT NULL CHECK (what IN ('identity', 'content')),
  order_ref text NOT NULL,
  at timestamptz NOT NULL,
  erased_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id)
);
CREATE INDEX erasure_at ON privacy.erasure (tenant_id, at DESC, id DESC);
CREATE INDEX erasure_case ON privacy.erasure (tenant_id, case_id);

-- What people asked to have corrected or deleted, where an officer decides. Free words are sealed.
CREATE TABLE privacy.person_request (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('correction', 'deletion')),
  asked bytea NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('open', 'granted', 'refused')),
  created_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by text COLLATE "C",
  answer bytea,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  CHECK ((state = 'open') = (decided_at IS NULL)),
  CHECK ((decided_at IS NULL) = (decided_by IS NULL))
);
CREATE UNIQUE INDEX person_request_open ON privacy.person_request (tenant_id, case_id, kind) WHERE state = 'open';
CREATE INDEX person_request_due ON privacy.person_request (tenant_id, state, due_at, id);
CREATE INDEX person_request_case ON privacy.person_request (tenant_id, case_id);

-- Lists of those affected by a breach that somebody had made, and why.
CREATE TABLE privacy.affected_list (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  account text COLLATE "C",
  address inet,
  reason bytea NOT NULL,
  cases int NOT NULL,
  asked_by text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

ALTER TABLE privacy.affected_list ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.affected_list FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.affected_list
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE privacy.notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.notice FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.notice
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE privacy.notice_shown ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.notice_shown FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.notice_shown
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE privacy.consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.consent FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.consent
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE privacy.retention_rule ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.retention_rule FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.retention_rule
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE privacy.erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.erasure FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.erasure
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE privacy.person_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.person_request FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.person_request
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);

GRANT SELECT, INSERT ON privacy.notice, privacy.notice_shown, privacy.erasure TO gongzhi_app;
GRANT SELECT, INSERT ON privacy.affected_list TO gongzhi_app;
GRANT UPDATE (reason) ON privacy.affected_list TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE ON privacy.consent, privacy.retention_rule, privacy.person_request TO gongzhi_app;
