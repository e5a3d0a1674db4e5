-- The schema all migrations together make. Written by `node bin/gongzhi.mjs schema`; never run, never edited.

CREATE SCHEMA answers;
GRANT USAGE ON SCHEMA answers TO gongzhi_app;

CREATE SCHEMA areas;
GRANT USAGE ON SCHEMA areas TO gongzhi_app;

CREATE SCHEMA auth;
GRANT USAGE ON SCHEMA auth TO gongzhi_app;

CREATE SCHEMA call_backs;
GRANT USAGE ON SCHEMA call_backs TO gongzhi_app;

CREATE SCHEMA cases;
GRANT USAGE ON SCHEMA cases TO gongzhi_app;

CREATE SCHEMA catalogue;
GRANT USAGE ON SCHEMA catalogue TO gongzhi_app;

CREATE SCHEMA clusters;
GRANT USAGE ON SCHEMA clusters TO gongzhi_app;

CREATE SCHEMA duty;
GRANT USAGE ON SCHEMA duty TO gongzhi_app;

CREATE SCHEMA exclusions;
GRANT USAGE ON SCHEMA exclusions TO gongzhi_app;

CREATE SCHEMA joint_handling;
GRANT USAGE ON SCHEMA joint_handling TO gongzhi_app;

CREATE SCHEMA ledger;
GRANT USAGE ON SCHEMA ledger TO gongzhi_app;

CREATE SCHEMA messages;
GRANT USAGE ON SCHEMA messages TO gongzhi_app;

CREATE SCHEMA open;
GRANT USAGE ON SCHEMA open TO gongzhi_app;

CREATE SCHEMA organisations;
GRANT USAGE ON SCHEMA organisations TO gongzhi_app;

CREATE SCHEMA platform;
GRANT USAGE ON SCHEMA platform TO gongzhi_app;

CREATE SCHEMA privacy;
GRANT USAGE ON SCHEMA privacy TO gongzhi_app;

CREATE SCHEMA requesters;
GRANT USAGE ON SCHEMA requesters TO gongzhi_app;

CREATE SCHEMA statistics;
GRANT USAGE ON SCHEMA statistics TO gongzhi_app;
GRANT USAGE ON SCHEMA statistics TO gongzhi_region;

CREATE SCHEMA supervision;
GRANT USAGE ON SCHEMA supervision TO gongzhi_app;

CREATE SCHEMA triage;
GRANT USAGE ON SCHEMA triage TO gongzhi_app;

CREATE OR REPLACE FUNCTION cases.cases_with_words(wanted tsquery, most integer)
 RETURNS uuid[]
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET enable_indexscan TO 'off'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
DECLARE
  own int := nullif(current_setting('app.tenant', true), '')::int;
  plan json;
  found uuid[];
BEGIN
  EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM cases.case_text WHERE tenant_id = %L AND search @@ %L', own, wanted)
    INTO plan;
  IF (plan->0->'Plan'->>'Plan Rows')::numeric > 10 * most THEN
    RETURN NULL;
  END IF;
  SELECT coalesce(array_agg(t.case_id), '{}') INTO found FROM (
    SELECT case_id FROM cases.case_text WHERE tenant_id = own AND search @@ wanted LIMIT most + 1
  ) AS t;
  RETURN CASE WHEN cardinality(found) > most THEN NULL ELSE found END;
END $function$;
GRANT EXECUTE ON FUNCTION cases.cases_with_words(tsquery,integer) TO gongzhi_app;

CREATE OR REPLACE FUNCTION clusters.cases_with_keys(wanted text[], kind text, since timestamp with time zone, most integer)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET enable_indexscan TO 'off'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
  SELECT coalesce(array_agg(s.case_id), '{}') FROM (
    SELECT case_id FROM clusters.signature
    WHERE tenant_id = nullif(current_setting('app.tenant', true), '')::int AND source = kind AND keys && wanted
      AND opened_at >= since
    ORDER BY opened_at DESC LIMIT most
  ) AS s
$function$;
GRANT EXECUTE ON FUNCTION clusters.cases_with_keys(text[],text,timestamp with time zone,integer) TO gongzhi_app;

