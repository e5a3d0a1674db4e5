-- A third hand beside administrator and auditor: keys, sessions and second factors.
ALTER TABLE organisations.post DROP CONSTRAINT post_role_check;
ALTER TABLE organisations.post ADD CONSTRAINT post_role_check CHECK (role IN ('grid_worker', 'community_worker',
  'dispatcher', 'handler', 'verifier', 'supervisor', 'evaluator', 'administrator', 'security_administrator', 'auditor'));
