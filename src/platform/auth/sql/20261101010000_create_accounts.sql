-- Accounts and sessions of officers: the tables of better-auth 1.7 (core and username plugin, with our two columns of
-- "user"), frozen as it generates them, in a schema of their own. Not tenant data: no row security; an account is
-- bound to its tenant by "tenant". The library finds the tables by search_path, hence the unqualified look of its names.
CREATE SCHEMA auth;
GRANT USAGE ON SCHEMA auth TO gongzhi_app;

CREATE TABLE auth."user" (
  "id" text NOT NULL PRIMARY KEY,
  "name" text NOT NULL,
  "email" text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL,
  "image" text,
  "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "username" text UNIQUE,
  "tenant" integer NOT NULL,
  "suspendedAt" timestamptz
);
CREATE INDEX user_tenant_username ON auth."user" ("tenant", "username");

CREATE TABLE auth."session" (
  "id" text NOT NULL PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  "token" text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE
);
CREATE INDEX "session_userId_idx" ON auth."session" ("userId");
CREATE INDEX session_expires ON auth."session" ("expiresAt");

CREATE TABLE auth."account" (
  "id" text NOT NULL PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX "account_userId_idx" ON auth."account" ("userId");

CREATE TABLE auth."verification" (
  "id" text NOT NULL PRIMARY KEY,
  "identifier" text NOT NULL,
  "value" text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "verification_identifier_idx" ON auth."verification" ("identifier");

-- Links that let their holder set a password once. The digest alone is kept.
CREATE TABLE auth.one_time_link (
  token_hash bytea NOT NULL PRIMARY KEY,
  user_id text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  issued_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX one_time_link_user ON auth.one_time_link (user_id);

-- Tries to sign in, for slowing down guesses. Account and address are keyed digests.
CREATE TABLE auth.sign_in_try (
  id uuid NOT NULL PRIMARY KEY,
  account_key text COLLATE "C" NOT NULL,
  address_key text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('failed', 'succeeded', 'put_off'))
);
CREATE INDEX sign_in_try_account ON auth.sign_in_try (account_key, at DESC);
CREATE INDEX sign_in_try_address ON auth.sign_in_try (address_key, at DESC);
CREATE INDEX sign_in_try_at ON auth.sign_in_try (at);

GRANT SELECT, INSERT, UPDATE ON auth."user" TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth."session", auth."verification" TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth."account" TO gongzhi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.one_time_link, auth.sign_in_try TO gongzhi_app;
