import './answers.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useNow } from '../../../platform/web/clock.ts';
import { MoreTexts, useTexts } from '../../../platform/web/i18n.tsx';
import { ErrorNotice } from '../../../platform/web/office/error-notice.tsx';
import { useMay } from '../../../platform/web/office/me.ts';
import { PageTabs } from '../../../platform/web/office/page-tabs.tsx';
import { EmptyState, RowSkeletons } from '../../../platform/web/office/states.tsx';
import { useTitle } from '../../../platform/web/office/title.ts';
import { whenText } from '../../../platform/web/time.ts';
import { ANSWER_STEPS, type AnswerStep } from '../contract.ts';
import { EndDialog, PreviewDialog, TemplateDialog, VersionsDialog } from './dialogs.tsx';
import { type Template, templateList } from './queries.ts';
import { answersUiTexts } from './texts.ts';

/** Every template, step by step; administrators change them, everybody else reads. */
export function TemplatesScreen() {
  return (
    <MoreTexts texts={answersUiTexts}>
      <Screen />
    </MoreTexts>
  );
}

type Doing = { readonly what: 'change' | 'end' | 'versions' | 'preview'; readonly of: Template };

function Screen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search: { step?: string } = useSearch({ strict: false });
  const step: AnswerStep = ANSWER_STEPS.find((one) => one === search.step) ?? 'reply';
  const manages = useMay('answers.manage');
  const found = useQuery(templateList);
  const [adding, setAdding] = useState(false);
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  useTitle(t('answers.ui.title'));
  const rows = (found.data ?? [])
    .filter((one) => one.step === step)
    .toSorted((a, b) => Number(a.ended) - Number(b.ended) || a.classCode.localeCompare(b.classCode));
  return (
    <div className="page">
      <h1>{t('answers.ui.title')}</h1>
      <p className="soft">{t('answers.ui.about')}</p>
      <PageTabs
        label={t('answers.ui.parts')}
        tabs={ANSWER_STEPS.map((key) => ({ key, label: t(`answers.ui.step.${key}`) }))}
        active={step}
        onChange={(key) => void navigate({ to: '/answer-templates', search: { step: key } })}
      />
      {manages && (
        <Button className="act" onClick={() => setAdding(true)}>
          {t('answers.ui.add')}
        </Button>
      )}
      <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <RowSkeletons />}
      {found.isSuccess && rows.length === 0 && (
        <EmptyState title={t('answers.ui.none')} hint={t('answers.ui.none_hint')} />
      )}
      {rows.map((one) => (
        <TemplateCard key={one.id} of={one} manages={manages} onDo={(what) => setDoing({ what, of: one })} />
      ))}
      {adding && <TemplateDialog step={step} onClose={() => setAdding(false)} />}
      {doing?.what === 'change' && <TemplateDialog of={doing.of} step={step} onClose={close} />}
      {doing?.what === 'end' && <EndDialog of={doing.of} onClose={close} />}
      {doing?.what === 'versions' && <VersionsDialog of={doing.of} onClose={close} />}
      {doing?.what === 'preview' && <PreviewDialog of={doing.of} onClose={close} />}
    </div>
  );
}

type CardProps = {
  readonly of: Template;
  readonly manages: boolean;
  readonly onDo: (what: Doing['what']) => void;
};

function TemplateCard({ of, manages, onDo }: CardProps) {
  const { t, locale } = useTexts();
  const now = useNow();
  const className = of.class && (locale === 'en' ? of.class.nameEn : of.class.nameZh);
  const button = (what: Doing['what'], text: string, danger = false) => (
    <Button className="act" danger={danger} aria-label={`${text} ${of.name[locale]}`} onClick={() => onDo(what)}>
      {text}
    </Button>
  );
  return (
    <section className={of.ended ? 'card answer-template ended' : 'card answer-template'} aria-label={of.name[locale]}>
      <h2>{of.name[locale]}</h2>
      <p className="soft small">
        {[
          of.classCode === '*' ? t('answers.ui.every_class') : `${of.classCode} ${className ?? ''}`,
          t('answers.ui.version', { n: of.version }),
          of.since === null
            ? t('answers.ui.shipped')
            : t('answers.ui.since', { when: whenText(t, locale, of.since, now) }),
          ...(of.ended ? [t('answers.ui.ended')] : []),
        ].join(' · ')}
      </p>
      <p className="answer-words">{of.words[locale]}</p>
      <div className="answer-tools">
        {button('preview', t('answers.ui.preview'))}
        {button('versions', t('answers.ui.versions'))}
        {manages && button('change', t(of.ended ? 'answers.ui.again' : 'answers.ui.change'))}
        {manages && !of.ended && button('end', t('answers.ui.end'), true)}
      </div>
    </section>
  );
}
