-- A requester reads which office looked at his identity, and whether by his case or by his phone number.
ALTER TABLE requesters.unmasking ADD COLUMN organisation_id uuid;
ALTER TABLE requesters.unmasking ADD COLUMN kind text COLLATE "C" NOT NULL DEFAULT 'unmasked'
  CHECK (kind IN ('unmasked', 'looked_up'));