CREATE OR REPLACE FUNCTION platform.enter(tenant integer, actor text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
BEGIN
  EXECUTE format('SET LOCAL app.tenant = %L', tenant);
  EXECUTE format('SET LOCAL app.actor = %L', actor);
END
$function$;
GRANT EXECUTE ON FUNCTION platform.enter(integer,text) TO gongzhi_app;

CREATE TABLE answers.template (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  step text COLLATE "C" NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  words_zh text NOT NULL,
  words_en text NOT NULL,
  ended boolean NOT NULL,
  set_at timestamp with time zone NOT NULL,
  set_by text COLLATE "C" NOT NULL,
  CONSTRAINT template_pkey PRIMARY KEY (tenant_id, id, version),
  CONSTRAINT template_name_en_check CHECK ((name_en <> ''::text)),
  CONSTRAINT template_name_zh_check CHECK ((name_zh <> ''::text)),
  CONSTRAINT template_step_check CHECK ((step = ANY (ARRAY['reply'::text, 'reject'::text, 'refer'::text, 'report_done'::text]))),
  CONSTRAINT template_version_check CHECK ((version > 0)),
  CONSTRAINT template_words_en_check CHECK ((words_en <> ''::text)),
  CONSTRAINT template_words_zh_check CHECK ((words_zh <> ''::text))
);
ALTER TABLE answers.template ENABLE ROW LEVEL SECURITY;
ALTER TABLE answers.template FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON answers.template AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON answers.template TO gongzhi_app;

CREATE TABLE areas.address (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  grid_code text COLLATE "C" NOT NULL,
  estate text COLLATE "C" NOT NULL,
  building text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  room text COLLATE "C" NOT NULL,
  place_key text COLLATE "C" NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT address_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT address_check CHECK (((estate <> ''::text) AND (building <> ''::text) AND (unit <> ''::text) AND (room <> ''::text))),
  CONSTRAINT address_tenant_id_grid_code_fkey FOREIGN KEY (tenant_id, grid_code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT address_tenant_id_place_key_key UNIQUE (tenant_id, place_key)
);
CREATE INDEX address_estate ON areas.address USING btree (tenant_id, estate);
CREATE INDEX address_grid ON areas.address USING btree (tenant_id, grid_code, id);
ALTER TABLE areas.address ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.address FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.address AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON areas.address TO gongzhi_app;

CREATE TABLE areas.area (
  tenant_id integer NOT NULL,
  code text COLLATE "C" NOT NULL,
  level text NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name text NOT NULL,
  official_name text NOT NULL,
  short_name text COLLATE "C" NOT NULL,
  pinyin text COLLATE "C" NOT NULL,
  initials text COLLATE "C" NOT NULL,
  parent_code text COLLATE "C",
  valid_from date NOT NULL,
  valid_to date,
  provisional boolean NOT NULL,
  households integer,
  population integer,
  version integer NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT area_pkey PRIMARY KEY (tenant_id, code),
  CONSTRAINT area_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  CONSTRAINT area_check1 CHECK (((parent_code IS NULL) OR (starts_with(code, parent_code) AND (length(parent_code) < length(code))))),
  CONSTRAINT area_check2 CHECK (((level <> 'grid'::text) OR (length(parent_code) = 12))),
  CONSTRAINT area_check3 CHECK (((level <> 'micro_grid'::text) OR (length(parent_code) = 15))),
  CONSTRAINT area_check4 CHECK ((level =
CASE length(code)
    WHEN 4 THEN 'city'::text
    WHEN 6 THEN 'county'::text
    WHEN 9 THEN 'town'::text
    WHEN 12 THEN 'village'::text
    WHEN 15 THEN 'grid'::text
    ELSE 'micro_grid'::text
END)),
  CONSTRAINT area_code_check CHECK ((code ~ '^(\d{4}|\d{6}|\d{9}|\d{12}|\d{15}|\d{17})$'::text)),
  CONSTRAINT area_households_check CHECK ((households >= 0)),
  CONSTRAINT area_level_check CHECK ((level = ANY (ARRAY['city'::text, 'county'::text, 'town'::text, 'village'::text, 'grid'::text, 'micro_grid'::text]))),
  CONSTRAINT area_population_check CHECK ((population >= 0)),
  CONSTRAINT area_tenant_id_parent_code_fkey FOREIGN KEY (tenant_id, parent_code) REFERENCES areas.area(tenant_id, code)
);
CREATE INDEX area_parent ON areas.area USING btree (tenant_id, parent_code, code);
CREATE INDEX area_short_name ON areas.area USING btree (tenant_id, short_name);
ALTER TABLE areas.area ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.area FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.area AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON areas.area TO gongzhi_app;

CREATE TABLE areas.area_set (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  version integer NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT area_set_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT area_set_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  CONSTRAINT area_set_kind_check CHECK ((kind = ANY (ARRAY['cluster'::text, 'park'::text, 'business_district'::text, 'scenic_area'::text, 'watershed'::text, 'special_grid'::text])))
);
CREATE UNIQUE INDEX area_set_name ON areas.area_set USING btree (tenant_id, name) WHERE (valid_to IS NULL);
ALTER TABLE areas.area_set ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.area_set FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.area_set AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON areas.area_set TO gongzhi_app;

CREATE TABLE areas.area_set_member (
  tenant_id integer NOT NULL,
  set_id uuid NOT NULL,
  code text COLLATE "C" NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  CONSTRAINT area_set_member_pkey PRIMARY KEY (tenant_id, set_id, code, valid_from),
  CONSTRAINT area_set_member_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  CONSTRAINT area_set_member_tenant_id_code_fkey FOREIGN KEY (tenant_id, code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT area_set_member_tenant_id_set_id_fkey FOREIGN KEY (tenant_id, set_id) REFERENCES areas.area_set(tenant_id, id)
);
CREATE INDEX area_set_member_code ON areas.area_set_member USING btree (tenant_id, code);
ALTER TABLE areas.area_set_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.area_set_member FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.area_set_member AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON areas.area_set_member TO gongzhi_app;

CREATE TABLE areas.boundary (
  tenant_id integer NOT NULL,
  code text COLLATE "C" NOT NULL,
  source text NOT NULL,
  attribution text,
  geometry jsonb NOT NULL,
  west double precision NOT NULL,
  south double precision NOT NULL,
  east double precision NOT NULL,
  north double precision NOT NULL,
  centre_lon double precision NOT NULL,
  centre_lat double precision NOT NULL,
  square_metres double precision NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT boundary_pkey PRIMARY KEY (tenant_id, code),
  CONSTRAINT boundary_source_check CHECK ((source = ANY (ARRAY['imported'::text, 'schematic'::text]))),
  CONSTRAINT boundary_tenant_id_code_fkey FOREIGN KEY (tenant_id, code) REFERENCES areas.area(tenant_id, code)
);
CREATE INDEX boundary_box ON areas.boundary USING btree (tenant_id, west, east) INCLUDE (south, north, code);
ALTER TABLE areas.boundary ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.boundary FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.boundary AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON areas.boundary TO gongzhi_app;

CREATE TABLE areas.import_report (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  subject text NOT NULL,
  at timestamp with time zone NOT NULL,
  actor_id text NOT NULL,
  total integer NOT NULL,
  accepted integer NOT NULL,
  rejected integer NOT NULL,
  issues jsonb NOT NULL,
  matched integer NOT NULL,
  CONSTRAINT import_report_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT import_report_check CHECK (((accepted + rejected) = total)),
  CONSTRAINT import_report_matched_check CHECK ((matched >= 0)),
  CONSTRAINT import_report_subject_check CHECK ((subject = ANY (ARRAY['grids'::text, 'boundaries'::text, 'addresses'::text])))
);
CREATE INDEX import_report_recent ON areas.import_report USING btree (tenant_id, id DESC);
ALTER TABLE areas.import_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.import_report FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.import_report AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON areas.import_report TO gongzhi_app;

CREATE TABLE areas.jurisdiction (
  tenant_id integer NOT NULL,
  code text COLLATE "C" NOT NULL,
  name text NOT NULL,
  context jsonb NOT NULL,
  source text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  CONSTRAINT jurisdiction_pkey PRIMARY KEY (tenant_id, code),
  CONSTRAINT jurisdiction_code_check CHECK ((code ~ '^(\d{4}|\d{6})$'::text))
);
ALTER TABLE areas.jurisdiction ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.jurisdiction FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.jurisdiction AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON areas.jurisdiction TO gongzhi_app;

CREATE TABLE areas.revision (
  tenant_id integer NOT NULL,
  number bigint NOT NULL,
  CONSTRAINT revision_pkey PRIMARY KEY (tenant_id)
);
ALTER TABLE areas.revision ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.revision FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.revision AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON areas.revision TO gongzhi_app;

CREATE TABLE areas.succession (
  tenant_id integer NOT NULL,
  code text COLLATE "C" NOT NULL,
  successor_code text COLLATE "C" NOT NULL,
  manner text NOT NULL,
  on_day date NOT NULL,
  CONSTRAINT succession_pkey PRIMARY KEY (tenant_id, code, successor_code),
  CONSTRAINT succession_check CHECK ((code <> successor_code)),
  CONSTRAINT succession_manner_check CHECK ((manner = ANY (ARRAY['closed'::text, 'merged'::text, 'split'::text, 'moved'::text, 'drawn'::text]))),
  CONSTRAINT succession_tenant_id_code_fkey FOREIGN KEY (tenant_id, code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT succession_tenant_id_successor_code_fkey FOREIGN KEY (tenant_id, successor_code) REFERENCES areas.area(tenant_id, code)
);
CREATE INDEX succession_successor ON areas.succession USING btree (tenant_id, successor_code);
ALTER TABLE areas.succession ENABLE ROW LEVEL SECURITY;
ALTER TABLE areas.succession FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON areas.succession AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON areas.succession TO gongzhi_app;

CREATE TABLE auth.account (
  id text NOT NULL,
  accountId text NOT NULL,
  providerId text NOT NULL,
  userId text NOT NULL,
  accessToken text,
  refreshToken text,
  idToken text,
  accessTokenExpiresAt timestamp with time zone,
  refreshTokenExpiresAt timestamp with time zone,
  scope text,
  password text,
  createdAt timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updatedAt timestamp with time zone NOT NULL,
  CONSTRAINT account_pkey PRIMARY KEY (id),
  CONSTRAINT account_userId_fkey FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX "account_userId_idx" ON auth.account USING btree ("userId");
GRANT DELETE, INSERT, SELECT, UPDATE ON auth.account TO gongzhi_app;

CREATE TABLE auth.challenge (
  id bytea NOT NULL,
  purpose text NOT NULL,
  user_id text,
  content jsonb NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT challenge_pkey PRIMARY KEY (id),
  CONSTRAINT challenge_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX challenge_expires ON auth.challenge USING btree (expires_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON auth.challenge TO gongzhi_app;

CREATE TABLE auth.known_device (
  user_id text NOT NULL,
  device bytea NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  CONSTRAINT known_device_pkey PRIMARY KEY (user_id, device),
  CONSTRAINT known_device_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX known_device_seen ON auth.known_device USING btree (seen_at);
GRANT DELETE, INSERT, SELECT, UPDATE ON auth.known_device TO gongzhi_app;

CREATE TABLE auth.one_time_link (
  token_hash bytea NOT NULL,
  user_id text NOT NULL,
  issued_by text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT one_time_link_pkey PRIMARY KEY (token_hash),
  CONSTRAINT one_time_link_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX one_time_link_user ON auth.one_time_link USING btree (user_id);
GRANT DELETE, INSERT, SELECT, UPDATE ON auth.one_time_link TO gongzhi_app;

CREATE TABLE auth.passkey (
  id uuid NOT NULL,
  user_id text NOT NULL,
  credential_id text COLLATE "C" NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT passkey_pkey PRIMARY KEY (id),
  CONSTRAINT passkey_credential_id_key UNIQUE (credential_id),
  CONSTRAINT passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX passkey_user ON auth.passkey USING btree (user_id);
GRANT DELETE, INSERT, SELECT, UPDATE ON auth.passkey TO gongzhi_app;

CREATE TABLE auth.recovery_code (
  user_id text NOT NULL,
  code_mac bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT recovery_code_pkey PRIMARY KEY (user_id, code_mac),
  CONSTRAINT recovery_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
GRANT DELETE, INSERT, SELECT, UPDATE ON auth.recovery_code TO gongzhi_app;

CREATE TABLE auth.session (
  id text NOT NULL,
  expiresAt timestamp with time zone NOT NULL,
  token text NOT NULL,
  createdAt timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updatedAt timestamp with time zone NOT NULL,
  ipAddress text,
  userAgent text,
  userId text NOT NULL,
  beganAt timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  provedAt timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  secondFactorAt timestamp with time zone,
  method text NOT NULL DEFAULT 'password'::text,
  replacedAt timestamp with time zone,
  CONSTRAINT session_pkey PRIMARY KEY (id),
  CONSTRAINT session_method_check CHECK ((method = ANY (ARRAY['password'::text, 'passkey'::text, 'sso'::text]))),
  CONSTRAINT session_token_key UNIQUE (token),
  CONSTRAINT session_userId_fkey FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX session_expires ON auth.session USING btree ("expiresAt");
CREATE INDEX "session_userId_idx" ON auth.session USING btree ("userId");
GRANT DELETE, INSERT, SELECT, UPDATE ON auth.session TO gongzhi_app;

CREATE TABLE auth.sign_in_try (
  id uuid NOT NULL,
  account_key text COLLATE "C" NOT NULL,
  address_key text COLLATE "C" NOT NULL,
  at timestamp with time zone NOT NULL,
  outcome text NOT NULL,
  CONSTRAINT sign_in_try_pkey PRIMARY KEY (id),
  CONSTRAINT sign_in_try_outcome_check CHECK ((outcome = ANY (ARRAY['failed'::text, 'succeeded'::text, 'put_off'::text])))
);
CREATE INDEX sign_in_try_account ON auth.sign_in_try USING btree (account_key, at DESC);
CREATE INDEX sign_in_try_address ON auth.sign_in_try USING btree (address_key, at DESC);
CREATE INDEX sign_in_try_at ON auth.sign_in_try USING btree (at);
GRANT DELETE, INSERT, SELECT, UPDATE ON auth.sign_in_try TO gongzhi_app;

CREATE TABLE auth.sso_identity (
  issuer text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  user_id text NOT NULL,
  linked_at timestamp with time zone NOT NULL,
  CONSTRAINT sso_identity_pkey PRIMARY KEY (issuer, subject),
  CONSTRAINT sso_identity_issuer_user_id_key UNIQUE (issuer, user_id),
  CONSTRAINT sso_identity_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
GRANT DELETE, INSERT, SELECT ON auth.sso_identity TO gongzhi_app;

CREATE TABLE auth.totp (
  user_id text NOT NULL,
  secret bytea,
  confirmed_at timestamp with time zone,
  last_step bigint NOT NULL DEFAULT 0,
  pending bytea,
  CONSTRAINT totp_pkey PRIMARY KEY (user_id),
  CONSTRAINT totp_check CHECK (((secret IS NULL) = (confirmed_at IS NULL))),
  CONSTRAINT totp_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
GRANT DELETE, INSERT, SELECT, UPDATE ON auth.totp TO gongzhi_app;

CREATE TABLE auth.user (
  id text NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  emailVerified boolean NOT NULL,
  image text,
  createdAt timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updatedAt timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  username text,
  tenant integer NOT NULL,
  suspendedAt timestamp with time zone,
  CONSTRAINT user_pkey PRIMARY KEY (id),
  CONSTRAINT user_email_key UNIQUE (email),
  CONSTRAINT user_username_key UNIQUE (username)
);
CREATE INDEX user_tenant_username ON auth."user" USING btree (tenant, username);
GRANT INSERT, SELECT, UPDATE ON auth."user" TO gongzhi_app;

CREATE TABLE auth.verification (
  id text NOT NULL,
  identifier text NOT NULL,
  value text NOT NULL,
  expiresAt timestamp with time zone NOT NULL,
  createdAt timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updatedAt timestamp with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT verification_pkey PRIMARY KEY (id)
);
CREATE INDEX verification_identifier_idx ON auth.verification USING btree (identifier);
GRANT DELETE, INSERT, SELECT, UPDATE ON auth.verification TO gongzhi_app;

CREATE TABLE call_backs.attempt (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  round integer NOT NULL,
  at timestamp with time zone NOT NULL,
  caller_id text COLLATE "C" NOT NULL,
  outcome text NOT NULL,
  answers jsonb NOT NULL,
  next_at timestamp with time zone,
  CONSTRAINT attempt_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT attempt_outcome_check CHECK ((outcome = ANY (ARRAY['reached'::text, 'declined'::text, 'no_answer'::text, 'busy'::text, 'wrong_number'::text, 'later'::text]))),
  CONSTRAINT attempt_tenant_id_case_id_round_fkey FOREIGN KEY (tenant_id, case_id, round) REFERENCES call_backs.entry(tenant_id, case_id, round)
);
CREATE INDEX attempt_entry ON call_backs.attempt USING btree (tenant_id, case_id, round, at);
ALTER TABLE call_backs.attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_backs.attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON call_backs.attempt AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON call_backs.attempt TO gongzhi_app;

CREATE TABLE call_backs.entry (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  round integer NOT NULL,
  timing text NOT NULL,
  state text NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  lane text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  sensitivity text NOT NULL,
  organisation_id uuid,
  handled_by uuid[] NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  next_at timestamp with time zone NOT NULL,
  tries integer NOT NULL,
  claimed_by text COLLATE "C",
  claimed_at timestamp with time zone,
  language text COLLATE "C" NOT NULL,
  note bytea,
  link_hash text COLLATE "C" NOT NULL,
  solved text,
  satisfaction text,
  answered_by text,
  ended_at timestamp with time zone,
  CONSTRAINT entry_pkey PRIMARY KEY (tenant_id, case_id, round),
  CONSTRAINT entry_answered_by_check CHECK ((answered_by = ANY (ARRAY['caller'::text, 'requester'::text]))),
  CONSTRAINT entry_check CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  CONSTRAINT entry_check1 CHECK (((state = 'answered'::text) = ((solved IS NOT NULL) AND (satisfaction IS NOT NULL) AND (answered_by IS NOT NULL)))),
  CONSTRAINT entry_satisfaction_check CHECK ((satisfaction = ANY (ARRAY['satisfied'::text, 'basically'::text, 'unsatisfied'::text]))),
  CONSTRAINT entry_solved_check CHECK ((solved = ANY (ARRAY['solved'::text, 'partly'::text, 'unsolved'::text]))),
  CONSTRAINT entry_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'declined'::text, 'unreachable'::text, 'lapsed'::text, 'dropped'::text]))),
  CONSTRAINT entry_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT entry_tenant_id_link_hash_key UNIQUE (tenant_id, link_hash),
  CONSTRAINT entry_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT entry_timing_check CHECK ((timing = ANY (ARRAY['before'::text, 'after'::text, 'merged'::text])))
);
CREATE INDEX entry_claimed ON call_backs.entry USING btree (tenant_id, claimed_by, claimed_at) WHERE (state = 'open'::text);
CREATE INDEX entry_ended ON call_backs.entry USING btree (tenant_id, ended_at DESC, case_id DESC) WHERE (state <> 'open'::text);
CREATE INDEX entry_open ON call_backs.entry USING btree (tenant_id, next_at, case_id) INCLUDE (area_code, lane, sensitivity) WHERE (state = 'open'::text);
CREATE INDEX entry_open_office ON call_backs.entry USING btree (tenant_id, organisation_id) WHERE (state = 'open'::text);
ALTER TABLE call_backs.entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_backs.entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON call_backs.entry AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON call_backs.entry TO gongzhi_app;

CREATE TABLE call_backs.script (
  tenant_id integer NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  opening_zh text NOT NULL,
  opening_en text NOT NULL,
  closing_zh text NOT NULL,
  closing_en text NOT NULL,
  questions jsonb NOT NULL,
  set_by text COLLATE "C" NOT NULL,
  CONSTRAINT script_pkey PRIMARY KEY (tenant_id, class_code, valid_from)
);
ALTER TABLE call_backs.script ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_backs.script FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON call_backs.script AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON call_backs.script TO gongzhi_app;

CREATE TABLE call_backs.tally (
  tenant_id integer NOT NULL,
  organisation_id uuid NOT NULL,
  day date NOT NULL,
  solved integer NOT NULL,
  partly integer NOT NULL,
  unsolved integer NOT NULL,
  satisfied integer NOT NULL,
  basically integer NOT NULL,
  unsatisfied integer NOT NULL,
  unreachable integer NOT NULL,
  lapsed integer NOT NULL,
  declined integer NOT NULL DEFAULT 0,
  CONSTRAINT tally_pkey PRIMARY KEY (tenant_id, organisation_id, day),
  CONSTRAINT tally_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation(tenant_id, id)
);
CREATE INDEX tally_day ON call_backs.tally USING btree (tenant_id, day);
ALTER TABLE call_backs.tally ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_backs.tally FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON call_backs.tally AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON call_backs.tally TO gongzhi_app;

CREATE TABLE cases.assist (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  CONSTRAINT assist_pkey PRIMARY KEY (tenant_id, case_id, organisation_id),
  CONSTRAINT assist_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT assist_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation(tenant_id, id)
);
CREATE INDEX assist_organisation ON cases.assist USING btree (tenant_id, organisation_id, opened_at DESC, case_id DESC);
ALTER TABLE cases.assist ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.assist FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cases.assist AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT ON cases.assist TO gongzhi_app;

CREATE TABLE cases.case_file (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  number text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  state text NOT NULL,
  lane text NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  class_version integer NOT NULL,
  urgency text NOT NULL,
  sensitivity text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  address_id uuid,
  lon double precision,
  lat double precision,
  channel text NOT NULL,
  requester_id uuid,
  anonymous boolean NOT NULL,
  contactable boolean NOT NULL,
  public_consent boolean NOT NULL,
  public_state text NOT NULL,
  first_receiver_id uuid NOT NULL,
  responsible_organisation_id uuid NOT NULL,
  lead_organisation_id uuid,
  facts jsonb NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  registered_at timestamp with time zone NOT NULL,
  stage text NOT NULL,
  stage_started_at timestamp with time zone,
  stage_due_at timestamp with time zone,
  total_due_at timestamp with time zone,
  closed_at timestamp with time zone,
  closure text,
  solved text,
  satisfaction text,
  settled_on_spot boolean NOT NULL,
  imported boolean NOT NULL,
  source text COLLATE "C",
  source_id text COLLATE "C",
  master_case_id uuid,
  chain_length integer NOT NULL,
  chain_head bytea NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT case_file_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT case_file_channel_check CHECK ((channel = ANY (ARRAY['portal'::text, 'phone'::text, 'counter'::text, 'grid'::text, 'import'::text, 'letter'::text, 'system'::text]))),
  CONSTRAINT case_file_lane_check CHECK ((lane = ANY (ARRAY['safety'::text, 'enforcement'::text, 'market'::text, 'services'::text]))),
  CONSTRAINT case_file_public_state_check CHECK ((public_state = ANY (ARRAY['private'::text, 'released'::text]))),
  CONSTRAINT case_file_satisfaction_check CHECK ((satisfaction = ANY (ARRAY['satisfied'::text, 'basically'::text, 'unsatisfied'::text]))),
  CONSTRAINT case_file_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['normal'::text, 'confidential'::text, 'sealed'::text]))),
  CONSTRAINT case_file_solved_check CHECK ((solved = ANY (ARRAY['solved'::text, 'partly'::text, 'unsolved'::text]))),
  CONSTRAINT case_file_state_check CHECK ((state = ANY (ARRAY['registered'::text, 'rejected'::text, 'referred'::text, 'merged'::text, 'dispatched'::text, 'accepted'::text, 'objected'::text, 'adjudicating'::text, 'in_progress'::text, 'extension_requested'::text, 'shelved'::text, 'reported_done'::text, 'verifying'::text, 'call_back'::text, 'closed'::text, 'returned'::text, 'withdrawn'::text, 'voided'::text, 'reopened'::text]))),
  CONSTRAINT case_file_tenant_id_area_code_fkey FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT case_file_tenant_id_first_receiver_id_fkey FOREIGN KEY (tenant_id, first_receiver_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT case_file_tenant_id_lead_organisation_id_fkey FOREIGN KEY (tenant_id, lead_organisation_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT case_file_tenant_id_master_case_id_fkey FOREIGN KEY (tenant_id, master_case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT case_file_tenant_id_number_key UNIQUE (tenant_id, number),
  CONSTRAINT case_file_tenant_id_requester_id_fkey FOREIGN KEY (tenant_id, requester_id) REFERENCES requesters.requester(tenant_id, id),
  CONSTRAINT case_file_tenant_id_responsible_organisation_id_fkey FOREIGN KEY (tenant_id, responsible_organisation_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT case_file_urgency_check CHECK ((urgency = ANY (ARRAY['normal'::text, 'urgent'::text])))
);
CREATE INDEX case_file_area ON cases.case_file USING btree (tenant_id, area_code, opened_at DESC, id DESC);
CREATE INDEX case_file_due ON cases.case_file USING btree (tenant_id, COALESCE(stage_due_at, 'infinity'::timestamp with time zone), id) INCLUDE (stage_due_at, state, area_code, lane, sensitivity) WHERE (state = ANY (ARRAY['registered'::text, 'reopened'::text, 'dispatched'::text, 'accepted'::text, 'objected'::text, 'adjudicating'::text, 'in_progress'::text, 'extension_requested'::text, 'shelved'::text, 'reported_done'::text, 'verifying'::text, 'call_back'::text, 'returned'::text, 'referred'::text]));
CREATE INDEX case_file_due_area ON cases.case_file USING btree (tenant_id, area_code, COALESCE(stage_due_at, 'infinity'::timestamp with time zone), id) INCLUDE (stage_due_at, state, lane, sensitivity) WHERE (state = ANY (ARRAY['registered'::text, 'reopened'::text, 'dispatched'::text, 'accepted'::text, 'objected'::text, 'adjudicating'::text, 'in_progress'::text, 'extension_requested'::text, 'shelved'::text, 'reported_done'::text, 'verifying'::text, 'call_back'::text, 'returned'::text, 'referred'::text]));
CREATE INDEX case_file_due_lead ON cases.case_file USING btree (tenant_id, lead_organisation_id, state, COALESCE(stage_due_at, 'infinity'::timestamp with time zone), id) WHERE ((lead_organisation_id IS NOT NULL) AND (state = ANY (ARRAY['registered'::text, 'reopened'::text, 'dispatched'::text, 'accepted'::text, 'objected'::text, 'adjudicating'::text, 'in_progress'::text, 'extension_requested'::text, 'shelved'::text, 'reported_done'::text, 'verifying'::text, 'call_back'::text, 'returned'::text, 'referred'::text])));
CREATE INDEX case_file_due_state ON cases.case_file USING btree (tenant_id, state, COALESCE(stage_due_at, 'infinity'::timestamp with time zone), id) INCLUDE (stage_due_at, area_code, lane, sensitivity) WHERE (state = ANY (ARRAY['registered'::text, 'reopened'::text, 'dispatched'::text, 'accepted'::text, 'objected'::text, 'adjudicating'::text, 'in_progress'::text, 'extension_requested'::text, 'shelved'::text, 'reported_done'::text, 'verifying'::text, 'call_back'::text, 'returned'::text, 'referred'::text]));
CREATE INDEX case_file_master ON cases.case_file USING btree (tenant_id, master_case_id) WHERE (master_case_id IS NOT NULL);
CREATE INDEX case_file_newest ON cases.case_file USING btree (tenant_id, opened_at DESC, id DESC) INCLUDE (area_code, lane, sensitivity, state);
CREATE INDEX case_file_newest_class ON cases.case_file USING btree (tenant_id, class_code, opened_at DESC, id DESC) INCLUDE (area_code);
CREATE INDEX case_file_newest_lead ON cases.case_file USING btree (tenant_id, lead_organisation_id, opened_at DESC, id DESC) WHERE (lead_organisation_id IS NOT NULL);
CREATE INDEX case_file_newest_state ON cases.case_file USING btree (tenant_id, state, opened_at DESC, id DESC) INCLUDE (area_code, lane, sensitivity) WHERE (state <> 'closed'::text);
CREATE INDEX case_file_over ON cases.case_file USING btree (tenant_id, COALESCE(closed_at, ended_at), id) WHERE (state = ANY (ARRAY['closed'::text, 'rejected'::text, 'referred'::text, 'merged'::text, 'withdrawn'::text, 'voided'::text]));
CREATE INDEX case_file_requester ON cases.case_file USING btree (tenant_id, requester_id) WHERE (requester_id IS NOT NULL);
CREATE UNIQUE INDEX case_file_source ON cases.case_file USING btree (tenant_id, source, source_id) WHERE (source IS NOT NULL);
CREATE INDEX case_file_waiting ON cases.case_file USING btree (tenant_id, responsible_organisation_id, state, stage_started_at, id) WHERE (state = ANY (ARRAY['registered'::text, 'reopened'::text, 'dispatched'::text, 'accepted'::text, 'objected'::text, 'adjudicating'::text, 'in_progress'::text, 'extension_requested'::text, 'shelved'::text, 'reported_done'::text, 'verifying'::text, 'call_back'::text, 'returned'::text, 'referred'::text]));
ALTER TABLE cases.case_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.case_file FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cases.case_file AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON cases.case_file TO gongzhi_app;

CREATE TABLE cases.case_text (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  place_text text,
  search tsvector NOT NULL,
  erased_at timestamp with time zone,
  erasure_order text,
  CONSTRAINT case_text_pkey PRIMARY KEY (tenant_id, case_id),
  CONSTRAINT case_text_erasure CHECK (((erased_at IS NULL) = (erasure_order IS NULL))),
  CONSTRAINT case_text_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id)
);
CREATE INDEX case_text_search ON cases.case_text USING gin (search);
ALTER TABLE cases.case_text ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.case_text FORCE ROW LEVEL SECURITY;
CREATE POLICY look_up ON cases.case_text AS PERMISSIVE FOR SELECT TO gongzhi_owner USING (true);
CREATE POLICY tenant ON cases.case_text AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON cases.case_text TO gongzhi_app;

CREATE TABLE cases.event (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  seq integer NOT NULL,
  kind text COLLATE "C" NOT NULL,
  at timestamp with time zone NOT NULL,
  actor_id text NOT NULL,
  actor_kind text NOT NULL,
  party text COLLATE "C",
  organisation_id uuid,
  payload jsonb NOT NULL,
  content_commitment bytea,
  file_ids uuid[] NOT NULL,
  file_hashes text[] NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (tenant_id, case_id, seq),
  CONSTRAINT event_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['officer'::text, 'resident'::text, 'anonymous'::text, 'system'::text]))),
  CONSTRAINT event_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id)
);
ALTER TABLE cases.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cases.event AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON cases.event TO gongzhi_app;

CREATE TABLE cases.event_content (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  seq integer NOT NULL,
  salt bytea,
  content jsonb,
  erased_by text,
  erased_at timestamp with time zone,
  CONSTRAINT event_content_pkey PRIMARY KEY (tenant_id, case_id, seq),
  CONSTRAINT event_content_check CHECK (((content IS NULL) = (salt IS NULL))),
  CONSTRAINT event_content_check1 CHECK (((content IS NULL) = (erased_by IS NOT NULL))),
  CONSTRAINT event_content_tenant_id_case_id_seq_fkey FOREIGN KEY (tenant_id, case_id, seq) REFERENCES cases.event(tenant_id, case_id, seq)
);
ALTER TABLE cases.event_content ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.event_content FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cases.event_content AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON cases.event_content TO gongzhi_app;

CREATE TABLE cases.number_serial (
  tenant_id integer NOT NULL,
  day date NOT NULL,
  last bigint NOT NULL,
  CONSTRAINT number_serial_pkey PRIMARY KEY (tenant_id, day)
);
ALTER TABLE cases.number_serial ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.number_serial FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cases.number_serial AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON cases.number_serial TO gongzhi_app;

CREATE TABLE cases.public_release (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  lon double precision,
  lat double precision,
  file_ids uuid[] NOT NULL,
  released_at timestamp with time zone NOT NULL,
  released_by text NOT NULL,
  answer text,
  answered_by uuid,
  CONSTRAINT public_release_pkey PRIMARY KEY (tenant_id, case_id),
  CONSTRAINT public_release_tenant_id_area_code_fkey FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT public_release_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id)
);
CREATE INDEX public_release_area ON cases.public_release USING btree (tenant_id, area_code, released_at DESC);
CREATE INDEX public_release_at ON cases.public_release USING btree (tenant_id, released_at DESC, case_id DESC);
ALTER TABLE cases.public_release ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases.public_release FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cases.public_release AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON cases.public_release TO gongzhi_app;

CREATE TABLE catalogue.calendar_exception (
  tenant_id integer NOT NULL,
  day date NOT NULL,
  kind text NOT NULL,
  note text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  created_by text NOT NULL,
  CONSTRAINT calendar_exception_pkey PRIMARY KEY (tenant_id, day),
  CONSTRAINT calendar_exception_kind_check CHECK ((kind = ANY (ARRAY['holiday'::text, 'workday'::text])))
);
ALTER TABLE catalogue.calendar_exception ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.calendar_exception FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.calendar_exception AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT ON catalogue.calendar_exception TO gongzhi_app;

CREATE TABLE catalogue.catalogue_version (
  tenant_id integer NOT NULL,
  version integer NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  note text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  created_by text NOT NULL,
  CONSTRAINT catalogue_version_pkey PRIMARY KEY (tenant_id, version)
);
CREATE INDEX catalogue_version_in_force ON catalogue.catalogue_version USING btree (tenant_id, valid_from DESC, version DESC);
ALTER TABLE catalogue.catalogue_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.catalogue_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.catalogue_version AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON catalogue.catalogue_version TO gongzhi_app;

CREATE TABLE catalogue.class (
  tenant_id integer NOT NULL,
  code text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  parent_code text COLLATE "C",
  name_zh text NOT NULL,
  name_en text NOT NULL,
  keywords text[] NOT NULL DEFAULT '{}'::text[],
  lane text NOT NULL,
  sensitivity text NOT NULL,
  default_urgency text NOT NULL,
  petition boolean NOT NULL DEFAULT false,
  settle_on_spot boolean NOT NULL DEFAULT false,
  needs_photo boolean NOT NULL DEFAULT false,
  call_back_before boolean NOT NULL DEFAULT false,
  fallback boolean NOT NULL DEFAULT false,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  CONSTRAINT class_pkey PRIMARY KEY (tenant_id, code, version),
  CONSTRAINT class_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  CONSTRAINT class_check1 CHECK (((parent_code IS NULL) OR ((parent_code <> code) AND (code ~~ (parent_code || '%'::text))))),
  CONSTRAINT class_default_urgency_check CHECK ((default_urgency = ANY (ARRAY['normal'::text, 'urgent'::text]))),
  CONSTRAINT class_lane_check CHECK ((lane = ANY (ARRAY['safety'::text, 'enforcement'::text, 'market'::text, 'services'::text]))),
  CONSTRAINT class_name_en_check CHECK ((name_en <> ''::text)),
  CONSTRAINT class_name_zh_check CHECK ((name_zh <> ''::text)),
  CONSTRAINT class_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['normal'::text, 'sealed'::text]))),
  CONSTRAINT class_tenant_id_version_fkey FOREIGN KEY (tenant_id, version) REFERENCES catalogue.catalogue_version(tenant_id, version)
);
CREATE INDEX class_by_parent ON catalogue.class USING btree (tenant_id, parent_code, code);
ALTER TABLE catalogue.class ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.class FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.class AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON catalogue.class TO gongzhi_app;

CREATE TABLE catalogue.deadline (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  stage text NOT NULL,
  amount numeric(8,2) NOT NULL,
  clock text NOT NULL,
  basis text NOT NULL DEFAULT ''::text,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  created_by text NOT NULL,
  CONSTRAINT deadline_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT deadline_amount_check CHECK ((amount > (0)::numeric)),
  CONSTRAINT deadline_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  CONSTRAINT deadline_clock_check CHECK ((clock = ANY (ARRAY['round_the_clock'::text, 'office_hours'::text, 'working_days'::text]))),
  CONSTRAINT deadline_stage_check CHECK ((stage = ANY (ARRAY['total'::text, 'dispatch'::text, 'acceptance'::text, 'objection'::text, 'adjudication'::text, 'contact'::text, 'verification'::text, 'call_back'::text, 'rating'::text, 'reopen_window'::text, 'rework'::text]))),
  CONSTRAINT deadline_tenant_id_version_fkey FOREIGN KEY (tenant_id, version) REFERENCES catalogue.catalogue_version(tenant_id, version)
);
CREATE INDEX deadline_by_class ON catalogue.deadline USING btree (tenant_id, class_code, stage, valid_from);
ALTER TABLE catalogue.deadline ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.deadline FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.deadline AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON catalogue.deadline TO gongzhi_app;

CREATE TABLE catalogue.dispatch_entry (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  entry_number integer NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  level text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  lead_kind text COLLATE "C",
  lead_organisation_id uuid,
  assist_kinds text[] NOT NULL DEFAULT '{}'::text[],
  assist_ids uuid[] NOT NULL DEFAULT '{}'::uuid[],
  legal_basis text NOT NULL,
  decided_by text NOT NULL DEFAULT ''::text,
  sample boolean NOT NULL DEFAULT false,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  created_by text NOT NULL,
  ended_by text,
  end_reason text,
  CONSTRAINT dispatch_entry_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT dispatch_entry_check CHECK ((num_nonnulls(lead_kind, lead_organisation_id) = 1)),
  CONSTRAINT dispatch_entry_check1 CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  CONSTRAINT dispatch_entry_entry_number_check CHECK ((entry_number > 0)),
  CONSTRAINT dispatch_entry_legal_basis_check CHECK ((legal_basis <> ''::text)),
  CONSTRAINT dispatch_entry_level_check CHECK ((level = ANY (ARRAY['city'::text, 'county'::text, 'town'::text, 'village'::text, 'grid'::text]))),
  CONSTRAINT dispatch_entry_tenant_id_lead_kind_fkey FOREIGN KEY (tenant_id, lead_kind) REFERENCES organisations.kind(tenant_id, kind),
  CONSTRAINT dispatch_entry_tenant_id_lead_organisation_id_fkey FOREIGN KEY (tenant_id, lead_organisation_id) REFERENCES organisations.organisation(tenant_id, id)
);
CREATE INDEX dispatch_entry_by_class ON catalogue.dispatch_entry USING btree (tenant_id, class_code, level, valid_from);
CREATE INDEX dispatch_entry_by_lead ON catalogue.dispatch_entry USING btree (tenant_id, lead_organisation_id);
CREATE INDEX dispatch_entry_by_number ON catalogue.dispatch_entry USING btree (tenant_id, entry_number, id);
ALTER TABLE catalogue.dispatch_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.dispatch_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.dispatch_entry AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON catalogue.dispatch_entry TO gongzhi_app;

CREATE TABLE catalogue.setting (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  class_code text COLLATE "C" NOT NULL DEFAULT '*'::text,
  value numeric(10,2) NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  created_by text NOT NULL,
  CONSTRAINT setting_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT setting_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from)))
);
CREATE INDEX setting_by_name ON catalogue.setting USING btree (tenant_id, name, class_code, valid_from);
ALTER TABLE catalogue.setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue.setting FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catalogue.setting AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON catalogue.setting TO gongzhi_app;

