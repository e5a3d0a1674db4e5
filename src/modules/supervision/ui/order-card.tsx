import './supervision.css';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { TimeLeft } from '../../../platform/web/office/clocks.tsx';
import { Moment } from '../../../platform/web/office/moment.tsx';
import { OrderDialog } from './order-dialog.tsx';
import { type Action, ColourMark, stepName, useMatter, useOffice } from './parts.tsx';
import type { OrderView } from './queries.ts';

type Props = {
  readonly order: OrderView;
  /** On the page of its own case it need not name the case. */
  readonly withCase: boolean;
};

/** One order: what it asks of whom until when, what happened, and what the reader may do. */
export function OrderCard({ order, withCase }: Props) {
  const { t } = useTexts();
  const matter = useMatter();
  const office = useOffice();
  return (
    <article className="order" aria-labelledby={`order-${order.id}`}>
      <div className="order-head">
        <ColourMark colour={order.colour} />
        <h3 id={`order-${order.id}`}>{withCase ? matter(order) : t(`supervision.ui.ground.${order.ground}`)}</h3>
        <span className="chip">{t(`supervision.ui.state.${order.state}`)}</span>
      </div>
      <dl className="pairs">
        {withCase && (
          <>
            <dt>{order.queue ? t('supervision.ui.queue_example') : t('supervision.ui.shelved.title')}</dt>
            <dd>
              <Link to="/cases/$id" params={{ id: order.case.id }} className="num">
                {order.case.number}
              </Link>{' '}
              {order.place.path}
            </dd>
          </>
        )}
        <dt>{t('supervision.ui.addressee')}</dt>
        <dd>{office(order.addressee)}</dd>
        <dt>{t('supervision.ui.issuer')}</dt>
        <dd>{order.issuer ? office(order.issuer) : t('supervision.ui.by_clock')}</dd>
        <dt>{t('supervision.ui.reviewer')}</dt>
        <dd>{office(order.reviewer)}</dd>
        {order.demand !== null && (
          <>
            <dt>{t('supervision.ui.demand')}</dt>
            <dd>{order.demand}</dd>
          </>
        )}
        <Limit order={order} />
      </dl>
      {order.liftAsked && (
        <p className="passed">{t('supervision.ui.lift_asked', { reason: order.liftReason ?? '' })}</p>
      )}
      <Steps order={order} />
      <History order={order} />
    </article>
  );
}

function Limit({ order }: { readonly order: OrderView }) {
  const { t } = useTexts();
  if (order.state !== 'open') return null;
  return (
    <>
      <dt>{t('supervision.ui.due')}</dt>
      <dd>
        {order.dueAt !== null ? (
          <TimeLeft start={order.colourSince} due={order.dueAt} />
        ) : (
          t(order.lapsed ? 'supervision.ui.lapsed' : 'supervision.ui.held')
        )}
      </dd>
    </>
  );
}

function Steps({ order }: { readonly order: OrderView }) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Action>();
  const allowed = order.actions.filter((each) => each.allowed);
  const refused = order.endedAt === null ? order.actions.filter((each) => !each.allowed) : [];
  return (
    <>
      {allowed.length > 0 && (
        <div className="order-steps">
          {allowed.map(({ action }, index) => (
            <Button
              key={action}
              type={index === 0 && action !== 'climb' && action !== 'lift' ? 'primary' : 'default'}
              danger={action === 'climb'}
              onClick={() => setOpen(action)}
            >
              {stepName(t, action, order)}…
            </Button>
          ))}
        </div>
      )}
      {refused.length > 0 && (
        <details>
          <summary>{t('supervision.ui.why_not')}</summary>
          <ul>
            {refused.map(({ action, reason }) => (
              <li key={action}>
                {stepName(t, action, order)}: <span className="soft">{reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {open !== undefined && (
        <OrderDialog
          order={order}
          action={open}
          onClose={() => setOpen(undefined)}
          onDone={async () => {
            void message.success(t('supervision.ui.done'));
            await queries.invalidateQueries({ queryKey: ['supervision'] });
          }}
        />
      )}
    </>
  );
}

function History({ order }: { readonly order: OrderView }) {
  const { t, has } = useTexts();
  const office = useOffice();
  return (
    <details open={order.endedAt === null}>
      <summary>{t('supervision.ui.history')}</summary>
      <ol className="order-history">
        {order.history.map((event) => {
          const who = event.actor ?? (event.organisation ? office(event.organisation) : t('supervision.ui.clock'));
          const ground = event.ground ?? order.ground;
          const values = {
            who,
            colour: t(`supervision.ui.colour.${event.colour}`).toLowerCase(),
            ground: has(`supervision.ui.ground.${ground}`) ? t(`supervision.ui.ground.${ground}`) : ground,
            ending: has(`supervision.ui.ending.${ground}`) ? t(`supervision.ui.ending.${ground}`) : ground,
          };
          return (
            <li key={event.seq}>
              <Moment at={event.at} className="num soft" /> {t(`supervision.ui.event.${event.kind}`, values)}
              {event.words !== null && event.words !== order.demand && <q>{event.words}</q>}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
