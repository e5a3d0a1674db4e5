import type { Refusal, Result } from '../../../../kit/result.ts';
import { closedClocks, iso, openingClocks } from '../clocks.ts';
import type { ImportCommand, RegisterCommand } from '../commands.ts';
import type { Context } from '../context.ts';
import { deny } from '../deny.ts';
import type { DecidedEvent, Opening } from '../events.ts';
import type { ClassFacts, Instant } from '../state.ts';
import type { Sensitivity } from '../words.ts';
import { firstRefusal, happened, missingText, tooManyFiles } from './common.ts';

/** A request as it comes in. The class must be open on this day, the place inside, nothing in the future. */
export function register(command: RegisterCommand, context: Context): Result<DecidedEvent> {
  const caseClass = openClass(context);
  if ('refused' in caseClass) return caseClass;
  const { title, description, place, openedAt, confidential } = command;
  const refusal = firstRefusal(
    missingText({ title, description }),
    placeRefused(context),
    openedAt === null ? null : inFuture(openedAt, context),
    tooManyFiles(command.files, context),
  );
  if (refusal) return refusal;
  const payload = {
    ...opening(command, caseClass),
    askedSecrecy: confidential,
    sensitivity: sensitivityOf(caseClass, confidential),
    channel: command.channel,
    openedAt: openedAt ?? iso(context.now),
    requesterId: command.requesterId,
    requesterCommitment: command.requesterCommitment,
    contactable: command.contactable,
    publicConsent: command.publicConsent,
    clocks: openingClocks(context),
  };
  return happened('registered', payload, { title, description, place }, command.files);
}

/** A case from elsewhere. What came closed stays outside rates and verification; what is open joins the queue now. */
export function importCase(command: ImportCommand, context: Context): Result<DecidedEvent> {
  const caseClass = openClass(context);
  if ('refused' in caseClass) return caseClass;
  const { title, description, place, answer, openedAt, handledAt, closedAt } = command;
  const refusal = firstRefusal(
    missingText({ title, description }),
    placeRefused(context),
    ...[openedAt, handledAt, closedAt].map((moment) => (moment === null ? null : inFuture(moment, context))),
    notBefore(openedAt, handledAt),
    notBefore(openedAt, closedAt),
  );
  if (refusal) return refusal;
  const payload = {
    ...opening(command, caseClass),
    askedSecrecy: false,
    sensitivity: caseClass.sensitivity,
    channel: 'import' as const,
    openedAt,
    source: command.source,
    sourceId: command.sourceId,
    handledAt,
    closedAt,
    solved: command.solved,
    satisfaction: command.satisfaction,
    clocks: closedAt === null ? openingClocks(context) : closedClocks(openedAt, context),
  };
  return happened('imported', payload, { title, description, place, answer });
}

type Shared = 'caseId' | 'number' | 'areaCode' | 'point' | 'urgency' | 'commandCentreId';

function opening(command: RegisterCommand | ImportCommand, caseClass: ClassFacts): Pick<Opening, Shared | 'caseClass'> {
  return {
    caseId: command.caseId,
    number: command.number,
    areaCode: command.areaCode,
    point: command.point,
    urgency: command.urgency,
    commandCentreId: command.commandCentreId,
    caseClass,
  };
}

/** The class named, refused when unknown or closed on this day; without the flag that says so. */
export function openClass(context: Context): ClassFacts | Refusal {
  if (context.classFacts === null) return deny('cases.class_unknown');
  const { open, ...facts } = context.classFacts;
  return open ? facts : deny('cases.class_closed', { classCode: facts.code });
}

export function placeRefused(context: Context): Refusal | null {
  if (context.place === null || context.place.pointInside === false) return deny('cases.place_outside');
  return context.place.areaOpen ? null : deny('cases.area_closed');
}

export function sensitivityOf(caseClass: ClassFacts, askedSecrecy: boolean): Sensitivity {
  if (caseClass.sensitivity === 'sealed') return 'sealed';
  return askedSecrecy ? 'confidential' : caseClass.sensitivity;
}

function inFuture(moment: Instant, context: Context): Refusal | null {
  return new Date(moment) > context.now ? deny('cases.in_future', { at: moment }) : null;
}

function notBefore(opened: Instant, later: Instant | null): Refusal | null {
  if (later === null || new Date(later) >= new Date(opened)) return null;
  return deny('cases.closed_before_opened', { openedAt: opened, closedAt: later });
}
