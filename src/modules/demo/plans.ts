/** The ways a demo case goes. Each plan is the list of its steps after filing; `age` is how long ago it began, in days. */
export type StepName =
  | 'dispatch'
  | 'accept'
  | 'object'
  | 'take_up'
  | 'designate'
  | 'redirect'
  | 'start'
  | 'contact'
  | 'ask_extension'
  | 'grant_extension'
  | 'shelve'
  | 'report_done'
  | 'begin_check'
  | 'pass_check'
  | 'fail_check'
  | 'rework'
  | 'try_call'
  | 'call_satisfied'
  | 'rate_solved'
  | 'rate_partly'
  | 'reopen'
  | 'close_unreachable'
  | 'reject'
  | 'refer'
  | 'record_route'
  | 'withdraw'
  | 'void'
  | 'reply'
  | 'release';

export type Plan = {
  readonly name: string;
  readonly count: number;
  readonly age: readonly [from: number, to: number];
  /** Days its steps take together; cut to what has passed since. */
  readonly takes: readonly [from: number, to: number];
  readonly steps: readonly StepName[];
  readonly stories: 'any' | 'slow' | 'petition' | 'rejection';
  readonly settled?: true;
  readonly anonymous?: true;
  /** The requester is asked before it is closed, which some classes do not do. */
  readonly asked?: true;
  /** Its last step was taken within the last half hour, so that its clock has just begun. */
  readonly fresh?: true;
};

const TO_WORK = ['dispatch', 'accept', 'start', 'contact'] as const;
const TO_DONE = [...TO_WORK, 'report_done'] as const;
const TO_CHECKED = [...TO_DONE, 'begin_check', 'pass_check'] as const;