CREATE TABLE clusters.count (
  tenant_id integer NOT NULL,
  day date NOT NULL,
  began_at timestamp with time zone NOT NULL,
  CONSTRAINT count_pkey PRIMARY KEY (tenant_id, day)
);
ALTER TABLE clusters.count ENABLE ROW LEVEL SECURITY;
ALTER TABLE clusters.count FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON clusters.count AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON clusters.count TO gongzhi_app;

CREATE TABLE clusters.hot_issue (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  title text NOT NULL,
  words text[] NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  requests integer NOT NULL,
  people integer NOT NULL,
  heat double precision NOT NULL,
  first_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone NOT NULL,
  state text NOT NULL,
  found_at timestamp with time zone NOT NULL,
  counted_at timestamp with time zone NOT NULL,
  kind text,
  month text,
  lead_organisation_id uuid,
  case_id uuid,
  decided_by text,
  decided_at timestamp with time zone,
  reason text,
  public_title text,
  public_text text,
  published_at timestamp with time zone,
  CONSTRAINT hot_issue_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT hot_issue_check CHECK (((state = 'opened'::text) = (kind IS NOT NULL))),
  CONSTRAINT hot_issue_check1 CHECK (((published_at IS NULL) OR ((public_title IS NOT NULL) AND (public_text IS NOT NULL) AND (state = 'opened'::text)))),
  CONSTRAINT hot_issue_kind_check CHECK ((kind = ANY (ARRAY['proactive'::text, 'problem_of_month'::text]))),
  CONSTRAINT hot_issue_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text)),
  CONSTRAINT hot_issue_state_check CHECK ((state = ANY (ARRAY['found'::text, 'opened'::text, 'dismissed'::text, 'faded'::text]))),
  CONSTRAINT hot_issue_tenant_id_area_code_fkey FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT hot_issue_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT hot_issue_tenant_id_lead_organisation_id_fkey FOREIGN KEY (tenant_id, lead_organisation_id) REFERENCES organisations.organisation(tenant_id, id)
);
CREATE INDEX hot_issue_heat ON clusters.hot_issue USING btree (tenant_id, state, heat DESC, id);
CREATE INDEX hot_issue_published ON clusters.hot_issue USING btree (tenant_id, published_at DESC, id) WHERE (published_at IS NOT NULL);
ALTER TABLE clusters.hot_issue ENABLE ROW LEVEL SECURITY;
ALTER TABLE clusters.hot_issue FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON clusters.hot_issue AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON clusters.hot_issue TO gongzhi_app;

