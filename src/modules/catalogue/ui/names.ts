import type { Deadline } from '../../../kit/deadline.ts';
import type { Locale } from '../../../platform/i18n/texts.ts';
import type { Say } from '../../../platform/web/i18n.tsx';
import { dayOf, numberText } from '../../../platform/web/time.ts';
import type { EntryItem } from '../contract.ts';

type Named = { readonly nameZh: string; readonly nameEn: string };

export function nameOf(locale: Locale, of: Named): string {
  return locale === 'en' ? of.nameEn : of.nameZh;
}

/** 5 个工作日; whole days and single minutes are said as such on the clock that never stops. */
export function amountText(t: Say, locale: Locale, { amount, clock }: Deadline): string {
  const say = (unit: string, n: number) => t(`catalogue.ui.amount.${unit}`, { n: numberText(locale, n) });
  if (clock !== 'round_the_clock') return say(clock, amount);
  if (amount >= 48 && amount % 24 === 0) return say('days', amount / 24);
  return amount < 1 ? say('minutes', Math.round(amount * 60)) : say(clock, amount);
}

/** A body that leads or assists, by kind or by name. */
export function bodyText(locale: Locale, body: EntryItem['lead']): string {
  if (body.by === 'kind') return nameOf(locale, body.kind);
  return locale === 'en' && body.organisation.nameEn ? body.organisation.nameEn : body.organisation.shortName;
}

/** 2026-01-01 起, or both ends. */
export function periodText(t: Say, of: { readonly validFrom: string; readonly validTo: string | null }): string {
  const from = dayOf(of.validFrom);
  return of.validTo === null
    ? t('catalogue.ui.since', { from })
    : t('catalogue.ui.period', { from, to: dayOf(of.validTo) });
}
