import { Button } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { z } from 'zod';
import { useNow } from '../../../platform/web/clock.ts';
import { nameIn, useTexts } from '../../../platform/web/i18n.tsx';
import { exactTime, toDate } from '../../../platform/web/time.ts';
import type { printMany } from '../contract.ts';

export type Sheet = z.input<typeof printMany.answer>['items'][number];

type Props = { readonly items: readonly Sheet[]; readonly left: number; readonly onClose: () => void };

/** The chosen cases as they come out of the printer; on paper nothing else is seen. */
export function Sheets({ items, left, onClose }: Props) {
  const { t } = useTexts();
  const now = useNow();
  const place = useAlone();
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  };
  return createPortal(
    <div ref={place} className="bulk-sheets" role="dialog" aria-modal aria-labelledby="sheets-title" onKeyDown={leave}>
      <div className="bulk-sheets-tools">
        <h1 id="sheets-title" tabIndex={-1}>
          {t('bulk.ui.sheets', { n: items.length })}
        </h1>
        <Button type="primary" onClick={() => window.print()}>
          {t('bulk.ui.print')}
        </Button>
        <Button onClick={onClose}>{t('bulk.ui.close')}</Button>
      </div>
      <p className="soft">
        {t('bulk.ui.sheets_at', { at: exactTime(now.toISOString()).slice(0, 16) })} · {t('bulk.ui.sheets_about')}
        {left > 0 && ` ${t('bulk.ui.sheets_left', { n: left })}`}
      </p>
      {items.map((item) => (
        <OneSheet key={item.id} item={item} now={now} />
      ))}
    </div>,
    document.body,
  );
}

/** While it is open, the page below it can be neither read nor reached by keyboard. */
function useAlone() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const office = document.getElementById('office');
    if (office) office.inert = true;
    place.current?.querySelector('h1')?.focus();
    return () => {
      if (office) office.inert = false;
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return place;
}

function OneSheet({ item, now }: { readonly item: Sheet; readonly now: Date }) {
  const { t, locale } = useTexts();
  const due = (at: string | null) =>
    at === null ? '—' : exactTime(at).slice(0, 16) + (toDate(at) < now ? t('bulk.ui.late') : '');
  const facts: readonly (readonly [string, string])[] = [
    [t('bulk.ui.class'), nameIn(locale, item.class)],
    [t('bulk.ui.place'), [...item.place.path, item.placeText ?? ''].filter((part) => part !== '').join(' · ')],
    [t('bulk.ui.lead'), item.lead === null ? '—' : locale === 'en' ? item.lead.nameEn : item.lead.name],
    [t('bulk.ui.opened'), exactTime(item.openedAt).slice(0, 16)],
    [t('bulk.ui.stage_due'), due(item.stageDueAt)],
    [t('bulk.ui.due'), due(item.totalDueAt)],
  ];
  return (
    <article className="bulk-sheet">
      <h2>
        <span className="num">{item.number}</span> {item.title} <span>[{t(`cases.state.${item.state}`)}]</span>
      </h2>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="asked-words">{item.body}</p>
    </article>
  );
}
