import { Button, Checkbox } from 'antd';
import { type Ref, Suspense } from 'react';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { numberText } from '../../../../platform/web/time.ts';
import type { CaseListItem, CaseListQuery } from '../queries.ts';
import type { Choosing } from './use-choosing.ts';

type Props = {
  readonly choosing: Choosing;
  readonly rows: readonly CaseListItem[];
  readonly filter: CaseListQuery;
  readonly place?: Ref<HTMLElement>;
};

/** Above a list: begins the choice, then says how many are chosen and what can be done with them. */
export function ChoosingBar({ choosing, rows, filter, place }: Props) {
  const { t, locale } = useTexts();
  const { actions, active, chosen, ids } = choosing;
  if (actions === null || (rows.length === 0 && !active)) return null;
  if (!active) {
    return (
      <div className="choosing-bar">
        <Button size="small" onClick={choosing.start}>
          {t('cases.ui.choosing.start')}
        </Button>
        <Suspense fallback={null}>
          <actions.Whole filter={filter} />
        </Suspense>
      </div>
    );
  }
  const all = rows.length > 0 && rows.every((row) => ids.has(row.id));
  return (
    <section ref={place} className="choosing-bar on" aria-label={t('cases.ui.choosing.start')}>
      <div className="choosing-line">
        <Checkbox
          checked={all}
          indeterminate={!all && chosen.length > 0}
          onChange={() => choosing.set(all ? [] : rows.map((row) => row.id))}
        >
          {t('cases.ui.choosing.all', { n: numberText(locale, rows.length) })}
        </Checkbox>
        <span role="status" className="soft">
          {t(choosing.full ? 'cases.ui.choosing.full' : 'cases.ui.choosing.count', {
            n: numberText(locale, chosen.length),
            most: numberText(locale, actions.most),
          })}
        </span>
        <Button size="small" type="text" onClick={choosing.end}>
          {t('cases.ui.choosing.end')}
        </Button>
      </div>
      <Suspense fallback={null}>
        <actions.Actions chosen={chosen} onDrop={choosing.drop} />
      </Suspense>
    </section>
  );
}
