-- Templates for what offices write to requesters. Every change is a new row; none is changed or deleted.
CREATE SCHEMA answers;
GRANT USAGE ON SCHEMA answers TO gongzhi_app;

CREATE TABLE answers.template (
  tenant_id int NOT NULL,
  id uuid NOT NULL,
  version int NOT NULL CHECK (version > 0),
  -- A class, an upper class, or '*' for all.
  class_code text COLLATE "C" NOT NULL,
  step text COLLATE "C" NOT NULL CHECK (step IN ('reply', 'reject', 'refer', 'report_done')),
  name_zh text NOT NULL CHECK (name_zh <> ''),
  name_en text NOT NULL CHECK (name_en <> ''),
  words_zh text NOT NULL CHECK (words_zh <> ''),
  words_en text NOT NULL CHECK (words_en <> ''),
  ended boolean NOT NULL,
  set_at timestamptz NOT NULL,
  set_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, id, version)
);

ALTER TABLE answers.template ENABLE ROW LEVEL SECURITY;
ALTER TABLE answers.template FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON answers.template
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::int)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::int);
GRANT SELECT, INSERT ON answers.template TO gongzhi_app;
