CREATE SCHEMA organisations;
GRANT USAGE ON SCHEMA organisations TO gongzhi_app;

-- What kinds of bodies there are (police_station, housing …); the dispatch list names kinds, not single bodies.
CREATE TABLE organisations.kind (
  tenant_id int NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  levels text[] NOT NULL CHECK (levels <@ ARRAY['city', 'county', 'town', 'village'] AND cardinality(levels) > 0),
  -- A town station (七站八所) has two lines: its department above and the town that directs it.
  station boolean NOT NULL DEFAULT false,
  position smallint NOT NULL,
  PRIMARY KEY (tenant_id, kind)
);

CREATE TABLE organisations.organisation (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  level text NOT NULL CHECK (level IN ('city', 'county', 'town', 'village')),
  name text NOT NULL CHECK (name <> ''),
  name_en text NOT NULL,
  short_name text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  line_superior_id uuid,
  directing_body_id uuid,
  phone text,
  complaint_phone text,
  external boolean NOT NULL DEFAULT false,
  valid_from date NOT NULL,
  -- The first day on which it no longer exists.
  valid_to date,
  successor_id uuid,
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, kind) REFERENCES organisations.kind (tenant_id, kind),
  FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area (tenant_id, code),
  FOREIGN KEY (tenant_id, line_superior_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, directing_body_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, successor_id) REFERENCES organisations.organisation (tenant_id, id),
  -- A body entered by mistake closes on its first day.
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CHECK (line_superior_id <> id AND directing_body_id <> id)
);
CREATE INDEX organisation_by_kind ON organisations.organisation (tenant_id, kind, area_code);
CREATE INDEX organisation_by_area ON organisations.organisation (tenant_id, area_code, level, id);
CREATE INDEX organisation_by_line_superior ON organisations.organisation (tenant_id, line_superior_id);
CREATE INDEX organisation_by_directing_body ON organisations.organisation (tenant_id, directing_body_id);

-- Bodies are renamed; people search for the old name for years.
CREATE TABLE organisations.former_name (
  tenant_id int NOT NULL,
  organisation_id uuid NOT NULL,
  version int NOT NULL,
  name text NOT NULL,
  name_en text NOT NULL,
  short_name text NOT NULL,
  until_date date NOT NULL,
  PRIMARY KEY (tenant_id, organisation_id, version),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation (tenant_id, id)
);

-- An officer as colleagues and residents may know him; his account lies in the sign-in schema under the same id.
CREATE TABLE organisations.person (
  tenant_id int NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  name_en text NOT NULL DEFAULT '',
  -- The number of his office, never a private one.
  phone text,
  PRIMARY KEY (tenant_id, user_id)
);
CREATE INDEX person_by_name ON organisations.person (tenant_id, name, user_id);

CREATE TABLE organisations.post (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  organisation_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('grid_worker', 'community_worker', 'dispatcher', 'handler', 'verifier',
    'supervisor', 'evaluator', 'administrator', 'auditor')),
  grid_role text CHECK (grid_role IN ('leader', 'full_time', 'part_time', 'adviser')),
  -- What the holder is called, where the role says too little: 政法委员.
  title_zh text NOT NULL DEFAULT '',
  title_en text NOT NULL DEFAULT '',
  -- Division-code prefixes. Where the scope is a named area set, what it held when the post was given; rights follow
  -- the set as it is.
  scope text[] COLLATE "C" NOT NULL CHECK (cardinality(scope) BETWEEN 1 AND 500),
  area_set_id uuid,
  lanes text[] CHECK (lanes <@ ARRAY['safety', 'enforcement', 'market', 'services'] AND cardinality(lanes) > 0),
  valid_from date NOT NULL,
  -- The first day on which it no longer holds; a post that ends today gives nothing from now on.
  valid_to date,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  ended_at timestamptz,
  ended_by text,
  end_reason text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES organisations.person (tenant_id, user_id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, area_set_id) REFERENCES areas.area_set (tenant_id, id),
  -- A post that was ended before it began covers no day.
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CHECK ((role = 'grid_worker') = (grid_role IS NOT NULL))
);
CREATE INDEX post_by_user ON organisations.post (tenant_id, user_id, valid_to);
CREATE INDEX post_by_organisation ON organisations.post (tenant_id, organisation_id, role, id);
CREATE INDEX post_by_scope ON organisations.post USING gin (scope);

ALTER TABLE organisations.kind ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations.kind FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations.kind
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE organisations.organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations.organisation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations.organisation
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE organisations.former_name ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations.former_name FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations.former_name
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE organisations.person ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations.person FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations.person
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE organisations.post ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations.post FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations.post
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);

-- Nothing here is deleted: bodies are closed and posts end.
GRANT SELECT, INSERT, UPDATE ON organisations.kind, organisations.organisation, organisations.person, organisations.post
  TO gongzhi_app;
GRANT SELECT, INSERT ON organisations.former_name TO gongzhi_app;
