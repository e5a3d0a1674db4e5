-- Cases: one row of present state a case, an append-only chain of events, and free text apart from both,
-- so that lawful erasure can remove it while the chain still verifies.
CREATE SCHEMA cases;
GRANT USAGE ON SCHEMA cases TO gongzhi_app;

-- Serial of a day's public numbers.
CREATE TABLE cases.number_serial (
  tenant_id int NOT NULL,
  day date NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (tenant_id, day)
);

CREATE TABLE cases.case_file (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  number text COLLATE "C" NOT NULL,
  version int NOT NULL,
  state text NOT NULL CHECK (state IN ('registered', 'rejected', 'referred', 'merged', 'dispatched', 'accepted',
    'objected', 'adjudicating', 'in_progress', 'extension_requested', 'shelved', 'reported_done', 'verifying',
    'call_back', 'closed', 'returned', 'withdrawn', 'voided', 'reopened')),
  lane text NOT NULL CHECK (lane IN ('safety', 'enforcement', 'market', 'services')),
  class_code text COLLATE "C" NOT NULL,
  class_version int NOT NULL,
  urgency text NOT NULL CHECK (urgency IN ('normal', 'urgent')),
  sensitivity text NOT NULL CHECK (sensitivity IN ('normal', 'confidential', 'sealed')),
  area_code text COLLATE "C" NOT NULL,
  address_id uuid,
  lon double precision,
  lat double precision,
  channel text NOT NULL CHECK (channel IN ('portal', 'phone', 'counter', 'grid', 'import', 'letter', 'system')),
  requester_id uuid,
  anonymous boolean NOT NULL,
  contactable boolean NOT NULL,
  public_consent boolean NOT NULL,
  public_state text NOT NULL CHECK (public_state IN ('private', 'released')),
  first_receiver_id uuid NOT NULL,
  responsible_organisation_id uuid NOT NULL,
  lead_organisation_id uuid,
  -- What the rules decide on (rules/state.ts), whole.
  facts jsonb NOT NULL,
  opened_at timestamptz NOT NULL,
  registered_at timestamptz NOT NULL,
  stage text NOT NULL,
  stage_started_at timestamptz,
  stage_due_at timestamptz,
  total_due_at timestamptz,
  closed_at timestamptz,
  -- How it closed: requester | verification | unreachable | settled | imported; null while open.
  closure text,
  solved text CHECK (solved IN ('solved', 'partly', 'unsolved')),
  satisfaction text CHECK (satisfaction IN ('satisfied', 'basically', 'unsatisfied')),
  settled_on_spot boolean NOT NULL,
  imported boolean NOT NULL,
  source text COLLATE "C",
  source_id text COLLATE "C",
  master_case_id uuid,
  chain_length int NOT NULL,
  chain_head bytea NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, number),
  FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area (tenant_id, code),
  FOREIGN KEY (tenant_id, first_receiver_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, responsible_organisation_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, lead_organisation_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, requester_id) REFERENCES requesters.requester (tenant_id, id),
  FOREIGN KEY (tenant_id, master_case_id) REFERENCES cases.case_file (tenant_id, id)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX case_file_source ON cases.case_file (tenant_id, source, source_id) WHERE source IS NOT NULL;
CREATE INDEX case_file_state_due ON cases.case_file (tenant_id, state, stage_due_at, id) INCLUDE (area_code, lane, lead_organisation_id);
CREATE INDEX case_file_area ON cases.case_file (tenant_id, area_code, opened_at DESC, id DESC);
CREATE INDEX case_file_lead ON cases.case_file (tenant_id, lead_organisation_id, state, stage_due_at, id);
CREATE INDEX case_file_responsible ON cases.case_file (tenant_id, responsible_organisation_id, state, stage_due_at, id);
CREATE INDEX case_file_opened ON cases.case_file (tenant_id, opened_at DESC, id DESC);
CREATE INDEX case_file_requester ON cases.case_file (tenant_id, requester_id) WHERE requester_id IS NOT NULL;
CREATE INDEX case_file_master ON cases.case_file (tenant_id, master_case_id) WHERE master_case_id IS NOT NULL;

-- The words: what the case page, lists and search show. Erasable.
CREATE TABLE cases.case_text (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  place_text text,
  search tsvector NOT NULL,
  PRIMARY KEY (tenant_id, case_id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id)
);
CREATE INDEX case_text_search ON cases.case_text USING gin (search);

CREATE TABLE cases.assist (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, case_id, organisation_id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation (tenant_id, id)
);
CREATE INDEX assist_organisation ON cases.assist (tenant_id, organisation_id, case_id);

CREATE TABLE cases.event (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  seq int NOT NULL,
  kind text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  actor_id text NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('officer', 'resident', 'anonymous', 'system')),
  -- As what the actor did it (rules/words.ts PARTIES), by a post in which organisation.
  party text COLLATE "C",
  organisation_id uuid,
  payload jsonb NOT NULL,
  content_commitment bytea,
  file_ids uuid[] NOT NULL,
  file_hashes text[] NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (tenant_id, case_id, seq),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id)
);

-- Free text of an event with the salt of its commitment. Erasing removes both and names the order.
CREATE TABLE cases.event_content (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  seq int NOT NULL,
  salt bytea,
  content jsonb,
  erased_by text,
  erased_at timestamptz,
  PRIMARY KEY (tenant_id, case_id, seq),
  FOREIGN KEY (tenant_id, case_id, seq) REFERENCES cases.event (tenant_id, case_id, seq),
  CHECK ((content IS NULL) = (salt IS NULL)),
  CHECK ((content IS NULL) = (erased_by IS NOT NULL))
);

-- What an officer released to the public: the edited text and the coarsened place, never the original.
CREATE TABLE cases.public_release (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  lon double precision,
  lat double precision,
  file_ids uuid[] NOT NULL,
  released_at timestamptz NOT NULL,
  released_by text NOT NULL,
  PRIMARY KEY (tenant_id, case_id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area (tenant_id, code)
);
CREATE INDEX public_release_at ON cases.public_release (tenant_id, released_at DESC, case_id DESC);
CREATE INDEX public_release_area ON cases.public_release (tenant_id, area_code, released_at DESC);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['number_serial', 'case_file', 'case_text', 'assist', 'event', 'event_content', 'public_release'] LOOP
    EXECUTE format('ALTER TABLE cases.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE cases.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON cases.%I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int)', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON cases.number_serial, cases.case_file, cases.case_text, cases.event_content TO gongzhi_app;
GRANT SELECT, INSERT, DELETE ON cases.assist TO gongzhi_app;
GRANT SELECT, INSERT ON cases.event TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON cases.public_release TO gongzhi_app;
