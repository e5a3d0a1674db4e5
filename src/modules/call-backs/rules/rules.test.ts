import { describe, expect, test } from 'vitest';
import { shanghaiText } from '../../../kit/time.ts';
import { defaultSettings } from '../../cases/rules/context.ts';
import { countedIn, NOTHING, ratesOf, type Sums } from './figures.ts';
import { nextCall } from './next-call.ts';
import { checkAnswers, checkScript, SHIPPED_SCRIPT } from './script.ts';
import { needOf, standingOf } from './standing.ts';
import { called, missed, rating, Story } from '../../cases/rules/testing/story.ts';

const at = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`);
const stands = (story: Story, round = story.case.round) =>
  standingOf(story.case, round, needOf(story.case, null), defaultSettings, story.now);

describe('a call-back', () => {
  test('is needed before the closing or after it, as the class says, and of nobody who left no way to reach him', () => {
    expect(needOf(Story.reportedDone().case, null)).toBeNull();
    expect(needOf(Story.callBack().case, null)).toMatchObject({ timing: 'before', organisationId: 'org-water' });
    expect(needOf(Story.callBack({}, { className: 'noise' }).case, null)).toMatchObject({ timing: 'after', round: 0 });
    expect(needOf(Story.callBack({ contactable: false }).case, null)).toBeNull();
  });

  test('is never made by those who handled the case, of a merged one neither', () => {
    const master = Story.closed().case;
    const joined = { id: 'case-9', number: '9', state: 'in_progress', closedAt: null, masterCaseId: null } as const;
    const story = Story.registered().set({ master: joined });
    story.does('dong', { action: 'merge', masterCaseId: 'case-9', reason: '同一盏灯' });
    expect(needOf(story.case, Story.callBack().case)).toBeNull();
    expect(needOf(story.case, master)).toMatchObject({ timing: 'merged', handledBy: ['org-water', 'org-power'] });
    const handledBy = { userIds: ['shui'], organisationIds: ['org-county'] };
    story.set({ master: { ...joined, state: 'closed', closedAt: story.now.toISOString(), handledBy } });
    expect(story.refuses('yan', called('solved'))).toBe('cases.caller_not_independent');
    expect(story.refuses('dong', called('solved'))).toBeNull();
  });

  test('ends answered, by whoever asked; sent back, the round is over and the next one is asked anew', () => {
    expect(stands(Story.callBack())).toBe('open');
    expect(stands(Story.callBack().does('li', rating('solved')))).toBe('answered');
    const back = Story.callBack().does('dong', called('unsolved', true));
    expect(back.case.round).toBe(1);
    expect(stands(back, 0)).toBe('answered');
    expect(needOf(back.case, null)).toBeNull();
  });

  test('that reached nobody is unreachable, which a late word still puts right; asked too late it has lapsed', () => {
    const story = Story.callBack().does('dong', missed).pass(8).does('dong', missed);
    expect(stands(story)).toBe('open');
    story.pass(24).does('dong', missed);
    expect(stands(story)).toBe('unreachable');
    expect(stands(story.does('li', rating('solved')))).toBe('answered');
    const forgotten = Story.callBack({}, { className: 'noise' });
    expect(stands(forgotten.until('2024-03-25 17:31'))).toBe('lapsed');
  });
});

describe('the next call', () => {
  const next = (missed: readonly string[], now: string, needed = { tries: 3, days: 2 }) =>
    shanghaiText(nextCall(missed.map(at), needed, at(now)));

  test.each([
    ['in another part of the day', ['2024-03-04 09:40'], '2024-03-04 09:40', '2024-03-04 15:00'],
    ['not within two hours', ['2024-03-04 14:10'], '2024-03-04 14:10', '2024-03-04 18:30'],
    [
      'on another day, when the days need it',
      ['2024-03-04 09:40', '2024-03-04 15:10'],
      '2024-03-04 15:10',
      '2024-03-05 18:30',
    ],
    ['in the morning after a late one', ['2024-03-04 20:00'], '2024-03-04 20:00', '2024-03-05 09:30'],
  ])('comes %s', (_name, missed, now, expected) => {
    expect(next(missed, now)).toBe(expected);
  });

  test('goes round again when every part of the day was tried', () => {
    expect(next(['2024-03-04 09:40', '2024-03-04 15:10', '2024-03-05 18:40'], '2024-03-05 18:40')).toBe(
      '2024-03-06 09:30',
    );
  });
});

describe('figures', () => {
  const sums = (changes: Partial<Sums>): Sums => ({ ...NOTHING, ...changes });

  test('have those who answered below the line; unreachable is beside it, not among the satisfied', () => {
    const rates = ratesOf(
      sums({ solved: 8, unsolved: 2, satisfied: 6, basically: 2, unsatisfied: 2, unreachable: 10 }),
    );
    expect(rates).toEqual({ answered: 10, enough: true, solvedRate: 0.8, satisfiedRate: 0.7, reachedRate: 0.5 });
  });

  test('say nothing of an office with fewer than ten answers', () => {
    expect(ratesOf(sums({ solved: 9, satisfied: 9 }))).toMatchObject({
      enough: false,
      solvedRate: null,
      satisfiedRate: null,
    });
    expect(ratesOf(sums({})).reachedRate).toBeNull();
  });

  test('count an answer once for each question, and nothing that is open', () => {
    expect(countedIn({ state: 'answered', solved: 'partly', satisfaction: 'basically' })).toEqual([
      'partly',
      'basically',
    ]);
    expect(countedIn({ state: 'unreachable', solved: null, satisfaction: null })).toEqual(['unreachable']);
    for (const state of ['open', 'dropped'] as const)
      expect(countedIn({ state, solved: null, satisfaction: null })).toEqual([]);
  });
});

describe('a script', () => {
  test('takes the answers it offers, none of its own making', () => {
    expect(checkAnswers(SHIPPED_SCRIPT, { contacted: 'yes' })).toBeNull();
    expect(checkAnswers(SHIPPED_SCRIPT, { contacted: 'rudely' })).toMatchObject({ code: 'call-backs.unknown_answer' });
    expect(checkAnswers(SHIPPED_SCRIPT, { belief: 'yes' })).toMatchObject({ code: 'call-backs.unknown_answer' });
  });

  test('names each question and option once', () => {
    const [first] = SHIPPED_SCRIPT.questions;
    if (!first) throw new Error('no question');
    expect(checkScript(SHIPPED_SCRIPT)).toBeNull();
    expect(checkScript({ ...SHIPPED_SCRIPT, questions: [first, first] })).toMatchObject({
      code: 'call-backs.named_twice',
    });
  });
});
