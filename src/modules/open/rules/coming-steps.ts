import type { CaseState } from '../../cases/rules/state.ts';
import { type StepDraft, stepDraft } from './past-steps.ts';

type Coming = { readonly key: string; readonly officeId?: string | null; readonly dueAt?: string | null };
type Now = Coming & { readonly values?: Readonly<Record<string, string>> };

/** What is waited for now, with its due time, and what comes after it. Empty when nothing more is to come. */
export function comingSteps(state: CaseState): StepDraft[] {
  const now = nowOf(state);
  if (!now) return [];
  const { key, ...rest } = now;
  return [
    stepDraft('now', `now_${key}`, { ...rest, state: 'now' }),
    ...afterwards(state).map(({ key: name, ...later }) => stepDraft(name, `todo_${name}`, { ...later, state: 'todo' })),
  ];
}

function nowOf(state: CaseState): Now | null {
  const stageDue = state.clocks.stage?.dueAt ?? null;
  const totalDue = state.clocks.total.dueAt;
  switch (state.state) {
    case 'registered':
    case 'reopened':
      return { key: 'dispatch', officeId: state.commandCentreId, dueAt: stageDue };
    case 'dispatched':
      return { key: 'accept', officeId: state.dispatch.leadId, dueAt: stageDue };
    case 'objected':
    case 'adjudicating':
      return { key: 'adjudicate', officeId: state.commandCentreId, dueAt: stageDue };
    case 'accepted':
    case 'in_progress':
    case 'extension_requested':
      return { key: 'handle', officeId: state.dispatch.leadId, dueAt: totalDue };
    case 'returned':
      return { key: 'handle', officeId: state.dispatch.leadId, dueAt: stageDue };
    case 'shelved':
      return { key: 'shelved', officeId: state.shelving.ownerOrganisationId, values: { day: state.shelving.reviewOn } };
    case 'reported_done':
    case 'verifying':
      return { key: 'verify', dueAt: stageDue };
    case 'call_back':
      return { key: 'ask', dueAt: stageDue };
    case 'referred':
      return state.clocks.stage ? { key: 'route', dueAt: stageDue } : null;
    case 'merged':
      return { key: 'merged' };
    case 'closed':
    case 'rejected':
    case 'withdrawn':
    case 'voided':
      return null;
  }
}

/** The rest of the ordinary way. A petition and a merged request go ways of their own. */
function afterwards(state: CaseState): readonly Coming[] {
  const handle = { key: 'handle', dueAt: state.clocks.total.dueAt };
  const verify = { key: 'verify' };
  const ask = { key: 'ask' };
  switch (state.state) {
    case 'registered':
    case 'reopened':
    case 'dispatched':
    case 'objected':
    case 'adjudicating':
      return [handle, verify, ask];
    case 'accepted':
    case 'in_progress':
    case 'extension_requested':
    case 'returned':
      return [verify, ask];
    case 'shelved':
      return [{ key: 'handle' }, verify, ask];
    case 'reported_done':
    case 'verifying':
      return [ask];
    case 'call_back':
    case 'merged':
      return [{ key: 'close' }];
    default:
      return [];
  }
}

const COUNTED = new Set(['received', 'assigned', 'working']);

/** Whether the answer is overdue: the total clock ran out while it ran, also when work was reported done since. */
export function isLate(state: CaseState, phase: string, now: Date): boolean {
  if (phase === 'closed' || phase === 'ended') return false;
  if (state.late.some((late) => late.clock === 'total')) return true;
  return COUNTED.has(phase) && state.state !== 'merged' && now > new Date(state.clocks.total.dueAt);
}
