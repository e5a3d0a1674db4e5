import { describe, expect, it } from 'vitest';
import { OFFICE_ACTIONS } from '../../steps-contract.ts';
import type { CaseDetail } from '../queries.ts';
import { orderedActions, reasonsAgainst } from './order.ts';

type Available = CaseDetail['actions'][number];

const legal = (...names: string[]): Available[] =>
  names.map((action) => ({ action, resource: action, allowed: true, code: null, details: {} }));
const illegal = (code: string, ...names: string[]): Available[] =>
  names.map((action) => ({ action, resource: action, allowed: false, code, details: {} }));

describe('the actions of a case', () => {
  it('stand in the order of likelihood, with one that is the next step of the work', () => {
    const ordered = orderedActions(legal('note', 'reject', 'merge', 'dispatch', 'void'));
    expect(ordered).toEqual({ main: 'dispatch', others: ['merge', 'reject'], small: ['note', 'void'] });
  });

  it('have no big button when only endings are legal', () => {
    expect(orderedActions(legal('reopen', 'note')).main).toBeNull();
    expect(orderedActions(legal('reopen', 'note')).others).toEqual(['reopen']);
  });

  it('leave out what is the requester’s or the system’s', () => {
    expect(orderedActions(legal('rate', 'withdraw', 'record_lateness'))).toEqual({ main: null, others: [], small: [] });
  });

  it('each have a place, so that none gets lost', () => {
    const { main, others, small } = orderedActions(legal(...OFFICE_ACTIONS));
    expect([main, ...others, ...small].toSorted()).toEqual(OFFICE_ACTIONS.toSorted());
  });

  it('that are not legal are gathered by their reason', () => {
    const reasons = reasonsAgainst([
      ...illegal('cases.wrong_state', 'close', 'accept'),
      ...illegal('cases.not_your_part', 'dispatch'),
      ...legal('note'),
    ]);
    expect(reasons.map(({ code, actions }) => [code, actions])).toEqual([
      ['cases.not_your_part', ['dispatch']],
      ['cases.wrong_state', ['accept', 'close']],
    ]);
  });
});
