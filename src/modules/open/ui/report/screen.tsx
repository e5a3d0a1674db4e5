import { useCallback, useEffect, useMemo, useState } from 'react';
import { Redirect, useLocation, useParams } from 'wouter';
import { useDraft } from '../../../../platform/web/draft.ts';
import { joinTexts } from '../../../../platform/i18n/texts.ts';
import { MoreTexts, useTexts } from '../../../../platform/web/i18n.tsx';
import type { Receipt } from '../../contract.ts';
import { areaPublicTexts } from '../../../areas/texts/public.ts';
import { photoTexts } from '../../texts/photos.ts';
import { reportTexts } from '../../texts/report.ts';
import { type DraftPhoto, removeOtherPhotos } from '../photos/photo-store.ts';
import { usePhotos } from '../photos/use-photos.ts';
import { announce } from '../pieces/announce.tsx';
import { keepReceipt } from '../pieces/kept-requests.ts';
import { useLimits } from '../pieces/settings.tsx';
import './report.css';
import { CheckStep } from './check-step.tsx';
import { ContactStep } from './contact-step.tsx';
import { DRAFT_NAME, DRAFT_VERSION } from './draft-place.ts';
import { EMPTY_DRAFT, firstOpenStep, type ReportDraft, STEP_PATHS, STEPS, stepOf } from './draft.ts';
import { Sent } from './sent.tsx';
import { StepFrame } from './step-frame.tsx';
import { useSend } from './use-send.ts';
import { WhatStep } from './what-step.tsx';
import { WhereStep } from './where-step.tsx';

const texts = joinTexts([reportTexts, photoTexts, areaPublicTexts]);

export function ReportScreen() {
  return (
    <MoreTexts texts={texts}>
      <Report />
    </MoreTexts>
  );
}

export function SentScreen() {
  return (
    <MoreTexts texts={texts}>
      <Sent />
    </MoreTexts>
  );
}

/** The four steps over one draft. Steps are addresses, so the phone's own way back works, too. */
function Report() {
  const { t } = useTexts();
  const limits = useLimits();
  const [, go] = useLocation();
  const step = stepOf(useParams<{ step?: string }>().step);
  const draft = useDraft<ReportDraft>(DRAFT_NAME, DRAFT_VERSION, EMPTY_DRAFT);
  const { value, change: set } = draft;
  const change = useCallback((part: Partial<ReportDraft>) => set((last) => ({ ...last, ...part })), [set]);
  const changePhotos = useCallback(
    (next: (last: readonly DraftPhoto[]) => readonly DraftPhoto[]) =>
      set((last) => ({ ...last, photos: next(last.photos) })),
    [set],
  );
  const photos = usePhotos(value.photos, changePhotos, limits, { survive: true });
  const discard = () => {
    photos.removeAll();
    draft.clear();
  };
  const sending = useSend({
    draft: value,
    keepAttempt: (attempt) => change({ attempt }),
    forgetUploads: () => changePhotos((last) => last.map((photo) => ({ ...photo, fileId: null }))),
    waiting: photos.waiting,
    onSent: (receipt, incomplete) => {
      keepReceipt({ ...toKept(receipt), incomplete });
      discard();
      go('/report/sent', { replace: true });
    },
  });

  useEffect(() => {
    if (draft.restored) announce(t('open.report.restored'));
  }, [draft.restored, t]);

  const [atStart] = useState(() => value.photos.map((photo) => photo.id));
  useEffect(() => void removeOtherPhotos(atStart), [atStart]);

  const reachable = firstOpenStep(value, limits.textLength);
  const busy = sending.state !== 'idle';
  if (STEPS.indexOf(step) > STEPS.indexOf(reachable) && !busy) return <Redirect to={STEP_PATHS[reachable]} replace />;

  const status = <DraftStatus kept={draft.kept} empty={value === EMPTY_DRAFT} onDiscard={discard} />;
  const common = { draft: value, change, photos, status };
  switch (step) {
    case 'what':
      return (
        <StepFrame key={step} step={step} next={t('open.report.to_where')} {...common}>
          {(props) => <WhatStep {...props} />}
        </StepFrame>
      );
    case 'where':
      return (
        <StepFrame key={step} step={step} next={t('open.report.to_contact')} {...common}>
          {(props) => <WhereStep {...props} />}
        </StepFrame>
      );
    case 'contact':
      return (
        <StepFrame key={step} step={step} next={t('open.report.to_check')} {...common}>
          {(props) => <ContactStep {...props} />}
        </StepFrame>
      );
    case 'check':
      return <CheckStep key={step} draft={value} photos={photos} sending={sending} status={status} />;
  }
}

function toKept(receipt: Receipt) {
  const { number, queryCode, officeName, dispatchDueAt, dueAt, joined } = receipt;
  return { number, queryCode, officeName, dispatchDueAt, dueAt, joined, sentAt: new Date().toISOString() };
}

type StatusProps = { readonly kept: boolean; readonly empty: boolean; readonly onDiscard: () => void };

/** That the draft is kept, and the way to be rid of it, for phones that are shared. */
function DraftStatus({ kept, empty, onDiscard }: StatusProps) {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  const saved = useMemo(() => t(kept ? 'open.report.saved' : 'open.report.not_kept'), [kept, t]);
  if (empty) return null;
  if (asking) {
    return (
      <fieldset className="discard" aria-label={t('open.report.discard')}>
        <p>{t('open.report.discard_ask')}</p>
        <button
          type="button"
          className="button button-urgent"
          onClick={() => {
            setAsking(false);
            onDiscard();
          }}
        >
          {t('open.report.discard_yes')}
        </button>
        <button type="button" className="button" onClick={() => setAsking(false)}>
          {t('open.report.discard_no')}
        </button>
      </fieldset>
    );
  }
  return (
    <>
      <span>{saved}</span>
      <button type="button" className="link" onClick={() => setAsking(true)}>
        {t('open.report.discard')}
      </button>
    </>
  );
}
