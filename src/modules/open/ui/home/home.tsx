import { Link } from 'wouter';
import { call } from '../../../../platform/web/client.ts';
import { useTexts } from '../../../../platform/web/i18n.tsx';
import { cappedText } from '../../../../platform/web/time.ts';
import { api } from '../endpoints.ts';
import { keptReceipt } from '../pieces/kept-requests.ts';
import { Page } from '../pieces/page.tsx';
import { Loading } from '../pieces/problem.tsx';
import { ReleasedRow } from '../pieces/released-row.tsx';
import { type Loaded, useLoad } from '../pieces/use-load.ts';
import { hasDraft } from '../report/draft-place.ts';

type Summary = Awaited<ReturnType<typeof loadSummary>>;

function loadSummary(signal: AbortSignal) {
  return call(api.summary, { signal });
}

/** One sentence, one large button, four other ways, and what was closed this week. */
export function Home() {
  const { t } = useTexts();
  const summary = useLoad('summary', loadSummary);
  return (
    <Page title={t('open.home.title')} name={t('open.home.page')} className="home">
      <div className="home-ways">
        <Unfinished />
        <Link href="/report" className="button button-primary button-large">
          {t('open.home.report')}
        </Link>
        <Ways summary={summary.value} />
      </div>
      <ClosedThisWeek summary={summary} />
    </Page>
  );
}

/** What a closed phone left behind: a report sent but not noted, or one not yet sent. */
function Unfinished() {
  const { t } = useTexts();
  const receipt = keptReceipt();
  return (
    <>
      {receipt && (
        <p className="resume">
          <b>{t('open.home.receipt')}</b>
          <Link href="/report/sent">{t('open.home.receipt_go')}</Link>
        </p>
      )}
      {hasDraft() && (
        <p className="resume">
          <b>{t('open.home.draft')}</b>
          <Link href="/report">{t('open.home.draft_go')}</Link>
        </p>
      )}
    </>
  );
}

function Ways({ summary }: { readonly summary: Summary | undefined }) {
  const { t, locale } = useTexts();
  const near =
    summary && summary.released > 0
      ? t('open.home.near_hint', {
          released: cappedText(locale, summary.released, summary.cap),
          open: cappedText(locale, summary.open, summary.cap),
        })
      : t('open.home.near_hint_plain');
  const ways = [
    { href: '/track', name: t('open.home.track'), hint: t('open.home.track_hint') },
    { href: '/cases', name: t('open.home.near'), hint: near },
    { href: '/issues', name: t('open.home.issues'), hint: t('open.home.issues_hint') },
    { href: '/grid', name: t('open.home.grid'), hint: t('open.home.grid_hint') },
  ];
  return (
    <ul className="ways">
      {ways.map((way) => (
        <li key={way.href}>
          <Link href={way.href}>
            <span>
              {way.name}
              <small>{way.hint}</small>
            </span>
            <i aria-hidden="true">›</i>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function ClosedThisWeek({ summary }: { readonly summary: Loaded<Summary> }) {
  const { t } = useTexts();
  return (
    <section className="week" aria-labelledby="week">
      <h2 id="week">{t('open.home.week')}</h2>
      {summary.value ? (
        summary.value.closedThisWeek.length === 0 ? (
          <p className="soft">{t('open.home.week_none')}</p>
        ) : (
          <ul className="rows">
            {summary.value.closedThisWeek.map((one) => (
              <ReleasedRow key={one.number} one={one} />
            ))}
          </ul>
        )
      ) : summary.error ? (
        <p className="soft">{t('open.home.week_failed')}</p>
      ) : (
        <Loading t={t} />
      )}
    </section>
  );
}
