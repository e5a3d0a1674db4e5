import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { TimeLeft } from '../../../platform/web/office/clocks.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { COLOURS } from '../rules/words.ts';
import { ColourMark, useMatter, useOffice } from './parts.tsx';
import { type Box, type OrderLine, orderList } from './queries.ts';

/** Orders of one box, open or over, perhaps of one colour or office. */
export function OrderList({ box }: { readonly box: Box }) {
  const { t } = useTexts();
  const search: { over?: string; colour?: string; office?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const over = search.over === 'true';
  const colour = COLOURS.find((one) => one === search.colour);
  const list = useInfiniteQuery(
    orderList({
      box,
      over,
      ...(colour ? { colour } : {}),
      ...(search.office ? { office: search.office } : {}),
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (what: Record<string, string | undefined>) =>
    void navigate({ to: '.', search: ((last: Record<string, unknown>) => ({ ...last, ...what })) as never });
  return (
    <>
      <div className="order-tools">
        <Segmented
          aria-label={t('supervision.ui.open')}
          value={over ? 'over' : 'open'}
          onChange={(value) => change({ over: value === 'over' ? 'true' : undefined })}
          options={[
            { value: 'open', label: t('supervision.ui.open') },
            { value: 'over', label: t('supervision.ui.over') },
          ]}
        />
        {(colour ?? search.office) !== undefined && (
          <Button onClick={() => change({ colour: undefined, office: undefined })}>
            {[colour && t(`supervision.ui.colour_order.${colour}`), rows[0] && search.office && rows[0].addressee.name]
              .filter((part) => part)
              .join(' · ')}{' '}
            ×
          </Button>
        )}
      </div>
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <RowSkeletons />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState title={t(`supervision.ui.none.${box}`)} hint={t('supervision.ui.none_hint')} />
      )}
      <ul className="order-rows" aria-label={t(`supervision.ui.tab.${box}`)}>
        {rows.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block type="text" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('web.more')}
        </Button>
      )}
    </>
  );
}

function OrderRow({ order }: { readonly order: OrderLine }) {
  const { t } = useTexts();
  const matter = useMatter();
  const office = useOffice();
  return (
    <li>
      <Link to="/supervision/orders/$id" params={{ id: order.id }} className="order-row">
        <span className="first">
          <ColourMark colour={order.colour} />
          <b>{matter(order)}</b>
          <span className="soft">
            {t('supervision.ui.why', { ground: t(`supervision.ui.ground.${order.ground}`) })}
          </span>
          <span className="end">
            {order.state === 'open' && order.dueAt !== null ? (
              <>
                {t('supervision.ui.to_answer')} <TimeLeft start={order.colourSince} due={order.dueAt} />
              </>
            ) : (
              t(`supervision.ui.state.${order.state}`)
            )}
          </span>
        </span>
        <span className="second">
          <span className="num">{order.case.number}</span>
          <span>{office(order.addressee)}</span>
          <span>{order.place.path}</span>
          <Moment at={order.issuedAt} className="num" />
        </span>
      </Link>
    </li>
  );
}
