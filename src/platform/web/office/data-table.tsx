import { Button, Checkbox, Popover, Table } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n.tsx';
import { recall, remember } from '../memory.ts';
import { useNarrow } from '../print.ts';
import { numberText } from '../time.ts';
import { csvLine } from '../../../kit/csv.ts';
import { ErrorNotice } from './error-notice.tsx';
import { RowSkeletons } from './states.tsx';

export type Column<Row> = {
  readonly key: string;
  readonly title: string;
  readonly show: (row: Row) => ReactNode;
  /** Plain value for sorting and export; columns without one are neither sorted nor exported. */
  readonly value?: (row: Row) => string | number;
  readonly width?: number | string;
  /** Not shown until chosen. */
  readonly hidden?: boolean;
};

type Props<Row> = {
  /** Names the table: for screen readers, the kept choice of columns and the export's file. */
  readonly name: string;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly loading: boolean;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  readonly empty: ReactNode;
  /** Given while the server has more. */
  readonly onMore?: (() => void) | undefined;
  readonly loadingMore?: boolean;
  readonly onOpen?: (row: Row) => void;
  readonly tools?: ReactNode;
  readonly exportable?: boolean;
  /** Given while rows can be chosen. */
  readonly selection?: Selection<Row> | undefined;
};

export type Selection<Row> = {
  readonly chosen: ReadonlySet<string>;
  /** Names a row's tick box. */
  readonly label: (row: Row) => string;
  readonly onChange: (keys: readonly string[]) => void;
  /** Pixels that stay taken at the top of the page while it scrolls; the table's head stays under them. */
  readonly below: number;
};

/**
 * A list of records: a table with sticky head, sorting, choice of columns and export of what is shown; at phone width
 * each row is a card. Keyset lists: 'more' instead of page numbers.
 */
export function DataTable<Row>(props: Props<Row>) {
  const { columns, rows, loading, error, empty, onMore } = props;
  const { t, locale } = useTexts();
  const narrow = useNarrow();
  const [hidden, setHidden] = useHiddenColumns(props.name, columns);
  const shown = columns.filter((column) => !hidden.includes(column.key));
  const listed = loading ? <RowSkeletons /> : rows.length === 0 && !error ? empty : null;
  return (
    <section className="data-table" aria-label={props.label}>
      <div className="data-tools">
        {props.tools}
        <span className="spacer" />
        {!narrow && <ColumnChoice columns={columns} hidden={hidden} onChange={setHidden} />}
        {props.exportable !== false && rows.length > 0 && (
          <Button size="small" onClick={() => download(props.name, shown, rows)}>
            {t('web.table.export')}
          </Button>
        )}
      </div>
      <ErrorNotice error={error} onRetry={props.onRetry} />
      {listed ?? (narrow ? <Cards {...props} columns={shown} /> : <Wide {...props} columns={shown} />)}
      {rows.length > 0 && !loading && (
        <div className="data-more">
          {onMore && (
            <Button loading={props.loadingMore ?? false} onClick={onMore}>
              {t('web.more')}
            </Button>
          )}
          <small>{t(onMore ? 'web.table.loaded' : 'web.table.all', { n: numberText(locale, rows.length) })}</small>
        </div>
      )}
    </section>
  );
}

function Wide<Row>({ label, columns, rows, rowKey, onOpen, selection }: Props<Row>) {
  const place = useReachable(label);
  return (
    <div ref={place}>
      <Table<Row>
        size="small"
        sticky={selection ? { offsetHeader: selection.below } : true}
        pagination={false}
        dataSource={rows as Row[]}
        rowKey={rowKey}
        columns={columns.map((column) => ({
          key: column.key,
          title: column.title,
          ...(column.width === undefined ? {} : { width: column.width }),
          render: (_: unknown, row: Row) => column.show(row),
          ...(column.value ? { sorter: (a: Row, b: Row) => compare(column.value?.(a), column.value?.(b)) } : {}),
        }))}
        scroll={{ x: 'max-content' }}
        {...(selection ? { rowSelection: rowSelection(selection) } : {})}
        {...(onOpen ? { onRow: (row: Row) => ({ onClick: () => onOpen(row), className: 'opens' }) } : {})}
      />
    </div>
  );
}

