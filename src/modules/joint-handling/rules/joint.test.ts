import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../../kit/result.ts';
import { decide, whistle } from './decide.ts';
import { contextFor, FAR, HERE, LIMITS, OFFICES, Story, whistling } from './testing/story.ts';

const code = (changes: Parameters<typeof whistling>[0]): string | null => {
  const result = whistle(whistling(changes), contextFor('town', null, new Date('2026-03-10T09:00:00+08:00')));
  return isRefusal(result) ? result.code : null;
};
const calls = (...ids: string[]) => ids.map((organisationId) => ({ organisationId, task: '到场处理' }));
const answer = (organisationId: string) => ({ action: 'answer', organisationId, remark: null }) as const;
const refuse = (organisationId: string) =>
  ({ action: 'refuse', organisationId, legalBasis: '三定规定第二条', reason: '不是我局职责' }) as const;
const rule = (organisationId: string, ruling: 'must_come' | 'excused') =>
  ({ action: 'rule', organisationId, ruling, reason: '职责清单已明确' }) as const;

describe('a whistle', () => {
  test.each([
    [{ calls: calls('housing', 'town'), leadId: 'housing' }, 'joint_handling.whistle_to_itself'],
    [{ calls: calls('housing', 'town-government'), leadId: 'housing' }, 'joint_handling.whistle_to_itself'],
    [{ calls: calls('housing', 'village'), leadId: 'housing' }, 'joint_handling.not_to_village'],
    [{ calls: calls('housing', 'gone'), leadId: 'housing' }, 'joint_handling.organisation_closed'],
    [{ calls: calls('housing', 'nobody'), leadId: 'housing' }, 'joint_handling.organisation_unknown'],
    [{ calls: calls('housing', 'housing'), leadId: 'housing' }, 'joint_handling.called_twice'],
    [{ calls: [] }, 'joint_handling.nobody_called'],
    [{ leadId: 'team' }, 'joint_handling.lead_not_called'],
    [{ pointInside: false }, 'joint_handling.place_outside'],
    [{ arriveBy: '2026-03-10T00:30:00.000Z' }, 'joint_handling.arrival_in_past'],
    [{ arriveBy: '2026-03-10T02:00:00.000Z' }, 'joint_handling.arrival_too_late'],
    [{ arriveBy: '2026-03-10T01:20:00.000Z' }, null],
    [{ calls: calls('team', 'housing'), leadId: 'team' }, null],
  ] as const)('%o is answered with %s', (changes, expected) => {
    expect(code(changes as Parameters<typeof whistling>[0])).toBe(expected);
  });

  test('the first receiver leads, and cannot be passed over', () => {
    expect(code({ caseLeadId: 'water', leadId: 'housing' })).toBe('joint_handling.first_receiver_leads');
    expect(code({ caseLeadId: 'water', leadId: 'water' })).toBeNull();
  });

  test('of city and county with the same duty the city leads, even before the first receiver', () => {
    const both = calls('housing', 'city-housing', 'water');
    expect(code({ calls: both, leadId: 'housing', caseLeadId: 'housing' })).toBe('joint_handling.city_leads');
    expect(code({ calls: both, leadId: 'city-housing', caseLeadId: 'housing' })).toBeNull();
    expect(code({ calls: both, leadId: 'city-housing', caseLeadId: 'water' })).toBe(
      'joint_handling.first_receiver_leads',
    );
  });

  test('a community asks, and its town confirms: only then do clocks of those called run', () => {
    const story = new Story({ askerId: 'village' });
    expect(story.joint.state).toBe('asked');
    expect(story.refuses('housing', answer('housing'))).toBe('joint_handling.wrong_state');
    expect(story.pass(10).tick()).toEqual(['confirmation']);
    story.does('town', { action: 'confirm' });
    expect(story.joint).toMatchObject({ state: 'called', confirmLate: true });
    expect(story.member('housing').answerDueAt).toBe('2026-03-10T01:20:00.000Z');
  });
});

