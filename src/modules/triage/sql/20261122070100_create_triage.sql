-- Triage: models by version, what each suggested and what a person decided. No words are kept here: a training reads
-- them from the cases, so that what was erased there is gone from the next model, too.
CREATE SCHEMA triage;
GRANT USAGE ON SCHEMA triage TO gongzhi_app;

CREATE TABLE triage.model (
  tenant_id int NOT NULL,
  version int NOT NULL,
  -- base: the catalogue's words and the invented examples alone; county: with confirmed cases.
  kind text NOT NULL CHECK (kind IN ('base', 'county')),
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  examples int NOT NULL,
  confirmed int NOT NULL,
  -- By cross-validation on the confirmed cases; null when there are too few.
  macro_f1 double precision,
  accuracy double precision,
  seconds double precision NOT NULL,
  digest text COLLATE "C" NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (tenant_id, version)
);
CREATE UNIQUE INDEX model_active ON triage.model (tenant_id) WHERE active;

CREATE TABLE triage.training (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  asked_by text NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  -- Share done, 0 to 1; `seen_at` moves with it, so that a training whose process died is told apart.
  share double precision NOT NULL,
  seen_at timestamptz NOT NULL,
  version int,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX training_running ON triage.training (tenant_id) WHERE state = 'running';
CREATE INDEX training_asked ON triage.training (tenant_id, asked_at DESC);

-- One row a case: what was suggested when it came in, and what a person made of it.
CREATE TABLE triage.outcome (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  model_version int,
  suggested_class text COLLATE "C",
  confidence double precision,
  suggested_urgency text NOT NULL CHECK (suggested_urgency IN ('normal', 'urgent')),
  suggested_organisation_id uuid,
  class_code text COLLATE "C",
  urgency text CHECK (urgency IN ('normal', 'urgent')),
  organisation_id uuid,
  town_code text COLLATE "C" NOT NULL,
  suggested_at timestamptz NOT NULL,
  decided_at timestamptz,
  -- The person decided otherwise than was suggested.
  corrected boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, case_id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id)
);
CREATE INDEX outcome_decided ON triage.outcome (tenant_id, decided_at DESC, case_id DESC) WHERE decided_at IS NOT NULL;
CREATE INDEX outcome_corrected ON triage.outcome (tenant_id, decided_at DESC, case_id DESC) WHERE corrected;
CREATE INDEX outcome_class ON triage.outcome (tenant_id, class_code, town_code, decided_at DESC)
  WHERE decided_at IS NOT NULL AND organisation_id IS NOT NULL;

ALTER TABLE triage.model ENABLE ROW LEVEL SECURITY;
ALTER TABLE triage.model FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON triage.model
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE triage.training ENABLE ROW LEVEL SECURITY;
ALTER TABLE triage.training FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON triage.training
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE triage.outcome ENABLE ROW LEVEL SECURITY;
ALTER TABLE triage.outcome FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON triage.outcome
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);

GRANT SELECT, INSERT, UPDATE ON triage.model, triage.training TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON triage.outcome TO gongzhi_app;
