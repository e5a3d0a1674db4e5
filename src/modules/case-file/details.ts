import { shanghaiText } from '../../kit/time.ts';
import type { Locale } from '../../platform/i18n/texts.ts';

/** A text by its key, in the file's language. */
export type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

type Event = { readonly kind: string; readonly payload: Readonly<Record<string, unknown>> };
type Speaking = {
  readonly t: Say;
  readonly locale: Locale;
  /** Full name of an office by its id. */
  readonly office: (id: string) => string;
  /** What extensions are counted in. */
  readonly unit: string;
};

/** What happened in a step beside its name: to whom, until when, with which outcome. Offices and days, never persons. */
export function detailsOf(speaking: Speaking, { kind, payload }: Event): string[] {
  const { t } = speaking;
  switch (kind) {
    case 'dispatched':
    case 'settled':
      return dispatched(speaking, payload['dispatch']);
    case 'ruled':
      return [
        t(payload['ruling'] === 'designate' ? 'case-file.ruled.designate' : 'case-file.ruled.redirect'),
        ...dispatched(speaking, payload['dispatch']),
      ];
    case 'rejected':
      return [t('case-file.because', { reason: t(`cases.reason.${String(payload['reason'])}`) })];
    case 'referred':
      return [t(`case-file.route.${String(payload['route'])}`)];
    case 'route_recorded':
      return [t(`case-file.outcome.${String(payload['outcome'])}`)];
    case 'extension_requested':
      return amountOf(t, payload['request'], speaking.unit);
    case 'extension_decided':
      return [extended(t, payload)];
    case 'shelved':
      return shelved(speaking, payload['shelving']);
    case 'verified':
      return [
        t(payload['passed'] === true ? 'case-file.passed' : 'case-file.not_passed'),
        t(payload['how'] === 'by_call' ? 'case-file.by_call' : 'case-file.on_site'),
      ];
    case 'called_back':
      if (payload['declined'] === true) return [t('case-file.declined')];
      return [payload['answer'] === null ? t('case-file.unreachable') : saidIn(t, payload['answer'])];
    case 'rated':
      return [saidIn(t, payload)];
    case 'closed':
      return [t(`cases.closure.${String(payload['closure'])}`)];
    case 'returned':
      return [t(`case-file.returned.${String(payload['because'])}`)];
    case 'reopened':
      return [t(`case-file.reopened.${String(payload['ground'])}`)];
    case 'ran_late':
      return late(t, payload['lateness']);
    default:
      return [];
  }
}

type Loose = Readonly<Record<string, unknown>>;
const loose = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {});

function dispatched({ t, locale, office }: Speaking, value: unknown): string[] {
  const { leadId, assistIds, entryNumber } = loose(value);
  const assists = Array.isArray(assistIds) ? assistIds.map((id) => office(String(id))) : [];
  return [
    ...(typeof leadId === 'string' ? [t('case-file.to_lead', { office: office(leadId) })] : []),
    ...(assists.length > 0 ? [t('case-file.to_assist', { offices: assists.join(locale === 'en' ? ', ' : '、') })] : []),
    ...(typeof entryNumber === 'string' ? [t('case-file.by_entry', { entry: entryNumber })] : []),
  ];
}

function amountOf(t: Say, value: unknown, unit: string): string[] {
  const { amount } = loose(value);
  return typeof amount === 'number' ? [t(`case-file.amount.${unit}`, { n: amount })] : [];
}

function extended(t: Say, { granted, extension }: Loose): string {
  const { to } = loose(extension);
  return granted === true && typeof to === 'string'
    ? t('case-file.extended_to', { until: shanghaiText(new Date(to)) })
    : t('case-file.not_extended');
}

function shelved({ t, office }: Speaking, value: unknown): string[] {
  const { ground, ownerOrganisationId, reviewOn, endOn } = loose(value);
  return [
    t(`case-file.ground.${String(ground)}`),
    t('case-file.shelved_until', { review: String(reviewOn), end: String(endOn) }),
    ...(typeof ownerOrganisationId === 'string' ? [t('case-file.owner', { office: office(ownerOrganisationId) })] : []),
  ];
}

function saidIn(t: Say, value: unknown): string {
  const { solved, satisfaction } = loose(value);
  return `${t(`case-file.${String(solved)}`)} · ${t(`case-file.${String(satisfaction)}`)}`;
}

function late(t: Say, value: unknown): string[] {
  const { name, dueAt } = loose(value);
  if (typeof name !== 'string' || typeof dueAt !== 'string') return [];
  return [t('case-file.late', { clock: t(`cases.stage.${name}`), due: shanghaiText(new Date(dueAt)) })];
}

/** Offices that the details of these steps name. */
export function officesNamed(events: readonly Event[]): string[] {
  return events.flatMap(({ payload }) => {
    const { leadId, assistIds } = loose(payload['dispatch']);
    const { ownerOrganisationId } = loose(payload['shelving']);
    const ids = [leadId, ownerOrganisationId, ...(Array.isArray(assistIds) ? assistIds : [])];
    return ids.filter((id): id is string => typeof id === 'string');
  });
}
