import './clusters.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { MoreTexts, nameIn, useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { numberText } from '../../../platform/web/time.ts';
import { type HotIssue, ISSUE_STATES } from '../contract.ts';
import { DismissDialog, OpenDialog, PublishDialog } from './issue-dialogs.tsx';
import { issueDetail, issueList, type IssueState } from './queries.ts';
import { clusterUiTexts } from './texts.ts';

/** What many people ask for at one place: found by the machine, decided by a person. */
export function HotIssuesScreen() {
  return (
    <MoreTexts texts={clusterUiTexts}>
      <HotIssues />
    </MoreTexts>
  );
}

function HotIssues() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { state?: string };
  const state = ISSUE_STATES.find((one) => one === search.state) ?? 'found';
  useTitle(t('clusters.ui.hot'));
  return (
    <div className="page">
      <h1>{t('clusters.ui.hot')}</h1>
      <p className="soft">{t('clusters.ui.hot_about')}</p>
      <Tabs
        activeKey={state}
        onChange={(next) => void navigate({ to: '/hot-issues', search: { state: next } as never })}
        items={ISSUE_STATES.map((one) => ({
          key: one,
          label: t(`clusters.ui.state.${one}`),
          children: one === state ? <Issues state={one} /> : null,
        }))}
      />
      <p className="soft">{t('clusters.ui.formula')}</p>
    </div>
  );
}

function Issues({ state }: { state: IssueState }) {
  const { t } = useTexts();
  const { data, error, isPending, refetch } = useQuery(issueList(state));
  if (isPending) return <RowSkeletons />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) return <EmptyState title={t(`clusters.ui.none.${state}`)} hint={t('clusters.ui.none_hint')} />;
  return (
    <ul className="issue-rows">
      {data.map((issue) => (
        <li key={issue.id} className="card issue-row">
          <Issue issue={issue} />
        </li>
      ))}
    </ul>
  );
}

type Step = 'open' | 'dismiss' | 'publish';

function Issue({ issue }: { issue: HotIssue }) {
  const { t, locale } = useTexts();
  const decides = useMay('clusters.decide');
  const [unfolded, setUnfolded] = useState(false);
  const [step, setStep] = useState<Step>();
  const day = (at: string) => new Date(at).toLocaleDateString(locale, { timeZone: 'Asia/Shanghai' });
  const close = () => setStep(undefined);
  const open = issue.state === 'found' || issue.state === 'faded';
  return (
    <>
      <h2>{issue.publicTitle ?? issue.title}</h2>
      <p className="issue-figures">
        <b>{t('clusters.ui.heat', { n: numberText(locale, issue.heat) })}</b>
        <span>{t('clusters.ui.people', { n: issue.people })}</span>
        <span>{t('clusters.ui.requests', { n: issue.requests })}</span>
        <span className="soft">{t('clusters.ui.span', { from: day(issue.firstAt), to: day(issue.lastAt) })}</span>
      </p>
      <p className="soft">
        {[nameIn(locale, issue.class), issue.path.join(' · '), issue.words.join(' ')].filter(Boolean).join(' · ')}
      </p>
      {issue.kind !== null && (
        <p>
          <span className="chip">{t(`clusters.ui.kind.${issue.kind}`)}</span>
          {issue.month !== null && <span className="chip num">{issue.month}</span>}
          {issue.publishedAt !== null && <span className="chip">{t('clusters.ui.published')}</span>}{' '}
          {issue.lead && (locale === 'en' ? issue.lead.nameEn : issue.lead.name)}{' '}
          {issue.caseId !== null && (
            <Link to="/cases/$id" params={{ id: issue.caseId }}>
              {t('clusters.ui.case', { number: issue.caseNumber ?? '' })}
            </Link>
          )}
        </p>
      )}
      {issue.reason !== null && <p className="soft">{issue.reason}</p>}
      <div className="buttons">
        <Button aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {t('clusters.ui.members')}
        </Button>
        {decides && open && (
          <>
            <Button type="primary" onClick={() => setStep('open')}>
              {t('clusters.ui.decide')}
            </Button>
            <Button onClick={() => setStep('dismiss')}>{t('clusters.ui.dismiss')}</Button>
          </>
        )}
        {decides && issue.state === 'opened' && (
          <Button onClick={() => setStep('publish')}>
            {t(issue.publishedAt === null ? 'clusters.ui.publish' : 'clusters.ui.republish')}
          </Button>
        )}
      </div>
      {unfolded && <Members id={issue.id} />}
      {step === 'open' && <OpenDialog issue={issue} onClose={close} />}
      {step === 'dismiss' && <DismissDialog issue={issue} onClose={close} />}
      {step === 'publish' && <PublishDialog issue={issue} onClose={close} />}
    </>
  );
}

function Members({ id }: { id: string }) {
  const { t } = useTexts();
  const { data, error, isPending, refetch } = useQuery(issueDetail(id));
  if (isPending) return <RowSkeletons rows={2} />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <ul className="issue-members">
        {data.members.map((one) => (
          <li key={one.id}>
            <Link to="/cases/$id" params={{ id: one.id }}>
              {one.title}
            </Link>{' '}
            <span className="soft">
              {t(`cases.state.${one.state}`)} · {one.path.join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {data.hidden > 0 && <p className="soft">{t('clusters.ui.hidden', { n: data.hidden })}</p>}
    </>
  );
}
