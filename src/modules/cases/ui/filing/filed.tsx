import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { z } from 'zod';
import { useNow } from '../../../../platform/web/clock.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { CopyButton } from '../../../../platform/web/office/copy-button.tsx';
import { byText, exactTime } from '../../../../platform/web/time.ts';
import type { registerCase } from '../../contract.ts';

export type Receipt = z.input<typeof registerCase.answer>;

type Props = {
  readonly receipt: Receipt;
  readonly settled?: boolean;
  /** Whether somebody asked who can use the query code. */
  readonly forSomeone?: boolean;
  readonly onNext: () => void;
};

/** The number and, this once, the query code, large enough to read out on the telephone. */
export function Filed({ receipt, settled = false, forSomeone = true, onNext }: Props) {
  const { t, locale } = useTexts();
  const now = useNow();
  return (
    <section className="card filed" role="status" aria-labelledby="filed-title">
      <h1 id="filed-title">{t('cases.ui.filed.title')}</h1>
      <dl className="pairs large">
        <dt>{t('cases.ui.filed.number')}</dt>
        <dd className="num">{receipt.number}</dd>
        {forSomeone && (
          <>
            <dt>{t('cases.ui.filed.code')}</dt>
            <dd className="num">{receipt.queryCode}</dd>
          </>
        )}
      </dl>
      <CopyButton text={forSomeone ? `${receipt.number} ${receipt.queryCode}` : receipt.number} />
      {settled && <p>{t('cases.ui.filed.settled')}</p>}
      {forSomeone && <p>{t('cases.ui.filed.tell')}</p>}
      {receipt.dueAt !== null && !settled && (
        <p title={exactTime(receipt.dueAt)}>
          {t('cases.ui.filed.due', { due: byText(t, locale, receipt.dueAt, now) })}
        </p>
      )}
      <div className="buttons">
        <Link to="/cases/$id" params={{ id: receipt.id }} className="ant-btn ant-btn-default">
          {t('cases.ui.filed.open')}
        </Link>
        <Button type="primary" onClick={onNext}>
          {t('cases.ui.filed.next')}
        </Button>
      </div>
    </section>
  );
}
