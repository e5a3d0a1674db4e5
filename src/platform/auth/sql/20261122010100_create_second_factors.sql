-- Second factors of officers and what goes with them. Like the other tables of this schema not tenant data: an account is
-- bound to its tenant by "user"."tenant".

-- The secret of an authenticator app, sealed. A new one waits as `pending` until a code of it was typed in. A code serves
-- once: `last_step` is the number of the last half minute whose code was taken.
CREATE TABLE auth.totp (
  user_id text NOT NULL PRIMARY KEY REFERENCES auth."user" ("id") ON DELETE CASCADE,
  secret bytea,
  confirmed_at timestamptz,
  last_step bigint NOT NULL DEFAULT 0,
  pending bytea,
  CHECK ((secret IS NULL) = (confirmed_at IS NULL))
);

-- Passkeys; the private half never leaves the holder's device.
CREATE TABLE auth.passkey (
  id uuid NOT NULL PRIMARY KEY,
  user_id text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  credential_id text COLLATE "C" NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX passkey_user ON auth.passkey (user_id);

-- Codes for when every device is lost; keyed digests, each serves once.
CREATE TABLE auth.recovery_code (
  user_id text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  code_mac bytea NOT NULL,
  created_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (user_id, code_mac)
);

-- What was asked of a browser and waits for its answer: a passkey's challenge, the second step of a sign-in, a way
-- through another sign-in service. Each serves once; the id is a digest of what the browser holds.
CREATE TABLE auth.challenge (
  id bytea NOT NULL PRIMARY KEY,
  purpose text NOT NULL,
  user_id text REFERENCES auth."user" ("id") ON DELETE CASCADE,
  content jsonb NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX challenge_expires ON auth.challenge (expires_at);

-- Browsers from which an account's holder signed in before, by digest. What others do to the account does not slow him
-- down there.
CREATE TABLE auth.known_device (
  user_id text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  device bytea NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, device)
);
CREATE INDEX known_device_seen ON auth.known_device (seen_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON auth.totp, auth.passkey, auth.recovery_code TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.challenge, auth.known_device TO gongzhi_app;
