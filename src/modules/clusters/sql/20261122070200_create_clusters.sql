-- What requests are about, so that likely duplicates are found by index, and the hot issues they add up to.
CREATE SCHEMA clusters;
GRANT USAGE ON SCHEMA clusters TO gongzhi_app;

-- The telling words of a request, or of the version released to the public. `keys` are those words under the town and
-- under the month, so that a look-up touches the requests nearby or of late, not all there are.
CREATE TABLE clusters.signature (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  source text NOT NULL CHECK (source IN ('case', 'released')),
  keys text[] NOT NULL,
  words text[] NOT NULL,
  weights real[] NOT NULL,
  opened_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, case_id, source),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id)
);
CREATE INDEX signature_keys ON clusters.signature USING gin (keys);
CREATE INDEX signature_opened ON clusters.signature (tenant_id, opened_at DESC) WHERE source = 'case';

CREATE TABLE clusters.hot_issue (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  title text NOT NULL,
  words text[] NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  requests int NOT NULL,
  -- Different people, counted by keys that are not kept.
  people int NOT NULL,
  heat double precision NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('found', 'opened', 'dismissed', 'faded')),
  found_at timestamptz NOT NULL,
  counted_at timestamptz NOT NULL,
  -- What was decided about it: by whom, as what, who leads.
  kind text CHECK (kind IN ('proactive', 'problem_of_month')),
  month text CHECK (month ~ '^\d{4}-\d{2}$'),
  lead_organisation_id uuid,
  case_id uuid,
  decided_by text,
  decided_at timestamptz,
  reason text,
  public_title text,
  public_text text,
  published_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area (tenant_id, code),
  FOREIGN KEY (tenant_id, lead_organisation_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  CHECK ((state = 'opened') = (kind IS NOT NULL)),
  CHECK ((published_at IS NULL) OR (public_title IS NOT NULL AND public_text IS NOT NULL AND state = 'opened'))
);
CREATE INDEX hot_issue_heat ON clusters.hot_issue (tenant_id, state, heat DESC, id);
CREATE INDEX hot_issue_published ON clusters.hot_issue (tenant_id, published_at DESC, id) WHERE published_at IS NOT NULL;

CREATE TABLE clusters.hot_issue_member (
  tenant_id int NOT NULL,
  issue_id uuid NOT NULL,
  case_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, issue_id, case_id),
  FOREIGN KEY (tenant_id, issue_id) REFERENCES clusters.hot_issue (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id)
);
CREATE INDEX hot_issue_member_case ON clusters.hot_issue_member (tenant_id, case_id);

-- One row for every day on which the issues were counted, so that it happens once a day on however many processes.
CREATE TABLE clusters.count (
  tenant_id int NOT NULL,
  day date NOT NULL,
  began_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, day)
);

ALTER TABLE clusters.signature ENABLE ROW LEVEL SECURITY;
ALTER TABLE clusters.signature FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON clusters.signature
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE clusters.hot_issue ENABLE ROW LEVEL SECURITY;
ALTER TABLE clusters.hot_issue FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON clusters.hot_issue
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE clusters.hot_issue_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE clusters.hot_issue_member FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON clusters.hot_issue_member
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE clusters.count ENABLE ROW LEVEL SECURITY;
ALTER TABLE clusters.count FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON clusters.count
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);

GRANT SELECT, INSERT, UPDATE, DELETE ON clusters.signature, clusters.hot_issue_member TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE ON clusters.hot_issue TO gongzhi_app;
GRANT SELECT, INSERT ON clusters.count TO gongzhi_app;
