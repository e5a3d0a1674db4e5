import { z } from 'zod';
import type { App, OutboxConsumer } from '../../platform/app.ts';
import type { Role } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import type { OutboxEvent } from '../../platform/outbox/outbox.ts';
import { endOfDay } from '../../kit/time.ts';
import { paramsFor, WORKING, workersOf } from './audiences.ts';
import type { OfficerNotice } from './rules/notices.ts';
import { tellPeople } from './tell.ts';

const orderFacts = z.object({
  caseId: z.string(),
  areaCode: z.string(),
  addresseeId: z.string(),
  reviewerId: z.string(),
  superiorIds: z.array(z.string()),
  colour: z.enum(['blue', 'yellow', 'red']),
  dueAt: z.string().nullable(),
  actorId: z.string(),
});
const shelvingFacts = z.object({ caseId: z.string(), organisationIds: z.array(z.string()), day: z.string() });
const leaderFacts = z.object({ caseId: z.string(), leaderId: z.string() });
const exclusionFacts = z.object({
  caseId: z.string(),
  organisationId: z.string(),
  askedByOrganisationId: z.string(),
  actorId: z.string(),
});

/** Who reviews an answer, and who supervises in an office that stands above. */
const REVIEWING: readonly Role[] = ['dispatcher', 'supervisor'];
const ABOVE: readonly Role[] = ['supervisor'];

/** Follows orders, shelved cases, leaders' cases and exclusions, and tells the offices and persons concerned. */
export function tellSupervision(app: App): OutboxConsumer {
  return {
    name: 'messages.supervision',
    kinds: ['supervision.*', 'exclusion.*'],
    handle: async (event, tx) => {
      if (event.kind.startsWith('exclusion.')) await tellOfExclusion(app, tx, event);
      else if (event.kind.startsWith('supervision.leader_')) await tellLeader(app, tx, event);
      else if (event.kind.startsWith('supervision.shelving_')) await tellOfShelving(app, tx, event);
      else await tellOfOrder(app, tx, event);
    },
  };
}

async function tellOfOrder(app: App, tx: WriteTx, event: OutboxEvent): Promise<void> {
  const facts = orderFacts.parse(event.payload);
  const told = async (notice: OfficerNotice, organisationIds: readonly string[], roles: readonly Role[]) => {
    const people = await workersOf(tx, organisationIds, roles, app.now());
    const params = await paramsFor(tx, facts.caseId, facts.areaCode, facts.dueAt);
    await tellPeople(app, tx, { caseId: facts.caseId, at: event.at, notice, params, people, actorId: facts.actorId });
  };
  switch (event.kind) {
    case 'supervision.issued':
    case 'supervision.climbed':
      await told(`ordered_${facts.colour}`, [facts.addresseeId], WORKING);
      if (facts.colour !== 'blue') await told('order_above', facts.superiorIds, ABOVE);
      return;
    case 'supervision.lapsed':
      return told('order_above', [...facts.superiorIds, facts.reviewerId], ABOVE);
    case 'supervision.answered':
      return told('order_answered', [facts.reviewerId], REVIEWING);
    case 'supervision.sent_back':
      return told('order_returned', [facts.addresseeId], WORKING);
    case 'supervision.accepted':
    case 'supervision.lifted':
      return told('order_over', [facts.addresseeId], WORKING);
    case 'supervision.lift_asked':
      return told('lift_asked', [facts.reviewerId], ABOVE);
  }
}

async function tellOfShelving(app: App, tx: WriteTx, event: OutboxEvent): Promise<void> {
  const { caseId, organisationIds, day } = shelvingFacts.parse(event.payload);
  const notice = event.kind.includes('review') ? 'shelving_review' : 'shelving_end';
  const people = await workersOf(tx, organisationIds, [...WORKING, ...ABOVE], app.now());
  // The day itself still counts: it is over a moment before the next begins.
  const dueAt = new Date(endOfDay(day).getTime() - 60_000).toISOString();
  const params = await paramsFor(tx, caseId, null, dueAt);
  await tellPeople(app, tx, { caseId, at: event.at, notice, params, people, actorId: '' });
}

async function tellLeader(app: App, tx: WriteTx, event: OutboxEvent): Promise<void> {
  const notice = LEADER_NOTICES[event.kind];
  if (!notice) return;
  const { caseId, leaderId } = leaderFacts.parse(event.payload);
  const params = await paramsFor(tx, caseId, null, null);
  await tellPeople(app, tx, { caseId, at: event.at, notice, params, people: [leaderId], actorId: '' });
}

const LEADER_NOTICES: Readonly<Record<string, OfficerNotice>> = {
  'supervision.leader_report_due': 'leader_report',
  'supervision.leader_due': 'leader_due',
};

async function tellOfExclusion(app: App, tx: WriteTx, event: OutboxEvent): Promise<void> {
  if (event.kind === 'exclusion.asked') return;
  const { caseId, organisationId, askedByOrganisationId, actorId } = exclusionFacts.parse(event.payload);
  const people = await workersOf(tx, [organisationId, askedByOrganisationId], [...WORKING, ...ABOVE], app.now());
  const params = await paramsFor(tx, caseId, null, null);
  await tellPeople(app, tx, { caseId, at: event.at, notice: 'exclusion_decided', params, people, actorId });
}