CREATE TABLE clusters.hot_issue_member (
  tenant_id integer NOT NULL,
  issue_id uuid NOT NULL,
  case_id uuid NOT NULL,
  CONSTRAINT hot_issue_member_pkey PRIMARY KEY (tenant_id, issue_id, case_id),
  CONSTRAINT hot_issue_member_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT hot_issue_member_tenant_id_issue_id_fkey FOREIGN KEY (tenant_id, issue_id) REFERENCES clusters.hot_issue(tenant_id, id)
);
CREATE INDEX hot_issue_member_case ON clusters.hot_issue_member USING btree (tenant_id, case_id);
ALTER TABLE clusters.hot_issue_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE clusters.hot_issue_member FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON clusters.hot_issue_member AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON clusters.hot_issue_member TO gongzhi_app;

CREATE TABLE clusters.signature (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  source text NOT NULL,
  keys text[] NOT NULL,
  words text[] NOT NULL,
  weights real[] NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  CONSTRAINT signature_pkey PRIMARY KEY (tenant_id, case_id, source),
  CONSTRAINT signature_source_check CHECK ((source = ANY (ARRAY['case'::text, 'released'::text]))),
  CONSTRAINT signature_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id)
);
CREATE INDEX signature_keys ON clusters.signature USING gin (keys);
CREATE INDEX signature_opened ON clusters.signature USING btree (tenant_id, opened_at DESC) WHERE (source = 'case'::text);
ALTER TABLE clusters.signature ENABLE ROW LEVEL SECURITY;
ALTER TABLE clusters.signature FORCE ROW LEVEL SECURITY;
CREATE POLICY look_up ON clusters.signature AS PERMISSIVE FOR SELECT TO gongzhi_owner USING (true);
CREATE POLICY tenant ON clusters.signature AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON clusters.signature TO gongzhi_app;

CREATE TABLE duty.call (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  case_number text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  state text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  lane text NOT NULL,
  sensitivity text NOT NULL,
  team_id uuid NOT NULL,
  called_users text[] NOT NULL,
  sent_at timestamp with time zone NOT NULL,
  acknowledged_at timestamp with time zone,
  arrived_at timestamp with time zone,
  reported_at timestamp with time zone,
  ended_at timestamp with time zone,
  facts jsonb NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT call_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT call_lane_check CHECK ((lane = ANY (ARRAY['safety'::text, 'enforcement'::text, 'market'::text, 'services'::text]))),
  CONSTRAINT call_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['normal'::text, 'confidential'::text, 'sealed'::text]))),
  CONSTRAINT call_state_check CHECK ((state = ANY (ARRAY['sent'::text, 'at_centre'::text, 'acknowledged'::text, 'arrived'::text, 'reported'::text, 'closed'::text, 'handed_over'::text, 'stood_down'::text]))),
  CONSTRAINT call_tenant_id_area_code_fkey FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT call_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT call_tenant_id_team_id_fkey FOREIGN KEY (tenant_id, team_id) REFERENCES duty.team(tenant_id, id)
);
CREATE INDEX call_case ON duty.call USING btree (tenant_id, case_id, sent_at);
CREATE UNIQUE INDEX call_open_case ON duty.call USING btree (tenant_id, case_id) WHERE (state = ANY (ARRAY['sent'::text, 'at_centre'::text, 'acknowledged'::text, 'arrived'::text, 'reported'::text]));
CREATE INDEX call_sent ON duty.call USING btree (tenant_id, sent_at DESC, id DESC);
CREATE INDEX call_users ON duty.call USING gin (called_users);
ALTER TABLE duty.call ENABLE ROW LEVEL SECURITY;
ALTER TABLE duty.call FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON duty.call AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON duty.call TO gongzhi_app;

