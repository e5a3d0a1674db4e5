import { Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import type { DeadlineView } from '../contract.ts';
import { DeadlineDialog } from './deadline-dialog.tsx';
import { amountText } from './names.ts';

type Props = { readonly code: string; readonly name: string; readonly deadlines: readonly DeadlineView[] };

/** The deadline of every stage and where it comes from; each can be changed from a day on. */
export function DeadlineGrid({ code, name, deadlines }: Props) {
  const { t, locale } = useTexts();
  const manages = useMay('catalogue.manage');
  const [editing, setEditing] = useState<DeadlineView | null>(null);
  return (
    <>
      <dl className="cat-deadlines">
        {deadlines.map((one) => (
          <div key={one.stage}>
            <dt>{t(`catalogue.ui.stage.${one.stage}`)}</dt>
            <dd>
              {amountText(t, locale, one)}
              {code !== '*' && <small>{t(`catalogue.ui.source.${one.source}`)}</small>}
              {one.basis && <small>{one.basis}</small>}
            </dd>
            <dd>
              {manages && (
                <Button
                  size="small"
                  aria-label={t('catalogue.ui.deadline_label', { stage: t(`catalogue.ui.stage.${one.stage}`) })}
                  onClick={() => setEditing(one)}
                >
                  {t('catalogue.ui.deadline_set')}
                </Button>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {editing && <DeadlineDialog code={code} name={name} deadline={editing} onClose={() => setEditing(null)} />}
    </>
  );
}
