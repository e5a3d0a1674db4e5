import type { Locale } from '../../../../platform/i18n/texts.ts';
import { useNow } from '../../../../platform/web/clock.ts';
import { type TextsInUse, useTexts } from '../../../../platform/web/i18n.tsx';
import { ClockTrack, TimeLeft } from '../../../../platform/web/office/clocks.tsx';
import { byText, exactTime, plainDay } from '../../../../platform/web/time.ts';
import type { CaseDetail } from '../queries.ts';

type Clock = NonNullable<CaseDetail['clocks']['stage']>;

/** The two clocks: the running stage and the whole time, with the days that do not count and every standstill. */
export function Clocks({ view }: { view: CaseDetail }) {
  const { stage, total } = view.clocks;
  const over = view.closedAt !== null;
  if (over || (stage === null && total === null)) return null;
  return (
    <div className="clocks">
      {stage && <ClockCard clock={stage} counts={false} />}
      {total && stage?.name !== 'total' && (
        <ClockCard clock={total} counts={view.totalUnit !== 'round_the_clock'} pauses={view.pauses} />
      )}
    </div>
  );
}

type CardProps = {
  readonly clock: Clock;
  /** Whether it counts office hours or working days, so that days off are worth a word. */
  readonly counts: boolean;
  readonly pauses?: CaseDetail['pauses'];
};

function ClockCard({ clock, counts, pauses = [] }: CardProps) {
  const texts = useTexts();
  const { t, locale } = texts;
  const now = useNow();
  const standing = pauses.find((pause) => pause.to === null);
  return (
    <div className="clock">
      <p className="line">
        <span>
          {clock.name === 'total'
            ? t('cases.stage.total')
            : t('cases.ui.this_stage', { stage: t(`cases.stage.${clock.name}`) })}
        </span>
        {standing ? (
          <b>{t('cases.ui.paused', { reason: t(`cases.pause.${standing.reason}`) })}</b>
        ) : (
          <TimeLeft start={clock.startedAt} due={clock.dueAt} />
        )}
      </p>
      <ClockTrack start={clock.startedAt} due={clock.dueAt} />
      <p className="soft" title={exactTime(clock.dueAt)}>
        {byText(t, locale, clock.dueAt, now)}
        {counts && clock.skipped.length > 0 && <> · {skippedText(texts, clock.skipped, now)}</>}
        {clock.uncertain && <> · {t('cases.ui.clock_uncertain')}</>}
      </p>
      {pauses
        .filter((pause) => pause.to !== null)
        .map((pause) => (
          <p key={pause.from} className="soft">
            {t('cases.ui.pause_from_to', {
              reason: t(`cases.pause.${pause.reason}`),
              from: exactTime(pause.from).slice(5, 16),
              to: exactTime(pause.to ?? pause.from).slice(5, 16),
            })}
          </p>
        ))}
    </div>
  );
}

/** 不含 11 月 21、22 日; beyond four days only how many. */
export function skippedText({ t, locale }: TextsInUse, days: readonly string[], now: Date): string {
  if (days.length > 4) return t('cases.ui.skips_many', { n: days.length });
  return t('cases.ui.skips', { days: daysText(locale, days, t('cases.ui.list_comma'), now) });
}

/** Days with their month said once where they share it. */
function daysText(locale: Locale, days: readonly string[], comma: string, now: Date): string {
  const [first = ''] = days;
  const names = days.map((day) => plainDay(locale, `${day}T12:00:00+08:00`, now));
  if (!days.every((day) => day.slice(0, 7) === first.slice(0, 7))) return names.join(comma);
  const numbers = days.map((day) => Number(day.slice(8))).join(comma);
  const name = names[0] ?? '';
  return name.replace(locale === 'en' ? /^\d+/ : /\d+(?= 日$)/, numbers);
}
