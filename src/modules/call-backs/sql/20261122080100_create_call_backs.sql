-- Call-backs: one row for each round of a case in which its requester is to be asked, whoever asks him; the calls made;
-- what a caller reads out; and the figures of offices. What he said stands in the case's own chain.
CREATE SCHEMA call_backs;
GRANT USAGE ON SCHEMA call_backs TO gongzhi_app;

CREATE TABLE call_backs.entry (
  tenant_id int NOT NULL,
  case_id uuid NOT NULL,
  round int NOT NULL,
  -- Before the case closes, after it closed, or as one whose request was merged into another.
  timing text NOT NULL CHECK (timing IN ('before', 'after', 'merged')),
  -- answered, unreachable: what it is. lapsed: nobody asked in time. dropped: no longer to be asked.
  state text NOT NULL CHECK (state IN ('open', 'answered', 'unreachable', 'lapsed', 'dropped')),
  class_code text COLLATE "C" NOT NULL,
  lane text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  sensitivity text NOT NULL,
  -- Whose work is asked about: the figures are of this office.
  organisation_id uuid,
  -- Nobody of these calls back.
  handled_by uuid[] NOT NULL,
  opened_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  tries int NOT NULL,
  claimed_by text COLLATE "C",
  claimed_at timestamptz,
  -- For the next caller: the language to speak, and a sealed note.
  language text COLLATE "C" NOT NULL,
  note bytea,
  -- Digest of the single-use code in the link; the code itself is computed.
  link_hash text COLLATE "C" NOT NULL,
  solved text CHECK (solved IN ('solved', 'partly', 'unsolved')),
  satisfaction text CHECK (satisfaction IN ('satisfied', 'basically', 'unsatisfied')),
  answered_by text CHECK (answered_by IN ('caller', 'requester')),
  ended_at timestamptz,
  PRIMARY KEY (tenant_id, case_id, round),
  UNIQUE (tenant_id, link_hash),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation (tenant_id, id),
  CHECK ((state = 'open') = (ended_at IS NULL)),
  CHECK ((state = 'answered') = (solved IS NOT NULL AND satisfaction IS NOT NULL AND answered_by IS NOT NULL))
);
CREATE INDEX entry_open ON call_backs.entry (tenant_id, next_at, case_id) INCLUDE (area_code, lane, sensitivity)
  WHERE state = 'open';
CREATE INDEX entry_open_office ON call_backs.entry (tenant_id, organisation_id) WHERE state = 'open';
CREATE INDEX entry_claimed ON call_backs.entry (tenant_id, claimed_by, claimed_at) WHERE state = 'open';
CREATE INDEX entry_ended ON call_backs.entry (tenant_id, ended_at DESC, case_id DESC) WHERE state <> 'open';

CREATE TABLE call_backs.attempt (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  round int NOT NULL,
  at timestamptz NOT NULL,
  caller_id text COLLATE "C" NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('reached', 'no_answer', 'busy', 'wrong_number', 'later')),
  -- Chosen options of the script's questions, by question; never free text.
  answers jsonb NOT NULL,
  next_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id, round) REFERENCES call_backs.entry (tenant_id, case_id, round)
);
CREATE INDEX attempt_entry ON call_backs.attempt (tenant_id, case_id, round, at);

-- What a caller reads out and asks, by class ('*': all others), dated.
CREATE TABLE call_backs.script (
  tenant_id int NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  valid_from timestamptz NOT NULL,
  opening_zh text NOT NULL,
  opening_en text NOT NULL,
  closing_zh text NOT NULL,
  closing_en text NOT NULL,
  questions jsonb NOT NULL,
  set_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, class_code, valid_from)
);

-- Sums by office and day of ending; kept with the entry and equal to a recount.
CREATE TABLE call_backs.tally (
  tenant_id int NOT NULL,
  organisation_id uuid NOT NULL,
  day date NOT NULL,
  solved int NOT NULL,
  partly int NOT NULL,
  unsolved int NOT NULL,
  satisfied int NOT NULL,
  basically int NOT NULL,
  unsatisfied int NOT NULL,
  unreachable int NOT NULL,
  lapsed int NOT NULL,
  PRIMARY KEY (tenant_id, organisation_id, day),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation (tenant_id, id)
);
CREATE INDEX tally_day ON call_backs.tally (tenant_id, day);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['entry', 'attempt', 'script', 'tally'] LOOP
    EXECUTE format('ALTER TABLE call_backs.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE call_backs.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON call_backs.%I USING (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int)', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON call_backs.entry, call_backs.tally TO gongzhi_app;
GRANT SELECT, INSERT ON call_backs.attempt, call_backs.script TO gongzhi_app;
