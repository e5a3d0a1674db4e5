-- Whoever was reached and does not want to answer is a result of its own: neither an answer nor out of reach.
ALTER TABLE call_backs.entry DROP CONSTRAINT entry_state_check;
ALTER TABLE call_backs.entry ADD CONSTRAINT entry_state_check
  CHECK (state IN ('open', 'answered', 'declined', 'unreachable', 'lapsed', 'dropped'));
ALTER TABLE call_backs.attempt DROP CONSTRAINT attempt_outcome_check;
ALTER TABLE call_backs.attempt ADD CONSTRAINT attempt_outcome_check
  CHECK (outcome IN ('reached', 'declined', 'no_answer', 'busy', 'wrong_number', 'later'));
ALTER TABLE call_backs.tally ADD COLUMN declined int NOT NULL DEFAULT 0;