CREATE TABLE duty.kind (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  takes text[] NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  created_by text NOT NULL,
  CONSTRAINT kind_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX kind_by_name ON duty.kind USING btree (tenant_id, kind, valid_from);
ALTER TABLE duty.kind ENABLE ROW LEVEL SECURITY;
ALTER TABLE duty.kind FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON duty.kind AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON duty.kind TO gongzhi_app;

CREATE TABLE duty.police_handover (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  reference text COLLATE "C" NOT NULL,
  direction text NOT NULL,
  their_reference text,
  case_id uuid NOT NULL,
  call_id uuid,
  area_code text COLLATE "C" NOT NULL,
  lon double precision,
  lat double precision,
  place text,
  matter text NOT NULL,
  at timestamp with time zone NOT NULL,
  by_organisation_id uuid,
  CONSTRAINT police_handover_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT police_handover_direction_check CHECK ((direction = ANY (ARRAY['to_110'::text, 'from_110'::text]))),
  CONSTRAINT police_handover_tenant_id_area_code_fkey FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT police_handover_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT police_handover_tenant_id_reference_key UNIQUE (tenant_id, reference)
);
CREATE INDEX police_handover_at ON duty.police_handover USING btree (tenant_id, at DESC, id DESC);
ALTER TABLE duty.police_handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE duty.police_handover FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON duty.police_handover AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON duty.police_handover TO gongzhi_app;

CREATE TABLE duty.shift (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  team_id uuid NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  line uuid[] NOT NULL,
  handover_note text,
  handed_over_at timestamp with time zone,
  CONSTRAINT shift_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT shift_check CHECK ((ends_at > starts_at)),
  CONSTRAINT shift_line_check CHECK ((cardinality(line) > 0)),
  CONSTRAINT shift_tenant_id_team_id_fkey FOREIGN KEY (tenant_id, team_id) REFERENCES duty.team(tenant_id, id)
);
CREATE INDEX shift_time ON duty.shift USING btree (tenant_id, team_id, starts_at);
ALTER TABLE duty.shift ENABLE ROW LEVEL SECURITY;
ALTER TABLE duty.shift FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON duty.shift AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON duty.shift TO gongzhi_app;

CREATE TABLE duty.team (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  created_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone,
  CONSTRAINT team_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT team_name_check CHECK ((name <> ''::text)),
  CONSTRAINT team_tenant_id_area_code_fkey FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area(tenant_id, code)
);
CREATE INDEX team_area ON duty.team USING btree (tenant_id, area_code, kind);
ALTER TABLE duty.team ENABLE ROW LEVEL SECURITY;
ALTER TABLE duty.team FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON duty.team AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON duty.team TO gongzhi_app;

CREATE TABLE duty.team_member (
  tenant_id integer NOT NULL,
  team_id uuid NOT NULL,
  post_id uuid NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  added_at timestamp with time zone NOT NULL,
  CONSTRAINT team_member_pkey PRIMARY KEY (tenant_id, team_id, post_id),
  CONSTRAINT team_member_tenant_id_post_id_fkey FOREIGN KEY (tenant_id, post_id) REFERENCES organisations.post(tenant_id, id),
  CONSTRAINT team_member_tenant_id_team_id_fkey FOREIGN KEY (tenant_id, team_id) REFERENCES duty.team(tenant_id, id)
);
ALTER TABLE duty.team_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE duty.team_member FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON duty.team_member AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT ON duty.team_member TO gongzhi_app;

CREATE TABLE exclusions.exclusion (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL,
  case_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  ground text COLLATE "C" NOT NULL,
  words text NOT NULL,
  state text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  asked_by text COLLATE "C" NOT NULL,
  asked_by_organisation_id uuid NOT NULL,
  decided_at timestamp with time zone,
  decided_by text COLLATE "C",
  decided_by_organisation_id uuid,
  decision_words text,
  public_words text,
  revoked_at timestamp with time zone,
  revoked_by text COLLATE "C",
  revoked_by_organisation_id uuid,
  revocation_words text,
  CONSTRAINT exclusion_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT exclusion_check CHECK (((state = 'asked'::text) = (decided_at IS NULL))),
  CONSTRAINT exclusion_check1 CHECK (((state = 'revoked'::text) = (revoked_at IS NOT NULL))),
  CONSTRAINT exclusion_check2 CHECK (((decided_by IS NULL) OR (decided_by <> asked_by))),
  CONSTRAINT exclusion_check3 CHECK (((decided_by_organisation_id IS NULL) OR (decided_by_organisation_id <> asked_by_organisation_id))),
  CONSTRAINT exclusion_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'granted'::text, 'refused'::text, 'revoked'::text]))),
  CONSTRAINT exclusion_tenant_id_area_code_fkey FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT exclusion_tenant_id_asked_by_organisation_id_fkey FOREIGN KEY (tenant_id, asked_by_organisation_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT exclusion_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT exclusion_tenant_id_decided_by_organisation_id_fkey FOREIGN KEY (tenant_id, decided_by_organisation_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT exclusion_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT exclusion_tenant_id_revoked_by_organisation_id_fkey FOREIGN KEY (tenant_id, revoked_by_organisation_id) REFERENCES organisations.organisation(tenant_id, id)
);
CREATE INDEX exclusion_asked ON exclusions.exclusion USING btree (tenant_id, asked_at DESC, id DESC);
CREATE INDEX exclusion_decided ON exclusions.exclusion USING btree (tenant_id, decided_at DESC, id DESC) WHERE (state = ANY (ARRAY['granted'::text, 'revoked'::text]));
CREATE UNIQUE INDEX exclusion_in_force ON exclusions.exclusion USING btree (tenant_id, case_id, organisation_id) WHERE (state = ANY (ARRAY['asked'::text, 'granted'::text]));
ALTER TABLE exclusions.exclusion ENABLE ROW LEVEL SECURITY;
ALTER TABLE exclusions.exclusion FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON exclusions.exclusion AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON exclusions.exclusion TO gongzhi_app;

CREATE TABLE exclusions.ground (
  tenant_id integer NOT NULL,
  code text COLLATE "C" NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  set_by text COLLATE "C" NOT NULL,
  CONSTRAINT ground_pkey PRIMARY KEY (tenant_id, code, valid_from),
  CONSTRAINT ground_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  CONSTRAINT ground_name_en_check CHECK ((name_en <> ''::text)),
  CONSTRAINT ground_name_zh_check CHECK ((name_zh <> ''::text))
);
ALTER TABLE exclusions.ground ENABLE ROW LEVEL SECURITY;
ALTER TABLE exclusions.ground FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON exclusions.ground AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON exclusions.ground TO gongzhi_app;

CREATE TABLE joint_handling.joint (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  case_number text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  state text NOT NULL,
  ground text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  lane text NOT NULL,
  sensitivity text NOT NULL,
  whistler_id uuid NOT NULL,
  asker_id uuid,
  lead_id uuid NOT NULL,
  facts jsonb NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  whistled_at timestamp with time zone,
  ended_at timestamp with time zone,
  cancelled_late boolean NOT NULL,
  centre_justified boolean,
  centre_needed boolean,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT joint_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT joint_ground_check CHECK ((ground = ANY (ARRAY['public_demand'::text, 'joint_enforcement'::text, 'emergency'::text]))),
  CONSTRAINT joint_lane_check CHECK ((lane = ANY (ARRAY['safety'::text, 'enforcement'::text, 'market'::text, 'services'::text]))),
  CONSTRAINT joint_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['normal'::text, 'confidential'::text, 'sealed'::text]))),
  CONSTRAINT joint_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'declined'::text, 'called'::text, 'closed'::text, 'cancelled'::text, 'ended'::text]))),
  CONSTRAINT joint_tenant_id_area_code_fkey FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT joint_tenant_id_asker_id_fkey FOREIGN KEY (tenant_id, asker_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT joint_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT joint_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT joint_tenant_id_whistler_id_fkey FOREIGN KEY (tenant_id, whistler_id) REFERENCES organisations.organisation(tenant_id, id)
);
CREATE INDEX joint_area ON joint_handling.joint USING btree (tenant_id, area_code, opened_at DESC, id DESC);
CREATE INDEX joint_case ON joint_handling.joint USING btree (tenant_id, case_id, opened_at);
CREATE UNIQUE INDEX joint_open_case ON joint_handling.joint USING btree (tenant_id, case_id) WHERE (state = ANY (ARRAY['asked'::text, 'called'::text]));
CREATE INDEX joint_opened ON joint_handling.joint USING btree (tenant_id, opened_at DESC, id DESC);
CREATE INDEX joint_whistler ON joint_handling.joint USING btree (tenant_id, whistler_id, whistled_at);
ALTER TABLE joint_handling.joint ENABLE ROW LEVEL SECURITY;
ALTER TABLE joint_handling.joint FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON joint_handling.joint AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON joint_handling.joint TO gongzhi_app;

CREATE TABLE joint_handling.member (
  tenant_id integer NOT NULL,
  joint_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  state text NOT NULL,
  called_at timestamp with time zone NOT NULL,
  answer_due_at timestamp with time zone NOT NULL,
  answered_at timestamp with time zone,
  refused_at timestamp with time zone,
  ruling text,
  arrive_due_at timestamp with time zone NOT NULL,
  arrived_at timestamp with time zone,
  part_due_at timestamp with time zone,
  done_at timestamp with time zone,
  timeliness text,
  result text,
  justified boolean,
  needed boolean,
  CONSTRAINT member_pkey PRIMARY KEY (tenant_id, joint_id, organisation_id),
  CONSTRAINT member_result_check CHECK ((result = ANY (ARRAY['good'::text, 'fair'::text, 'poor'::text]))),
  CONSTRAINT member_ruling_check CHECK ((ruling = ANY (ARRAY['must_come'::text, 'excused'::text]))),
  CONSTRAINT member_state_check CHECK ((state = ANY (ARRAY['called'::text, 'refused'::text, 'coming'::text, 'arrived'::text, 'leave_asked'::text, 'done'::text, 'left'::text, 'excused'::text, 'absent'::text, 'replaced'::text, 'gone'::text]))),
  CONSTRAINT member_tenant_id_joint_id_fkey FOREIGN KEY (tenant_id, joint_id) REFERENCES joint_handling.joint(tenant_id, id),
  CONSTRAINT member_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT member_timeliness_check CHECK ((timeliness = ANY (ARRAY['good'::text, 'fair'::text, 'poor'::text])))
);
CREATE INDEX member_called ON joint_handling.member USING btree (tenant_id, called_at);
CREATE INDEX member_organisation ON joint_handling.member USING btree (tenant_id, organisation_id, called_at DESC);
ALTER TABLE joint_handling.member ENABLE ROW LEVEL SECURITY;
ALTER TABLE joint_handling.member FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON joint_handling.member AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON joint_handling.member TO gongzhi_app;

CREATE TABLE ledger.audit_batch (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  first_at timestamp with time zone NOT NULL,
  last_at timestamp with time zone NOT NULL,
  entry_ids uuid[] NOT NULL,
  entry_hashes bytea NOT NULL,
  removed_at timestamp with time zone,
  removed_by uuid,
  CONSTRAINT audit_batch_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT audit_batch_check CHECK (((removed_at IS NULL) = (removed_by IS NULL)))
);
CREATE INDEX audit_batch_last_at ON ledger.audit_batch USING btree (tenant_id, last_at);
ALTER TABLE ledger.audit_batch ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.audit_batch FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger.audit_batch AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON ledger.audit_batch TO gongzhi_app;

CREATE TABLE ledger.checkpoint (
  tenant_id integer NOT NULL,
  size bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  root bytea NOT NULL,
  key_id text COLLATE "C" NOT NULL,
  note text NOT NULL,
  CONSTRAINT checkpoint_pkey PRIMARY KEY (tenant_id, size)
);
ALTER TABLE ledger.checkpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.checkpoint FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger.checkpoint AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON ledger.checkpoint TO gongzhi_app;

CREATE TABLE ledger.leaf (
  tenant_id integer NOT NULL,
  leaf_index bigint NOT NULL,
  kind text COLLATE "C" NOT NULL,
  subject_id uuid NOT NULL,
  version integer NOT NULL,
  head bytea NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT leaf_pkey PRIMARY KEY (tenant_id, leaf_index),
  CONSTRAINT leaf_kind_check CHECK ((kind = ANY (ARRAY['case'::text, 'audit'::text]))),
  CONSTRAINT leaf_tenant_id_subject_id_version_key UNIQUE (tenant_id, subject_id, version)
);
ALTER TABLE ledger.leaf ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.leaf FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger.leaf AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON ledger.leaf TO gongzhi_app;

CREATE TABLE ledger.log (
  tenant_id integer NOT NULL,
  size bigint NOT NULL,
  swept_to uuid NOT NULL,
  swept_once boolean NOT NULL,
  CONSTRAINT log_pkey PRIMARY KEY (tenant_id)
);
ALTER TABLE ledger.log ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.log FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger.log AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON ledger.log TO gongzhi_app;

CREATE TABLE ledger.moved (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  CONSTRAINT moved_pkey PRIMARY KEY (tenant_id, case_id)
);
ALTER TABLE ledger.moved ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.moved FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger.moved AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT ON ledger.moved TO gongzhi_app;

CREATE TABLE ledger.node (
  tenant_id integer NOT NULL,
  level smallint NOT NULL,
  node_index bigint NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT node_pkey PRIMARY KEY (tenant_id, level, node_index)
);
ALTER TABLE ledger.node ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.node FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ledger.node AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON ledger.node TO gongzhi_app;

CREATE TABLE messages.delivery (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  recipient_kind text NOT NULL,
  recipient_id text COLLATE "C" NOT NULL,
  channel text NOT NULL,
  notice text COLLATE "C" NOT NULL,
  params jsonb NOT NULL,
  bundled integer NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  run_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  error text COLLATE "C",
  CONSTRAINT delivery_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT delivery_bundled_check CHECK ((bundled > 0)),
  CONSTRAINT delivery_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'mail'::text]))),
  CONSTRAINT delivery_recipient_kind_check CHECK ((recipient_kind = ANY (ARRAY['requester'::text, 'officer'::text]))),
  CONSTRAINT delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'dropped'::text])))
);
CREATE INDEX delivery_due ON messages.delivery USING btree (tenant_id, run_at) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));
CREATE INDEX delivery_ended ON messages.delivery USING btree (tenant_id, ended_at) WHERE (state = ANY (ARRAY['sent'::text, 'dropped'::text]));
CREATE INDEX delivery_failed ON messages.delivery USING btree (tenant_id, ended_at DESC, id DESC) WHERE (state = 'failed'::text);
CREATE INDEX delivery_recipient ON messages.delivery USING btree (tenant_id, case_id, recipient_id, channel, created_at DESC);
ALTER TABLE messages.delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE messages.delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON messages.delivery AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON messages.delivery TO gongzhi_app;

CREATE TABLE messages.inbox_item (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  case_id uuid NOT NULL,
  notice text COLLATE "C" NOT NULL,
  params jsonb NOT NULL,
  bundled integer NOT NULL,
  first_at timestamp with time zone NOT NULL,
  at timestamp with time zone NOT NULL,
  read_at timestamp with time zone,
  CONSTRAINT inbox_item_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT inbox_item_bundled_check CHECK ((bundled > 0))
);
CREATE INDEX inbox_item_at ON messages.inbox_item USING btree (tenant_id, at);
CREATE INDEX inbox_item_unread ON messages.inbox_item USING btree (tenant_id, user_id, case_id) WHERE (read_at IS NULL);
CREATE INDEX inbox_item_user ON messages.inbox_item USING btree (tenant_id, user_id, at DESC, id DESC);
ALTER TABLE messages.inbox_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE messages.inbox_item FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON messages.inbox_item AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON messages.inbox_item TO gongzhi_app;

CREATE TABLE messages.template (
  tenant_id integer NOT NULL,
  notice text COLLATE "C" NOT NULL,
  locale text NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  set_by text COLLATE "C" NOT NULL,
  CONSTRAINT template_pkey PRIMARY KEY (tenant_id, notice, locale, valid_from),
  CONSTRAINT template_locale_check CHECK ((locale = ANY (ARRAY['zh-CN'::text, 'en'::text])))
);
ALTER TABLE messages.template ENABLE ROW LEVEL SECURITY;
ALTER TABLE messages.template FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON messages.template AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON messages.template TO gongzhi_app;

