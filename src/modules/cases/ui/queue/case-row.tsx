import { Link } from '@tanstack/react-router';
import { Checkbox } from 'antd';
import { useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { ClockBar, TimeLeft } from '../../../../platform/web/office/clocks.tsx';
import { PlacePath } from '../../../../platform/web/office/place-path.tsx';
import { exactTime, lengthText, toDate } from '../../../../platform/web/time.ts';
import { className, officeName, officeShort, placeText, shortNumber } from '../parts/names.ts';
import { StateTag, UrgentTag } from '../parts/tags.tsx';
import type { CaseListItem } from '../queries.ts';

type Props = {
  readonly row: CaseListItem;
  readonly selected: boolean;
  /** Where choosing it leads: beside the list, or to its own page. */
  readonly beside: boolean;
  /** Whether the row names its state. */
  readonly withState: boolean;
  /** Given while several can be chosen. */
  readonly choice?: Choice | undefined;
};

type Choice = {
  readonly chosen: boolean;
  readonly disabled: boolean;
  readonly onChange: (wanted: boolean, range: boolean) => void;
};

/** One case in a queue: clock bar, title, time left, number, place, class, lead, age. */
export function CaseRow({ row, selected, beside, withState, choice }: Props) {
  const { t } = useTexts();
  const target = beside
    ? ({ to: '.', search: (last: Record<string, unknown>) => ({ ...last, case: row.id }), replace: true } as const)
    : ({ to: '/cases/$id', params: { id: row.id } } as const);
  return (
    <li className={`case-row${selected ? ' on' : ''}${choice ? ' choosing' : ''}`}>
      {choice && (
        <Checkbox
          className="choose-row"
          checked={choice.chosen}
          disabled={choice.disabled}
          aria-label={t('cases.ui.choosing.one', { title: row.title, number: row.number })}
          onChange={(event) => choice.onChange(event.target.checked, event.nativeEvent.shiftKey)}
        />
      )}
      <Link {...target} aria-current={selected ? 'true' : undefined} data-case={row.id} preload={false}>
        {row.stageStartedAt && row.stageDueAt ? (
          <ClockBar start={row.stageStartedAt} due={row.stageDueAt} />
        ) : (
          <span className="clock-bar" aria-hidden="true" />
        )}
        <RowWords row={row} withState={withState} />
      </Link>
    </li>
  );
}

function RowWords({ row, withState }: { row: CaseListItem; withState: boolean }) {
  const { locale } = useTexts();
  return (
    <span className="words">
      <span className="first">
        <b title={row.title}>{row.title}</b>
        {row.stageStartedAt && row.stageDueAt ? (
          <TimeLeft start={row.stageStartedAt} due={row.stageDueAt} />
        ) : (
          <Age at={row.closedAt ?? row.openedAt} />
        )}
      </span>
      <span className="second">
        {withState && <StateTag state={row.state} />}
        <UrgentTag urgency={row.urgency} />
        <span className="num" title={row.number}>
          {shortNumber(row.number)}
        </span>
        <PlacePath path={placeText(row.place.path)} />
        <span className="class">{className(locale, row.class)}</span>
        {row.lead && (
          <span className="lead" title={officeName(locale, row.lead)}>
            {officeShort(locale, row.lead)}
          </span>
        )}
      </span>
    </span>
  );
}

function Age({ at }: { at: string }) {
  const { t } = useTexts();
  const now = useNow();
  return (
    <span className="time-left" title={exactTime(at)}>
      {t('cases.ui.age', { length: lengthText(t, now.getTime() - toDate(at).getTime()) })}
    </span>
  );
}