/** A table wider than its place can be moved by keyboard, too. */
function useReachable(label: string) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const body = place.current?.querySelector<HTMLElement>('.ant-table-body');
    if (!body) return;
    const watcher = new ResizeObserver(() => {
      const isWider = body.scrollWidth > body.clientWidth;
      for (const [name, value] of Object.entries({ tabindex: '0', role: 'group', 'aria-label': label })) {
        if (isWider) body.setAttribute(name, value);
        else body.removeAttribute(name);
      }
    });
    for (const watched of [body, ...body.children]) watcher.observe(watched);
    return () => watcher.disconnect();
  }, [label]);
  return place;
}

function rowSelection<Row>({ chosen, label, onChange }: Selection<Row>) {
  return {
    selectedRowKeys: [...chosen],
    preserveSelectedRowKeys: true,
    columnWidth: 48,
    // The list's own bar chooses all: a box in the head would stand twice, once hidden and still reachable.
    hideSelectAll: true,
    onChange: (keys: readonly unknown[]) => onChange(keys.map(String)),
    getCheckboxProps: (row: Row) => ({ 'aria-label': label(row) }) as object,
  };
}

function without(chosen: ReadonlySet<string>, key: string): string[] {
  return [...chosen].filter((one) => one !== key);
}

function Cards<Row>({ columns, rows, rowKey, label, selection }: Props<Row>) {
  return (
    <ul className="data-cards" aria-label={label}>
      {rows.map((row) => (
        <li key={rowKey(row)}>
          {selection && (
            <Checkbox
              className="choose-card"
              aria-label={selection.label(row)}
              checked={selection.chosen.has(rowKey(row))}
              onChange={(event) => {
                const others = without(selection.chosen, rowKey(row));
                selection.onChange(event.target.checked ? [...others, rowKey(row)] : others);
              }}
            />
          )}
          <dl>
            {columns.map((column) => (
              <div key={column.key}>
                <dt>{column.title}</dt>
                <dd>{column.show(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

type ChoiceProps = {
  columns: readonly { readonly key: string; readonly title: string }[];
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
};

function ColumnChoice({ columns, hidden, onChange }: ChoiceProps) {
  const { t } = useTexts();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <Checkbox.Group
          className="column-choice"
          options={columns.map((column) => ({ value: column.key, label: column.title }))}
          value={columns.map((column) => column.key).filter((key) => !hidden.includes(key))}
          onChange={(kept) => onChange(columns.map((column) => column.key).filter((key) => !kept.includes(key)))}
        />
      }
    >
      <Button size="small">{t('web.table.columns')}</Button>
    </Popover>
  );
}

function useHiddenColumns<Row>(
  name: string,
  columns: readonly Column<Row>[],
): [readonly string[], (keys: string[]) => void] {
  const place = `columns.${name}`;
  const [hidden, setHidden] = useState<readonly string[]>(() => {
    const kept = recall(place);
    return Array.isArray(kept) ? kept.map(String) : columns.filter((one) => one.hidden).map((one) => one.key);
  });
  return [
    hidden,
    (keys) => {
      remember(place, keys);
      setHidden(keys);
    },
  ];
}

function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''), 'zh-CN');
}

function download<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  const exported = columns.filter((column) => column.value !== undefined);
  const lines = [
    exported.map((column) => column.title),
    ...rows.map((row) => exported.map((column) => column.value?.(row) ?? '')),
  ];
  // The mark lets spreadsheet programs read Chinese as UTF-8.
  const blob = new Blob([`\uFEFF${lines.map(csvLine).join('\r\n')}`], { type: 'text/csv' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
