import { useNow } from '../clock.ts';
import { useTexts } from '../i18n.tsx';
import { exactTime, leftText, type Pressure, pressureOf, usedPart } from '../time.ts';

type ClockProps = { readonly start: string; readonly due: string };

function useClock({ start, due }: ClockProps): { part: number; pressure: Pressure; left: string; title: string } {
  const { t } = useTexts();
  const now = useNow();
  return {
    part: usedPart(start, due, now),
    pressure: pressureOf(start, due, now),
    left: leftText(t, due, now),
    title: t('web.clock.title', { from: exactTime(start), due: exactTime(due) }),
  };
}

/** How much of a row's time is used, as an upright bar; the words stand beside it (`TimeLeft`). */
export function ClockBar(props: ClockProps) {
  const { part, pressure } = useClock(props);
  return (
    <span className="clock-bar" aria-hidden="true">
      <i className={pressure} style={{ blockSize: `${Math.max(4, Math.round(part * 100))}%` }} />
    </span>
  );
}

/** 还剩 26 分, in the colour of its pressure; the exact moments on hover. */
export function TimeLeft(props: ClockProps) {
  const { pressure, left, title } = useClock(props);
  return (
    <span className={`time-left ${pressure}`} title={title}>
      {left}
    </span>
  );
}

/** The lying bar of a case's clock. */
export function ClockTrack(props: ClockProps) {
  const { part, pressure } = useClock(props);
  return (
    <span className="clock-track" aria-hidden="true">
      <i className={pressure} style={{ inlineSize: `${Math.round(part * 100)}%` }} />
    </span>
  );
}
