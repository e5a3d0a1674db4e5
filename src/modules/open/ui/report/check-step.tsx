import { useEffect } from 'react';
import { Link } from 'wouter';
import { type Say, useTexts } from '../../../../platform/web/i18n.tsx';
import { announce } from '../pieces/announce.tsx';
import { Page } from '../pieces/page.tsx';
import { FormProblem } from '../pieces/problem.tsx';
import { placeLines, type ReportDraft, STEP_PATHS } from './draft.ts';
import { StepBar } from './step-frame.tsx';
import type { Photos } from '../photos/use-photos.ts';
import type { Sending } from './use-send.ts';

type Props = {
  readonly draft: ReportDraft;
  readonly photos: Photos;
  readonly sending: Sending;
  readonly status: React.ReactNode;
};

/** Everything once more, each part with its way back, then one button. */
export function CheckStep({ draft, photos, sending, status }: Props) {
  const { t } = useTexts();
  return (
    <Page title={t('open.report.check')} back={STEP_PATHS.contact} status={status}>
      <StepBar step="check" />
      <dl className="review">
        <Part name="what">
          <p className="said">{draft.text}</p>
          {draft.follows && (
            <p>{t('open.report.follows_this', { title: draft.follows.title, number: draft.follows.number })}</p>
          )}
          <p className="soft">{[draft.className, photosText(t, photos.list.length)].filter(Boolean).join(' · ')}</p>
        </Part>
        <Part name="where">
          <Place draft={draft} />
        </Part>
        <Part name="contact">
          <Contact draft={draft} />
        </Part>
      </dl>
      <SendPart draft={draft} photos={photos} sending={sending} />
    </Page>
  );
}

function photosText(t: Say, n: number): string {
  if (n === 0) return t('open.report.photos_none');
  return n === 1 ? t('open.report.photos_one') : t('open.report.photos_count', { n });
}

function Part({ name, children }: { readonly name: 'what' | 'where' | 'contact'; readonly children: React.ReactNode }) {
  const { t } = useTexts();
  return (
    <div className="review-part">
      <dt>{t(`open.report.${name}_name`)}</dt>
      <dd>{children}</dd>
      <dd className="review-change">
        <Link href={STEP_PATHS[name]} aria-label={t(`open.report.change_${name}`)}>
          {t('open.report.change')}
        </Link>
      </dd>
    </div>
  );
}

function Place({ draft }: { readonly draft: ReportDraft }) {
  const { t } = useTexts();
  const lines = placeLines(draft);
  if (lines.length === 0) return <p>{t('open.report.where_nothing')}</p>;
  return lines.map((line) => <p key={line}>{line === 'point' ? t('open.report.where_set') : line}</p>);
}

function Contact({ draft }: { readonly draft: ReportDraft }) {
  const { t } = useTexts();
  const lines = [draft.name.trim(), draft.phone.trim()].filter(Boolean).join(' · ');
  return (
    <>
      <p>{lines === '' ? t('open.report.no_contact') : lines}</p>
      {lines !== '' && draft.anonymous && <p className="soft">{t('open.report.is_anonymous')}</p>}
      <p className="soft">{t(draft.publish ? 'open.report.is_public' : 'open.report.is_private')}</p>
    </>
  );
}

function SendPart({ draft, photos, sending }: Omit<Props, 'status'>) {
  const { t } = useTexts();
  const busy = sending.state !== 'idle';
  const word =
    sending.state === 'photos'
      ? t('open.report.sending_photos', { n: photos.waiting })
      : t(busy ? 'open.report.sending' : 'open.report.send');
  useEffect(() => {
    if (busy) announce(word);
  }, [busy, word]);
  const unsure = draft.attempt !== null && !busy ? t('open.report.unsure') : undefined;
  return (
    <div className="send">
      {photos.failed > 0 && (
        <p className="problem">
          {t('open.report.waiting_photos', { n: photos.failed })}{' '}
          <button type="button" className="link" onClick={photos.retryAll}>
            {t('open.retry')}
          </button>
        </p>
      )}
      <FormProblem text={sending.problem ?? unsure} />
      <button
        type="button"
        className="button button-primary button-large"
        aria-disabled={busy || photos.failed > 0}
        onClick={() => {
          if (!busy && photos.failed === 0) sending.send();
        }}
      >
        {word}
      </button>
    </div>
  );
}
