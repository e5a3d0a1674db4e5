-- Duty rosters and quick response (小脑+手脚): teams, shifts, and urgent matters sent to who is on duty. What happened on a
-- call stands in the chain of its case.
CREATE SCHEMA duty;
GRANT USAGE ON SCHEMA duty TO gongzhi_app;

-- What kinds of teams there are, and which urgent matters go to them by themselves. Dated; the kinds that ship stand in
-- rules/kinds.ts and hold until a row says else.
CREATE TABLE duty.kind (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  -- Classes whose urgent matters it takes: prefixes of class codes, '*' for all; empty for none.
  takes text[] NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz,
  created_by text NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX kind_by_name ON duty.kind (tenant_id, kind, valid_from);

CREATE TABLE duty.team (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  area_code text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  closed_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area (tenant_id, code)
);
CREATE INDEX team_area ON duty.team (tenant_id, area_code, kind);

CREATE TABLE duty.team_member (
  tenant_id int NOT NULL,
  team_id uuid NOT NULL,
  post_id uuid NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, team_id, post_id),
  FOREIGN KEY (tenant_id, team_id) REFERENCES duty.team (tenant_id, id),
  FOREIGN KEY (tenant_id, post_id) REFERENCES organisations.post (tenant_id, id)
);

CREATE TABLE duty.shift (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  team_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  -- Posts in the order in which they are called; the first is on duty, the others are next in line.
  line uuid[] NOT NULL CHECK (cardinality(line) > 0),
  handover_note text,
  handed_over_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, team_id) REFERENCES duty.team (tenant_id, id),
  CHECK (ends_at > starts_at)
);
CREATE INDEX shift_time ON duty.shift (tenant_id, team_id, starts_at);

CREATE TABLE duty.call (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  case_number text COLLATE "C" NOT NULL,
  version int NOT NULL,
  state text NOT NULL CHECK (state IN ('sent', 'at_centre', 'acknowledged', 'arrived', 'reported', 'closed',
    'handed_over', 'stood_down')),
  area_code text COLLATE "C" NOT NULL,
  lane text NOT NULL CHECK (lane IN ('safety', 'enforcement', 'market', 'services')),
  sensitivity text NOT NULL CHECK (sensitivity IN ('normal', 'confidential', 'sealed')),
  team_id uuid NOT NULL,
  -- Accounts of those called so far, in order: who may answer.
  called_users text[] NOT NULL,
  sent_at timestamptz NOT NULL,
  acknowledged_at timestamptz,
  arrived_at timestamptz,
  reported_at timestamptz,
  ended_at timestamptz,
  facts jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  FOREIGN KEY (tenant_id, team_id) REFERENCES duty.team (tenant_id, id),
  FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area (tenant_id, code)
) WITH (fillfactor = 80);
-- One call at a time for a case.
CREATE UNIQUE INDEX call_open_case ON duty.call (tenant_id, case_id)
  WHERE state IN ('sent', 'at_centre', 'acknowledged', 'arrived', 'reported');
CREATE INDEX call_case ON duty.call (tenant_id, case_id, sent_at);
CREATE INDEX call_sent ON duty.call (tenant_id, sent_at DESC, id DESC);
CREATE INDEX call_users ON duty.call USING gin (called_users);

-- Handed to the police line 110 or taken from it: place and matter, a number to refer to, never who called.
CREATE TABLE duty.police_handover (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  reference text COLLATE "C" NOT NULL,
  direction text NOT NULL CHECK (direction IN ('to_110', 'from_110')),
  their_reference text,
  case_id uuid NOT NULL,
  call_id uuid,
  area_code text COLLATE "C" NOT NULL,
  lon double precision,
  lat double precision,
  place text,
  matter text NOT NULL,
  at timestamptz NOT NULL,
  by_organisation_id uuid,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, reference),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area (tenant_id, code)
);
CREATE INDEX police_handover_at ON duty.police_handover (tenant_id, at DESC, id DESC);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['kind', 'team', 'team_member', 'shift', 'call', 'police_handover'] LOOP
    EXECUTE format('ALTER TABLE duty.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE duty.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON duty.%I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int)', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON duty.kind, duty.team, duty.call TO gongzhi_app;
GRANT SELECT, INSERT, DELETE ON duty.team_member TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON duty.shift TO gongzhi_app;
GRANT SELECT, INSERT ON duty.police_handover TO gongzhi_app;
