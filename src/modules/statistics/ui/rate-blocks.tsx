import { useTexts } from '../../../platform/web/i18n.tsx';
import { numberText } from '../../../platform/web/time.ts';
import type { Figures } from './queries.ts';

const RATES = ['response', 'resolution', 'satisfaction', 'timely'] as const;
type Name = (typeof RATES)[number];

/** The rates of the whole, each with its formula and what went into it; those not reached stand beside them. */
export function RateBlocks({ total }: { total: Figures }) {
  const { t, locale } = useTexts();
  const n = (value: number) => numberText(locale, value);
  return (
    <section className="rate-blocks" aria-label={t('statistics.ui.rates')}>
      {RATES.map((name) => (
        <div key={name} className="rate-block">
          <h2>{t(`statistics.ui.rate.${name}`)}</h2>
          <p className="rate-value">
            <RateText rate={total.rates[name]} />
          </p>
          <p className="soft">{t(`statistics.ui.formula.${name}`, partsOf(name, total, n))}</p>
        </div>
      ))}
      <div className="rate-block">
        <h2>{t('statistics.ui.not_asked')}</h2>
        <p className="rate-value">
          {n(total.callBacks.declined + total.callBacks.unreachable + total.callBacks.lapsed)}
        </p>
        <p className="soft">
          {t('statistics.ui.formula.not_asked', {
            declined: n(total.callBacks.declined),
            unreachable: n(total.callBacks.unreachable),
            lapsed: n(total.callBacks.lapsed),
          })}
        </p>
      </div>
    </section>
  );
}

function partsOf(name: Name, { contact, callBacks, closed, rates }: Figures, n: (value: number) => string) {
  const of = n(rates[name].of);
  switch (name) {
    case 'response':
      return { of, part: n(contact.inTime) };
    case 'resolution':
      return { of, part: n(callBacks.solved) };
    case 'satisfaction':
      return { of, part: n(callBacks.satisfied), half: n(callBacks.basically) };
    case 'timely':
      return { of, part: n(closed.inTime) };
  }
}

/** A rate, or that there were too few to give one. */
export function RateText({ rate }: { rate: Figures['rates'][Name] }) {
  const { t, locale } = useTexts();
  if (rate.value !== null) return numberText(locale, rate.value, { style: 'percent', maximumFractionDigits: 1 });
  if (rate.of === 0) return <span className="soft">—</span>;
  return <span className="soft">{t('statistics.ui.too_few', { n: numberText(locale, rate.of) })}</span>;
}
