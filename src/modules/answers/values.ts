import { dayOf } from '../../kit/time.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { LOCALES, type Locale, say, type Texts } from '../../platform/i18n/texts.ts';
import { areaNames } from '../areas/index.ts';
import { residentCase, responsibleOrganisation, type StoredCase } from '../cases/index.ts';
import { organisationNames } from '../organisations/index.ts';
import { isRefusal } from '../../kit/result.ts';
import { type Both, type Field, FIELDS, type FieldValues, fillIn } from './rules/template.ts';

export type ValuesByLocale = Readonly<Record<Locale, FieldValues>>;

/** What a case fills in, in both languages. */
export async function valuesOfCase(
  tx: ReadTx,
  actor: Actor,
  { state, title }: StoredCase,
  now: Date,
): Promise<ValuesByLocale> {
  const officeId = responsibleOrganisation(state);
  const office = (await organisationNames(tx, [officeId])).get(officeId);
  const place = (await areaNames(tx, [state.areaCode])).get(state.areaCode)?.path.replaceAll('/', ' ') ?? null;
  const shared = {
    number: state.number,
    title,
    place,
    deadline: dayOf(new Date(state.clocks.total.dueAt)),
    // Only words the requester may read anyway go into an answer to him.
    result: await lastResult(tx, actor, state.id, now),
  };
  return {
    'zh-CN': { ...shared, office: office?.name ?? null },
    en: { ...shared, office: office?.nameEn ?? office?.name ?? null },
  };
}

/** What was last reported as done, without the full stop that the template's own words bring. */
async function lastResult(tx: ReadTx, actor: Actor, caseId: string, now: Date): Promise<string | null> {
  const found = await residentCase(tx, actor, caseId, now);
  if (isRefusal(found)) return null;
  const done = found.events.findLast((event) => event.kind === 'reported_done' || event.kind === 'settled');
  return done?.content?.['result'] ?? null;
}

/** An invented case, so that a template can be read before there is one. */
export function sampleValues(texts: Texts): ValuesByLocale {
  const of = (locale: Locale) =>
    Object.fromEntries(FIELDS.map((field) => [field, say(texts, locale, `answers.sample.${field}`)])) as FieldValues;
  return { 'zh-CN': of('zh-CN'), en: of('en') };
}

/** Both languages filled in; what the case does not know yet stands there as a mark. */
export function fillBoth(texts: Texts, words: Both, values: ValuesByLocale): { text: Both; missing: Field[] } {
  const filled = LOCALES.map((locale) => {
    const markOf = (field: Field) =>
      say(texts, locale, 'answers.mark', { field: say(texts, locale, `answers.field.${field}`) });
    return [locale, fillIn(words[locale], values[locale], markOf)] as const;
  });
  return {
    text: Object.fromEntries(filled.map(([locale, { text }]) => [locale, text])) as Record<Locale, string>,
    missing: [...new Set(filled.flatMap(([, { missing }]) => missing))],
  };
}