CREATE TABLE open.tracking_try (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  number_key text COLLATE "C" NOT NULL,
  address_key text COLLATE "C" NOT NULL,
  at timestamp with time zone NOT NULL,
  outcome text NOT NULL,
  CONSTRAINT tracking_try_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT tracking_try_outcome_check CHECK ((outcome = ANY (ARRAY['failed'::text, 'succeeded'::text, 'put_off'::text])))
);
CREATE INDEX tracking_try_address ON open.tracking_try USING btree (tenant_id, address_key, at);
CREATE INDEX tracking_try_at ON open.tracking_try USING btree (tenant_id, at);
CREATE INDEX tracking_try_number ON open.tracking_try USING btree (tenant_id, number_key, at);
ALTER TABLE open.tracking_try ENABLE ROW LEVEL SECURITY;
ALTER TABLE open.tracking_try FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON open.tracking_try AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON open.tracking_try TO gongzhi_app;

CREATE TABLE organisations.former_name (
  tenant_id integer NOT NULL,
  organisation_id uuid NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  name_en text NOT NULL,
  short_name text NOT NULL,
  until_date date NOT NULL,
  CONSTRAINT former_name_pkey PRIMARY KEY (tenant_id, organisation_id, version),
  CONSTRAINT former_name_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation(tenant_id, id)
);
ALTER TABLE organisations.former_name ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations.former_name FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations.former_name AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON organisations.former_name TO gongzhi_app;

CREATE TABLE organisations.kind (
  tenant_id integer NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  levels text[] NOT NULL,
  station boolean NOT NULL DEFAULT false,
  position smallint NOT NULL,
  CONSTRAINT kind_pkey PRIMARY KEY (tenant_id, kind),
  CONSTRAINT kind_levels_check CHECK (((levels <@ ARRAY['city'::text, 'county'::text, 'town'::text, 'village'::text]) AND (cardinality(levels) > 0)))
);
ALTER TABLE organisations.kind ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations.kind FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations.kind AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON organisations.kind TO gongzhi_app;

CREATE TABLE organisations.organisation (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  level text NOT NULL,
  name text NOT NULL,
  name_en text NOT NULL,
  short_name text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  line_superior_id uuid,
  directing_body_id uuid,
  phone text,
  complaint_phone text,
  external boolean NOT NULL DEFAULT false,
  valid_from date NOT NULL,
  valid_to date,
  successor_id uuid,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT organisation_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT organisation_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  CONSTRAINT organisation_check1 CHECK (((line_superior_id <> id) AND (directing_body_id <> id))),
  CONSTRAINT organisation_level_check CHECK ((level = ANY (ARRAY['city'::text, 'county'::text, 'town'::text, 'village'::text]))),
  CONSTRAINT organisation_name_check CHECK ((name <> ''::text)),
  CONSTRAINT organisation_tenant_id_area_code_fkey FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT organisation_tenant_id_directing_body_id_fkey FOREIGN KEY (tenant_id, directing_body_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT organisation_tenant_id_kind_fkey FOREIGN KEY (tenant_id, kind) REFERENCES organisations.kind(tenant_id, kind),
  CONSTRAINT organisation_tenant_id_line_superior_id_fkey FOREIGN KEY (tenant_id, line_superior_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT organisation_tenant_id_successor_id_fkey FOREIGN KEY (tenant_id, successor_id) REFERENCES organisations.organisation(tenant_id, id)
);
CREATE INDEX organisation_by_area ON organisations.organisation USING btree (tenant_id, area_code, level, id);
CREATE INDEX organisation_by_directing_body ON organisations.organisation USING btree (tenant_id, directing_body_id);
CREATE INDEX organisation_by_kind ON organisations.organisation USING btree (tenant_id, kind, area_code);
CREATE INDEX organisation_by_line_superior ON organisations.organisation USING btree (tenant_id, line_superior_id);
ALTER TABLE organisations.organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations.organisation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations.organisation AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON organisations.organisation TO gongzhi_app;

CREATE TABLE organisations.person (
  tenant_id integer NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  name_en text NOT NULL DEFAULT ''::text,
  phone text,
  CONSTRAINT person_pkey PRIMARY KEY (tenant_id, user_id),
  CONSTRAINT person_name_check CHECK ((name <> ''::text))
);
CREATE INDEX person_by_name ON organisations.person USING btree (tenant_id, name, user_id);
ALTER TABLE organisations.person ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations.person FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations.person AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON organisations.person TO gongzhi_app;

CREATE TABLE organisations.post (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  organisation_id uuid NOT NULL,
  role text NOT NULL,
  grid_role text,
  title_zh text NOT NULL DEFAULT ''::text,
  title_en text NOT NULL DEFAULT ''::text,
  scope text[] COLLATE "C" NOT NULL,
  area_set_id uuid,
  lanes text[],
  valid_from date NOT NULL,
  valid_to date,
  created_at timestamp with time zone NOT NULL,
  created_by text NOT NULL,
  ended_at timestamp with time zone,
  ended_by text,
  end_reason text,
  CONSTRAINT post_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT post_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  CONSTRAINT post_check1 CHECK (((role = 'grid_worker'::text) = (grid_role IS NOT NULL))),
  CONSTRAINT post_grid_role_check CHECK ((grid_role = ANY (ARRAY['leader'::text, 'full_time'::text, 'part_time'::text, 'adviser'::text]))),
  CONSTRAINT post_lanes_check CHECK (((lanes <@ ARRAY['safety'::text, 'enforcement'::text, 'market'::text, 'services'::text]) AND (cardinality(lanes) > 0))),
  CONSTRAINT post_role_check CHECK ((role = ANY (ARRAY['grid_worker'::text, 'community_worker'::text, 'dispatcher'::text, 'handler'::text, 'verifier'::text, 'supervisor'::text, 'evaluator'::text, 'administrator'::text, 'security_administrator'::text, 'auditor'::text]))),
  CONSTRAINT post_scope_check CHECK (((cardinality(scope) >= 1) AND (cardinality(scope) <= 500))),
  CONSTRAINT post_tenant_id_area_set_id_fkey FOREIGN KEY (tenant_id, area_set_id) REFERENCES areas.area_set(tenant_id, id),
  CONSTRAINT post_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT post_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES organisations.person(tenant_id, user_id)
);
CREATE INDEX post_by_organisation ON organisations.post USING btree (tenant_id, organisation_id, role, id);
CREATE INDEX post_by_scope ON organisations.post USING gin (scope);
CREATE INDEX post_by_user ON organisations.post USING btree (tenant_id, user_id, valid_to);
ALTER TABLE organisations.post ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations.post FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations.post AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON organisations.post TO gongzhi_app;

CREATE TABLE platform.audit_entry (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  actor_id text COLLATE "C" NOT NULL,
  actor_kind text COLLATE "C" NOT NULL,
  post_id uuid,
  action text COLLATE "C" NOT NULL,
  target_kind text COLLATE "C" NOT NULL,
  target_id text COLLATE "C" NOT NULL,
  result text COLLATE "C" NOT NULL,
  address inet,
  details jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT audit_entry_pkey PRIMARY KEY (tenant_id, at, id),
  CONSTRAINT audit_entry_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['officer'::text, 'resident'::text, 'anonymous'::text, 'system'::text])))
);
CREATE INDEX audit_entry_action ON platform.audit_entry USING btree (tenant_id, action, at, id);
CREATE INDEX audit_entry_actor ON platform.audit_entry USING btree (tenant_id, actor_id, at);
CREATE INDEX audit_entry_address ON platform.audit_entry USING btree (tenant_id, address, at, id) WHERE (address IS NOT NULL);
CREATE INDEX audit_entry_refused ON platform.audit_entry USING btree (tenant_id, result, at, id) WHERE (result <> 'done'::text);
CREATE INDEX audit_entry_target ON platform.audit_entry USING btree (tenant_id, target_kind, target_id, at);
ALTER TABLE platform.audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY least_term ON platform.audit_entry AS RESTRICTIVE FOR DELETE TO public USING ((at < (now() - '6 mons'::interval)));
CREATE POLICY tenant ON platform.audit_entry AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT ON platform.audit_entry TO gongzhi_app;

CREATE TABLE platform.backup_run (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  started_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone NOT NULL,
  result text NOT NULL,
  file text,
  bytes bigint,
  problem text,
  CONSTRAINT backup_run_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT backup_run_result_check CHECK ((result = ANY (ARRAY['done'::text, 'failed'::text])))
);
CREATE INDEX backup_run_started ON platform.backup_run USING btree (tenant_id, started_at DESC);
ALTER TABLE platform.backup_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.backup_run FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.backup_run AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON platform.backup_run TO gongzhi_app;

CREATE TABLE platform.data_key (
  tenant_id integer NOT NULL,
  version integer NOT NULL,
  wrapped bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  retired_at timestamp with time zone,
  purpose text COLLATE "C" NOT NULL DEFAULT 'seal'::text,
  digest text COLLATE "C" NOT NULL DEFAULT 'sha256'::text,
  active_from timestamp with time zone NOT NULL DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone,
  CONSTRAINT data_key_pkey PRIMARY KEY (tenant_id, purpose, version),
  CONSTRAINT data_key_digest_check CHECK ((digest = ANY (ARRAY['sha256'::text, 'sm3'::text]))),
  CONSTRAINT data_key_purpose_check CHECK ((purpose = ANY (ARRAY['seal'::text, 'index'::text, 'mac'::text]))),
  CONSTRAINT data_key_version_check CHECK ((version > 0))
);
ALTER TABLE platform.data_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.data_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.data_key AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON platform.data_key TO gongzhi_app;

CREATE TABLE platform.data_version (
  tenant_id integer NOT NULL,
  part text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  CONSTRAINT data_version_pkey PRIMARY KEY (tenant_id, part)
);
ALTER TABLE platform.data_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.data_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.data_version AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON platform.data_version TO gongzhi_app;

CREATE TABLE platform.file (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  sha256 text COLLATE "C",
  salt bytea,
  commitment text COLLATE "C" NOT NULL,
  size integer NOT NULL,
  type text COLLATE "C" NOT NULL,
  width integer,
  height integer,
  name bytea,
  position bytea,
  created_at timestamp with time zone NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  created_kind text NOT NULL,
  owner_kind text COLLATE "C",
  owner_id uuid,
  released_key uuid,
  released_at timestamp with time zone,
  released_by text COLLATE "C",
  erased_at timestamp with time zone,
  erasure_order text,
  CONSTRAINT file_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT file_check CHECK (((owner_kind IS NULL) = (owner_id IS NULL))),
  CONSTRAINT file_check1 CHECK (((released_key IS NULL) = ((released_at IS NULL) AND (released_by IS NULL)))),
  CONSTRAINT file_check2 CHECK (((erased_at IS NULL) = (erasure_order IS NULL))),
  CONSTRAINT file_check3 CHECK ((((erased_at IS NULL) = (sha256 IS NOT NULL)) AND ((sha256 IS NULL) = (salt IS NULL)))),
  CONSTRAINT file_created_kind_check CHECK ((created_kind = ANY (ARRAY['officer'::text, 'public'::text, 'system'::text]))),
  CONSTRAINT file_size_check CHECK ((size > 0))
);
CREATE INDEX file_owner ON platform.file USING btree (tenant_id, owner_kind, owner_id) WHERE (owner_id IS NOT NULL);
CREATE INDEX file_waiting ON platform.file USING btree (tenant_id, created_kind, created_at) WHERE (owner_id IS NULL);
ALTER TABLE platform.file ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.file FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.file AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON platform.file TO gongzhi_app;

CREATE TABLE platform.idempotency (
  tenant_id integer NOT NULL,
  actor_key text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  route text COLLATE "C" NOT NULL,
  request_hash bytea NOT NULL,
  status integer,
  answer bytea,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT idempotency_pkey PRIMARY KEY (tenant_id, actor_key, key)
);
CREATE INDEX idempotency_created_at ON platform.idempotency USING btree (tenant_id, created_at);
ALTER TABLE platform.idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.idempotency AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON platform.idempotency TO gongzhi_app;

CREATE TABLE platform.job (
  tenant_id integer NOT NULL,
  name text COLLATE "C" NOT NULL,
  taken_until timestamp with time zone,
  taken_by uuid,
  done_at timestamp with time zone,
  CONSTRAINT job_pkey PRIMARY KEY (tenant_id, name)
);
ALTER TABLE platform.job ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.job FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.job AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON platform.job TO gongzhi_app;

CREATE TABLE platform.mailbox (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  channel text NOT NULL,
  recipient text NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  CONSTRAINT mailbox_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT mailbox_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'mail'::text])))
);
CREATE INDEX mailbox_at ON platform.mailbox USING btree (tenant_id, at DESC, id DESC);
ALTER TABLE platform.mailbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.mailbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.mailbox AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT ON platform.mailbox TO gongzhi_app;

CREATE TABLE platform.migration (
  name text COLLATE "C" NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT migration_pkey PRIMARY KEY (name)
);

