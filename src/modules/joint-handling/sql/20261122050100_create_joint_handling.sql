-- Joint handling (街道吹哨、部门报到): one row of present state a whistle, one a called organisation. What happened, with
-- words and photos, stands in the chain of the case it serves.
CREATE SCHEMA joint_handling;
GRANT USAGE ON SCHEMA joint_handling TO gongzhi_app;

CREATE TABLE joint_handling.joint (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  case_number text COLLATE "C" NOT NULL,
  version int NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'declined', 'called', 'closed', 'cancelled', 'ended')),
  ground text NOT NULL CHECK (ground IN ('public_demand', 'joint_enforcement', 'emergency')),
  -- Place, lane and sensitivity of the case, by which those who read by area see it.
  area_code text COLLATE "C" NOT NULL,
  lane text NOT NULL CHECK (lane IN ('safety', 'enforcement', 'market', 'services')),
  sensitivity text NOT NULL CHECK (sensitivity IN ('normal', 'confidential', 'sealed')),
  whistler_id uuid NOT NULL,
  asker_id uuid,
  lead_id uuid NOT NULL,
  -- What the rules decide on (rules/state.ts), whole.
  facts jsonb NOT NULL,
  opened_at timestamptz NOT NULL,
  whistled_at timestamptz,
  ended_at timestamptz,
  cancelled_late boolean NOT NULL,
  -- What the county's centre said of the whistle.
  centre_justified boolean,
  centre_needed boolean,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area (tenant_id, code),
  FOREIGN KEY (tenant_id, whistler_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, asker_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_id) REFERENCES organisations.organisation (tenant_id, id)
) WITH (fillfactor = 80);
-- A case has one joint handling at a time.
CREATE UNIQUE INDEX joint_open_case ON joint_handling.joint (tenant_id, case_id) WHERE state IN ('asked', 'called');
CREATE INDEX joint_case ON joint_handling.joint (tenant_id, case_id, opened_at);
CREATE INDEX joint_area ON joint_handling.joint (tenant_id, area_code, opened_at DESC, id DESC);
CREATE INDEX joint_opened ON joint_handling.joint (tenant_id, opened_at DESC, id DESC);
CREATE INDEX joint_whistler ON joint_handling.joint (tenant_id, whistler_id, whistled_at);

CREATE TABLE joint_handling.member (
  tenant_id int NOT NULL,
  joint_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('called', 'refused', 'coming', 'arrived', 'leave_asked', 'done', 'left',
    'excused', 'absent', 'replaced', 'gone')),
  called_at timestamptz NOT NULL,
  answer_due_at timestamptz NOT NULL,
  answered_at timestamptz,
  refused_at timestamptz,
  ruling text CHECK (ruling IN ('must_come', 'excused')),
  arrive_due_at timestamptz NOT NULL,
  arrived_at timestamptz,
  part_due_at timestamptz,
  done_at timestamptz,
  timeliness text CHECK (timeliness IN ('good', 'fair', 'poor')),
  result text CHECK (result IN ('good', 'fair', 'poor')),
  -- What it said of the whistle.
  justified boolean,
  needed boolean,
  PRIMARY KEY (tenant_id, joint_id, organisation_id),
  FOREIGN KEY (tenant_id, joint_id) REFERENCES joint_handling.joint (tenant_id, id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation (tenant_id, id)
) WITH (fillfactor = 80);
CREATE INDEX member_organisation ON joint_handling.member (tenant_id, organisation_id, called_at DESC);
CREATE INDEX member_called ON joint_handling.member (tenant_id, called_at);

ALTER TABLE joint_handling.joint ENABLE ROW LEVEL SECURITY;
ALTER TABLE joint_handling.joint FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON joint_handling.joint
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE joint_handling.member ENABLE ROW LEVEL SECURITY;
ALTER TABLE joint_handling.member FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON joint_handling.member
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE ON joint_handling.joint, joint_handling.member TO gongzhi_app;
