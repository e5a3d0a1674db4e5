import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { EmptyState, PageSkeleton } from '../../../platform/web/office/states.tsx';
import type { OrganisationDetail } from '../contract.ts';
import { CloseDialog } from './close-dialog.tsx';
import { fullName, shortName } from './names.ts';
import { OrganisationDialog } from './organisation-dialog.tsx';
import { PostDialog } from './post-dialog.tsx';
import { PostList } from './post-list.tsx';
import { organisation } from './queries.ts';

type Asked = OrganisationDetail['actions'][number]['action'];

/** One body: its two lines, numbers, former names, who holds which post, and what the reader may do. */
export function OrganisationPanel({ id }: { id: string }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const { data, error, isPending, refetch } = useQuery(organisation(id));
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const close = () => setAsked(null);
  return (
    <article>
      <Head detail={data} onAsk={setAsked} />
      <Posts detail={data} />
      {asked === 'change' && <OrganisationDialog organisation={data} onClose={close} />}
      {asked === 'close' && <CloseDialog detail={data} onClose={close} />}
      {asked === 'add_post' && <PostDialog organisation={data.organisation} onClose={close} />}
    </article>
  );
}

const LABELS: Readonly<Record<Asked, string>> = {
  change: 'organisations.ui.edit',
  close: 'organisations.ui.close',
  add_post: 'organisations.ui.give',
};

function Head({ detail, onAsk }: { detail: OrganisationDetail; onAsk: (asked: Asked) => void }) {
  const { t, locale, has } = useTexts();
  const { organisation: one, actions } = detail;
  const offered = actions.filter((action) => action.refusal !== 'auth.forbidden');
  const why = offered.flatMap(({ action, refusal, details }) =>
    refusal === null ? [] : [{ action, refusal, details }],
  );
  return (
    <section className="org-card">
      <div className="org-head">
        <div>
          <h2>{fullName(locale, one)}</h2>
          <p>
            {one.area.path} · {t(`organisations.level.${one.level}`)}
            {one.external && ` · ${t('organisations.ui.external')}`}
          </p>
        </div>
        <div className="actions">
          {offered.map(({ action, allowed }) => (
            <Button key={action} disabled={!allowed} danger={action === 'close'} onClick={() => onAsk(action)}>
              {t(LABELS[action])}
            </Button>
          ))}
        </div>
      </div>
      {why.map(({ action, refusal, details }) => (
        <p key={action} className="org-why">
          {t(LABELS[action])}: {t(reasonKey(has, refusal), { name: shortName(locale, one), ...details })}
        </p>
      ))}
      <Facts detail={detail} />
    </section>
  );
}

function reasonKey(has: (key: string) => boolean, code: string): string {
  return has(`refusal.${code}`) ? `refusal.${code}` : 'refusal.organisations.in_use';
}

function Facts({ detail }: { detail: OrganisationDetail }) {
  const { t, locale } = useTexts();
  const { organisation: one } = detail;
  const body = (of: OrganisationDetail['lineSuperior']) =>
    of ? (
      <Link to="/organisations" search={{ id: of.id }}>
        {fullName(locale, of)}
      </Link>
    ) : (
      t('organisations.ui.no_line')
    );
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['line', body(detail.lineSuperior)],
    ['directing', body(detail.directingBody)],
    ['leads', t('organisations.ui.count', { n: detail.leadsInLine })],
    ['directs', t('organisations.ui.count', { n: one.directs })],
    ['phone', one.phone ?? t('organisations.ui.no_phone')],
    ['complaint', one.complaintPhone ?? t('organisations.ui.no_phone')],
    [
      'since',
      one.validTo ? `${one.validFrom} · ${t('organisations.ui.closed_on', { day: one.validTo })}` : one.validFrom,
    ],
  ];
  return (
    <dl className="org-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`organisations.ui.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {detail.successor && (
        <div>
          <dt>{t('organisations.ui.successor', { name: '' })}</dt>
          <dd>{body(detail.successor)}</dd>
        </div>
      )}
      {detail.formerNames.length > 0 && (
        <div>
          <dt>{t('organisations.ui.former')}</dt>
          {detail.formerNames.map((former) => (
            <dd key={former.until + former.name}>
              {t('organisations.ui.former_until', { name: fullName(locale, former), day: former.until })}
            </dd>
          ))}
        </div>
      )}
    </dl>
  );
}

function Posts({ detail }: { detail: OrganisationDetail }) {
  const { t } = useTexts();
  return (
    <section className="org-card" aria-label={t('organisations.ui.posts')}>
      <h2>{t('organisations.ui.posts')}</h2>
      {detail.posts === null ? (
        <p className="soft">{t('organisations.ui.posts_hidden')}</p>
      ) : detail.posts.length === 0 ? (
        <EmptyState title={t('organisations.ui.posts_none')} hint={t('organisations.ui.posts_none_hint')} />
      ) : (
        <PostList posts={detail.posts} />
      )}
    </section>
  );
}
