import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gatherNews, type News } from './gather-news.ts';

let followed: News[];
let answer: () => void;
/** Answers when told to. */
const slowly = (news: News) => {
  followed.push(news);
  return new Promise<void>((resolve) => {
    answer = resolve;
  });
};

beforeEach(() => {
  followed = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('the first event is followed at once', () => {
  gatherNews(slowly)({ kind: 'case.closed', caseId: 'a' });
  expect(followed).toEqual([{ cases: new Set(['a']), inbox: false }]);
});

test('what comes while the page asks, and shortly after, is followed together', async () => {
  const hear = gatherNews(slowly);
  hear({ kind: 'case.closed', caseId: 'a' });
  for (const caseId of ['b', 'c', 'b']) hear({ kind: 'case.dispatched', caseId });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(followed).toHaveLength(1);

  answer();
  hear({ kind: 'message.put' });
  await vi.advanceTimersByTimeAsync(900);
  expect(followed).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(followed.slice(1)).toEqual([{ cases: new Set(['b', 'c']), inbox: true }]);
});

test('after a break everything is asked for, whatever single cases were told of', async () => {
  const hear = gatherNews(async (news) => void followed.push(news));
  hear({ kind: 'message.put' });
  hear({ kind: 'case.closed', caseId: 'a' });
  hear({ kind: 'poll' });
  hear({ kind: 'case.closed', caseId: 'b' });
  await vi.advanceTimersByTimeAsync(1_100);
  expect(followed).toEqual([
    { cases: new Set(), inbox: true },
    { cases: null, inbox: true },
  ]);
});

test('a question that failed does not silence the page', async () => {
  const hear = gatherNews(async (news) => {
    followed.push(news);
    throw new Error('no answer');
  });
  hear({ kind: 'case.closed', caseId: 'a' });
  await vi.advanceTimersByTimeAsync(1_100);
  hear({ kind: 'case.closed', caseId: 'b' });
  expect(followed).toHaveLength(2);
});
