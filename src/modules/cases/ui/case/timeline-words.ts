import type { Locale } from '../../../../platform/i18n/texts.ts';
import type { Say } from '../../../../platform/web/i18n.tsx';
import { exactTime } from '../../../../platform/web/time.ts';
import type { EventBody } from '../../rules/events.ts';
import { officeShort } from '../parts/names.ts';
import type { CaseDetail } from '../queries.ts';

export type Entry = CaseDetail['timeline'][number];

type Speaking = {
  readonly t: Say;
  readonly locale: Locale;
  /** Short name of an organisation the case has to do with. */
  readonly organisation: (id: string) => string;
  /** What an extension is counted in. */
  readonly unit: CaseDetail['totalUnit'];
};

/** Short names of the offices a case has had to do with, by id. */
export function organisationsOf(view: CaseDetail, locale: Locale): (id: string) => string {
  const names = new Map(view.organisations.map((one) => [one.id, officeShort(locale, one)]));
  return (id) => names.get(id) ?? '…';
}

/** Who did a step: `住建局（张三）`, the office alone, or what kind of actor it was. */
export function whoText({ t, locale }: Pick<Speaking, 't' | 'locale'>, { actor, organisation }: Entry): string {
  const office = organisation && officeShort(locale, organisation);
  if (office && actor.name) return t('cases.ui.actor.at', { organisation: office, name: actor.name });
  return office ?? actor.name ?? t(`cases.ui.actor.${actor.kind}`);
}

/** One event as a sentence. Kinds that this page does not know yet are named as they are. */
export function sentenceOf(speaking: Speaking, entry: Entry): string {
  // The server hands payloads on as the rules wrote them.
  const event = { kind: entry.kind, payload: entry.payload } as unknown as EventBody;
  const { t } = speaking;
  const who = whoText(speaking, entry);
  const say = (key: string, values: Readonly<Record<string, unknown>> = {}) =>
    t(`cases.ui.event.${key}`, { who, ...values });
  return special(speaking, say, entry, event) ?? say(event.kind);
}

type SayEvent = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** Sentences that need more than the kind; null where `{who}` and the kind say it all. */
function special({ t, organisation, unit }: Speaking, say: SayEvent, entry: Entry, event: EventBody): string | null {
  switch (event.kind) {
    case 'registered': {
      const key = entry.actor.kind === 'officer' ? 'registered_by' : 'registered';
      return say(key, { channel: t(`cases.ui.channel.${event.payload.channel}`) });
    }
    case 'imported':
      return say('imported', { source: event.payload.source });
    case 'rejected':
      return say('rejected', { reason: t(`cases.reason.${event.payload.reason}`) });
    case 'referred':
      return say('referred', { route: t(`cases.ui.route.${event.payload.route}`) });
    case 'route_recorded':
      return say('route_recorded', { outcome: t(`cases.ui.outcome.${event.payload.outcome}`) });
    case 'merged':
      return say('merged', { number: event.payload.masterNumber });
    case 'dispatched': {
      const { dispatch, overridden } = event.payload;
      const lead = organisation(dispatch.leadId);
      if (overridden) return say('dispatched_override', { lead });
      return dispatch.entryNumber === null
        ? say('dispatched', { lead })
        : say('dispatched_entry', { lead, entry: dispatch.entryNumber });
    }
    case 'ruled':
      return say(`ruled_${event.payload.ruling}`, { lead: organisation(event.payload.dispatch.leadId) });
    case 'extension_requested':
      return say('extension_requested', { amount: t(`cases.ui.amount.${unit}`, { n: event.payload.request.amount }) });
    case 'extension_decided': {
      const { granted, extension } = event.payload;
      return granted && extension
        ? say('extension_granted', { until: exactTime(extension.to).slice(0, 16) })
        : say('extension_refused');
    }
    case 'shelved': {
      const { ground, reviewOn } = event.payload.shelving;
      return say('shelved', { ground: t(`cases.ui.ground.${ground}`), until: reviewOn });
    }
    case 'verification_begun':
      return say(event.payload.takenOver ? 'verification_taken_over' : 'verification_begun');
    case 'verified':
      return say(event.payload.passed ? 'verified_passed' : 'verified_failed', {
        way: t(`cases.ui.way.${event.payload.how}`),
      });
    case 'called_back':
      return event.payload.answer === null
        ? say(event.payload.declined ? 'called_back_declined' : 'called_back_missed')
        : say('called_back', said(t, event.payload.answer));
    case 'returned':
      return say(`returned_${event.payload.because}`);
    case 'closed':
      return say('closed', { closure: t(`cases.closure.${event.payload.closure}`) });
    case 'rated':
      return say('rated', said(t, event.payload));
    case 'reopened':
      return say(`reopened_${event.payload.ground}`);
    case 'noted':
      return event.payload.contact === null
        ? say('noted')
        : say('noted_contact', { contact: t(`cases.ui.contact.${event.payload.contact}`) });
    case 'ran_late':
      return say('ran_late', { clock: t(`cases.stage.${event.payload.lateness.name}`) });
    case 'joint_step': {
      const { step, organisationId } = event.payload;
      return say(`joint_${step}`, { office: organisationId === null ? '' : organisation(organisationId) });
    }
    case 'corrected':
    case 'duplicate_adopted':
    case 'rehomed':
    case 'duplicate_released':
    case 'accepted':
    case 'objected':
    case 'taken_up':
    case 'started':
    case 'resumed':
    case 'reported_done':
    case 'settled':
    case 'rework_started':
    case 'withdrawn':
    case 'voided':
    case 'replied':
    case 'attached':
    case 'released':
    case 'unreleased':
      return null;
    default:
      return say('other', { kind: entry.kind });
  }
}

function said(t: Say, answer: { readonly solved: string; readonly satisfaction: string }) {
  return {
    solved: t(`cases.ui.solved.${answer.solved}`),
    satisfaction: t(`cases.ui.satisfaction.${answer.satisfaction}`),
  };
}
