import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { TimeLeft } from '../../../../platform/web/office/clocks.tsx';
import type { Column } from '../../../../platform/web/office/data-table.tsx';
import { Moment } from '../../../../platform/web/office/moment.tsx';
import { PlacePath } from '../../../../platform/web/office/place-path.tsx';
import { exactTime } from '../../../../platform/web/time.ts';
import { className, officeShort, placeText } from '../parts/names.ts';
import { StateTag } from '../parts/tags.tsx';
import type { CaseListItem } from '../queries.ts';

/** The columns of a table of cases; the less used ones are shown when chosen. */
export function useCaseColumns(): readonly Column<CaseListItem>[] {
  const { t, locale } = useTexts();
  const title = (name: string) => t(`cases.ui.column.${name}`);
  return [
    {
      key: 'number',
      title: title('number'),
      value: (row) => row.number,
      show: (row) => (
        <Link to="/cases/$id" params={{ id: row.id }} className="num">
          {row.number}
        </Link>
      ),
    },
    {
      key: 'title',
      title: title('title'),
      value: (row) => row.title,
      show: (row) => <span className="title-cell">{row.title}</span>,
    },
    {
      key: 'state',
      title: title('state'),
      value: (row) => t(`cases.state.${row.state}`),
      show: (row) => <StateTag state={row.state} />,
    },
    {
      key: 'left',
      title: title('left'),
      value: (row) => row.stageDueAt ?? '',
      show: (row) =>
        row.stageStartedAt && row.stageDueAt ? <TimeLeft start={row.stageStartedAt} due={row.stageDueAt} /> : '—',
    },
    {
      key: 'place',
      title: title('place'),
      value: (row) => placeText(row.place.path),
      show: (row) => <PlacePath path={placeText(row.place.path)} />,
    },
    {
      key: 'class',
      title: title('class'),
      value: (row) => className(locale, row.class),
      show: (row) => className(locale, row.class),
    },
    {
      key: 'lead',
      title: title('lead'),
      value: (row) => (row.lead ? officeShort(locale, row.lead) : ''),
      show: (row) => (row.lead ? officeShort(locale, row.lead) : '—'),
    },
    {
      key: 'opened',
      title: title('opened'),
      value: (row) => exactTime(row.openedAt),
      show: (row) => <Moment at={row.openedAt} />,
    },
    {
      key: 'lane',
      title: title('lane'),
      hidden: true,
      value: (row) => t(`cases.ui.lane.${row.lane}`),
      show: (row) => t(`cases.ui.lane.${row.lane}`),
    },
    {
      key: 'channel',
      title: title('channel'),
      hidden: true,
      value: (row) => t(`cases.ui.channel.${row.channel}`),
      show: (row) => t(`cases.ui.channel.${row.channel}`),
    },
    {
      key: 'due',
      title: title('due'),
      hidden: true,
      value: (row) => (row.totalDueAt ? exactTime(row.totalDueAt) : ''),
      show: (row) => (row.totalDueAt ? exactTime(row.totalDueAt).slice(0, 16) : '—'),
    },
    {
      key: 'closed',
      title: title('closed'),
      hidden: true,
      value: (row) => (row.closedAt ? exactTime(row.closedAt) : ''),
      show: (row) => (row.closedAt ? <Moment at={row.closedAt} /> : '—'),
    },
  ];
}
