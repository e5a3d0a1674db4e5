import { call } from '../../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../../platform/web/i18n.tsx';
import { dayOf } from '../../../../platform/web/time.ts';
import { exclusionTexts } from '../../texts/exclusions.ts';
import { api } from '../endpoints.ts';
import { Page } from '../pieces/page.tsx';
import { Failed, Loading } from '../pieces/problem.tsx';
import { usePages } from '../pieces/use-pages.ts';

/** Which cases the figures of offices leave out, why, and who decided: offices and numbers, never persons. */
export function ExclusionsScreen() {
  return (
    <MoreTexts texts={exclusionTexts}>
      <Exclusions />
    </MoreTexts>
  );
}

function Exclusions() {
  const { t } = useTexts();
  return (
    <Page title={t('open.exclusions.title')} back="/">
      <p>{t('open.exclusions.intro')}</p>
      <Rows />
    </Page>
  );
}

type Named = { readonly name: string; readonly nameEn: string };

function Rows() {
  const { t, locale } = useTexts();
  const pages = usePages('exclusions', (after) =>
    call(api.listPublicExclusions, { query: { ...(after === undefined ? {} : { after }), limit: 20 } }),
  );
  const { items } = pages;
  const office = (of: Named) => (locale === 'en' ? of.nameEn || of.name : of.name);
  if (!items) {
    return pages.error ? <Failed error={pages.error} onRetry={pages.retry} /> : <Loading rows={4} t={t} />;
  }
  if (items.length === 0) return <p className="soft">{t('open.exclusions.none')}</p>;
  return (
    <>
      <ul className="rows">
        {items.map((one) => (
          <li key={one.id} className="row">
            <b>{locale === 'en' ? one.ground.nameEn : one.ground.nameZh}</b>
            {one.words !== null && <span>{one.words}</span>}
            <small>
              {t('open.exclusions.number')} {one.number} ·{' '}
              {t('open.exclusions.office', { office: office(one.organisation) })} ·{' '}
              {t('open.exclusions.decided', { office: office(one.decidedBy), day: dayOf(one.decidedAt) })}
              {one.revokedAt !== null && ` · ${t('open.exclusions.revoked', { day: dayOf(one.revokedAt) })}`}
            </small>
          </li>
        ))}
      </ul>
      {pages.error !== undefined && <Failed error={pages.error} onRetry={pages.retry} />}
      {pages.more && (
        <button
          type="button"
          className="button"
          aria-disabled={pages.busy}
          onClick={() => pages.busy || pages.more?.()}
        >
          {t(pages.busy ? 'open.loading' : 'open.more')}
        </button>
      )}
    </>
  );
}
