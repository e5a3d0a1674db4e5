/**
 * What may be told, to whom: requesters hear by text message or mail, officers in their inbox and, for what must not
 * wait, by mail.
 */
export const REQUESTER_NOTICES = [
  'received',
  'not_handled',
  'referred',
  'merged',
  'replied',
  'takes_longer',
  'closed',
  'joined_closed',
  'asked',
  'looked_up',
] as const;
export type RequesterNotice = (typeof REQUESTER_NOTICES)[number];

export const OFFICER_NOTICES = [
  'assigned',
  'asked_to_assist',
  'designated',
  'objection',
  'extension_asked',
  'extension_decided',
  'returned',
  'reopened',
  'rated',
  'supplemented',
  'withdrawn',
  'late',
  'ordered_blue',
  'ordered_yellow',
  'ordered_red',
  'order_above',
  'order_answered',
  'order_returned',
  'order_over',
  'lift_asked',
  'shelving_review',
  'shelving_end',
  'leader_report',
  'leader_due',
  'exclusion_decided',
  'joint_called',
  'joint_refused',
  'joint_must_come',
  'joint_late',
  'joint_over',
  'duty_called',
  'duty_not_taken',
  'duty_at_centre',
  'duty_late',
  'duty_off',
  'duty_over',
  'new_device',
] as const;
export type OfficerNotice = (typeof OFFICER_NOTICES)[number];

export type Notice = RequesterNotice | OfficerNotice;
export const NOTICES: readonly Notice[] = [...REQUESTER_NOTICES, ...OFFICER_NOTICES];

export function isRequesterNotice(notice: Notice): notice is RequesterNotice {
  return (REQUESTER_NOTICES as readonly Notice[]).includes(notice);
}

/** Notices that officers also get by mail. */
const MAILED: ReadonlySet<OfficerNotice> = new Set([
  'assigned',
  'asked_to_assist',
  'designated',
  'objection',
  'returned',
  'reopened',
  'late',
  'ordered_yellow',
  'ordered_red',
  'order_returned',
  'joint_called',
  'joint_refused',
  'joint_must_come',
  'joint_late',
  'duty_called',
  'duty_at_centre',
  'new_device',
]);

export function isMailed(notice: OfficerNotice): boolean {
  return MAILED.has(notice);
}

/** Who, relative to a case; `duplicates` are those whose requests were merged into it. */
export type Audience = 'requester' | 'duplicates' | 'lead' | 'assist' | 'centre' | 'supervisors' | 'verifiers';
export type Officers = Exclude<Audience, 'requester' | 'duplicates'>;
export type Told =
  | { readonly to: 'requester'; readonly notice: RequesterNotice }
  | { readonly to: 'duplicates'; readonly notice: RequesterNotice }
  | { readonly to: Officers; readonly notice: OfficerNotice };

/** What an event of a case carries that decides who is told. */
export type EventFacts = {
  readonly kind: string;
  readonly state: string;
  readonly leadId: string | null;
  /** True when the requester himself did it. */
  readonly byRequester: boolean;
};

/**
 * Who is told what when something happens to a case. What a person sees in his queue anyway (a new case, one to
 * verify) is not told a second time.
 */
export function noticesOf({ kind, state, leadId, byRequester }: EventFacts): readonly Told[] {
  const responsible = leadId === null ? 'centre' : 'lead';
  switch (kind) {
    case 'case.registered':
      return [{ to: 'requester', notice: 'received' }];
    case 'privacy.looked_up':
      return [{ to: 'requester', notice: 'looked_up' }];
    case 'case.rejected':
      return [{ to: 'requester', notice: 'not_handled' }];
    case 'case.referred':
      return [{ to: 'requester', notice: 'referred' }];
    case 'case.merged':
      return [{ to: 'requester', notice: 'merged' }];
    case 'case.dispatched':
      return [
        { to: 'lead', notice: 'assigned' },
        { to: 'assist', notice: 'asked_to_assist' },
      ];
    case 'case.ruled':
      return [
        { to: 'lead', notice: 'designated' },
        { to: 'assist', notice: 'asked_to_assist' },
      ];
    case 'case.objected':
      return [{ to: 'centre', notice: 'objection' }];
    case 'case.extension_requested':
      return [{ to: 'centre', notice: 'extension_asked' }];
    case 'case.extension_decided':
      return [{ to: 'lead', notice: 'extension_decided' }];
    case 'case.shelved':
      return [{ to: 'requester', notice: 'takes_longer' }];
    case 'case.replied':
      return [{ to: 'requester', notice: 'replied' }];
    // Asked by a link that is good for one answer; a caller asks only who does not use it.
    case 'call_back.due':
      return [{ to: 'requester', notice: 'asked' }];
    case 'case.returned':
      return [{ to: 'lead', notice: 'returned' }];
    case 'case.reopened':
      return [{ to: responsible, notice: 'reopened' }];
    case 'case.closed':
      return [
        // Who closed it by his own word need not be told that it is closed.
        ...(byRequester ? [] : [{ to: 'requester', notice: 'closed' } as const]),
        { to: 'duplicates', notice: 'joined_closed' },
      ];
    case 'case.rated':
      return leadId === null ? [] : [{ to: 'lead', notice: 'rated' }];
    case 'case.withdrawn':
      return leadId === null ? [] : [{ to: 'lead', notice: 'withdrawn' }];
    case 'case.attached':
    case 'case.noted':
      return byRequester ? [{ to: responsible, notice: 'supplemented' }] : [];
    case 'case.ran_late':
      return lateAt(state).map((to) => ({ to, notice: 'late' }));
    default:
      return [];
  }
}

/** Whose turn it was when a deadline passed; supervisors hear of departments. */
function lateAt(state: string): readonly Officers[] {
  switch (state) {
    case 'dispatched':
    case 'accepted':
    case 'in_progress':
    case 'returned':
    case 'shelved':
      return ['lead', 'supervisors'];
    case 'reported_done':
    case 'verifying':
    case 'call_back':
      return ['verifiers', 'centre'];
    default:
      return ['centre'];
  }
}
