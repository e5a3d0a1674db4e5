-- Counts of cases, kept as cases change. What a case adds to them is remembered beside them, so that a later or corrected
-- event takes exactly that away again. Nothing here points to a person or shows a word of a request.
CREATE SCHEMA statistics;
GRANT USAGE ON SCHEMA statistics TO gongzhi_app;

-- One row a tenant. Whoever changes counts locks it first: one writer at a time, and none of them is a filing.
CREATE TABLE statistics.progress (
  tenant_id int NOT NULL,
  -- The last case the first count has come to, in the order of ids, and how many it has counted.
  counted_to uuid,
  counted bigint NOT NULL DEFAULT 0,
  -- When the first count was done; until then figures are not whole.
  counted_at timestamptz,
  -- The newest event that is in the counts.
  followed_at timestamptz,
  -- Since this day a town's counts by class, organisation, channel and lane are kept by day; before it by month.
  fine_from date NOT NULL,
  PRIMARY KEY (tenant_id)
) WITH (fillfactor = 50);

-- What one case adds to the counts now: each mark is a measure on a day, for an organisation.
CREATE TABLE statistics.contribution (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  lane text COLLATE "C" NOT NULL,
  -- Sealed or confidential: counted only for those who may read such cases.
  restricted boolean NOT NULL,
  days date[] NOT NULL,
  measures text[] COLLATE "C" NOT NULL,
  organisations uuid[] NOT NULL,
  last_day date NOT NULL,
  PRIMARY KEY (tenant_id, case_id)
) WITH (fillfactor = 85);
-- Villages and grids are counted from here: a few thousand rows each.
CREATE INDEX contribution_area ON statistics.contribution (tenant_id, area_code);

-- The counts. `value` is the class, organisation, channel or lane the dimension names; '' where it names none.
CREATE TABLE statistics.cell (
  tenant_id int NOT NULL,
  dimension text COLLATE "C" NOT NULL CHECK (dimension IN ('all', 'class', 'organisation', 'channel', 'lane')),
  area_code text COLLATE "C" NOT NULL,
  span text COLLATE "C" NOT NULL CHECK (span IN ('day', 'month')),
  -- The day, or the first of the month.
  day date NOT NULL,
  value text COLLATE "C" NOT NULL,
  measure text COLLATE "C" NOT NULL,
  restricted boolean NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (tenant_id, dimension, area_code, span, day, value, measure, restricted)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['progress', 'contribution', 'cell'] LOOP
    EXECUTE format('ALTER TABLE statistics.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE statistics.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON statistics.%I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int)', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON statistics.progress TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON statistics.contribution, statistics.cell TO gongzhi_app;