CREATE TABLE platform.outbox (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  kind text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  at timestamp with time zone NOT NULL,
  payload jsonb NOT NULL DEFAULT '{}'::jsonb,
  routed boolean NOT NULL DEFAULT false,
  CONSTRAINT outbox_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX outbox_at ON platform.outbox USING btree (tenant_id, at);
CREATE INDEX outbox_unrouted ON platform.outbox USING btree (tenant_id, "position") WHERE (NOT routed);
ALTER TABLE platform.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.outbox AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON platform.outbox TO gongzhi_app;

CREATE TABLE platform.outbox_delivery (
  tenant_id integer NOT NULL,
  consumer text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  event_id uuid NOT NULL,
  run_at timestamp with time zone NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  failed_at timestamp with time zone,
  CONSTRAINT outbox_delivery_pkey PRIMARY KEY (tenant_id, consumer, subject, "position"),
  CONSTRAINT outbox_delivery_attempts_check CHECK ((attempts >= 0)),
  CONSTRAINT outbox_delivery_tenant_id_event_id_fkey FOREIGN KEY (tenant_id, event_id) REFERENCES platform.outbox(tenant_id, id)
);
CREATE INDEX outbox_delivery_event ON platform.outbox_delivery USING btree (tenant_id, event_id);
CREATE INDEX outbox_delivery_failed ON platform.outbox_delivery USING btree (tenant_id, failed_at) WHERE (failed_at IS NOT NULL);
CREATE INDEX outbox_delivery_run_at ON platform.outbox_delivery USING btree (tenant_id, consumer, run_at, "position") WHERE (failed_at IS NULL);
ALTER TABLE platform.outbox_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.outbox_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.outbox_delivery AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON platform.outbox_delivery TO gongzhi_app;

CREATE TABLE platform.reseal (
  tenant_id integer NOT NULL,
  target text COLLATE "C" NOT NULL,
  table_name text COLLATE "C",
  position jsonb,
  done integer NOT NULL DEFAULT 0,
  started_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone,
  CONSTRAINT reseal_pkey PRIMARY KEY (tenant_id, target)
);
ALTER TABLE platform.reseal ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.reseal FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.reseal AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON platform.reseal TO gongzhi_app;

CREATE TABLE platform.setting (
  tenant_id integer NOT NULL,
  key text COLLATE "C" NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  value jsonb NOT NULL,
  CONSTRAINT setting_pkey PRIMARY KEY (tenant_id, key, valid_from),
  CONSTRAINT setting_check CHECK (((valid_to IS NULL) OR (valid_to > valid_from)))
);
ALTER TABLE platform.setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.setting FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.setting AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON platform.setting TO gongzhi_app;

CREATE TABLE platform.timer (
  tenant_id integer NOT NULL,
  subject text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL DEFAULT ''::text,
  due_at timestamp with time zone NOT NULL,
  payload jsonb NOT NULL DEFAULT '{}'::jsonb,
  run_at timestamp with time zone NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  CONSTRAINT timer_pkey PRIMARY KEY (tenant_id, subject, kind, name),
  CONSTRAINT timer_attempts_check CHECK ((attempts >= 0))
);
CREATE INDEX timer_run_at ON platform.timer USING btree (tenant_id, run_at);
ALTER TABLE platform.timer ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform.timer FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform.timer AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON platform.timer TO gongzhi_app;

CREATE TABLE privacy.affected_list (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  from_at timestamp with time zone NOT NULL,
  to_at timestamp with time zone NOT NULL,
  account text COLLATE "C",
  address inet,
  reason bytea NOT NULL,
  cases integer NOT NULL,
  asked_by text COLLATE "C" NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT affected_list_pkey PRIMARY KEY (tenant_id, id)
);
ALTER TABLE privacy.affected_list ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.affected_list FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.affected_list AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON privacy.affected_list TO gongzhi_app;

CREATE TABLE privacy.consent (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  purpose text COLLATE "C" NOT NULL,
  notice_version integer,
  given_at timestamp with time zone NOT NULL,
  withdrawn_at timestamp with time zone,
  CONSTRAINT consent_pkey PRIMARY KEY (tenant_id, case_id, purpose),
  CONSTRAINT consent_purpose_check CHECK ((purpose = ANY (ARRAY['publication'::text, 'sensitive'::text]))),
  CONSTRAINT consent_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id)
);
ALTER TABLE privacy.consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.consent FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.consent AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON privacy.consent TO gongzhi_app;

CREATE TABLE privacy.erasure (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  what text COLLATE "C" NOT NULL,
  order_ref text NOT NULL,
  at timestamp with time zone NOT NULL,
  erased_by text COLLATE "C" NOT NULL,
  CONSTRAINT erasure_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT erasure_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT erasure_what_check CHECK ((what = ANY (ARRAY['identity'::text, 'content'::text])))
);
CREATE INDEX erasure_at ON privacy.erasure USING btree (tenant_id, at DESC, id DESC);
CREATE INDEX erasure_case ON privacy.erasure USING btree (tenant_id, case_id);
ALTER TABLE privacy.erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.erasure FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.erasure AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON privacy.erasure TO gongzhi_app;

CREATE TABLE privacy.notice (
  tenant_id integer NOT NULL,
  version integer NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  parts jsonb NOT NULL,
  made_by text COLLATE "C" NOT NULL,
  CONSTRAINT notice_pkey PRIMARY KEY (tenant_id, version),
  CONSTRAINT notice_version_check CHECK ((version > 0))
);
ALTER TABLE privacy.notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.notice FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.notice AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON privacy.notice TO gongzhi_app;

CREATE TABLE privacy.notice_shown (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  version integer NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT notice_shown_pkey PRIMARY KEY (tenant_id, case_id),
  CONSTRAINT notice_shown_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT notice_shown_tenant_id_version_fkey FOREIGN KEY (tenant_id, version) REFERENCES privacy.notice(tenant_id, version)
);
ALTER TABLE privacy.notice_shown ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.notice_shown FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.notice_shown AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON privacy.notice_shown TO gongzhi_app;

CREATE TABLE privacy.person_request (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  asked bytea NOT NULL,
  state text COLLATE "C" NOT NULL,
  created_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  decided_at timestamp with time zone,
  decided_by text COLLATE "C",
  answer bytea,
  CONSTRAINT person_request_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT person_request_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
  CONSTRAINT person_request_check1 CHECK (((decided_at IS NULL) = (decided_by IS NULL))),
  CONSTRAINT person_request_kind_check CHECK ((kind = ANY (ARRAY['correction'::text, 'deletion'::text]))),
  CONSTRAINT person_request_state_check CHECK ((state = ANY (ARRAY['open'::text, 'granted'::text, 'refused'::text]))),
  CONSTRAINT person_request_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id)
);
CREATE INDEX person_request_case ON privacy.person_request USING btree (tenant_id, case_id);
CREATE INDEX person_request_due ON privacy.person_request USING btree (tenant_id, state, due_at, id);
CREATE UNIQUE INDEX person_request_open ON privacy.person_request USING btree (tenant_id, case_id, kind) WHERE (state = 'open'::text);
ALTER TABLE privacy.person_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.person_request FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.person_request AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON privacy.person_request TO gongzhi_app;

CREATE TABLE privacy.retention_rule (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  class_prefix text COLLATE "C" NOT NULL,
  identity_months integer NOT NULL,
  content_months integer,
  basis text NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_to timestamp with time zone,
  made_by text COLLATE "C" NOT NULL,
  CONSTRAINT retention_rule_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT retention_rule_check CHECK (((content_months >= identity_months) AND (content_months <= 1200))),
  CONSTRAINT retention_rule_check1 CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  CONSTRAINT retention_rule_identity_months_check CHECK (((identity_months >= 1) AND (identity_months <= 1200)))
);
CREATE UNIQUE INDEX retention_rule_current ON privacy.retention_rule USING btree (tenant_id, class_prefix) WHERE (valid_to IS NULL);
ALTER TABLE privacy.retention_rule ENABLE ROW LEVEL SECURITY;
ALTER TABLE privacy.retention_rule FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON privacy.retention_rule AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON privacy.retention_rule TO gongzhi_app;

