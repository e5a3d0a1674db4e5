-- Cases left out of an office's figures: asked with a reason, decided by somebody of another office, public.
CREATE SCHEMA exclusions;
GRANT USAGE ON SCHEMA exclusions TO gongzhi_app;

-- Grounds beside the shipped ones, or shipped ones that ended here; dated.
CREATE TABLE exclusions.ground (
  tenant_id int NOT NULL,
  code text COLLATE "C" NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  name_zh text NOT NULL CHECK (name_zh <> ''),
  name_en text NOT NULL CHECK (name_en <> ''),
  set_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, code, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

CREATE TABLE exclusions.exclusion (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  case_id uuid NOT NULL,
  -- Whose figures leave the case out.
  organisation_id uuid NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  ground text COLLATE "C" NOT NULL,
  -- For the offices; what the public reads was written for it.
  words text NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'revoked')),
  asked_at timestamptz NOT NULL,
  asked_by text COLLATE "C" NOT NULL,
  asked_by_organisation_id uuid NOT NULL,
  decided_at timestamptz,
  decided_by text COLLATE "C",
  decided_by_organisation_id uuid,
  decision_words text,
  public_words text,
  revoked_at timestamptz,
  revoked_by text COLLATE "C",
  revoked_by_organisation_id uuid,
  revocation_words text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area (tenant_id, code),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, asked_by_organisation_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, decided_by_organisation_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, revoked_by_organisation_id) REFERENCES organisations.organisation (tenant_id, id),
  CHECK ((state = 'asked') = (decided_at IS NULL)),
  CHECK ((state = 'revoked') = (revoked_at IS NOT NULL)),
  CHECK (decided_by IS NULL OR decided_by <> asked_by),
  CHECK (decided_by_organisation_id IS NULL OR decided_by_organisation_id <> asked_by_organisation_id)
);
-- One request or exclusion in force for a case and an office.
CREATE UNIQUE INDEX exclusion_in_force ON exclusions.exclusion (tenant_id, case_id, organisation_id)
  WHERE state IN ('asked', 'granted');
CREATE INDEX exclusion_asked ON exclusions.exclusion (tenant_id, asked_at DESC, id DESC);
CREATE INDEX exclusion_decided ON exclusions.exclusion (tenant_id, decided_at DESC, id DESC)
  WHERE state IN ('granted', 'revoked');

ALTER TABLE exclusions.ground ENABLE ROW LEVEL SECURITY;
ALTER TABLE exclusions.ground FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON exclusions.ground
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE exclusions.exclusion ENABLE ROW LEVEL SECURITY;
ALTER TABLE exclusions.exclusion FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON exclusions.exclusion
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);

GRANT SELECT, INSERT, UPDATE ON exclusions.ground, exclusions.exclusion TO gongzhi_app;
