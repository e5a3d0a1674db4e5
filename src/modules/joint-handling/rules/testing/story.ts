import { isRefusal, type Refusal } from '../../../../kit/result.ts';
import { MINUTE } from '../../../../kit/time.ts';
import { runningClocks } from '../clocks.ts';
import type { JointCommand, WhistleCommand } from '../commands.ts';
import type { Called, Context } from '../context.ts';
import { decide, whistle } from '../decide.ts';
import type { Joint, Limits } from '../state.ts';
import type { Told } from '../told.ts';
import type { Party } from '../words.ts';

const office = (id: string, kind: string, level: Called['level'], more: Partial<Called> = {}): Called => ({
  ...{ id, kind, level, name: id, active: true, areaCode: level === 'town' ? '421181001' : '421181' },
  ...more,
});

/** The named offices of the rule tests. */
export const OFFICES: ReadonlyMap<string, Called> = new Map(
  [
    office('town', 'command_centre', 'town'),
    office('town-government', 'government', 'town'),
    office('county', 'command_centre', 'county'),
    office('housing', 'housing', 'county'),
    office('city-housing', 'housing', 'city', { areaCode: '4211' }),
    office('water', 'water', 'county'),
    office('market', 'market', 'county'),
    office('team', 'enforcement_team', 'town'),
    office('village', 'village', 'village', { areaCode: '421181001001' }),
    office('gone', 'gone', 'county', { active: false }),
  ].map((one) => [one.id, one]),
);

/** Who acts: `town` whistles, `village` asks, the county's centre rules, an office speaks for itself. */
export type Who = 'town' | 'village' | 'county' | 'clock' | (string & {});

export const LIMITS: Limits = { answer: 10, arrive: 30, part: 1440, ruling: 15, radius: 500 };
export const HERE = [115.03, 31.18] as const;
/** Some five kilometres to the north. */
export const FAR = [115.03, 31.225] as const;

type Unversioned<T> = T extends { readonly expectedVersion: number } ? Omit<T, 'expectedVersion'> : never;
export type Step = Unversioned<JointCommand>;

export function whistling(changes: Partial<WhistleCommand> = {}): WhistleCommand {
  return {
    id: 'joint-1',
    caseId: 'case-1',
    ground: 'emergency',
    matter: '水管爆裂，路面塌陷',
    areaCode: '421181001001',
    point: HERE,
    pointInside: true,
    place: '园林路口',
    calls: ['housing', 'water', 'market'].map((organisationId) => ({
      organisationId,
      task: `${organisationId}的任务`,
    })),
    leadId: 'housing',
    arriveBy: null,
    whistlerId: 'town',
    askerId: null,
    centreId: 'county',
    limits: LIMITS,
    caseLeadId: null,
    ...changes,
  };
}

export function contextFor(who: Who, joint: Joint | null, now: Date): Context {
  const standing = new Map<Party, readonly string[]>();
  if (who === 'clock') standing.set('system', []);
  if (who === (joint?.whistlerId ?? 'town')) standing.set('whistler', [who]);
  if (joint?.askerId === who) standing.set('asker', [who]);
  if (who === (joint?.centreId ?? 'county')) standing.set('centre', [who]);
  if (joint?.members.some((one) => one.organisationId === who)) standing.set('member', [who]);
  if (joint?.leadId === who) standing.set('lead', [who]);
  return { now, acting: { id: `person-${who}`, standing, organisationIds: [who] }, organisations: OFFICES };
}

/** One joint handling on its way, told as given / when / then. Begins at nine in the morning. */
export class Story {
  joint: Joint;
  told: Told[] = [];
  now = new Date('2026-03-10T09:00:00+08:00');

  constructor(changes: Partial<WhistleCommand> = {}) {
    const opened = whistle(whistling(changes), contextFor(changes.askerId ?? 'town', null, this.now));
    if (isRefusal(opened)) throw new Error(opened.code);
    this.joint = opened.joint;
    this.told.push(...opened.told);
  }

  pass(minutes: number): this {
    this.now = new Date(this.now.getTime() + minutes * MINUTE);
    return this;
  }

  tries(who: Who, step: Step, expectedVersion = this.joint.version): Refusal | null {
    const result = decide(this.joint, { ...step, expectedVersion }, contextFor(who, this.joint, this.now));
    if (isRefusal(result)) return result;
    this.joint = result.joint;
    this.told.push(...result.told);
    return null;
  }

  refuses(who: Who, step: Step): string | null {
    return this.tries(who, step)?.code ?? null;
  }

  does(who: Who, step: Step): this {
    const refusal = this.tries(who, step);
    if (refusal) throw new Error(`${who} ${step.action}: ${refusal.code} ${JSON.stringify(refusal.details)}`);
    return this;
  }

  /** Fires the clocks that have run out, in the order they were due, as the timers do. */
  tick(): string[] {
    const fired: string[] = [];
    for (;;) {
      const due = runningClocks(this.joint)
        .filter((one) => new Date(one.dueAt) <= this.now)
        .toSorted((one, other) => one.dueAt.localeCompare(other.dueAt))[0];
      if (!due) return fired;
      const { clock, organisationId } = due;
      this.does('clock', { action: 'record_overdue', clock, organisationId });
      fired.push(`${clock} ${organisationId ?? ''}`.trim());
    }
  }

  member(organisationId: string) {
    const found = this.joint.members.find((one) => one.organisationId === organisationId);
    if (!found) throw new Error(`${organisationId} was not called`);
    return found;
  }

  /** Everybody comes and does its part. */
  allDone(): this {
    for (const { organisationId } of this.joint.members) {
      this.does(organisationId, { action: 'arrive', organisationId, point: HERE });
      this.does(organisationId, { action: 'finish_part', organisationId, result: '已处理', files: [] });
    }
    return this;
  }
}
