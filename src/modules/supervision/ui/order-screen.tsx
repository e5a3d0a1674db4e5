import './supervision.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { PageSkeleton } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { OrderCard } from './order-card.tsx';
import { oneOrder } from './queries.ts';
import { supervisionUiTexts } from './texts.ts';

/** One order on a page of its own. */
export function OrderScreen() {
  const { id = '' }: { id?: string } = useParams({ strict: false });
  return (
    <MoreTexts texts={supervisionUiTexts}>
      <OneOrder key={id} id={id} />
    </MoreTexts>
  );
}

function OneOrder({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const { data, error, isPending, refetch } = useQuery(oneOrder(id));
  const title = data
    ? `${t(`supervision.ui.colour_order.${data.colour}`)} · ${data.case.number}`
    : t('supervision.ui.title');
  useTitle(title);
  if (isPending) return <PageSkeleton />;
  return (
    <div className="page supervision">
      <p>
        <Link to="/supervision">‹ {t('supervision.ui.back')}</Link>
      </p>
      <h1>{title}</h1>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {data && <OrderCard order={data} withCase />}
    </div>
  );
}
