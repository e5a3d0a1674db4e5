CREATE SCHEMA catalogue;
GRANT USAGE ON SCHEMA catalogue TO gongzhi_app;

-- One row for every change of classes or deadlines. A case keeps the number it was opened under, and with it every
-- class and deadline as they stood at the moment that version began.
CREATE TABLE catalogue.catalogue_version (
  tenant_id int NOT NULL,
  version int NOT NULL,
  valid_from timestamptz NOT NULL,
  note text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  PRIMARY KEY (tenant_id, version)
);
CREATE INDEX catalogue_version_in_force ON catalogue.catalogue_version (tenant_id, valid_from DESC, version DESC);

CREATE TABLE catalogue.class (
  tenant_id int NOT NULL,
  code text COLLATE "C" NOT NULL,
  version int NOT NULL,
  parent_code text COLLATE "C",
  name_zh text NOT NULL CHECK (name_zh <> ''),
  name_en text NOT NULL CHECK (name_en <> ''),
  -- Words that point to the class in what a resident wrote.
  keywords text[] NOT NULL DEFAULT '{}',
  lane text NOT NULL CHECK (lane IN ('safety', 'enforcement', 'market', 'services')),
  sensitivity text NOT NULL CHECK (sensitivity IN ('normal', 'sealed')),
  default_urgency text NOT NULL CHECK (default_urgency IN ('normal', 'urgent')),
  petition boolean NOT NULL DEFAULT false,
  settle_on_spot boolean NOT NULL DEFAULT false,
  needs_photo boolean NOT NULL DEFAULT false,
  -- The requester is asked before it closes, whatever the check on site says.
  call_back_before boolean NOT NULL DEFAULT false,
  -- Taken when nobody named a class and no words point to one.
  fallback boolean NOT NULL DEFAULT false,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz,
  PRIMARY KEY (tenant_id, code, version),
  FOREIGN KEY (tenant_id, version) REFERENCES catalogue.catalogue_version (tenant_id, version),
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CHECK (parent_code IS NULL OR (parent_code <> code AND code LIKE parent_code || '%'))
);
CREATE INDEX class_by_parent ON catalogue.class (tenant_id, parent_code, code);

-- Time limits; class_code '*' holds for every class that has none of its own or of its parent.
CREATE TABLE catalogue.deadline (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  stage text NOT NULL CHECK (stage IN ('total', 'dispatch', 'acceptance', 'objection', 'adjudication', 'contact',
    'verification', 'call_back', 'rating', 'reopen_window', 'rework')),
  -- Hours for round_the_clock and office_hours, days for working_days.
  amount numeric(8, 2) NOT NULL CHECK (amount > 0),
  clock text NOT NULL CHECK (clock IN ('round_the_clock', 'office_hours', 'working_days')),
  basis text NOT NULL DEFAULT '',
  valid_from timestamptz NOT NULL,
  valid_to timestamptz,
  created_by text NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, version) REFERENCES catalogue.catalogue_version (tenant_id, version),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX deadline_by_class ON catalogue.deadline (tenant_id, class_code, stage, valid_from);

-- The dispatch list (派单目录): who leads matters of a class at a level, and by which law.
CREATE TABLE catalogue.dispatch_entry (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  entry_number int NOT NULL CHECK (entry_number > 0),
  class_code text COLLATE "C" NOT NULL,
  level text NOT NULL CHECK (level IN ('city', 'county', 'town', 'village', 'grid')),
  -- Where the entry holds: the whole jurisdiction, or one county or town of it with a list of its own.
  area_code text COLLATE "C" NOT NULL,
  -- The lead is a kind ('that town's justice office') or one body.
  lead_kind text COLLATE "C",
  lead_organisation_id uuid,
  assist_kinds text[] NOT NULL DEFAULT '{}',
  assist_ids uuid[] NOT NULL DEFAULT '{}',
  legal_basis text NOT NULL CHECK (legal_basis <> ''),
  -- Who put the entry on the list: the body and its document.
  decided_by text NOT NULL DEFAULT '',
  -- An entry that came with the software, to be replaced by the place's own.
  sample boolean NOT NULL DEFAULT false,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  ended_by text,
  end_reason text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_kind) REFERENCES organisations.kind (tenant_id, kind),
  FOREIGN KEY (tenant_id, lead_organisation_id) REFERENCES organisations.organisation (tenant_id, id),
  CHECK (num_nonnulls(lead_kind, lead_organisation_id) = 1),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX dispatch_entry_by_class ON catalogue.dispatch_entry (tenant_id, class_code, level, valid_from);
CREATE INDEX dispatch_entry_by_number ON catalogue.dispatch_entry (tenant_id, entry_number, id);
CREATE INDEX dispatch_entry_by_lead ON catalogue.dispatch_entry (tenant_id, lead_organisation_id);

-- Numbers that rules need (tries of a call-back, metres that count as on site), dated, perhaps of one class.
CREATE TABLE catalogue.setting (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  class_code text COLLATE "C" NOT NULL DEFAULT '*',
  value numeric(10, 2) NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz,
  created_by text NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX setting_by_name ON catalogue.setting (tenant_id, name, class_code, valid_from);

-- Days on which this place differs from the national calendar.
CREATE TABLE catalogue.calendar_exception (
  tenant_id int NOT NULL,
  day date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('holiday', 'workday')),
  note text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  PRIMARY KEY (tenant_id, day)
);

ALTER TABLE catalogue.catalogue_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.catalogue_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.catalogue_version
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE catalogue.class ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.class FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.class
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE catalogue.deadline ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.deadline FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.deadline
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE catalogue.dispatch_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.dispatch_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.dispatch_entry
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE catalogue.setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.setting FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.setting
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE catalogue.calendar_exception ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.calendar_exception FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.calendar_exception
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);

-- Rules are ended, not deleted; only a day that has not come yet may leave the calendar again.
GRANT SELECT, INSERT ON catalogue.catalogue_version TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE ON catalogue.class, catalogue.deadline, catalogue.dispatch_entry, catalogue.setting
  TO gongzhi_app;
GRANT SELECT, INSERT, DELETE ON catalogue.calendar_exception TO gongzhi_app;
