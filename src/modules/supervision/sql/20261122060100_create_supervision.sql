-- Supervision: orders that climb from blue to red, leaders who take a case as theirs.
CREATE SCHEMA supervision;
GRANT USAGE ON SCHEMA supervision TO gongzhi_app;

CREATE TABLE supervision.supervision_order (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL,
  -- What it is about, once: `case:<id>`, `extension:<case id>`, `queue:<queue>:<organisation>`, `joint:<subject>:…`.
  matter text COLLATE "C" NOT NULL,
  -- The case; for a queue the one that has waited longest when the order was raised.
  case_id uuid NOT NULL,
  queue text COLLATE "C" CHECK (queue IN ('to_dispatch', 'disputes', 'to_verify', 'to_call_back', 'answers')),
  area_code text COLLATE "C" NOT NULL,
  -- Of the case; null for a queue, in which all lanes wait.
  lane text CHECK (lane IN ('safety', 'enforcement', 'market', 'services')),
  addressee_id uuid NOT NULL,
  -- The organisation that issued it; null when the clock did.
  issuer_id uuid,
  issued_by text COLLATE "C" NOT NULL,
  -- The organisation that looks at the answer.
  reviewer_id uuid NOT NULL,
  ground text COLLATE "C" NOT NULL CHECK (ground IN ('near_due', 'late', 'not_accepted', 'sent_back', 'bad_rating',
    'unresolved', 'shelving_over', 'undecided', 'queue_waiting', 'joint_overdue', 'by_hand')),
  -- What raised it, each once, so that the same thing told twice raises it once.
  triggers text[] NOT NULL,
  colour text NOT NULL CHECK (colour IN ('blue', 'yellow', 'red')),
  state text NOT NULL CHECK (state IN ('open', 'answered', 'accepted', 'lifted', 'ended')),
  demand text,
  issued_at timestamptz NOT NULL,
  colour_since timestamptz NOT NULL,
  -- Until when it is to be answered; null while the clock stands still.
  due_at timestamptz,
  -- A red one whose limit passed, too.
  lapsed boolean NOT NULL DEFAULT false,
  answered_by text COLLATE "C",
  answered_at timestamptz,
  lift_asked_by text COLLATE "C",
  lift_reason text,
  ended_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area (tenant_id, code),
  FOREIGN KEY (tenant_id, addressee_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, issuer_id) REFERENCES organisations.organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, reviewer_id) REFERENCES organisations.organisation (tenant_id, id),
  CHECK ((state IN ('accepted', 'lifted', 'ended')) = (ended_at IS NOT NULL))
);
-- One open order for each matter.
CREATE UNIQUE INDEX supervision_order_open ON supervision.supervision_order (tenant_id, matter)
  WHERE state IN ('open', 'answered');
CREATE INDEX supervision_order_board ON supervision.supervision_order (tenant_id, area_code, addressee_id, colour, state)
  WHERE state IN ('open', 'answered');
CREATE INDEX supervision_order_addressee ON supervision.supervision_order (tenant_id, addressee_id, issued_at DESC, id DESC);
CREATE INDEX supervision_order_issuer ON supervision.supervision_order (tenant_id, reviewer_id, issued_at DESC, id DESC);
CREATE INDEX supervision_order_case ON supervision.supervision_order (tenant_id, case_id, issued_at);

-- What happened to an order; never changed.
CREATE TABLE supervision.order_event (
  tenant_id int NOT NULL,
  order_id uuid NOT NULL,
  seq int NOT NULL,
  kind text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  actor_id text COLLATE "C" NOT NULL,
  organisation_id uuid,
  colour text NOT NULL,
  ground text COLLATE "C",
  words text,
  due_at timestamptz,
  PRIMARY KEY (tenant_id, order_id, seq),
  FOREIGN KEY (tenant_id, order_id) REFERENCES supervision.supervision_order (tenant_id, id)
);

-- A leader's responsibility for a case (领导包案).
CREATE TABLE supervision.leader_case (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  leader_id text COLLATE "C" NOT NULL,
  post_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  taken_at timestamptz NOT NULL,
  aim text NOT NULL,
  due_on date NOT NULL,
  report_every_days int NOT NULL CHECK (report_every_days BETWEEN 1 AND 60),
  next_report_on date NOT NULL,
  ended_at timestamptz,
  result text,
  outcome text CHECK (outcome IN ('settled', 'not_settled', 'handed_over')),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file (tenant_id, id),
  FOREIGN KEY (tenant_id, post_id) REFERENCES organisations.post (tenant_id, id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation (tenant_id, id),
  CHECK ((ended_at IS NULL) = (result IS NULL) AND (ended_at IS NULL) = (outcome IS NULL))
);
-- One leader answers for a case at a time.
CREATE UNIQUE INDEX leader_case_open ON supervision.leader_case (tenant_id, case_id) WHERE ended_at IS NULL;
CREATE INDEX leader_case_leader ON supervision.leader_case (tenant_id, leader_id, taken_at DESC, id DESC);

CREATE TABLE supervision.leader_report (
  tenant_id int NOT NULL,
  leader_case_id uuid NOT NULL,
  seq int NOT NULL,
  at timestamptz NOT NULL,
  words text NOT NULL,
  PRIMARY KEY (tenant_id, leader_case_id, seq),
  FOREIGN KEY (tenant_id, leader_case_id) REFERENCES supervision.leader_case (tenant_id, id)
);

ALTER TABLE supervision.supervision_order ENABLE ROW LEVEL SECURITY;
ALTER TABLE supervision.supervision_order FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON supervision.supervision_order
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE supervision.order_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE supervision.order_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON supervision.order_event
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE supervision.leader_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE supervision.leader_case FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON supervision.leader_case
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
ALTER TABLE supervision.leader_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE supervision.leader_report FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON supervision.leader_report
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);

GRANT SELECT, INSERT, UPDATE ON supervision.supervision_order, supervision.leader_case TO gongzhi_app;
GRANT SELECT, INSERT ON supervision.order_event, supervision.leader_report TO gongzhi_app;
