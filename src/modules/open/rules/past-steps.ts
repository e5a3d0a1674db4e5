import type { EventBody, PayloadOf } from '../../cases/rules/events.ts';

/** An event of a case as its requester may know it: foreign words and files are gone already. */
export type Told = {
  readonly seq: number;
  readonly kind: string;
  readonly at: Date;
  readonly party: string | null;
  readonly organisationId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, string>> | null;
  readonly fileIds: readonly string[];
};

/** A step to be said in words: the text's key, the office it names, and what else fills its placeholders. */
export type StepDraft = {
  readonly id: string;
  readonly key: string;
  readonly officeId: string | null;
  readonly values: Readonly<Record<string, string>>;
  /** Placeholders that are filled with texts, by their keys. */
  readonly words: Readonly<Record<string, string>>;
  readonly at: Date | null;
  readonly dueAt: string | null;
  /** The requester's own words, or a text by key. */
  readonly note: string | null;
  readonly noteKey: string | null;
  /** Words of an office to the requester. */
  readonly answer: string | null;
  /** Who decided, where another office than `officeId` did. */
  readonly deciderId: string | null;
  /** Where to go instead, of a request that is not ours. */
  readonly elsewhere: { readonly name: string; readonly phone: string | null; readonly address: string | null } | null;
  readonly fileIds: readonly string[];
  readonly state: 'done' | 'now' | 'todo';
};

const EMPTY: Omit<StepDraft, 'id' | 'key'> = {
  officeId: null,
  values: {},
  words: {},
  at: null,
  dueAt: null,
  note: null,
  noteKey: null,
  answer: null,
  deciderId: null,
  elsewhere: null,
  fileIds: [],
  state: 'done',
};

export function stepDraft(id: string, key: string, parts: Partial<StepDraft>): StepDraft {
  return { ...EMPTY, id, key: `open.step.${key}`, ...parts };
}

type Part = Partial<StepDraft> & { readonly key: string };

/**
 * What happened, in the order it did. The office's inner steps (notes, claims, corrections) are left out; so is who in
 * an office did it.
 */
export function pastSteps(events: readonly Told[]): StepDraft[] {
  const steps: StepDraft[] = [];
  let lead: string | null = null;
  for (const event of events) {
    lead = leadAfter(event, lead);
    const part = partOf(event, lead);
    if (part) {
      const { key, ...rest } = part;
      steps.push(stepDraft(String(event.seq), key, { at: event.at, fileIds: event.fileIds, ...rest }));
    }
  }
  return steps;
}

function leadAfter({ kind, payload }: Told, lead: string | null): string | null {
  if (kind !== 'dispatched' && kind !== 'ruled' && kind !== 'settled') return lead;
  return (payload as PayloadOf<'dispatched'>).dispatch.leadId;
}

function partOf(event: Told, lead: string | null): Part | null {
  // Kind and payload were written together by the rules of cases.
  const body = { kind: event.kind, payload: event.payload } as unknown as EventBody;
  const word = (name: string) => event.content?.[name] ?? null;
  switch (body.kind) {
    case 'registered':
    case 'imported':
    case 'resumed':
    case 'withdrawn':
    case 'voided':
    case 'released':
    case 'unreleased':
      return { key: body.kind };
    case 'accepted':
    case 'objected':
    case 'started':
    case 'returned':
    case 'rework_started':
      return { key: body.kind, officeId: lead };
    case 'dispatched':
      return dispatchedPart(body.payload);
    case 'ruled':
      return {
        key: body.payload.ruling === 'designate' ? 'designated' : 'redirected',
        officeId: lead,
        deciderId: event.organisationId,
      };
    case 'reported_done':
    case 'settled':
      return { key: body.kind, officeId: lead, answer: word('result') };
    case 'replied':
      return { key: 'replied', officeId: event.organisationId, answer: word('text') };
    case 'rejected':
      return { key: 'rejected', officeId: event.organisationId, answer: word('answer'), elsewhere: elsewhereOf(event) };
    case 'referred':
      return {
        key: 'referred',
        officeId: event.organisationId,
        values: { where: word('where') ?? '' },
        answer: word('answer'),
        elsewhere: elsewhereOf(event),
      };
    case 'route_recorded':
      return { key: `route_${body.payload.outcome}` };
    case 'merged':
      return { key: 'merged', values: { number: body.payload.masterNumber } };
    case 'shelved':
      return { key: 'shelved', words: { ground: `open.shelved.${body.payload.shelving.ground}` } };
    case 'extension_decided':
      return body.payload.granted ? { key: 'extended' } : null;
    case 'verified':
      return { key: body.payload.passed ? `verified_${body.payload.how}` : 'verified_failed' };
    case 'called_back':
      return saidPart('called_back', body.payload.declined ? 'declined' : 'not_reached', body.payload.answer);
    case 'rated':
      return { ...saidPart('rated', 'rated', body.payload), note: word('comment') };
    case 'closed':
      return { key: `closed_${body.payload.closure}`, officeId: event.organisationId, answer: word('explanation') };
    case 'reopened':
      return { key: `reopened_${body.payload.ground}`, note: event.party === 'requester' ? word('reason') : null };
    case 'attached':
      return event.party === 'requester' ? { key: 'attached', note: word('text') } : null;
    case 'ran_late':
      return body.payload.lateness.clock === 'total' ? { key: 'ran_late' } : null;
    case 'corrected':
    case 'taken_up':
    case 'extension_requested':
    case 'verification_begun':
    case 'duplicate_adopted':
    case 'rehomed':
    case 'duplicate_released':
    case 'noted':
    case 'joint_step':
      return null;
  }
}

/** Null in what was decided before a way there had to be named. */
function elsewhereOf({ content }: Told): StepDraft['elsewhere'] {
  const { where, phone, address } = content ?? {};
  return where && (phone || address) ? { name: where, phone: phone ?? null, address: address ?? null } : null;
}

function dispatchedPart({ dispatch }: PayloadOf<'dispatched'>): Part {
  const part = { key: 'dispatched', officeId: dispatch.leadId };
  if (dispatch.entryNumber === null) return part;
  return { ...part, noteKey: 'open.step.by_list', values: { entry: dispatch.entryNumber } };
}

type Said = { readonly solved: string; readonly satisfaction: string } | null;

function saidPart(key: string, silent: string, said: Said): Part {
  if (said === null) return { key: silent };
  return {
    key,
    words: { solved: `open.solved.${said.solved}`, satisfaction: `open.satisfaction.${said.satisfaction}` },
  };
}
