import { useTexts } from '../../../../platform/web/i18n.tsx';
import type { CaseDetail } from '../queries.ts';

/** How a state looks: waiting on an office, at work, with the requester, at its end. */
const TONES: Readonly<Record<CaseDetail['state'], 'waits' | 'works' | 'checks' | 'stuck' | 'ended'>> = {
  registered: 'waits',
  reopened: 'waits',
  dispatched: 'waits',
  accepted: 'works',
  in_progress: 'works',
  extension_requested: 'works',
  returned: 'stuck',
  objected: 'stuck',
  adjudicating: 'stuck',
  shelved: 'stuck',
  reported_done: 'checks',
  verifying: 'checks',
  call_back: 'checks',
  referred: 'checks',
  closed: 'ended',
  rejected: 'ended',
  merged: 'ended',
  withdrawn: 'ended',
  voided: 'ended',
};

export function StateTag({ state }: { state: CaseDetail['state'] }) {
  const { t } = useTexts();
  return <span className={`chip state ${TONES[state]}`}>{t(`cases.state.${state}`)}</span>;
}

export function LaneTag({ lane }: { lane: CaseDetail['lane'] }) {
  const { t } = useTexts();
  return <span className="chip">{t(`cases.ui.lane.${lane}`)}</span>;
}

export function UrgentTag({ urgency }: { urgency: CaseDetail['urgency'] }) {
  const { t } = useTexts();
  return urgency === 'urgent' ? <span className="chip urgent">{t('cases.ui.urgency.urgent')}</span> : null;
}
