-- Which person of a government's sign-in service an account belongs to. Bound at the first entry: a name that is given to
-- somebody else there does not open his predecessor's account here.
CREATE TABLE auth.sso_identity (
  issuer text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  user_id text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  linked_at timestamptz NOT NULL,
  PRIMARY KEY (issuer, subject),
  UNIQUE (issuer, user_id)
);
GRANT SELECT, INSERT, DELETE ON auth.sso_identity TO gongzhi_app;