CREATE TABLE requesters.phone_code (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  phone_index text COLLATE "C" NOT NULL,
  address_index text COLLATE "C" NOT NULL,
  code_mac bytea NOT NULL,
  tries integer NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT phone_code_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX phone_code_address ON requesters.phone_code USING btree (tenant_id, address_index, created_at DESC);
CREATE INDEX phone_code_created ON requesters.phone_code USING btree (tenant_id, created_at);
CREATE INDEX phone_code_phone ON requesters.phone_code USING btree (tenant_id, phone_index, created_at DESC);
ALTER TABLE requesters.phone_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE requesters.phone_code FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requesters.phone_code AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON requesters.phone_code TO gongzhi_app;

CREATE TABLE requesters.requester (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  name bytea,
  phone bytea,
  mail bytea,
  phone_index text COLLATE "C",
  phone_ending_index text COLLATE "C",
  salt bytea,
  key_version integer NOT NULL,
  locale text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  erased_at timestamp with time zone,
  erased_by text,
  erasure_order text,
  CONSTRAINT requester_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT requester_check CHECK (((erased_at IS NULL) OR ((name IS NULL) AND (phone IS NULL) AND (mail IS NULL) AND (phone_index IS NULL) AND (phone_ending_index IS NULL) AND (salt IS NULL) AND (erased_by IS NOT NULL) AND (erasure_order IS NOT NULL)))),
  CONSTRAINT requester_locale_check CHECK ((locale = ANY (ARRAY['zh-CN'::text, 'en'::text])))
);
CREATE INDEX requester_phone ON requesters.requester USING btree (tenant_id, phone_index, created_at DESC) WHERE (phone_index IS NOT NULL);
CREATE INDEX requester_phone_ending ON requesters.requester USING btree (tenant_id, phone_ending_index, created_at DESC) WHERE (phone_ending_index IS NOT NULL);
ALTER TABLE requesters.requester ENABLE ROW LEVEL SECURITY;
ALTER TABLE requesters.requester FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requesters.requester AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON requesters.requester TO gongzhi_app;

CREATE TABLE requesters.resident_session (
  tenant_id integer NOT NULL,
  token_hash bytea NOT NULL,
  phone_index text COLLATE "C" NOT NULL,
  phone bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT resident_session_pkey PRIMARY KEY (tenant_id, token_hash)
);
CREATE INDEX resident_session_expires ON requesters.resident_session USING btree (tenant_id, expires_at);
CREATE INDEX resident_session_phone ON requesters.resident_session USING btree (tenant_id, phone_index, created_at DESC);
ALTER TABLE requesters.resident_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE requesters.resident_session FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requesters.resident_session AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT ON requesters.resident_session TO gongzhi_app;

CREATE TABLE requesters.unmasking (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  requester_id uuid NOT NULL,
  officer_id text NOT NULL,
  reason bytea NOT NULL,
  at timestamp with time zone NOT NULL,
  organisation_id uuid,
  kind text COLLATE "C" NOT NULL DEFAULT 'unmasked'::text,
  CONSTRAINT unmasking_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT unmasking_kind_check CHECK ((kind = ANY (ARRAY['unmasked'::text, 'looked_up'::text]))),
  CONSTRAINT unmasking_tenant_id_requester_id_fkey FOREIGN KEY (tenant_id, requester_id) REFERENCES requesters.requester(tenant_id, id)
);
CREATE INDEX unmasking_officer ON requesters.unmasking USING btree (tenant_id, officer_id, at DESC);
CREATE INDEX unmasking_requester ON requesters.unmasking USING btree (tenant_id, requester_id, at DESC);
ALTER TABLE requesters.unmasking ENABLE ROW LEVEL SECURITY;
ALTER TABLE requesters.unmasking FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON requesters.unmasking AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON requesters.unmasking TO gongzhi_app;

CREATE TABLE statistics.cell (
  tenant_id integer NOT NULL,
  dimension text COLLATE "C" NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  span text COLLATE "C" NOT NULL,
  day date NOT NULL,
  value text COLLATE "C" NOT NULL,
  restricted boolean NOT NULL,
  state_registered integer,
  state_rejected integer,
  state_referred integer,
  state_merged integer,
  state_dispatched integer,
  state_accepted integer,
  state_objected integer,
  state_adjudicating integer,
  state_in_progress integer,
  state_extension_requested integer,
  state_shelved integer,
  state_reported_done integer,
  state_verifying integer,
  state_call_back integer,
  state_closed integer,
  state_returned integer,
  state_withdrawn integer,
  state_voided integer,
  state_reopened integer,
  contact_in_time integer,
  contact_late integer,
  closing_all integer,
  closing_in_time integer,
  closing_late integer,
  call_back_solved integer,
  call_back_partly integer,
  call_back_unsolved integer,
  call_back_satisfied integer,
  call_back_basically integer,
  call_back_unsatisfied integer,
  call_back_declined integer,
  call_back_unreachable integer,
  call_back_lapsed integer,
  CONSTRAINT cell_pkey PRIMARY KEY (tenant_id, dimension, area_code, span, day, value, restricted),
  CONSTRAINT cell_dimension_check1 CHECK ((dimension = ANY (ARRAY['all'::text, 'class'::text, 'organisation'::text, 'channel'::text, 'lane'::text]))),
  CONSTRAINT cell_span_check1 CHECK ((span = ANY (ARRAY['day'::text, 'month'::text])))
);
ALTER TABLE statistics.cell ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics.cell FORCE ROW LEVEL SECURITY;
CREATE POLICY region ON statistics.cell AS PERMISSIVE FOR SELECT TO gongzhi_region USING (starts_with((CURRENT_USER)::text, 'gongzhi_region_'::text));
CREATE POLICY region_alone ON statistics.cell AS RESTRICTIVE FOR SELECT TO gongzhi_region USING (((NOT starts_with((CURRENT_USER)::text, 'gongzhi_region'::text)) OR (starts_with((CURRENT_USER)::text, 'gongzhi_region_'::text) AND (dimension = 'all'::text) AND (span = 'month'::text) AND (NOT restricted) AND (length(area_code) = ANY (ARRAY[4, 6])) AND starts_with(area_code, substr((CURRENT_USER)::text, 16)))));
CREATE POLICY tenant ON statistics.cell AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON statistics.cell TO gongzhi_app;
GRANT SELECT ON statistics.cell TO gongzhi_region;

CREATE TABLE statistics.contribution (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  class_code text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  lane text COLLATE "C" NOT NULL,
  restricted boolean NOT NULL,
  days date[] NOT NULL,
  measures text[] COLLATE "C" NOT NULL,
  organisations uuid[] NOT NULL,
  last_day date NOT NULL,
  CONSTRAINT contribution_pkey PRIMARY KEY (tenant_id, case_id)
);
CREATE INDEX contribution_area ON statistics.contribution USING btree (tenant_id, area_code);
ALTER TABLE statistics.contribution ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics.contribution FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON statistics.contribution AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON statistics.contribution TO gongzhi_app;

CREATE TABLE statistics.progress (
  tenant_id integer NOT NULL,
  counted_to uuid,
  counted bigint NOT NULL DEFAULT 0,
  counted_at timestamp with time zone,
  followed_at timestamp with time zone,
  fine_from date NOT NULL,
  CONSTRAINT progress_pkey PRIMARY KEY (tenant_id)
);
ALTER TABLE statistics.progress ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics.progress FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON statistics.progress AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON statistics.progress TO gongzhi_app;

CREATE TABLE statistics.recount (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  day date,
  began_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  cases integer NOT NULL DEFAULT 0,
  cases_mended integer NOT NULL DEFAULT 0,
  cells_mended integer NOT NULL DEFAULT 0,
  CONSTRAINT recount_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT recount_tenant_id_day_key UNIQUE (tenant_id, day)
);
ALTER TABLE statistics.recount ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics.recount FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON statistics.recount AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON statistics.recount TO gongzhi_app;

CREATE TABLE supervision.leader_case (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  leader_id text COLLATE "C" NOT NULL,
  post_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  taken_at timestamp with time zone NOT NULL,
  aim text NOT NULL,
  due_on date NOT NULL,
  report_every_days integer NOT NULL,
  next_report_on date NOT NULL,
  ended_at timestamp with time zone,
  result text,
  outcome text,
  CONSTRAINT leader_case_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT leader_case_check CHECK ((((ended_at IS NULL) = (result IS NULL)) AND ((ended_at IS NULL) = (outcome IS NULL)))),
  CONSTRAINT leader_case_outcome_check CHECK ((outcome = ANY (ARRAY['settled'::text, 'not_settled'::text, 'handed_over'::text]))),
  CONSTRAINT leader_case_report_every_days_check CHECK (((report_every_days >= 1) AND (report_every_days <= 60))),
  CONSTRAINT leader_case_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT leader_case_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT leader_case_tenant_id_post_id_fkey FOREIGN KEY (tenant_id, post_id) REFERENCES organisations.post(tenant_id, id)
);
CREATE INDEX leader_case_leader ON supervision.leader_case USING btree (tenant_id, leader_id, taken_at DESC, id DESC);
CREATE UNIQUE INDEX leader_case_open ON supervision.leader_case USING btree (tenant_id, case_id) WHERE (ended_at IS NULL);
ALTER TABLE supervision.leader_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE supervision.leader_case FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON supervision.leader_case AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON supervision.leader_case TO gongzhi_app;

CREATE TABLE supervision.leader_report (
  tenant_id integer NOT NULL,
  leader_case_id uuid NOT NULL,
  seq integer NOT NULL,
  at timestamp with time zone NOT NULL,
  words text NOT NULL,
  CONSTRAINT leader_report_pkey PRIMARY KEY (tenant_id, leader_case_id, seq),
  CONSTRAINT leader_report_tenant_id_leader_case_id_fkey FOREIGN KEY (tenant_id, leader_case_id) REFERENCES supervision.leader_case(tenant_id, id)
);
ALTER TABLE supervision.leader_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE supervision.leader_report FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON supervision.leader_report AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON supervision.leader_report TO gongzhi_app;

CREATE TABLE supervision.order_event (
  tenant_id integer NOT NULL,
  order_id uuid NOT NULL,
  seq integer NOT NULL,
  kind text COLLATE "C" NOT NULL,
  at timestamp with time zone NOT NULL,
  actor_id text COLLATE "C" NOT NULL,
  organisation_id uuid,
  colour text NOT NULL,
  ground text COLLATE "C",
  words text,
  due_at timestamp with time zone,
  CONSTRAINT order_event_pkey PRIMARY KEY (tenant_id, order_id, seq),
  CONSTRAINT order_event_tenant_id_order_id_fkey FOREIGN KEY (tenant_id, order_id) REFERENCES supervision.supervision_order(tenant_id, id)
);
ALTER TABLE supervision.order_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE supervision.order_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON supervision.order_event AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT ON supervision.order_event TO gongzhi_app;

CREATE TABLE supervision.supervision_order (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL,
  matter text COLLATE "C" NOT NULL,
  case_id uuid NOT NULL,
  queue text COLLATE "C",
  area_code text COLLATE "C" NOT NULL,
  lane text,
  addressee_id uuid NOT NULL,
  issuer_id uuid,
  issued_by text COLLATE "C" NOT NULL,
  reviewer_id uuid NOT NULL,
  ground text COLLATE "C" NOT NULL,
  triggers text[] NOT NULL,
  colour text NOT NULL,
  state text NOT NULL,
  demand text,
  issued_at timestamp with time zone NOT NULL,
  colour_since timestamp with time zone NOT NULL,
  due_at timestamp with time zone,
  lapsed boolean NOT NULL DEFAULT false,
  answered_by text COLLATE "C",
  answered_at timestamp with time zone,
  lift_asked_by text COLLATE "C",
  lift_reason text,
  ended_at timestamp with time zone,
  CONSTRAINT supervision_order_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT supervision_order_check CHECK (((state = ANY (ARRAY['accepted'::text, 'lifted'::text, 'ended'::text])) = (ended_at IS NOT NULL))),
  CONSTRAINT supervision_order_colour_check CHECK ((colour = ANY (ARRAY['blue'::text, 'yellow'::text, 'red'::text]))),
  CONSTRAINT supervision_order_ground_check CHECK ((ground = ANY (ARRAY['near_due'::text, 'late'::text, 'not_accepted'::text, 'sent_back'::text, 'bad_rating'::text, 'unresolved'::text, 'shelving_over'::text, 'undecided'::text, 'queue_waiting'::text, 'joint_overdue'::text, 'duty_overdue'::text, 'by_hand'::text]))),
  CONSTRAINT supervision_order_lane_check CHECK ((lane = ANY (ARRAY['safety'::text, 'enforcement'::text, 'market'::text, 'services'::text]))),
  CONSTRAINT supervision_order_queue_check CHECK ((queue = ANY (ARRAY['to_dispatch'::text, 'disputes'::text, 'to_verify'::text, 'to_call_back'::text, 'answers'::text]))),
  CONSTRAINT supervision_order_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'accepted'::text, 'lifted'::text, 'ended'::text]))),
  CONSTRAINT supervision_order_tenant_id_addressee_id_fkey FOREIGN KEY (tenant_id, addressee_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT supervision_order_tenant_id_area_code_fkey FOREIGN KEY (tenant_id, area_code) REFERENCES areas.area(tenant_id, code),
  CONSTRAINT supervision_order_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT supervision_order_tenant_id_issuer_id_fkey FOREIGN KEY (tenant_id, issuer_id) REFERENCES organisations.organisation(tenant_id, id),
  CONSTRAINT supervision_order_tenant_id_reviewer_id_fkey FOREIGN KEY (tenant_id, reviewer_id) REFERENCES organisations.organisation(tenant_id, id)
);
CREATE INDEX supervision_order_addressee ON supervision.supervision_order USING btree (tenant_id, addressee_id, issued_at DESC, id DESC);
CREATE INDEX supervision_order_area ON supervision.supervision_order USING btree (tenant_id, area_code, issued_at DESC, id DESC) INCLUDE (lane, state);
CREATE INDEX supervision_order_board ON supervision.supervision_order USING btree (tenant_id, area_code, addressee_id, colour, state) WHERE (state = ANY (ARRAY['open'::text, 'answered'::text]));
CREATE INDEX supervision_order_case ON supervision.supervision_order USING btree (tenant_id, case_id, issued_at);
CREATE INDEX supervision_order_issuer ON supervision.supervision_order USING btree (tenant_id, reviewer_id, issued_at DESC, id DESC);
CREATE INDEX supervision_order_newest ON supervision.supervision_order USING btree (tenant_id, issued_at DESC, id DESC) INCLUDE (area_code, lane, state);
CREATE UNIQUE INDEX supervision_order_open ON supervision.supervision_order USING btree (tenant_id, matter) WHERE (state = ANY (ARRAY['open'::text, 'answered'::text]));
CREATE INDEX supervision_order_open_addressee ON supervision.supervision_order USING btree (tenant_id, addressee_id, issued_at DESC, id DESC) WHERE (state = ANY (ARRAY['open'::text, 'answered'::text]));
CREATE INDEX supervision_order_open_newest ON supervision.supervision_order USING btree (tenant_id, issued_at DESC, id DESC) INCLUDE (area_code, lane) WHERE (state = ANY (ARRAY['open'::text, 'answered'::text]));
CREATE INDEX supervision_order_open_reviewer ON supervision.supervision_order USING btree (tenant_id, reviewer_id, issued_at DESC, id DESC) WHERE (state = ANY (ARRAY['open'::text, 'answered'::text]));
ALTER TABLE supervision.supervision_order ENABLE ROW LEVEL SECURITY;
ALTER TABLE supervision.supervision_order FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON supervision.supervision_order AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON supervision.supervision_order TO gongzhi_app;

CREATE TABLE triage.model (
  tenant_id integer NOT NULL,
  version integer NOT NULL,
  kind text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  made_by text NOT NULL,
  examples integer NOT NULL,
  confirmed integer NOT NULL,
  macro_f1 double precision,
  accuracy double precision,
  seconds double precision NOT NULL,
  digest text COLLATE "C" NOT NULL,
  active boolean NOT NULL,
  CONSTRAINT model_pkey PRIMARY KEY (tenant_id, version),
  CONSTRAINT model_kind_check CHECK ((kind = ANY (ARRAY['base'::text, 'county'::text])))
);
CREATE UNIQUE INDEX model_active ON triage.model USING btree (tenant_id) WHERE active;
ALTER TABLE triage.model ENABLE ROW LEVEL SECURITY;
ALTER TABLE triage.model FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON triage.model AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON triage.model TO gongzhi_app;

CREATE TABLE triage.outcome (
  tenant_id integer NOT NULL,
  case_id uuid NOT NULL,
  model_version integer,
  suggested_class text COLLATE "C",
  confidence double precision,
  suggested_urgency text NOT NULL,
  suggested_organisation_id uuid,
  class_code text COLLATE "C",
  urgency text,
  organisation_id uuid,
  town_code text COLLATE "C" NOT NULL,
  suggested_at timestamp with time zone NOT NULL,
  decided_at timestamp with time zone,
  corrected boolean NOT NULL DEFAULT false,
  CONSTRAINT outcome_pkey PRIMARY KEY (tenant_id, case_id),
  CONSTRAINT outcome_suggested_urgency_check CHECK ((suggested_urgency = ANY (ARRAY['normal'::text, 'urgent'::text]))),
  CONSTRAINT outcome_tenant_id_case_id_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES cases.case_file(tenant_id, id),
  CONSTRAINT outcome_urgency_check CHECK ((urgency = ANY (ARRAY['normal'::text, 'urgent'::text])))
);
CREATE INDEX outcome_class ON triage.outcome USING btree (tenant_id, class_code, town_code, decided_at DESC) WHERE ((decided_at IS NOT NULL) AND (organisation_id IS NOT NULL));
CREATE INDEX outcome_corrected ON triage.outcome USING btree (tenant_id, decided_at DESC, case_id DESC) WHERE corrected;
CREATE INDEX outcome_decided ON triage.outcome USING btree (tenant_id, decided_at DESC, case_id DESC) WHERE (decided_at IS NOT NULL);
ALTER TABLE triage.outcome ENABLE ROW LEVEL SECURITY;
ALTER TABLE triage.outcome FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON triage.outcome AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT DELETE, INSERT, SELECT, UPDATE ON triage.outcome TO gongzhi_app;

CREATE TABLE triage.training (
  tenant_id integer NOT NULL,
  id uuid NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  asked_by text NOT NULL,
  state text NOT NULL,
  share double precision NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  version integer,
  CONSTRAINT training_pkey PRIMARY KEY (tenant_id, id),
  CONSTRAINT training_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])))
);
CREATE INDEX training_asked ON triage.training USING btree (tenant_id, asked_at DESC);
CREATE UNIQUE INDEX training_running ON triage.training USING btree (tenant_id) WHERE (state = 'running'::text);
ALTER TABLE triage.training ENABLE ROW LEVEL SECURITY;
ALTER TABLE triage.training FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON triage.training AS PERMISSIVE FOR ALL TO public USING ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)) WITH CHECK ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer));
GRANT INSERT, SELECT, UPDATE ON triage.training TO gongzhi_app;
