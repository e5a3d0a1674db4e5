import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n.tsx';

type EmptyProps = { readonly title: string; readonly hint?: string; readonly action?: ReactNode };

/** Why a list is empty and what to do about it. */
export function EmptyState({ title, hint, action }: EmptyProps) {
  return (
    <div className="empty-state">
      <p className="empty-title">{title}</p>
      {hint !== undefined && <p className="empty-hint">{hint}</p>}
      {action}
    </div>
  );
}

/** The shape of rows to come. */
export function RowSkeletons({ rows = 6 }: { rows?: number }) {
  const { t } = useTexts();
  return (
    <div className="row-skeletons" role="status" aria-label={t('web.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // The rows are all alike and never move.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Skeleton key={row} active title={{ width: '60%' }} paragraph={{ rows: 1, width: '85%' }} />
      ))}
    </div>
  );
}

/** The shape of a page to come: a head and two columns. */
export function PageSkeleton() {
  const { t } = useTexts();
  return (
    <div className="page-skeleton" role="status" aria-label={t('web.loading')}>
      <Skeleton active title={{ width: '40%' }} paragraph={{ rows: 2 }} />
      <Skeleton active paragraph={{ rows: 8 }} />
    </div>
  );
}
