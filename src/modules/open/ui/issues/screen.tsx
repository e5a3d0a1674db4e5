import { call } from '../../../../platform/web/client.ts';
import { MoreTexts, useTexts } from '../../../../platform/web/i18n.tsx';
import { dayOf, monthText } from '../../../../platform/web/time.ts';
import { phaseOf } from '../../rules/phase.ts';
import { issueTexts } from '../../texts/issues.ts';
import { api } from '../endpoints.ts';
import { Page } from '../pieces/page.tsx';
import { PhaseMark } from '../pieces/phase-mark.tsx';
import { Failed, Loading } from '../pieces/problem.tsx';
import { useLoad } from '../pieces/use-load.ts';

type Issue = Awaited<ReturnType<typeof loadIssues>>['items'][number];

function loadIssues(signal: AbortSignal) {
  return call(api.publicIssues, { signal });
}

/** What several people reported and was taken up as one: the problem of the month and proactive cases. */
export function IssuesScreen() {
  return (
    <MoreTexts texts={issueTexts}>
      <Issues />
    </MoreTexts>
  );
}

function Issues() {
  const { t } = useTexts();
  const { value, error, reload } = useLoad('issues', loadIssues);
  return (
    <Page title={t('open.issues.title')} back="/">
      <p>{t('open.issues.intro')}</p>
      {!value && (error === undefined ? <Loading rows={4} t={t} /> : <Failed error={error} onRetry={reload} />)}
      {value?.items.length === 0 && <p className="soft">{t('open.issues.none')}</p>}
      {value && value.items.length > 0 && (
        <ul className="rows">
          {value.items.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function Row({ one }: { readonly one: Issue }) {
  const { t, locale } = useTexts();
  const phase = phaseOf(one.state);
  const office = locale === 'en' ? one.leadNameEn || one.leadName : one.leadName;
  return (
    <li>
      <article className="row">
        <small>
          {one.kind === 'problem_of_month' && one.month !== null
            ? t('open.issues.problem_of_month', { month: monthText(locale, one.month) })
            : t('open.issues.proactive')}
        </small>
        <b>{one.title}</b>
        <PhaseMark phase={phase} text={t(`open.issues.phase.${phase}`)} />
        <p className="issue-words">{one.text}</p>
        <small>
          {t('open.issues.lead', { office })} · {t('open.issues.published', { day: dayOf(one.publishedAt) })}
        </small>
      </article>
    </li>
  );
}