describe('one who is called', () => {
  test('answers, arrives, does his part; each clock runs once and only while it is owed', () => {
    const story = new Story().does('housing', answer('housing'));
    expect(story.pass(11).tick()).toEqual(['answer water', 'answer market']);
    expect(story.tick()).toEqual([]);
    story.does('housing', { action: 'arrive', organisationId: 'housing', point: HERE });
    expect(story.pass(60).tick()).toEqual(['arrival water', 'arrival market']);
    expect(story.pass(1440).tick()).toEqual(['part housing']);
    expect(story.member('housing').late).toEqual(['part']);
  });

  test('does not arrive from five kilometres away; the whistler may vouch for him with a reason', () => {
    const story = new Story();
    const refused = story.tries('water', { action: 'arrive', organisationId: 'water', point: FAR });
    expect(refused).toMatchObject({ code: 'joint_handling.too_far', details: { limit: LIMITS.radius } });
    expect(Number(refused?.details.metres)).toBeGreaterThan(4900);
    story.does('town', { action: 'confirm_arrival', organisationId: 'water', reason: '我在现场见到他们' });
    expect(story.member('water')).toMatchObject({ state: 'arrived', arrivalMetres: null });
    expect(story.refuses('water', { action: 'arrive', organisationId: 'housing', point: HERE })).toBe(
      'joint_handling.not_your_part',
    );
  });

  test('who refuses goes up to the county, which rules; overruled, he has the limit anew', () => {
    const story = new Story().does('market', refuse('market'));
    expect(story.refuses('town', rule('market', 'excused'))).toBe('joint_handling.not_your_part');
    story.pass(20);
    expect(story.tick()).toEqual(['answer housing', 'answer water', 'ruling market']);
    story.does('county', rule('market', 'must_come'));
    expect(story.member('market')).toMatchObject({ state: 'coming', ruling: 'must_come' });
    expect(story.member('market').arriveDueAt).toBe('2026-03-10T01:50:00.000Z');
    expect(story.refuses('market', refuse('market'))).toBe('joint_handling.member_state');
  });

  test('excused he owes nothing; nobody rules on his own office', () => {
    const story = new Story({ centreId: 'water' }).does('water', refuse('water'));
    expect(story.refuses('water', rule('water', 'excused'))).toBe('joint_handling.ruler_not_independent');
    const other = new Story().does('market', refuse('market')).does('county', rule('market', 'excused'));
    expect(other.joint.members.map((one) => one.state)).toEqual(['called', 'called', 'excused']);
  });

  test('who never comes is recorded absent, once his time is up', () => {
    const story = new Story();
    const absent = { action: 'release', organisationId: 'market', reason: '一直没有来' } as const;
    expect(story.refuses('town', absent)).toBe('joint_handling.not_absent_yet');
    story.pass(31).does('town', absent);
    expect(story.member('market').state).toBe('absent');
  });

  test('does not leave unless the whistler lets him', () => {
    const story = new Story().does('water', { action: 'arrive', organisationId: 'water', point: HERE });
    story.does('water', { action: 'ask_leave', organisationId: 'water', reason: '另有险情' });
    const decide = { action: 'decide_leave', organisationId: 'water', granted: false, reason: null } as const;
    expect(story.refuses('town', decide)).toBe('joint_handling.reason_missing');
    story.does('town', { ...decide, reason: '阀门还没关' });
    expect(story.member('water').state).toBe('arrived');
  });
});

describe('the end', () => {
  test('the lead closes when all parts are done, and nobody else', () => {
    const story = new Story();
    const close = { action: 'close', result: '路面恢复' } as const;
    expect(story.tries('housing', close)).toMatchObject({
      code: 'joint_handling.parts_open',
      details: { count: 3, names: 'housing、water、market' },
    });
    story.allDone();
    expect(story.refuses('water', close)).toBe('joint_handling.not_your_part');
    story.does('housing', close);
    expect(story.joint.state).toBe('closed');
    expect(story.told.at(-1)?.leaves).toEqual(['housing', 'water', 'market']);
  });

  test('both sides are rated, once, low marks with a reason', () => {
    const story = new Story().allDone().does('housing', { action: 'close', result: '路面恢复' });
    const rate = { action: 'rate_member', organisationId: 'water', timeliness: 'poor', result: 'good' } as const;
    expect(story.refuses('town', { ...rate, reason: null })).toBe('joint_handling.reason_missing');
    story.does('town', { ...rate, reason: '半小时才到' });
    expect(story.refuses('town', { ...rate, reason: '半小时才到' })).toBe('joint_handling.already_rated');
    const back = { action: 'rate_whistle', justified: true, needed: true, reason: null } as const;
    story.does('water', { ...back, organisationId: 'water' });
    story.does('county', { ...back, organisationId: 'market' });
    expect(story.joint.centreRating).toMatchObject({ justified: true });
    expect(story.member('market').whistleRating).toBeNull();
    expect(story.refuses('water', { ...back, organisationId: 'water' })).toBe('joint_handling.already_rated');
  });

  test('called off after somebody set out counts as late; once somebody is there it cannot be called off', () => {
    const early = new Story().does('town', { action: 'cancel', reason: '已自行处理' });
    expect(early.joint).toMatchObject({ state: 'cancelled', cancelledLate: false });
    const late = new Story().does('water', answer('water')).does('town', { action: 'cancel', reason: '已自行处理' });
    expect(late.joint.cancelledLate).toBe(true);
    const there = new Story().does('water', { action: 'arrive', organisationId: 'water', point: HERE });
    expect(there.refuses('town', { action: 'cancel', reason: '算了' })).toBe('joint_handling.someone_arrived');
  });
});

describe('an organisation that is no more', () => {
  test('its successor takes over as it stands, the lead with it', () => {
    const story = new Story().does('housing', { action: 'arrive', organisationId: 'housing', point: HERE });
    story.does('clock', { action: 'succeed', organisationId: 'housing', successorId: 'team' });
    expect(story.joint.leadId).toBe('team');
    expect(story.member('housing')).toMatchObject({ state: 'replaced', successorId: 'team' });
    expect(story.member('team')).toMatchObject({ state: 'arrived', late: [] });
  });

  test('without a successor the whistler calls somebody else and names another lead', () => {
    const story = new Story().does('clock', { action: 'succeed', organisationId: 'housing', successorId: null });
    expect(story.member('housing').state).toBe('gone');
    story.does('town', { action: 'call', organisationId: 'team', task: '接替住建' });
    story.does('town', { action: 'name_lead', organisationId: 'team', reason: '住建局撤并' });
    expect(story.joint.leadId).toBe('team');
  });

  test('a lead who is there is not replaced', () => {
    const again = { action: 'name_lead', organisationId: 'water', reason: '换人' } as const;
    expect(new Story().refuses('town', again)).toBe('joint_handling.lead_still_there');
  });
});

test('of two at once the second is told', () => {
  const story = new Story();
  const stale = { ...answer('water'), expectedVersion: story.joint.version };
  story.does('water', answer('water'));
  const result = decide(story.joint, stale, contextFor('water', story.joint, story.now));
  expect(isRefusal(result) && result.code).toBe('joint_handling.stale_version');
  expect(OFFICES.size).toBeGreaterThan(5);
});
