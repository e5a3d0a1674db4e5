import { AUDIT_PROTECTIONS } from './audit.ts';
import { HISTORY_PROTECTIONS } from './history.ts';
import { HTTP_PROTECTIONS } from './http.ts';
import { IDENTITY_PROTECTIONS } from './identity.ts';
import { NOT_LOSING_PROTECTIONS } from './not-losing.ts';
import { PERMISSIONS_PROTECTIONS } from './permissions.ts';
import { PRIVACY_PROTECTIONS } from './privacy.ts';
import type { Protection } from './protection.ts';
import { SIGN_IN_PROTECTIONS } from './sign-in.ts';
import { SUPPLY_CHAIN_PROTECTIONS } from './supply-chain.ts';

/** What is taken out one by one. A protection that moved is said to be missing here, so the list stays true. */
export const PROTECTIONS: readonly Protection[] = [
  ...SIGN_IN_PROTECTIONS,
  ...PERMISSIONS_PROTECTIONS,
  ...IDENTITY_PROTECTIONS,
  ...HISTORY_PROTECTIONS,
  ...AUDIT_PROTECTIONS,
  ...HTTP_PROTECTIONS,
  ...NOT_LOSING_PROTECTIONS,
  ...PRIVACY_PROTECTIONS,
  ...SUPPLY_CHAIN_PROTECTIONS,
];
