import type { ErrorComponentProps } from '@tanstack/react-router';
import { Link, useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { EmptyState, PageSkeleton } from '../../../platform/web/office/states.tsx';

export function NotFoundPage() {
  const { t } = useTexts();
  return (
    <EmptyState
      title={t('office.not_found.title')}
      hint={t('office.not_found.hint')}
      action={<Link to="/">{t('office.not_found.home')}</Link>}
    />
  );
}

export function PendingPage() {
  return <PageSkeleton />;
}

/** A failed import of a script means that a newer version was installed since this page was opened. */
function isOutdated(error: unknown): boolean {
  return error instanceof TypeError && /module|import/i.test(error.message);
}

/** What is shown when a page could not be; the frame around it stays usable. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTexts();
  const router = useRouter();
  if (isOutdated(error)) {
    return (
      <EmptyState
        title={t('office.updated')}
        action={<Button onClick={() => window.location.reload()}>{t('office.reload')}</Button>}
      />
    );
  }
  return (
    <div className="page">
      <h1>{t('office.broken.title')}</h1>
      <ErrorNotice
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </div>
  );
}