/** 300 cases in every state; slow stories have days to run, so that an extension can still be asked for. */
export const PLANS: readonly Plan[] = [
  { name: 'new', count: 14, age: [0.001, 0.018], takes: [0, 0], steps: [], stories: 'any' },
  { name: 'new and late', count: 4, age: [0.03, 0.25], takes: [0, 0], steps: [], stories: 'any' },
  {
    name: 'dispatched',
    count: 14,
    age: [0.1, 0.9],
    takes: [0.02, 0.1],
    steps: ['dispatch'],
    stories: 'any',
    fresh: true,
  },
  {
    name: 'accepted',
    count: 10,
    age: [0.2, 1.5],
    takes: [0.05, 0.2],
    steps: ['dispatch', 'accept'],
    stories: 'any',
    fresh: true,
  },
  {
    name: 'objected',
    count: 6,
    age: [0.2, 0.9],
    takes: [0.05, 0.15],
    steps: ['dispatch', 'object'],
    stories: 'slow',
    fresh: true,
  },
  {
    name: 'adjudicating',
    count: 4,
    age: [0.3, 1],
    takes: [0.1, 0.25],
    steps: ['dispatch', 'object', 'take_up'],
    stories: 'slow',
    fresh: true,
  },
  {
    name: 'redirected',
    count: 4,
    age: [1, 3],
    takes: [0.3, 0.8],
    steps: ['dispatch', 'object', 'take_up', 'redirect', 'accept', 'start'],
    stories: 'slow',
    fresh: true,
  },
  { name: 'in work', count: 30, age: [0.5, 5], takes: [0.1, 0.5], steps: TO_WORK, stories: 'any' },
  {
    name: 'extension asked',
    count: 6,
    age: [1.2, 3],
    takes: [0.5, 1],
    steps: [...TO_WORK, 'ask_extension'],
    stories: 'slow',
    fresh: true,
  },
  {
    name: 'extended',
    count: 5,
    age: [3, 8],
    takes: [1, 2],
    steps: [...TO_WORK, 'ask_extension', 'grant_extension'],
    stories: 'slow',
  },
  { name: 'shelved', count: 6, age: [10, 40], takes: [2, 4], steps: [...TO_WORK, 'shelve'], stories: 'slow' },
  { name: 'done', count: 12, age: [1, 6], takes: [0.5, 2], steps: TO_DONE, stories: 'any' },
  {
    name: 'in check',
    count: 8,
    age: [1, 6],
    takes: [0.8, 2.5],
    steps: [...TO_DONE, 'begin_check'],
    stories: 'any',
    fresh: true,
  },
  { name: 'to call', count: 14, age: [2, 7], takes: [1, 3], steps: TO_CHECKED, stories: 'any', asked: true },
  {
    name: 'called once',
    count: 4,
    age: [3, 7],
    takes: [2, 3],
    steps: [...TO_CHECKED, 'try_call'],
    stories: 'any',
    asked: true,
  },
  {
    name: 'sent back',
    count: 7,
    age: [2, 6],
    takes: [1, 2.5],
    steps: [...TO_DONE, 'begin_check', 'fail_check'],
    stories: 'any',
    fresh: true,
  },
  {
    name: 'second try',
    count: 5,
    age: [3, 8],
    takes: [2, 3],
    steps: [...TO_DONE, 'begin_check', 'fail_check', 'rework'],
    stories: 'any',
  },
  { name: 'solved', count: 52, age: [4, 58], takes: [1.5, 5], steps: [...TO_CHECKED, 'rate_solved'], stories: 'any' },
  {
    name: 'solved and public',
    count: 24,
    age: [3, 45],
    takes: [1.5, 4],
    steps: [...TO_CHECKED, 'rate_solved', 'release'],
    stories: 'any',
  },
  { name: 'public and open', count: 10, age: [1, 5], takes: [0.4, 1], steps: [...TO_WORK, 'release'], stories: 'slow' },
  {
    name: 'solved by telephone',
    count: 16,
    age: [5, 50],
    takes: [2, 6],
    steps: [...TO_CHECKED, 'call_satisfied'],
    stories: 'any',
    asked: true,
  },
  {
    name: 'never reached',
    count: 7,
    age: [12, 55],
    takes: [7, 9],
    steps: [...TO_CHECKED, 'try_call', 'try_call', 'try_call', 'close_unreachable'],
    stories: 'any',
    asked: true,
  },
  { name: 'anonymous', count: 6, age: [5, 50], takes: [1, 4], steps: TO_CHECKED, stories: 'any', anonymous: true },
  {
    name: 'opened again',
    count: 5,
    age: [4, 9],
    takes: [2, 3.5],
    steps: [...TO_CHECKED, 'rate_solved', 'reopen'],
    stories: 'any',
    fresh: true,
  },
  { name: 'settled, waiting', count: 8, age: [0.2, 2], takes: [0, 0], steps: [], stories: 'any', settled: true },
  {
    name: 'settled, checked',
    count: 10,
    age: [3, 50],
    takes: [0.5, 2],
    steps: ['begin_check', 'pass_check'],
    stories: 'any',
    settled: true,
  },
  { name: 'rejected', count: 8, age: [1, 50], takes: [0.1, 0.3], steps: ['reject'], stories: 'rejection' },
  { name: 'petition', count: 6, age: [1, 12], takes: [0.2, 0.5], steps: ['refer'], stories: 'petition' },
  {
    name: 'petition answered',
    count: 4,
    age: [20, 55],
    takes: [10, 14],
    steps: ['refer', 'record_route'],
    stories: 'petition',
  },
  { name: 'withdrawn', count: 5, age: [2, 40], takes: [0.3, 1], steps: ['dispatch', 'withdraw'], stories: 'any' },
  { name: 'voided', count: 3, age: [2, 40], takes: [0.1, 0.3], steps: ['void'], stories: 'any' },
];

/** Classes whose deadline is days, not hours. */
export const SLOW_CLASSES = [
  '1108',
  '1205',
  '1301',
  '1304',
  '1601',
  '1603',
  '1604',
  '1701',
  '1702',
  '1706',
  '1804',
  '1901',
  '2204',
  '2205',
  '1202',
];
