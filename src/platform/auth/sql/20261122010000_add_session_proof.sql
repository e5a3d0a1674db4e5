-- What a session proved and when. The library gives a session a new row when its holder proves himself anew; "beganAt"
-- stays that of the sign-in, "replacedAt" marks a row that only lives on for requests already on their way.
ALTER TABLE auth."session"
  ADD COLUMN "beganAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "provedAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "secondFactorAt" timestamptz,
  ADD COLUMN "method" text NOT NULL DEFAULT 'password' CHECK ("method" IN ('password', 'passkey', 'sso')),
  ADD COLUMN "replacedAt" timestamptz;
