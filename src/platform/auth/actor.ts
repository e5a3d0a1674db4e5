/** Who acts. Every reader and writer takes one; there is no reader without an actor. */
export const ROLES = [
  'grid_worker',
  'community_worker',
  'dispatcher',
  'handler',
  'verifier',
  'supervisor',
  'evaluator',
  'administrator',
  'security_administrator',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * 三权分立: who enters accounts and posts, who answers for keys, sessions and second factors, and who reads the record of
 * both are three people. Nobody holds two of these at a time.
 */
export const SEPARATE_OFFICES: readonly Role[] = ['administrator', 'security_administrator', 'auditor'];

/** The four lanes by which queues and boards filter: 综治, 执法, 市场监管, 便民服务. */
export const LANES = ['safety', 'enforcement', 'market', 'services'] as const;
export type Lane = (typeof LANES)[number];

/** A post = person × organisation × role × scope × term. `scope` holds division-code prefixes (area sets resolved). */
export type Post = {
  readonly id: string;
  readonly organisationId: string;
  readonly role: Role;
  readonly scope: readonly string[];
  /** Limits the post to some lanes; null means all. */
  readonly lanes: readonly Lane[] | null;
};

export type Officer = {
  readonly kind: 'officer';
  readonly tenant: number;
  readonly userId: string;
  readonly name: string;
  readonly posts: readonly Post[];
  /** The session a request came with; absent for officers in whose name the platform acts, e.g. in the demo. */
  readonly session?: OfficerSession;
};
export type OfficerSession = {
  readonly id: string;
  /** When its holder last gave a password or a second factor. */
  readonly provedAt: Date;
  /** `missing`: a post needs a second factor and the session has none. `optional`: none of the posts needs it. */
  readonly secondFactor: 'given' | 'missing' | 'optional';
  /** Whether one of the posts needs a second factor, given or not. */
  readonly secondFactorNeeded: boolean;
};
/** A requester who proved himself by number + query code (`caseId`) or by phone code (`phoneIndex`, a blind index). */
export type Resident = {
  readonly kind: 'resident';
  readonly tenant: number;
  readonly caseId: string | null;
  readonly phoneIndex: string | null;
};
export type Anonymous = { readonly kind: 'anonymous'; readonly tenant: number };
/** Timers, imports, consumers. `name` says which. */
export type System = { readonly kind: 'system'; readonly tenant: number; readonly name: string };

export type Actor = Officer | Resident | Anonymous | System;

export function systemActor(tenant: number, name: string): System {
  return { kind: 'system', tenant, name };
}

/** The id written into events and audit rows; never a name. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'officer':
      return actor.userId;
    case 'resident':
      return 'resident';
    case 'anonymous':
      return 'anonymous';
    case 'system':
      return `system:${actor.name}`;
  }
}
